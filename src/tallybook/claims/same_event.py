"""Which claims of one report are about one event, weighed once each claim has its day, place, people and kind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tallybook.claims.context import Context
from tallybook.claims.drafts import Draft
from tallybook.claims.facts import SentenceFacts
from tallybook.claims.harm_dates import days_clash
from tallybook.model.claim import CAPTIVITY, Place

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

    def options(self, draft: Draft, groups: Sequence[Group]) -> list[EventOption]:
        """Return the events told before, and a new one, each with what speaks for it. Groups are in order of telling."""
        last = max((g[-1].order for g in groups), default=None)
        offered = [
            EventOption(number, self._features(draft, group, is_last=group[-1].order == last))
            for number, group in enumerate(groups)
        ]
        return [*offered, EventOption(None, self._new(draft, groups))]

    def _features(self, draft: Draft, group: Group, *, is_last: bool) -> dict[str, float]:
        found = {"told": 1.0, f"place-{_places(draft, group)}": 1.0, f"day-{_days(draft, group)}": 1.0}
        found[f"place-{_places(draft, group)}&day-{_days(draft, group)}"] = 1.0
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
            ("number-same", any(_same_number(d, draft) for d in group)),
            ("number-other", any(_other_number(d, draft) for d in group)),
            ("title", draft.facts.field == "title"),
        ):
            if true:
                found[name] = 1.0
        return found | self._between(draft, group)

    def _between(self, draft: Draft, group: Group) -> dict[str, float]:
        """Describe what stands between a draft and the member of a group that is nearest to it."""
        here = self._at[id(draft.facts)]
        near = min((self._at[id(d.facts)] for d in group), key=lambda i: abs(i - here))
        gap = abs(here - near)
        size = "0" if gap == 0 else "1" if gap == 1 else "2-3" if gap <= 3 else "4+"
        found = {f"gap-{size}": 1.0}
        low, high = sorted((near, here))
        if any(self._separate[low + 1 : high + 1]):
            found["across-separate"] = 1.0
        if self._back[here]:
            found["back"] = 1.0
        member = next(d for d in group if self._at[id(d.facts)] == near)
        passage, own = member.facts.sentence.passage, draft.facts.sentence.passage
        listed = draft.facts.sentence.kind == "bullet"
        found["same-passage" if passage == own else "other-bullet" if listed else "other-passage"] = 1.0
        return found

    def _new(self, draft: Draft, groups: Sequence[Group]) -> dict[str, float]:
        here = self._at[id(draft.facts)]
        found = {"new": 1.0, f"new-after-{min(len(groups), 3)}": 1.0}
        for name, true in (
            ("new-separate", self._separate[here]),
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


def _same_number(a: Draft, b: Draft) -> bool:
    return a.measure == b.measure and a.group.value == b.group.value


def _other_number(a: Draft, b: Draft) -> bool:
    return a.measure == b.measure and a.group.value != b.group.value and a.part_of is None and b.part_of is None
