"""A claim in the making: a group bound to harm, filled stage by stage."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from tallybook.claims.facts import SentenceFacts
from tallybook.claims.groups import Group
from tallybook.claims.place_mentions import PlaceMention
from tallybook.claims.sources import Source
from tallybook.model.claim import Count, DateRange, Place
from tallybook.model.span import Span


@dataclass(slots=True, eq=False)
class Draft:
    """One claim in the making."""

    facts: SentenceFacts
    group: Group
    measure: str | None
    rule: str
    trigger: tuple[int, int] | None = None  # token indices of the word of harm
    event_hint: str | None = None
    hedged: bool = False
    part_of: Draft | None = None
    part_words: bool = False  # the words say it is a part
    dimension: str | None = None
    whole_exact: bool = False
    change: str | None = None
    stance: str = "asserted"
    scope: str = "incident"
    sources: list[Source] = field(default_factory=list)
    relay: tuple[str, ...] = ()
    owned: tuple[int, int] | None = None
    date: DateRange | None = None
    own_date: bool = False
    place: Place | None = None
    mention: PlaceMention | None = None
    own_place: bool = False
    time: str | None = None
    event: int = 0
    event_type: str = "other"
    weapon: tuple[str, ...] = ()
    perpetrator: tuple[str, ...] = ()
    doer_rule: str | None = None  # how the rules found who did it
    affiliation: str = "unknown"
    group_name: str | None = None
    same_as: list[Draft] = field(default_factory=list)
    count: Count | None = None
    spans: dict[str, Span] = field(default_factory=dict)
    odds: dict[str, float] = field(default_factory=dict)  # how likely each chosen field is, before calibration
    about: str | None = None
    responds_to: Draft | None = None
    ident: str = ""

    @property
    def order(self) -> tuple[int, int, int]:
        """Return its place in the report: title last, since the body's words win."""
        return (self.facts.field == "title", self.facts.sentence.index, self.group.start)

    @property
    def headline(self) -> bool:
        """Say whether the title tells it, or a heading that opens the text."""
        sentence = self.facts.sentence
        return self.facts.field == "title" or (sentence.index == 0 and sentence.kind == "heading")

    @property
    def value(self) -> tuple[int | None, int | None]:
        """Return its bounds."""
        return (self.count.low, self.count.high) if self.count else (None, None)


def nearest(drafts: Iterable[Draft], index: int) -> Draft | None:
    """Return the draft whose sentence is nearest to that of number `index`, the first of equals; None if there are none."""
    return min(drafts, key=lambda d: (abs(d.facts.sentence.index - index), d.order), default=None)


def part_from(kept: Sequence[Draft]) -> None:
    """Make wholes of the drafts in `kept` that were parts of a draft that is not."""
    there = {id(d) for d in kept}
    for draft in kept:
        if draft.part_of is not None and id(draft.part_of) not in there:
            draft.part_of = None
