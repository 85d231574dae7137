"""What the ledger must know of the world: which place lies in which, which actor belongs to which."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from tallybook.knowledge.claimant_kinds import NOT_KNOWN
from tallybook.model import Place


class Geography(Protocol):
    """Says whether one place lies in another."""

    def within(self, inner: Place, outer: str) -> bool | None:
        """Say whether `inner` lies wholly in the place called `outer`; None: it may, in part or whole."""


class Sides(Protocol):
    """Says which actor is part of which."""

    def includes(self, outer: str, inner: str) -> bool:
        """Say whether `inner` is `outer` or a part of it; both are canonical names."""


class Kinds(Protocol):
    """Says what kind of source a name is."""

    @property
    def names(self) -> tuple[str, ...]:
        """Return all kinds, `NOT_KNOWN` last."""

    def kind(self, name: str) -> str:
        """Return the kind, `NOT_KNOWN` where nothing tells it."""


class NoKinds:
    """Sources of which nobody says what they are."""

    names: tuple[str, ...] = (NOT_KNOWN,)

    def kind(self, name: str) -> str:
        """Return that it is not known."""
        return NOT_KNOWN


class BookPlaces:
    """Places as the claims of one book name them: a place lies in its own larger units and country.

    Two resolved places of which neither is named as the larger unit of the other are apart.
    """

    def __init__(self, places: Iterable[Place]) -> None:
        self._larger: dict[str, set[str]] = {}
        self._country: dict[str, set[str]] = {}
        self._resolved: set[str] = set()
        self._code: dict[str, str] = {}
        for place in places:
            self._learn(place)

    def _learn(self, place: Place) -> None:
        chain = [x.casefold() for x in (place.name, *place.admin)]
        if place.precision == "country" and place.country:
            self._code[chain[0]] = place.country.casefold()
        self._resolved.update(chain[1:] if place.precision == "unresolved" else chain)
        country = {place.country.casefold()} if place.country else set()
        for i, name in enumerate(chain):
            self._larger.setdefault(name, set()).update(chain[i + 1 :], country)
            self._country.setdefault(name, set()).update(country)
        for name in country:
            self._larger.setdefault(name, set())
            self._resolved.add(name)

    def within(self, inner: Place, outer: str) -> bool | None:
        """Say whether `inner` lies in `outer` by the chains that the book's claims give."""
        name, wanted = (self._code.get(x, x) for x in (inner.name.casefold(), outer.casefold()))
        own = {name, *(x.casefold() for x in (*inner.admin, inner.country or inner.name))}
        if wanted in own or wanted in self._larger.get(name, ()):
            return True
        if name in self._larger.get(wanted, ()):
            return None
        countries = self._country.get(wanted, set())
        if inner.country and countries and inner.country.casefold() not in countries:
            return False
        resolved = inner.precision != "unresolved" or name in self._resolved
        return False if resolved and wanted in self._resolved else None


class NamedSides:
    """Actors as their names alone tell: each is part of itself and of nothing else."""

    def includes(self, outer: str, inner: str) -> bool:
        """Say whether both are one name."""
        return outer == inner
