"""What kind of event it was, and with what."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tallybook.claims.terms import Terms
from tallybook.knowledge.inflect import plural
from tallybook.knowledge.lexicon import EventCue, Weapon
from tallybook.knowledge.small_letters import for_lowered, lowered

REMEMBERED = 2_000
"""Texts whose votes are kept; several stages ask about the same sentence."""
STRONGER = 10.0
"""Times that a cue of one strength outweighs one of the next lower."""
AGAIN = 0.2
"""Share of a cue's vote that each further word of its kind adds."""
OF_WEAPON = 60.0
"""Votes of a weapon for the event that it speaks for: between cues of the second strength and the third."""
AMBIGUOUS = ("bomb", "explosives")
"""Weapons that may as well be dropped, fired or laid; they vote for no event."""


class Kinds:
    """Find event types and weapons in running text by the cues of the lexicon."""

    def __init__(self, events: Sequence[EventCue], weapons: Sequence[Weapon], harmless: str | None = None) -> None:
        self._harmless = for_lowered(harmless) if harmless else None
        self._events = [(c.type, c.strength) for c in events if c.words]
        told = enumerate(c for c in events if c.words)
        self._cues = Terms((form, n) for n, c in told for form in dict.fromkeys((*c.words, *map(plural, c.words))))
        self._weapons = Terms((w, "weapon") for weapon in weapons for w in weapon.words)
        self._weapon_of = {w: weapon for weapon in weapons for w in weapon.words}
        self._weapon_event = {w.name: w.event for w in weapons}
        self._told: dict[str, dict[str, float]] = {}
        self._armed: dict[str, list[tuple[str, int, int]]] = {}

    def votes(self, text: str, weight: float) -> dict[str, float]:
        """Return how strongly `text` speaks for each event type, times `weight`."""
        told = self._told.get(text)
        if told is None:
            if len(self._told) >= REMEMBERED:
                self._told.clear()
            told = self._told[text] = self._votes(text)
        return {kind: weight * votes for kind, votes in told.items()}

    def _without_harmless(self, text: str) -> str:
        """Return a text of the same length without words like 'evacuated by helicopter', 'gold mine'."""
        if self._harmless is None:
            return text
        for match in self._harmless.finditer(lowered(text)):
            text = text[: match.start()] + " " * len(match.group()) + text[match.end() :]
        return text

    def _votes(self, text: str) -> dict[str, float]:
        text = self._without_harmless(text)
        found: dict[str, float] = {}
        cues: dict[int, set[str]] = {}
        for term, number, _, _ in self._cues.find(text):
            cues.setdefault(number, set()).add(term)
        for number, terms in sorted(cues.items()):
            (kind, strength), hits = self._events[number], len(terms)
            found[kind] = found.get(kind, 0.0) + (STRONGER ** (strength - 1)) * (1 + AGAIN * (hits - 1))
        for name, _, _ in self.weapons(text):
            event = self._weapon_event.get(name)
            if event is not None and name not in AMBIGUOUS:
                found[event] = found.get(event, 0.0) + OF_WEAPON
        return found

    def weapons(self, text: str) -> list[tuple[str, int, int]]:
        """Return the weapons named in `text` as (canonical name, start, end), longest names first where they overlap."""
        told = self._armed.get(text)
        if told is None:
            if len(self._armed) >= REMEMBERED:
                self._armed.clear()
            named = self._weapons.find(self._without_harmless(text))
            told = self._armed[text] = [(self._weapon_of[term].name, start, end) for term, _, start, end in named]
        return told

    def event_of_weapon(self, name: str) -> str | None:
        """Return the event type that a weapon by itself speaks for, or None."""
        return self._weapon_event.get(name)


def best(votes: Iterable[dict[str, float]]) -> str:
    """Return the event type with the most votes, 'other' where nobody voted; ties by name."""
    total: dict[str, float] = {}
    for vote in votes:
        for kind, weight in vote.items():
            total[kind] = total.get(kind, 0.0) + weight
    return min(total, key=lambda k: (-total[k], k)) if total else "other"
