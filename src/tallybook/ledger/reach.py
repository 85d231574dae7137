"""Where, when, by whom, how and to whom: what a number covers, and whether one lies inside another."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from tallybook.ledger.cells import Label
from tallybook.ledger.protocols import Geography, Sides
from tallybook.model import Place
from tallybook.model.claim import CAPTIVITY, FIRE

ANY_CLASS = "other"
EARLIEST, LATEST = "0000-01-01", "9999-12-31"


class Inside(Enum):
    """Whether one thing lies inside another."""

    YES = "yes"
    NO = "no"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Reach:
    """What a number covers. For a toll or a question what is not stated is everything; for an incident, unknown."""

    start: str | None = None
    end: str | None = None
    place: Place | None = None
    anywhere: bool = False
    event_type: str = ANY_CLASS
    authors: tuple[str, ...] = ()
    weapons: tuple[str, ...] = ()
    people: Label = ()
    told_in: tuple[str, ...] = ()
    """Ids of tolls that contain it by the words of its own claims."""
    claims: tuple[str, ...] = ()
    """Ids of the claims that state it, of a toll."""

    @property
    def first(self) -> str:
        """First day it may touch."""
        return self.start or EARLIEST

    @property
    def last(self) -> str:
        """Last day it may touch."""
        return self.end or LATEST


class World:
    """Compares reaches with the help of a geography and of the sides."""

    def __init__(self, geography: Geography, sides: Sides) -> None:
        self._geography = geography
        self._sides = sides
        self._places: dict[tuple[Place | None, Place | None], Inside] = {}

    def fields(self, inner: Reach, outer: Reach) -> dict[str, Inside]:
        """Say for each field whether what `inner` covers lies in what `outer` covers."""
        return {
            "date": self.time(inner, outer),
            "place": self.area(inner, outer),
            "event_type": self.act(inner, outer),
            "perpetrator": self.author(inner, outer),
            "weapon": self.means(inner, outer),
            "status": self.population(inner.people, outer.people),
        }

    def inside(self, inner: Reach, outer: Reach) -> Inside:
        """Say whether `inner` lies wholly in `outer` (YES), wholly outside (NO), or may do either (OPEN)."""
        if self.told_inside(inner, outer):
            return Inside.YES
        answer = Inside.YES
        for compare in (self.time, self.people, self.act, self.author, self.area):
            found = compare(inner, outer)
            if found is Inside.NO:
                return found
            answer = found if found is Inside.OPEN else answer
        return answer

    @staticmethod
    def told_inside(inner: Reach, outer: Reach) -> bool:
        """Say whether the words themselves place `inner` in the toll `outer`."""
        return not set(inner.told_in).isdisjoint(outer.claims)

    def apart(self, a: Reach, b: Reach, timeless: bool = False) -> bool:
        """Say whether nobody can be in both; `timeless` where their periods are known to meet."""
        if self.told_inside(a, b) or self.told_inside(b, a):
            return False
        tests = (self.people, self.act, self.author, self.area)
        if any(test(a, b) is Inside.NO or test(b, a) is Inside.NO for test in tests):
            return True
        return not timeless and self.time(a, b) is Inside.NO

    def people(self, inner: Reach, outer: Reach) -> Inside:
        """Compare groups of people."""
        return self.population(inner.people, outer.people)

    @staticmethod
    def time(inner: Reach, outer: Reach) -> Inside:
        """Compare periods; an unknown date may be anywhere, except in all of time."""
        if outer.first == EARLIEST and outer.last == LATEST:
            return Inside.YES
        if inner.last < outer.first or outer.last < inner.first:
            return Inside.NO
        return Inside.YES if outer.first <= inner.first and inner.last <= outer.last else Inside.OPEN

    def area(self, inner: Reach, outer: Reach) -> Inside:
        """Compare areas; a larger place than `outer` may hold it."""
        if outer.anywhere:
            return Inside.YES
        key = (inner.place, outer.place)
        if key not in self._places:
            self._places[key] = self._area(inner.place, outer.place)
        return self._places[key]

    def _area(self, inner: Place | None, outer: Place | None) -> Inside:
        if inner is None or outer is None:
            return Inside.OPEN
        if inner.name == outer.name and inner.admin == outer.admin:
            return Inside.YES
        said = self._geography.within(inner, outer.name)
        if said is False and self._geography.within(outer, inner.name) is not False:
            return Inside.OPEN
        return {True: Inside.YES, False: Inside.NO, None: Inside.OPEN}[said]

    @staticmethod
    def act(inner: Reach, outer: Reach) -> Inside:
        """Compare classes of acts: only fire from afar and captivity exclude each other."""
        a, b = inner.event_type, outer.event_type
        if b in (ANY_CLASS, a):
            return Inside.YES
        return Inside.NO if (a in FIRE and b in CAPTIVITY) or (a in CAPTIVITY and b in FIRE) else Inside.OPEN

    def author(self, inner: Reach, outer: Reach) -> Inside:
        """Compare authors; one who is not named may be anyone."""
        if not outer.authors:
            return Inside.YES
        if not inner.authors:
            return Inside.OPEN
        own = [any(self._sides.includes(o, i) for o in outer.authors) for i in inner.authors]
        if all(own):
            return Inside.YES
        wider = any(self._sides.includes(i, o) for o in outer.authors for i in inner.authors)
        return Inside.OPEN if any(own) or wider else Inside.NO

    @staticmethod
    def means(inner: Reach, outer: Reach) -> Inside:
        """Compare weapons; one that is not named may be any. Only a question is cut by them: they bound no toll."""
        if not outer.weapons:
            return Inside.YES
        if not inner.weapons:
            return Inside.OPEN
        own = set(inner.weapons)
        return Inside.YES if own <= set(outer.weapons) else Inside.NO if own.isdisjoint(outer.weapons) else Inside.OPEN

    def population(self, inner: Label, outer: Label) -> Inside:
        """Compare groups of people by status, sex and age, and group."""
        mine = dict(inner)
        answers = []
        for name, value in outer:
            if name not in mine:
                answers.append(Inside.OPEN)
            elif name == "side":
                answers.append(self._group(mine[name][0], value[0]))
            elif name == "sex_age":
                answers.append(_sex_age(mine[name], value))
            else:
                answers.append(Inside.YES if mine[name] == value else Inside.NO)
        return together(answers)

    def _group(self, inner: str, outer: str) -> Inside:
        if self._sides.includes(outer, inner):
            return Inside.YES
        return Inside.OPEN if self._sides.includes(inner, outer) else Inside.NO


def _sex_age(inner: tuple[str, ...], outer: tuple[str, ...]) -> Inside:
    answers = [
        Inside.YES if b in ("", a) else Inside.OPEN if a == "" else Inside.NO for a, b in zip(inner, outer, strict=True)
    ]
    return together(answers)


def together(answers: Iterable[Inside]) -> Inside:
    """Return NO if any answer is no, else OPEN if any is open, else YES."""
    found = set(answers)
    return Inside.NO if Inside.NO in found else Inside.OPEN if Inside.OPEN in found else Inside.YES
