"""Statements found by the words and stops of a sentence: asides, 'according to', labels, brackets."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tallybook.claims.parse import Sentence
from tallybook.claims.saying import (
    is_phrase,
    other_speech,
    turn_after,
    turn_before,
    whole_start,
    window,
)
from tallybook.claims.speech_words import SpeechWords
from tallybook.claims.statements import Statement, has_clause, has_subject
from tallybook.model.span import Span

LONGEST_SENTENCE = 1_200
"""Longest sentence, in characters, searched for asides; longer ones are lists."""
_COUNTS = frozenset(
    {"one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "a", "an", "including"}
)
SHORT_SENTENCE = 160
"""Longest sentence, in characters, that may only name who said the one before."""
_COUNTED = re.compile(
    r"\b(?:killed|injured|wounded|dead|deaths?|arrest\w*|detained|displaced|missing|civilians?|casualties|total|were|was|are|is|had|have|died)\b",
    re.IGNORECASE,
)
"""Words of a table's row: 'Civilians injured: 41' names no source."""

_APPOSED = re.compile(r",\s+(?:an?|the)\s+(?P<noun>[\w-]+)\s+(?:of|in|from|for|at)\b")
"""What is set beside a name after a comma: an office, 'the mayor of Karsk', or the beginning of what is told."""


