"""Which fields of a printed claim agree with the gold claim it was paired with, and how claims are paired."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from evals.names import PLACE_PADDING, choices, same_as_any

ClaimJson = Mapping[str, Any]
"""A claim as a gold file writes it or as the reader prints it."""

RECORD_FIELDS = ("affiliation", "place", "date", "claimant", "scope")
"""Fields that must all be right for a whole record."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A gold claim, the printed claim that found it, and which fields agree."""

    gold: ClaimJson
    printed: ClaimJson
    right: Mapping[str, bool]

    @property
    def whole(self) -> bool:
        """Say whether all fields of a record are right."""
        return all(self.right[name] for name in RECORD_FIELDS)


def bounds(claim: ClaimJson) -> tuple[int | None, int | None]:
    """Return the lowest and highest number the claim allows; None where no bound is stated."""
    count = claim.get("count") or {}
    return count.get("low"), count.get("high")


def pairs_of(gold: Sequence[ClaimJson], printed: Sequence[ClaimJson], publisher: str | None) -> list[Pair]:
    """Pair claims one to one where measure and both bounds are equal, those that agree in most fields first.

    Ties go to the claim written first. Cost is the product of both lengths.
    """
    possible = [
        (-sum(right.values()), i, j, right)
        for (i, wanted), (j, found) in itertools.product(enumerate(gold), enumerate(printed))
        if found.get("measure") in choices(wanted["measure"]) and bounds(wanted) == bounds(found)
        for right in [agreement(wanted, found, publisher)]
    ]
    pairs: list[Pair] = []
    taken_gold: set[int] = set()
    taken_printed: set[int] = set()
    for _, i, j, right in sorted(possible, key=lambda entry: entry[:3]):
        if i not in taken_gold and j not in taken_printed:
            taken_gold.add(i)
            taken_printed.add(j)
            pairs.append(Pair(gold[i], printed[j], right))
    return pairs


def agreement(gold: ClaimJson, printed: ClaimJson, publisher: str | None) -> dict[str, bool]:
    """Return for each field whether the printed claim agrees with gold."""
    place = printed.get("place") or {}
    gold_place = gold.get("place") or {}
    units = [place.get("name"), *(place.get("admin") or ())]
    target, gold_target = printed.get("target") or {}, gold.get("target") or {}
    exact, overlapping = _dates_agree(gold, printed)
    return {
        "modifier": (gold.get("count") or {}).get("modifier") == (printed.get("count") or {}).get("modifier"),
        "affiliation": target.get("affiliation") in choices(gold_target.get("affiliation")),
        "group": same_as_any(gold_target.get("group"), target.get("group")),
        "perpetrator": same_as_any(gold.get("perpetrator"), printed.get("perpetrator")),
        "claimant": _claimants_agree(gold, printed, publisher),
        "event_type": printed.get("event_type") in choices(gold.get("event_type")),
        "place": same_as_any(gold_place.get("name"), place.get("name"), PLACE_PADDING),
        "place_within": same_as_any(gold_place.get("name"), units, PLACE_PADDING),
        "country": place.get("country") == gold_place.get("country"),
        "date": exact,
        "date_overlap": overlapping,
        "weapon": same_as_any(gold.get("weapon"), printed.get("weapon")),
        "scope": printed.get("scope") in choices(gold.get("scope")),
    }


def _claimants_agree(gold: ClaimJson, printed: ClaimJson, publisher: str | None) -> bool:
    wanted = [publisher if name == "publisher" and publisher else name for name in choices(gold.get("claimant"))]
    return same_as_any(wanted, printed.get("claimants") or ([publisher] if publisher else []))


def _dates_agree(gold: ClaimJson, printed: ClaimJson) -> tuple[bool, bool]:
    """Return whether the days are exactly right, and whether they overlap at all.

    A vague gold interval is right with any interval that overlaps it; no date in gold is right with none printed.
    """
    options = gold.get("date")
    found = _days(printed.get("date"))
    exact = overlapping = False
    for option in options if isinstance(options, list) else [options]:
        wanted = _days(option)
        meets = _overlap(wanted, found)
        overlapping |= meets
        exact |= wanted == found or (meets and bool((option or {}).get("vague")))
    return exact, overlapping


def _days(date: Mapping[str, Any] | None) -> tuple[str | None, str | None]:
    start, end = (date or {}).get("start"), (date or {}).get("end")
    return _iso(start), _iso(end)


def _iso(day: Any) -> str | None:
    return day.isoformat() if isinstance(day, datetime.date) else day


def _overlap(one: tuple[str | None, str | None], other: tuple[str | None, str | None]) -> bool:
    if None in (*one, *other):
        return one[0] is None and other[0] is None
    return bool(other[0] <= one[1] and one[0] <= other[1])  # type: ignore[operator]
