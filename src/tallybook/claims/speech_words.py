"""The lexicon's words of speech in every form; compiled once and shared by all documents."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from tallybook.knowledge.inflect import verb_forms

_WHEN = (
    r"(?:,?\s+(?:here\b|(?:late\s+|early\s+)?(?:on\s+|late\s+|this\s+)?(?:\w+day|yesterday|today)(?:\s+(?:night|evening|morning))?)"
    r"|\s+(?:in|at|on|by|to|via|during|over|without)\s+[^,;\u201c\u201d\"]{2,60})*"
)
"""'on Monday in a statement': what may stand between 'said' and the end of an aside."""
_WHO = (
    r"(?!of\b|in\b|and\b|but\b|as\b|that\b|which\b|who\b|when\b|where\b|after\b)"
    r"(?:[^,;()\u201c\u201d\"]{3,110}?(?:\s+\([A-Z][\w-]{1,14}\))?(?:\s+who\s+[^,;\u201c\u201d\"]{3,80}?)?(?:,\s+[^,;\u201c\u201d\"]{3,60}?,)?)"
)
"""A noun phrase that may speak, with one apposition between commas."""
_TOLD = r"(?:\s+(?:reporters|journalists|us|(?:the\s+|this\s+|our\s+)?(?:[A-Z][\w.\u2019'-]*\s*){1,4}(?:radio|television|TV|newspaper|newspapers|daily|channel|news\s+agency|magazine|station)?|(?:this|our)\s+\w+|(?:state|local)\s+(?:media|television|radio|TV)))?"
"""'told Kessa Post': who is told."""
_ENDS = r"(?=\s*(?:[,;.)\u2014\u2013]|--|$))"
_PIECE = re.compile(r"[\w'\u2019]+")


class SpeechWords:
    """The verbs, nouns and patterns of one lexicon."""

    def __init__(self, speech: Mapping[str, Any]) -> None:
        self.verbs = frozenset(_forms(speech["verbs"]))
        self.telling = frozenset(_forms(speech["telling_verbs"]))
        self.put = frozenset(_forms(speech["put_verbs"]))
        self.deny = frozenset(_forms(speech["deny_verbs"]))
        self.confirm = frozenset(_forms(speech["confirm_verbs"]))
        self.revise = frozenset(_forms(speech["revise_verbs"]))
        self.with_clause = frozenset(speech["clause_verbs"])
        self.issue = frozenset(_forms(speech["issue_verbs"]))
        self.tolls = frozenset(speech["tolls"])
        self.unnamed: dict[str, str] = {word: kind for kind, words in speech["unnamed"].items() for word in words}
        self.heads = frozenset(speech["organisation_heads"])
        self.titles, self.measures = frozenset(speech["titles"]), frozenset(speech["measures"])
        self._short: dict[str, str] = dict(speech["short_titles"])
        self.containers = frozenset(speech["containers"])
        self.container_adjectives = frozenset(speech["container_adjectives"])
        self.own_forces, self.staffs = frozenset(speech["own_forces"]), tuple(speech["staffs"])
        self.inquiries = frozenset(speech["inquiries"])
        self.claim_nouns = frozenset(speech["claim_nouns"])
        self.again = frozenset(speech["again"])
        self.bodies, self.armed_bodies = frozenset(speech["again_bodies"]), frozenset(speech["again_armed_bodies"])
        self.unarmed_bodies = frozenset(speech["again_unarmed_bodies"])
        self.offices = frozenset(
            word.split()[-1]
            for word in (
                *self.titles,
                *self.heads,
                *self.unnamed,
                *self.again,
                *speech["again_bodies"],
                *speech["beside_names"],
            )
        )
        """Nouns for those who speak, beside a name: 'Ivo Marn, the mayor of Karsk'."""
        self.shown = frozenset(speech["shown"])
        self.nobody = frozenset(speech["nobody"])
        self.one_more, self.supposed = frozenset(speech["one_more"]), frozenset(speech["supposed"])
        self.medical, self.receive = frozenset(speech["medical"]), frozenset(speech["receive_verbs"])
        self.untold, self.claimed_of = frozenset(speech["untold"]), frozenset(speech["claimed_of"])
        self.accused, self.quoting = frozenset(speech["accused"]), frozenset(speech["quoting_verbs"])
        self.citing, self.cited = frozenset(speech["citing"]), frozenset(speech["cited"])
        self.fuller_heads, self.channels = frozenset(speech["fuller_heads"]), frozenset(speech["channels"])
        self.speaking_bodies = frozenset(speech["speaking_bodies"])
        joined = "|".join(re.escape(p) for p in sorted(speech["prepositions"], key=len, reverse=True))
        self.inverting: tuple[str, ...] = tuple(speech["inverted_verbs"])
        self.preposition = re.compile(rf"\b(?P<cue>{joined})\s+", re.IGNORECASE)
        told = "|".join(sorted(map(re.escape, self.telling | self.with_clause), key=len, reverse=True))
        self.aside = re.compile(
            rf"(?:[,\u201d\"\u2014\u2013]|--)\s+(?P<src>{_WHO})\s+(?:(?:has|have|had|also|later|then|further)\s+)*(?P<verb>{told}){_TOLD}{_WHEN}{_ENDS}"
        )
        self.showing = frozenset(_forms(speech["showing_verbs"]))
        verbs = (*self.telling, *self.with_clause, *self.inverting, *self.showing)
        self.tellers = frozenset(piece for verb in verbs for piece in _PIECE.findall(verb.lower()))
        kept = "|".join(map(re.escape, sorted(self.containers, key=len, reverse=True)))
        shown = "|".join(sorted(self.showing, key=len, reverse=True))
        self.shows = re.compile(
            rf"[,\u201d\"]\s+(?:(?:an?|the|its|their)\s+)?(?:[\w-]+\s+)?(?:{kept})\s+(?:[\w-]+\s+)?(?:by|from|of)\s+"
            rf"(?P<src>[^,;()\u201c\u201d\"]{{3,90}}?(?:\s+\([A-Z][\w-]{{1,14}}\))?)\s+(?P<verb>{shown}){_WHEN}\s*\.?\s*$"
        )
        self.by_count = re.compile(
            r"\bby\s+(?:(?P<src>[^,;:\u201c\u201d\"]{3,50}?)(?:[\u2019']s|(?<=s)[\u2019'])|(?P<whose>its|their|his|her))\s+(?:own\s+)?(?:count|estimate|tally|reckoning|account|figures)\b",
            re.IGNORECASE,
        )
        self.tallies = frozenset(speech["tallies"])
        kept = "|".join(sorted(self.tallies, key=len, reverse=True))
        self.tally_is = re.compile(
            rf"(?P<src>(?:\b[Tt]he\s+)?(?:[\w-]+\s+){{0,3}}[\w-]+)(?:[\u2019']s|(?<=s)[\u2019'])\s+(?:[\w-]+\s+){{0,3}}?(?:{kept})\b"
            r"(?:\s+(?:since|for|of|in|from|as\s+of)\s+[^,;.]{2,40}?)?\s+(?P<is>(?:(?:has|have|had|now)\s+)*(?:is|was|are|were|stands?|stood|runs?|ran|reached|climbed|rose|risen)(?:\s+now)?(?:\s+(?:at|to))?)\s+"
        )
        self.told_by = re.compile(
            rf"(?P<whom>[^,;:.]{{2,60}}?)\s+(?P<verb>(?:was|were|has\s+been|have\s+been)\s+(?:told|informed))\s+(?:\w+ly\s+)?by\s+(?P<src>[^,;\u201c\u201d\"]{{3,90}}?){_WHEN}(?=\s+that\b|\s*(?:[,;.]|$))"
        )
        self.bare = re.compile(rf"(?P<src>{_WHO})\s+(?:(?:has|have|had|also)\s+)*(?P<verb>{told}){_TOLD}{_WHEN}\s*\.?")
        self.inverted = re.compile(
            rf"[,\u201d\"]\s+(?P<verb>{'|'.join(self.inverting)})\s+(?P<src>(?!that\b|it\b|he\s+\w|she\s+\w|they\s+\w|we\b|in\b|on\b|[^,.]*\b(?:that|had|have|were|was)\b)[^;\u201c\u201d\"]{{3,110}}?){_WHEN}\s*[.)]*\s*$"
        )

    def in_full(self, source: str) -> set[str]:
        """Return the small-lettered words of a source, its titles in full and apart beside them: 'general' for 'Gen.' or 'Lieutenant-General'."""
        words = re.findall(r"[\w\u2019'-]+", source.lower())
        words += [part for w in words if "-" in w for part in w.split("-") if part in self.titles]
        return {*words, *(self._short[w] for w in words if w in self._short)}


def _forms(verbs: Iterable[str]) -> Iterator[str]:
    return (form for verb in verbs for forms in verb_forms(verb).values() for form in forms)