class WordStatements:
    """Find statements by patterns, whatever the parse."""

    def __init__(self, words: SpeechWords) -> None:
        self.words = words

    def asides(self, sentence: Sentence) -> Iterator[Statement]:
        """'..., the ministry said on Monday, ...': the clause around it is that source's, whatever the parse."""
        if len(sentence.text) > LONGEST_SENTENCE:
            return
        if not self._may_tell(sentence):
            return
        matches = list(self.words.aside.finditer(sentence.text))
        shown = None if matches else self.words.shows.search(sentence.text)
        inverted = None if matches or shown else self.words.inverted.search(sentence.text)
        for match in [*matches, *(m for m in (shown, inverted) if m is not None)]:
            told = sentence.text[match.end("verb") : match.end()].lower().split() if match is not inverted else ()
            if not self.words.untold.isdisjoint(told):
                continue  # ', an airstrike claimed at least one life'
            if "that" in told:
                continue  # ', the army said in a statement that'
            if match is inverted and has_subject(sentence, sentence.start + match.start("verb")):
                continue
            who = (sentence.start + match.start("src"), sentence.start + match.end("src"))
            cue = Span(sentence.start + match.start("verb"), sentence.start + match.end("verb"))
            if match["verb"].lower() == "states" and any(
                t.start == cue.start and t.tag == "NNS" for t in sentence.tokens
            ):
                continue  # ', highlighting the crisis of the two states'
            if has_clause(sentence, cue.start, self.words.supposed) or not is_phrase(sentence, *who):
                continue
            at, after = sentence.start + match.start(), sentence.start + match.end()
            yield Statement(who, *self._around(sentence, at, after), cue, match["verb"].lower(), sure=True)

    def _may_tell(self, sentence: Sentence) -> bool:
        """Say whether a word of an aside's verbs stands in a sentence at all."""
        return any(t.lower in self.words.tellers for t in sentence.tokens)

    def bare(self, sentence: Sentence) -> Iterator[Statement]:
        """'Ivo Marn said on Monday.': a sentence that says nothing else ends the one before, which the parser cut."""
        match = self.words.bare.fullmatch(sentence.text) if len(sentence.text) < SHORT_SENTENCE else None
        if match and is_phrase(sentence, sentence.start, sentence.start + match.end("src")):
            cue = Span(sentence.start + match.start("verb"), sentence.start + match.end("verb"))
            who = (sentence.start, sentence.start + match.end("src"))
            yield Statement(who, sentence.start, sentence.start, cue, "bare")

    def _around(self, sentence: Sentence, at: int, after: int) -> tuple[int, int]:
        """Return the clause that an aside at `at`..`after` stands in: before it, and after it if a comma goes on."""
        reach = window(sentence, at)
        k = sentence.token_at(at + 1) or 0
        alone = not other_speech(sentence, k, self.words, at, after)
        start = whole_start(sentence, reach) if alone else turn_before(sentence, reach.start, at)
        rest = sentence.text[after - sentence.start : reach.end - sentence.start]
        goes_on = re.match(r"\s*(?:,|\u2014|--)\s*\S", rest) is not None
        return start, turn_after(sentence, after, reach.end) if goes_on else at

    def by_preposition(self, sentence: Sentence) -> Iterator[Statement]:
        """Yield what 'according to' and its like make somebody's."""
        for match in self.words.preposition.finditer(sentence.text):
            cue = match["cue"].lower()
            if cue == "per" and not (match["cue"][0] == "P" or re.match(r"[A-Z]", sentence.text[match.end() :])):
                continue
            start = sentence.start + match.end()
            end = self._phrase_end(sentence, start)
            at = sentence.start + match.start()
            span = Span(at, sentence.start + match.end("cue"))
            reach = window(sentence, at)
            before = sentence.text[reach.start - sentence.start : match.start()].strip(" \u201c\"'\u2018-*\u2022")
            goes_on = sentence.text[end - sentence.start : reach.end - sentence.start].startswith(",")
            if not before:
                yield Statement((start, end), min(end + 1, sentence.end), reach.end, span, cue, sure=True)
                continue
            first = turn_before(sentence, reach.start, at)
            last = turn_after(sentence, end, reach.end) if goes_on and before.endswith(",") else at
            yield Statement((start, end), first, last, span, cue, sure=True)

    def by_count(self, sentence: Sentence) -> Iterator[Statement]:
        """'By the army's count, ...'."""
        if "by " not in sentence.lower:
            return
        for match in self.words.by_count.finditer(sentence.text):
            group = "src" if match["src"] else "whose"
            who = (sentence.start + match.start(group), sentence.start + match.end(group))
            at = sentence.start + match.start()
            if is_phrase(sentence, *who):
                reach = window(sentence, at)
                yield Statement(who, reach.start, reach.end, Span(at, sentence.start + match.end()), "by")

    def told_by(self, sentence: Sentence) -> Iterator[Statement]:
        """'..., the Kessa Post was told by a nurse', 'this paper was told by a nurse that ...': the nurse's words."""
        if "told by" not in sentence.lower and "informed by" not in sentence.lower:
            return
        for match in self.words.told_by.finditer(sentence.text):
            at, after = sentence.start + match.start(), sentence.start + match.end()
            cue = Span(sentence.start + match.start("verb"), sentence.start + match.end("verb"))
            who = (sentence.start + match.start("src"), sentence.start + match.end("src"))
            reach = window(sentence, at)
            if sentence.text[match.end() :].lstrip().startswith("that "):
                yield Statement(who, after, reach.end, cue, "told", sure=True)
            elif sentence.text[: match.start()].rstrip().endswith(",") or match["whom"].startswith(" "):
                yield Statement(who, reach.start, at, cue, "told", sure=True)

    def by_tally(self, sentence: Sentence) -> Iterator[Statement]:
        """'The ministry's count since 3 May is ...', 'the clinic's toll stood at ...': the rest is that source's."""
        if not any(t.lower in self.words.tallies for t in sentence.tokens):
            return
        for match in self.words.tally_is.finditer(sentence.text):
            who = (sentence.start + match.start("src"), sentence.start + match.end("src"))
            if is_phrase(sentence, *who):
                after = sentence.start + match.end()
                reach = window(sentence, after)
                yield Statement(who, after, reach.end, Span(sentence.start + match.start("is"), after), "is")

    def _phrase_end(self, sentence: Sentence, start: int) -> int:
        """Return where the source's noun phrase ends: at a stop, a verb or a comma that opens something else."""
        rest = sentence.text[start - sentence.start :]
        quoted = re.match(r"(?:the\s+)?[\u201c\"][A-Z][^\u201c\u201d\"]{2,50}[\u201d\"]", rest)
        if quoted:
            return start + quoted.end()
        stop = re.search(
            r"[;:\u201c\u201d\"(\u2014]|\.(?:\s|$)|,(?!\s+(?:an?|the)\s+\w+\s+(?:of|in|from|for|at)\b)|\s(?:(?:between|at\s+least|more\s+than)\s+\d|who|which|that|said|says|told|were|was|has|have|had|is|are|as|on\s+(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b",
            rest,
        )
        end = stop.start() if stop else len(rest)
        apposed = _APPOSED.search(rest, 0, end)
        if apposed is not None and apposed["noun"].lower() not in self.words.offices:
            end = apposed.start()  # 'According to Ivo Marn, the shelling of the camp killed two'
        named = re.match(
            r",\s+(?:[A-Z][\w.]*\s+)*[A-Z][\w.\u2019'-]+(?=\s*(?:[,.;]|$|\s(?:said|on|in|at)\b))", rest[end:]
        )
        if named and set(re.findall(r"[\w-]+", rest[:end].lower())) & self.words.titles:
            end += named.end()
        return start + end

    def by_opening(self, sentence: Sentence) -> Iterator[Statement]:
        """'Provincial health office: 12 bodies recovered': a line that opens with its source."""
        if ":" not in sentence.text:
            return
        match = re.match(r"\W*(?:\d\S*\s+)?\W*(?P<src>[^:.,;()|]{4,60}):\s+(?=\S)", sentence.text)
        if match is None or _COUNTED.search(match["src"]):
            return
        start, end = sentence.start + match.start("src"), sentence.start + match.end("src")
        yield Statement((start, end), end, sentence.end, Span(start, end), "label")

    def in_brackets(self, sentence: Sentence) -> Iterator[Statement]:
        """'30 injured (source: lawyers' network)', '26 killed (health ministry)'."""
        first = sentence.start
        if "(" not in sentence.text:
            return
        for match in re.finditer(
            r"\(\s*(?P<tag>(?:re)?sources?\s*:\s*|(?:according to|per)\s+)?(?P<src>[^():;,\d]{4,60})\s*[;)]",
            sentence.text,
            re.IGNORECASE,
        ):
            if not match["tag"] and not self._may_be_source(match["src"], shouted=sentence.shouted):
                continue
            start, end = sentence.start + match.start("src"), sentence.start + match.end("src")
            yield Statement(
                (start, end), first, sentence.start + match.start(), Span(start, end), "label", sure=bool(match["tag"])
            )
            first = end + 1

    def _may_be_source(self, words: str, *, shouted: bool) -> bool:
        """Say whether bare words in brackets may be a source: no acronym, no count of people, no lone name."""
        said = words.lower().split()
        if not said or said[0] in _COUNTS or (words.isupper() and not shouted):
            return False
        return len(said) > 1 or said[0] in self.words.unnamed or said[0] in self.words.heads

    def by_label(self, sentence: Sentence) -> Iterator[Statement]:
        """'11 killed in Torrek: police', '- army says': a headline's source stands at its end or start."""
        line = sentence.first and len(sentence.text) < SHORT_SENTENCE and sentence.text[-1:].isalnum()
        if sentence.kind not in ("heading", "title") and not line:
            return
        match = re.search(
            r"(?:[:\u2013\u2014]|\s-)\s*(?P<src>(?:(?!\s-\s)[^:\u2013\u2014]){3,45})$|,\s+(?P<say>[^,]{3,40}?)\s+(?:says?|said|claims?|reports?)$",
            sentence.text,
        )
        if match is None:
            return
        group = "src" if match["src"] else "say"
        start, end = sentence.start + match.start(group), sentence.start + match.end(group)
        if not any(t.tag == "CD" for t in sentence.tokens if start <= t.start < end):  # 'Camp shelled: three killed'
            yield Statement((start, end), sentence.start, start, Span(start, end), "label")
