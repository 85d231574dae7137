"""What the other places of a report say about one: places named together lie together.

Every name has candidates; each candidate is as near to the likely places of the other names as the map says, and may
lie in a unit that the report names. Two rounds: the first weighs candidates by size and chain alone, the second with
the places that the first made likely. Source of the idea: spatial minimality (Leidner 2007), here with probabilities.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from tallybook.knowledge.folding import fold
from tallybook.knowledge.places import PlaceEntry
from tallybook.model.earth import EARTH_KM

Weighed = Sequence[tuple[float, PlaceEntry]]
"""Candidates of one name with their weights."""

REACH_KM = 80.0
"""Distance at which another place speaks half as loud; looked at on the first half of LGL."""
MOST_CANDIDATES = 12
"""Candidates of one name that speak for others; the rest is too unlikely to matter."""
MOST_NAMES = 40
"""Names of one report that are compared with each other; a roundup's later names follow its first ones."""
NEARNESS = 40.0
"""How much a place as near as can be to all others outweighs one far from them."""
CONTAINS = 1.0
"""How much it adds that a unit which holds the place is named in the report."""
IN_COUNTRY = 0.2
"""How near a country is to a place inside it."""
_Floats = NDArray[np.float64]
_Ints = NDArray[np.int64]


class PlaceContext:
    """The places of one report, each weighed by the others."""

    def __init__(self, names: Mapping[str, Weighed], lands: Callable[[str], str | None]) -> None:
        """Take the candidates of each name, and what a country's code is called."""
        kept = dict(list(names.items())[:MOST_NAMES])
        self._named = {fold(n) for n in kept}
        self._lands = lands
        rows: list[tuple[int, float, PlaceEntry]] = []
        for number, weighed in enumerate(kept.values()):
            top = sorted(weighed, key=lambda w: -w[0])[:MOST_CANDIDATES]
            total = sum(w for w, _ in top) or 1.0
            rows += [(number, w / total, e) for w, e in top if e.lat is not None and e.lon is not None]
        self._numbers = {name: number for number, name in enumerate(kept)}
        self._owner = np.array([n for n, _, _ in rows], dtype=np.int64)
        self._likely: _Floats = np.array([p for _, p, _ in rows], dtype=np.float64)
        self._points = _unit_vectors([(e.lat or 0.0, e.lon or 0.0) for _, _, e in rows])
        self._countries = np.array([_code(e) for _, _, e in rows], dtype=np.int64)
        self._whole = np.array([e.kind == "country" for _, _, e in rows], dtype=np.bool_)
        self._blur = np.array([min(e.radius_km, 300.0) for _, _, e in rows], dtype=np.float64)
        self._settle()

    def _settle(self) -> None:
        """Weigh the candidates once more, by the others' first weights."""
        if len(self._owner) == 0:
            return
        near = self._near(self._points, self._countries, self._whole)
        firsts = self._likely
        support = near @ firsts - self._own(near, firsts)
        raised = firsts * (1.0 + NEARNESS * support)
        totals = np.bincount(self._owner, raised)
        self._likely = raised / totals[self._owner]

    def _own(self, near: _Floats, likely: _Floats) -> _Floats:
        """Return what a name's own candidates say about each of them: not to be counted."""
        same = self._owner[:, None] == self._owner[None, :]
        return np.asarray((near * same) @ likely, dtype=np.float64)

    def _near(self, points: _Floats, countries: _Ints, whole: NDArray[np.bool_]) -> _Floats:
        """Return how near each point is to each candidate: 1 in its area, half at REACH_KM from it; of a country, IN_COUNTRY."""
        cosines = np.clip(points @ self._points.T, -1.0, 1.0)
        apart = np.maximum(np.arccos(cosines) * EARTH_KM - self._blur[None, :], 0.0)
        near = 1.0 / (1.0 + (apart / REACH_KM) ** 2)
        same = countries[:, None] == self._countries[None, :]
        return np.asarray(np.where(whole[:, None], np.where(same, IN_COUNTRY, 0.0), near), dtype=np.float64)

    def weights(self, name: str, rows: Sequence[PlaceEntry]) -> list[float]:
        """Return by how much the rest of the report raises each candidate of `name`, 1 where it says nothing."""
        found = [1.0] * len(rows)
        if len(self._owner) and rows:
            points = _unit_vectors([(e.lat or 0.0, e.lon or 0.0) for e in rows])
            others = np.where(self._owner == self._numbers.get(name, -1), 0.0, self._likely)
            countries = np.array([_code(e) for e in rows], dtype=np.int64)
            whole = np.array([e.kind == "country" for e in rows], dtype=np.bool_)
            support = self._near(points, countries, whole) @ others
            found = [
                1.0 + NEARNESS * float(s) if e.lat is not None else 1.0 for s, e in zip(support, rows, strict=True)
            ]
        return [f * self._held(e) for f, e in zip(found, rows, strict=True)]

    def _held(self, entry: PlaceEntry) -> float:
        land = self._lands(entry.country or "")
        units = {fold(a) for a in entry.admin} | ({fold(land)} if land and entry.kind != "country" else set())
        return 1.0 + CONTAINS * len(units & self._named)


def _code(entry: PlaceEntry) -> int:
    """Return a number for the country of a place; -1 for none."""
    return int.from_bytes((entry.country or "").encode("ascii", "replace")[:3], "big") if entry.country else -1


def _unit_vectors(points: Sequence[tuple[float, float]]) -> _Floats:
    return np.array(
        [
            (
                math.cos(math.radians(lat)) * math.cos(math.radians(lon)),
                math.cos(math.radians(lat)) * math.sin(math.radians(lon)),
                math.sin(math.radians(lat)),
            )
            for lat, lon in points
        ],
        dtype=np.float64,
    ).reshape(-1, 3)
