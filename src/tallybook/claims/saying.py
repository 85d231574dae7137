"""How a sentence says that somebody says something: the verb's subject, and the words that are theirs."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tallybook.claims.dateline import dateline_end
from tallybook.claims.parse import Sentence
from tallybook.claims.speech_words import SpeechWords

MAX_SOURCE_WORDS = 22
"""Longest noun phrase taken for a source, in words; longer ones were misparses on polnear dev."""

_CLAUSES = frozenset({"ccomp", "xcomp", "parataxis", "dep"})
_OBJECTS = frozenset({"dobj", "prep", "oprd", "advcl", "pcomp"})
_QUOTES = (",", "\u201d", '"', "'", "\u2019", "?", "!")
_TURNS = re.compile(r"\bwhile\s|\bbut\s|\balthough\s|\bwhereas\s")


@dataclass(frozen=True, slots=True)
class Window:
    """The part of a sentence that one statement can reach: between semicolons, or within brackets."""

    start: int
    end: int


def window(sentence: Sentence, at: int) -> Window:
    """Return the window of text offset `at`."""
    text, here = sentence.text, at - sentence.start
    opened = text.rfind("(", 0, here)
    if opened > text.rfind(")", 0, here):
        closed = text.find(")", here)
        start, end = opened + 1, closed if closed >= 0 else len(text)
    else:
        start, end = 0, len(text)
    start = max(start, max((m.end() for m in re.finditer(r";\s", text[start:here])), default=0) + start)
    stop = re.search(r";\s", text[here:end])
    end = here + stop.start() if stop else end
    return Window(sentence.start + start, sentence.start + end)


def whole_start(sentence: Sentence, reach: Window) -> int:
    """Return where the sentence begins if a semicolon opens the window: 'A died; B was hurt, a neighbour said' is all hers."""
    before = sentence.text[: reach.start - sentence.start].rstrip()
    return sentence.start if before.endswith(";") else reach.start


def turn_before(sentence: Sentence, start: int, at: int) -> int:
    """Return where the clause before `at` begins: after the last 'while', 'but' since `start`."""
    part = sentence.text[start - sentence.start : at - sentence.start]
    return start + max((m.end() for m in _TURNS.finditer(part)), default=0)


def turn_after(sentence: Sentence, at: int, end: int) -> int:
    """Return where the clause after `at` gives way to another: at ', while', ', but' before `end`."""
    match = re.search(
        r",\s+(?:while|but|although|whereas)\s", sentence.text[at - sentence.start : end - sentence.start]
    )
    return at + match.start() if match else end


def subject(sentence: Sentence, verb: int, words: SpeechWords) -> int | None:
    """Return the head word of who does `verb`; None if nobody is named."""
    token = sentence.tokens[verb]
    opens = dateline_end(sentence)
    own = [c for c in token.children if sentence.tokens[c].dep == "nsubj"]
    own = [c for c in own if sentence.tokens[c].start >= opens] or own
    if own:
        nearest = max((c for c in own if c < verb), default=own[0])
        if not any(t.lower == "whose" for t in sentence.tokens[own[0] : nearest]):
            nearest = own[0] if sentence.tokens[own[0]].lower not in words.measures else nearest
        if sentence.tokens[nearest].text in ("who", "which", "that"):
            return token.head if token.dep == "relcl" else None
        return nearest
    beside = _beside_place(sentence, verb)
    if beside is not None:
        return beside
    head = sentence.tokens[token.head]
    joined = token.dep == "conj" and head.tag.startswith("V")
    if token.head != verb and (joined or (token.dep == "advcl" and token.tag == "VBG")):
        return subject(sentence, _speech_above(sentence, verb, words), words)
    return None


def _beside_place(sentence: Sentence, verb: int) -> int | None:
    """Return who speaks where the parser set them beside a place: 'In Karsk, the governor of Sarno reports that'."""
    tokens = sentence.tokens
    if tokens[verb].dep != "ROOT":
        return None
    beside = [k for k in range(verb) if tokens[k].dep == "appos" and tokens[tokens[k].head].dep == "pobj"]
    at = beside[-1] if beside else None
    if at is None or tokens[at].pos != "NOUN" or max(sentence.subtree(at)) != verb - 1:
        return None
    first = min(sentence.subtree(at))
    return at if tokens[first].tag == "DT" and tokens[first - 1].text == "," else None


def _speech_above(sentence: Sentence, verb: int, words: SpeechWords) -> int:
    """Return what `verb` is joined to: of 'says it fell and says twelve died' the first 'says', whatever the parse."""
    token = sentence.tokens[verb]
    at = token.head
    for _ in range(4):
        if sentence.tokens[at].lower in words.telling or sentence.tokens[at].head == at:
            break
        at = sentence.tokens[at].head
    above = sentence.tokens[at]
    alike = above.lower in words.telling and above.tag == token.tag and token.lower in words.telling and at < verb
    return at if alike else token.head


def is_phrase(sentence: Sentence, start: int, end: int) -> bool:
    """Say whether the words `start`..`end` are no clause: no finite verb outside 'who ...', 'which ...'."""
    for token in sentence.tokens:
        if start <= token.start < end:
            if token.lower in ("who", "whose", "which"):
                return True
            if token.tag in ("VBD", "VBZ", "VBP", "MD"):
                return False
    return True


def agent(sentence: Sentence, verb: int) -> int | None:
    """Return the head of the 'by' phrase of a passive verb; None of an active one."""
    passive = any(sentence.tokens[c].dep == "auxpass" for c in sentence.tokens[verb].children)
    for child in sentence.tokens[verb].children if passive else ():
        if sentence.tokens[child].lower == "by":
            return next((k for k in sentence.tokens[child].children if sentence.tokens[k].dep == "pobj"), None)
    return None


def phrase(sentence: Sentence, head: int, words: SpeechWords) -> tuple[int, int]:
    """Return the noun phrase of `head`, without relative clauses; of 'a statement released by the army', the army."""
    tokens = sentence.tokens
    if tokens[head].lower in words.containers | words.claim_nouns:
        maker = _maker(sentence, head, words)
        if maker is not None:
            return phrase(sentence, maker, words)
    opens = dateline_end(sentence)
    kept = {k for k in sentence.subtree(head) if k == head or tokens[k].start >= opens}
    for child in tokens[head].children:
        if child > head and tokens[child].dep in ("relcl", "acl"):
            kept -= sentence.subtree(child)
    kept = {k for k in kept if tokens[k].pos not in ("VERB", "AUX") or k <= head or tokens[k].dep == "amod"}
    start, end = tokens[min(kept)].start, tokens[head].end
    for k in range(head, max(kept) + 1):
        if k in kept and tokens[k].pos != "PUNCT":
            end = tokens[k].end
        elif k not in kept:
            end = max(end, _named_after(sentence, head, k))
            break
    if len(sentence.text[start - sentence.start : end - sentence.start].split()) > MAX_SOURCE_WORDS:
        return tokens[head].start, tokens[head].end
    return start, end


def _named_after(sentence: Sentence, head: int, start: int) -> int:
    """Return the end of a name set beside the head after a clause: 'the member who was there, Ivo Marn'; 0 without one."""
    tokens = sentence.tokens
    beside = [c for c in tokens[head].children if c > start and tokens[c].dep == "appos" and tokens[c].tag == "NNP"]
    return max((tokens[max(sentence.subtree(c))].end for c in beside), default=0)


def _maker(sentence: Sentence, head: int, words: SpeechWords) -> int | None:
    tokens = sentence.tokens
    for child in tokens[head].children:
        if child < head or (tokens[child].dep == "acl" and tokens[child].lower in words.shown):
            continue
        preps = [child] if tokens[child].lower in ("by", "from") else []
        if tokens[child].dep == "acl":
            preps = [c for c in tokens[child].children if tokens[c].lower in ("by", "from")]
        for prep in preps:
            made = next((k for k in tokens[prep].children if tokens[k].dep == "pobj"), None)
            if made is not None:
                return made
    return None


def content(sentence: Sentence, verb: int, subject: int, words: SpeechWords) -> tuple[int, int] | None:
    """Return what the verb owns: its clause, its object, or what stands before a closing 'X said'; None without any."""
    tokens, token = sentence.tokens, sentence.tokens[verb]
    reach = window(sentence, token.start)
    if token.lower in words.put | words.revise and token.lower not in words.verbs:
        last = tokens[max(sentence.subtree(verb))].end
        return token.start, to_end(sentence, verb, max(token.end, min(last, reach.end)), words)
    if token.lower in words.deny and token.dep == "relcl" and not _has(sentence, verb, _CLAUSES | {"dobj"}):
        return token.start, token.end
    if sentence.text.rstrip().endswith(":") and not _has(sentence, verb, _CLAUSES):
        return token.end, sentence.end
    opens = {c: tokens[min(sentence.subtree(c)) if c > verb else c].start for c in token.children}
    inside = [c for c in token.children if reach.start <= opens[c] < reach.end]
    clauses = [c for c in inside if tokens[c].dep in _CLAUSES and (c > verb or tokens[c].dep != "dep")]
    if clauses:
        return _of_clauses(sentence, verb, subject, clauses, words)
    before = sentence.text[: min(token.start, tokens[subject].start) - sentence.start].rstrip()
    if (
        token.lower in words.verbs
        and before.endswith(_QUOTES)
        and len(before) > 12
        and not _adverbial(sentence, verb, subject)
    ):
        return reach.start, token.start
    objects = [c for c in inside if tokens[c].dep in _OBJECTS]
    if objects:
        held = set().union(*(sentence.subtree(c) for c in objects))
        if token.lower.startswith("claim"):
            return token.end, _before_relative(sentence, held)
        first, last = tokens[min(held)].start, tokens[max(held)].end
        return min(first, token.end), to_end(sentence, verb, last, words)
    return None


def _adverbial(sentence: Sentence, verb: int, subject: int) -> bool:
    """Say whether what stands before 'it accused X of' only tells when or how: no verb, and an object after the verb."""
    tokens = sentence.tokens
    told = any(t.tag in ("VBD", "VBZ", "VBP", "VBN", "VBG") for t in tokens[: min(verb, subject)])
    return not told and _has(sentence, verb, frozenset({"dobj"}))


def _before_relative(sentence: Sentence, held: set[int]) -> int:
    """Return where `held` ends before a clause that the writer adds: who claims the raid does not say whom it killed."""
    tokens = sentence.tokens
    added = set().union(*(sentence.subtree(k) for k in held if tokens[k].dep == "relcl"))
    return max(tokens[k].end for k in held - added) if held - added else tokens[min(held)].start


def _has(sentence: Sentence, verb: int, deps: frozenset[str]) -> bool:
    return any(c > verb and sentence.tokens[c].dep in deps for c in sentence.tokens[verb].children)


def _of_clauses(sentence: Sentence, verb: int, subject: int, clauses: list[int], words: SpeechWords) -> tuple[int, int]:
    tokens = sentence.tokens
    reach = window(sentence, tokens[verb].start)
    after = [c for c in clauses if c > max(verb, subject)]
    held = {
        k
        for c in after or clauses
        for k in sentence.subtree(c)
        if reach.start <= tokens[k].start < reach.end and not (after and k < min(verb, subject))
    }
    first, last = tokens[min(held)].start, tokens[max(held)].end
    if max(held) < max(verb, subject):
        if other_speech(sentence, verb, words):
            return first, last
        return whole_start(sentence, reach), max(reach.end if last > tokens[verb].end else tokens[verb].start, last)
    return min(first, tokens[verb].end) if subject < verb else first, to_end(sentence, verb, last, words)


def to_end(sentence: Sentence, verb: int, last: int, words: SpeechWords) -> int:
    """Return where a statement ends: with its window, unless another source takes over after `last`."""
    for k in range(verb + 1, len(sentence.tokens)):
        token = sentence.tokens[k]
        if token.start <= last or not token.tag.startswith("V"):
            continue
        own = any(sentence.tokens[c].dep == "nsubj" for c in token.children)
        if token.lower == "according" or (token.lower in words.verbs and own):
            return last
    return max(last, window(sentence, sentence.tokens[verb].start).end)


def other_speech(sentence: Sentence, verb: int, words: SpeechWords, start: int = 0, end: int = 0) -> bool:
    """Say whether another verb of speech with a subject of its own stands in the sentence, outside `start`..`end`."""
    return any(
        k != verb
        and not start <= t.start < end
        and t.lower in words.verbs
        and t.tag in ("VBD", "VBZ", "VBP")
        and any(sentence.tokens[c].dep == "nsubj" for c in t.children)
        for k, t in enumerate(sentence.tokens)
    )
