"""Which claims of one report are about one event, weighed once each claim has its day, place, people and kind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tallybook.claims.context import Context
from tallybook.claims.drafts import Draft
from tallybook.claims.facts import SentenceFacts
from tallybook.claims.harm_dates import days_clash
from tallybook.model.claim import CAPTIVITY, Place

CLOSE = 25
"""Characters between two numbers of one sentence that are told in one breath: 'killing 3 and wounding 5'."""
FEW = 3
"""Persons that two small numbers may differ by and still be of one size."""
OPENING = 2
"""First words of a sentence, by whose part of speech one sees whether it goes on ('They', 'Five of') or begins anew."""
JOINING = frozenset({"CC", "IN", ":", ",", "WDT", "WP", "WRB"})
"""Parts of speech of the words that join two numbers of one sentence: and, while, with, where, a comma."""
SMALL = ("exact", "near", "admin3", "unresolved")
"""Precisions of places so small that two of them are seldom the scene of one event."""
Group = Sequence[Draft]
"""Drafts held to be about one event, in order of telling."""


@dataclass(frozen=True, slots=True)
class EventOption:
    """An event told before that a draft may belong to, or a new one."""

    number: int | None
    """Which of the events told before; None: a new one."""
    features: dict[str, float]

    @property
    def told(self) -> str:
        """Return which event it is."""
        return "an event not told before" if self.number is None else f"event {self.number}"


class SameEvent:
    """Describes how a draft stands to the events that its report told before it."""

    def __init__(self, facts: Sequence[SentenceFacts], context: Context) -> None:
        self._at = {id(f): i for i, f in enumerate(facts)}
        self._separate = [context.separate(f.sentence.text) for f in facts]
        self._back = [context.back(f.sentence.text) for f in facts]
        self._context = context

    def options(self, draft: Draft, groups: Sequence[Group]) -> list[EventOption]:
        """Return the events told before, and a new one, each with what speaks for it. Groups are in order of telling."""
        last = max((g[-1].order for g in groups), default=None)
        offered = [
            EventOption(number, self._features(draft, group, is_last=group[-1].order == last))
            for number, group in enumerate(groups)
        ]
        return [*offered, EventOption(None, self._new(draft, groups))]

    def _features(self, draft: Draft, group: Group, *, is_last: bool) -> dict[str, float]:
        place, day = _places(draft, group), _days(draft, group)
        found = {"told": 1.0, f"place-{place}": 1.0, f"day-{day}": 1.0, f"place-{place}&day-{day}": 1.0}
        for name, true in (
            ("last", is_last),
            ("first", group[0].event == 0),
            ("rules", any(d.event == draft.event for d in group)),
            ("rules-last", group[-1].event == draft.event),
            ("whole", draft.part_of is not None and any(d is draft.part_of for d in group)),
            ("part", any(d.part_of is draft for d in group)),
            ("whole-elsewhere", draft.part_of is not None and not any(d is draft.part_of for d in group)),
            ("kind-same", any(d.event_type == draft.event_type != "other" for d in group)),
            ("kind-other", _other_kind(draft, group)),
            ("captivity", (draft.event_type in CAPTIVITY) != (group[-1].event_type in CAPTIVITY)),
            ("author-same", any(set(d.perpetrator) & set(draft.perpetrator) for d in group)),
            ("author-other", _other_author(draft, group)),
            (f"own-day-{day}", draft.own_date),
            ("of-them", draft.group.of_them),
            ("more-last", draft.group.more and is_last),
            ("title", draft.facts.field == "title"),
        ):
            if true:
                found[name] = 1.0
        return found | _numbers(draft, group) | self._between(draft, group)

    def _between(self, draft: Draft, group: Group) -> dict[str, float]:
        """Describe what stands between a draft and the member of a group that is nearest to it."""
        here = self._at[id(draft.facts)]
        near = min((self._at[id(d.facts)] for d in group), key=lambda i: abs(i - here))
        member = next(d for d in group if self._at[id(d.facts)] == near)
        low, high = sorted((near, here))
        found = {f"measures:{member.measure}|{draft.measure}": 1.0} | _joined(draft, group)
        for name, true in (
            ("across-separate", any(self._separate[low + 1 : high + 1])),
            ("another", self._another(draft)),
            ("back", self._back[here]),
        ):
            if true:
                found[name] = 1.0
        passage, own = member.facts.sentence.passage, draft.facts.sentence.passage
        listed = draft.facts.sentence.kind == "bullet"
        found["same-passage" if passage == own else "other-bullet" if listed else "other-passage"] = 1.0
        return found

    def _new(self, draft: Draft, groups: Sequence[Group]) -> dict[str, float]:
        here = self._at[id(draft.facts)]
        found = {"new": 1.0, f"new-after-{min(len(groups), 3)}": 1.0, f"new-kind:{draft.event_type}": 1.0}
        found |= {f"opens:{token.tag}": 1.0 for token in draft.facts.sentence.tokens[:OPENING]}
        for name, true in (
            ("new-separate", self._separate[here]),
            ("new-another", self._another(draft)),
            ("new-of-them", draft.group.of_them),
            ("new-more", draft.group.more),
            ("new-own-day", draft.own_date),
            ("new-own-place", draft.own_place),
            ("new-bullet", draft.facts.sentence.kind == "bullet"),
            ("new-part", draft.part_of is not None),
            ("new-title", draft.facts.field == "title"),
            ("new-rules", all(d.event != draft.event for g in groups for d in g)),
        ):
            if true:
                found[name] = 1.0
        return found

    def _another(self, draft: Draft) -> bool:
        """Say whether the words around a number, up to its neighbours, speak of something else than before."""
        sentence, group = draft.facts.sentence, draft.group
        start = max((g.end for g in draft.facts.groups if g.end <= group.start), default=sentence.start)
        end = min((g.start for g in draft.facts.groups if g.start > group.start), default=sentence.end)
        return self._context.another(sentence.text[start - sentence.start : end - sentence.start])


def _places(draft: Draft, group: Group) -> str:
    """Compare the place of a draft with those of a group, the likest first."""
    own = draft.place
    told = [d.place for d in group if d.place is not None]
    if own is None or not told:
        return "unknown"
    found = {_place(own, other) for other in told}
    return next(name for name in ("same", "holds", "near", "other") if name in found)


def _place(a: Place, b: Place) -> str:
    if a.name == b.name:
        return "same"
    if a.name in b.admin or b.name in a.admin or "country" in (a.precision, b.precision):
        return "holds"
    return "other" if a.precision in SMALL and b.precision in SMALL else "near"


def _days(draft: Draft, group: Group) -> str:
    """Compare the days of a draft with those of a group, the likest first."""
    own = draft.date
    told = [d.date for d in group if d.date is not None]
    if own is None or not told:
        return "unknown"
    if any((own.start, own.end) == (d.start, d.end) for d in told):
        return "same"
    return "other" if all(days_clash(own, d) for d in told) else "meets"


def _other_kind(draft: Draft, group: Group) -> bool:
    kinds = {d.event_type for d in group} - {"other"}
    return draft.event_type != "other" and bool(kinds) and draft.event_type not in kinds


def _other_author(draft: Draft, group: Group) -> bool:
    named = {name for d in group for name in d.perpetrator}
    return bool(named) and bool(draft.perpetrator) and named.isdisjoint(draft.perpetrator)


def _numbers(draft: Draft, group: Group) -> dict[str, float]:
    """Compare the number of a draft with those of the same harm in a group."""
    alike = [d for d in group if d.measure == draft.measure]
    others = [d for d in alike if d.group.value != draft.group.value]
    found = {
        "number-none": all(d.group.value is None for d in alike),
        "number-same": len(others) < len(alike),
        "number-other": draft.part_of is None and any(d.part_of is None for d in others),
        "number-far": _far(draft, alike),
        "dispute": bool(others) and _other_speaker(draft, group),
    }
    return {name: 1.0 for name, true in found.items() if true}


def _far(draft: Draft, alike: Group) -> bool:
    """Say whether a number is of another size than all that are told: more than twice as large or small, and a few."""
    own, told = draft.group.value, [d.group.value for d in alike if d.group.value is not None]
    if own is None or not told:
        return False
    return all(max(own, value) > 2 * min(own, value) + FEW for value in told)


def _other_speaker(draft: Draft, group: Group) -> bool:
    """Say whether nobody who tells of a group tells the draft, and both are told by somebody."""
    own, told = {s.claimants for s in draft.sources}, {s.claimants for d in group for s in d.sources}
    return bool(own) and bool(told) and own.isdisjoint(told)


def _joined(draft: Draft, group: Group) -> dict[str, float]:
    """Describe what stands between a draft and the last number of a group before it in its sentence; empty if none is."""
    before = [d.group for d in group if d.facts is draft.facts and d.group.start < draft.group.start]
    if not before:
        return {}
    words = draft.facts.sentence.tokens[before[-1].last + 1 : draft.group.first]
    found = {f"between:{word.lower}": 1.0 for word in words if word.tag in JOINING}
    return found | ({"close": 1.0} if draft.group.start - before[-1].end < CLOSE else {})
