"""The question: which cells and regions lie inside it, which only may."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tallybook.ledger.book import Book
from tallybook.ledger.cells import Label
from tallybook.ledger.reach import Inside, Reach, World
from tallybook.model import Claim, Incident, Query

GROUPS: dict[str, Label] = {
    "civilian": (("status", ("civilian",)),),
    "combatant": (("status", ("combatant",)),),
    "children": (("sex_age", ("", "child")),),
    "women": (("sex_age", ("female", "adult")),),
}
ANY, UNKNOWN = "any", "unknown"


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether a number passes a filter; the first field that leaves it open, if one does."""

    inside: Inside
    field: str | None = None


INSIDE, OUTSIDE = Answer(Inside.YES), Answer(Inside.NO)


class Question:
    """One query as reaches that cells and regions are compared with."""

    def __init__(self, query: Query, book: Book, world: World) -> None:
        self.query = query
        self._world = world
        self.reach = Reach(
            start=query.since,
            end=query.until,
            place=book.place(query.place) if query.place else None,
            anywhere=query.place is None,
            authors=(query.by,) if query.by else (),
            weapons=(query.weapon,) if query.weapon else (),
        )
        self._checks = (
            ("date", world.time),
            ("place", world.area),
            ("perpetrator", world.author),
            ("weapon", world.means),
        )
        self._people: dict[Label, Inside] = {}

    @property
    def everywhere(self) -> bool:
        """Say whether no period, place, author or weapon is asked for: every number lies inside these edges."""
        query = self.query
        return query.since is None and query.until is None and query.place is None and not (query.by or query.weapon)

    @property
    def everybody(self) -> bool:
        """Say whether all people are asked for."""
        return not self.query.who or ANY in self.query.who

    def edges(self, reach: Reach) -> Answer:
        """Compare time, place, author and weapon, not the people."""
        unsure = None
        for name, compare in self._checks:
            found = compare(reach, self.reach)
            if found is Inside.NO:
                return OUTSIDE
            if found is Inside.OPEN:
                unsure = unsure or name
        return Answer(Inside.OPEN, unsure) if unsure else INSIDE

    def people(self, label: Label) -> Inside:
        """Say whether the people of a label are asked for; OPEN: the label does not tell."""
        if self.everybody:
            return Inside.YES
        if label not in self._people:
            self._people[label] = self._asked_for(label)
        return self._people[label]

    def _asked_for(self, label: Label) -> Inside:
        answers = [self._one(label, who) for who in self.query.who]
        if Inside.YES in answers:
            return Inside.YES
        return Inside.OPEN if Inside.OPEN in answers else Inside.NO

    def _one(self, label: Label, who: str) -> Inside:
        if who == UNKNOWN:
            return Inside.NO if any(name == "status" for name, _ in label) else Inside.YES
        return self._world.population(label, GROUPS[who])


def incident_reach(incidents: Mapping[str, Incident], incident_id: str, claims: Iterable[Claim]) -> Reach:
    """Return what is known of an incident: its own place and date, and the authors that its claims name."""
    told = list(claims)
    incident = incidents.get(incident_id)
    place = incident.place if incident else next((c.place for c in told if c.place), None)
    when = incident.date if incident else next((c.date for c in told if c.date), None)
    kind = incident.event_type if incident else next((c.event_type for c in told), "other")
    return Reach(
        start=when.start if when else None,
        end=when.end if when else None,
        place=place,
        event_type=kind,
        authors=tuple(sorted({a for c in told for a in c.perpetrator})),
        weapons=tuple(sorted({w for c in told for w in c.weapon})),
    )
