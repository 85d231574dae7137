"""Patterns around the names of people who were harmed, joined from the lexicon's words."""

from __future__ import annotations

import re

from tallybook.knowledge.record_words import VictimWords
from tallybook.knowledge.small_letters import for_lowered
from tallybook.knowledge.word_lists import either


class VictimPatterns:
    """All patterns that tell whether a named person was harmed, compiled once."""

    def __init__(self, words: VictimWords) -> None:
        self.identified = for_lowered(
            rf"\b(?:{either(words.naming)})\s+(?:\w+\s+){{0,4}}?as\s+(?:\w+\s+)?$|\b(?:{either(words.dead)})\s+(?:\w+\s+)?(?:is|are|was|were|:)\s*$"
            rf"|\b(?:{either(words.harming)})\s+(?:(?:a|the|his|her)\s+)?(?:\w+\s+)?$"
        )
        struck = tuple(w for w in words.harming if w not in words.naming)
        self.struck = for_lowered(rf"\b(?:{either(struck)})\s+$")
        self.age = re.compile(words.age)
        within = rf"(?:(?!\b(?:{either(words.apart)})\b)[^.;])"
        how = either((*words.killed, *words.hurt, *words.taken, *words.shot))
        self.told = re.compile(
            rf"^{within}{{0,90}}?\b(?:was|were|had been|has been)\s+(?:\w+\s+){{0,2}}?(?P<how>{how})\b|^{within}{{0,60}}?\b(?:{either(words.died)})\b"
        )
        self.hurt, self.taken, self.shot = (re.compile(either(w)) for w in (words.hurt, words.taken, words.shot))
        self.circumstance = for_lowered(rf"\b(?:who|which)\s+(?P<what>(?:{either(words.told)})\b[^.;]+)")
        self.female, self.male = _any(words.female), _any(words.male)
        self.death, self.harm, self.accused = _any(words.death), _any(words.harm), _any(words.accused)
        self.listed, self.victims = _any(words.listed), _any(words.victims)
        self.groups = _any(words.groups)
        self.speaks = re.compile(rf"\s*:|\s+(?:{either(words.speaking)})\b")

    def befell(self, told: re.Match[str], *, death: bool = False) -> str:
        """Return the measure that a match of `told` tells; `death` says that the report tells of a death there."""
        how = told["how"] or ""
        if self.taken.fullmatch(how):
            return "captured"
        hurt = self.hurt.fullmatch(how) or (self.shot.fullmatch(how) and not death)
        return "injured" if hurt else "killed"

    def sex(self, text: str) -> str | None:
        """Return the sex that a text in small letters tells first, or None."""
        male, female = self.male.search(text), self.female.search(text)
        if male and female:
            return "male" if male.start() < female.start() else "female"
        return "male" if male else "female" if female else None


def _any(words: tuple[str, ...]) -> re.Pattern[str]:
    return for_lowered(rf"\b(?:{either(words)})\b")
