"""How two events, told by two reports, compare. Each comparison gives the name of a weight."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import lru_cache

from tallybook.incidents.caution import doubt
from tallybook.incidents.events import Told
from tallybook.incidents.weights import FAR_FACTOR, NEAR_KM, weights
from tallybook.incidents.wording import alike
from tallybook.model import Place
from tallybook.model.claim import CAPTIVITY, FIRE
from tallybook.model.earth import apart

Features = tuple[str, ...]
"""Names of weights."""
DEGREES = ((0.5, "most the same"), (0.3, "much the same"), (0.2, "alike"), (0.15, "somewhat alike"),
           (0.1, "a little alike"), (0.05, "hardly alike"), (0.0, "unlike"))  # fmt: skip
"""Likeness of two wordings, from which each word for it holds."""
LARGE = frozenset({"admin1", "admin2", "country"})
"""Precisions of places so large that many events happen in one."""
SHORT, LONG = 3, 10
"""Days between the first and the last of a period up to which it is a matter of days, and from which it is so long that
what falls into it says little."""
SURE = 0.8
"""Probability of a place or a day from which it is taken as sure."""
APART = ("place: far", "place: another", "place: other names")
"""What is held of two places that differ."""
SPELT = 84.0
"""Percent of letters in common from which two names of places may be one, spelt in two ways."""
WAYS = (
    ("fire", FIRE),
    ("captivity", CAPTIVITY),
    ("ground", frozenset({"armed_clash", "ground_attack", "execution_or_massacre", "arson_or_destruction"})),
    ("blast", frozenset({"ied_or_mine"})),
    ("crowd", frozenset({"protest_or_riot_violence", "ground_attack"})),
)
"""Ways of harm, and the event types that reports may give one act of that way."""
COUNTED = ("killed", "injured", "missing", "captured", "displaced")
"""Measures that are compared, the most telling first."""
FEW_PEOPLE = 2
"""A number up to which two events often have it by chance."""
BRIEF = 150
"""Spaces in a text below which it is short: a bulletin, a brief."""
FEW_WORDS = 8
"""Words below which a text is too short to be told by them."""
DAYS = (
    (1, "date: next day"),
    (3, "date: two or three days apart"),
    (10, "date: days apart"),
    (10**9, "date: weeks apart"),
)
"""Days between two periods up to which each word for it holds."""
PUBLISHED = ((1, "published: together"), (7, "published: in a week"), (30, "published: in a month"),
             (10**9, "published: later"))  # fmt: skip
"""Days between two publications up to which each word for it holds."""


def compare(a: Told, b: Told) -> Features:
    """Return what holds of a pair. Symmetric."""
    told = (name for judge in _OTHERS if (name := judge(a, b)) is not None)
    return (_placed(a, b), _date(a, b), _own_words(a, b), _published(a, b), *told)


def _placed(a: Told, b: Told) -> str:
    """Compare the places of two events; that they differ says less where the reader is unsure of one."""
    found = _place(a.place, b.place)
    unsure = found in APART and min(a.place_sure, b.place_sure) < SURE
    return f"{found}, not sure" if unsure else found


def _place(a: Place | None, b: Place | None) -> str:
    if a is None or b is None:
        return "place: not known"
    if _same_place(a, b):
        return "place: same, but large" if {a.precision, b.precision} & LARGE else "place: same"
    if a.country and b.country and a.country != b.country:
        return "place: another"
    if _holds(a, b) or _holds(b, a):
        return "place: one country" if "country" in (a.precision, b.precision) else "place: one holds the other"
    small = not {a.precision, b.precision} & LARGE
    if small and _spelt_alike(a.name.casefold(), b.name.casefold()):
        return "place: spelt alike"
    km = distance(a, b)
    if km is not None:
        return _by_distance(km, (a.radius_km or 0) + (b.radius_km or 0) + NEAR_KM)
    if "unresolved" in (a.precision, b.precision):
        return "place: other names" if small else "place: not known"
    return "place: another"


@lru_cache(maxsize=100_000)
def _spelt_alike(a: str, b: str) -> bool:
    """Say whether two names may be one, spelt in two ways."""
    from rapidfuzz.fuzz import ratio

    return ratio(a, b, score_cutoff=SPELT) > 0


def _same_place(a: Place, b: Place) -> bool:
    if a.id is not None and b.id is not None:
        return a.id == b.id
    if a.name.casefold() != b.name.casefold():
        return False
    return not a.admin or not b.admin or bool(set(a.admin) & set(b.admin))


def _holds(outer: Place, inner: Place) -> bool:
    return outer.name.casefold() in {x.casefold() for x in inner.admin} or (
        outer.precision == "country" and outer.country is not None and outer.country == inner.country
    )


def _by_distance(km: float, reach: float) -> str:
    if km <= reach:
        return "place: near"
    return "place: far" if km > FAR_FACTOR * reach else "place: another"


def distance(a: Place, b: Place) -> float | None:
    """Return the great-circle distance in km; None where one of the places has no coordinates."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return None
    return apart((a.lat, a.lon), (b.lat, b.lon))


def _date(a: Told, b: Told) -> str:
    (first, last, stated), (start, end, known) = a.days, b.days
    gap = max(first, start) - min(last, end)
    if gap > 0:
        gone = next(name for most, name in DAYS if gap <= most)
        return f"{gone}, not sure" if min(a.days_sure, b.days_sure) < SURE else gone
    if not stated or not known:
        return "date: not stated"
    if first == last == start == end:
        return "date: same day"
    longest = max(last - first, end - start)
    if longest >= LONG:
        return "date: long periods overlap"
    return "date: days overlap" if longest <= SHORT else "date: periods overlap"


def _kind(a: Told, b: Told) -> str | None:
    if not a.kinds or not b.kinds:
        return None
    if a.kinds & b.kinds:
        return "type: same"
    mine, yours = _ways(a.kinds), _ways(b.kinds)
    if mine & yours:
        return "type: akin"
    return "type: fire and captivity" if mine | yours == {"fire", "captivity"} else "type: other kinds"


def _ways(kinds: frozenset[str]) -> set[str]:
    """Return in which ways harm was done: kinds of one way are told apart by reports badly."""
    return {name for name, held in WAYS if not held.isdisjoint(kinds)}


def _author(a: Told, b: Told) -> str | None:
    if not a.authors or not b.authors:
        return None
    return "author: same" if a.authors & b.authors else "author: another"


def _status(a: Told, b: Told) -> str | None:
    if not a.statuses or not b.statuses:
        return None
    return "target: same status" if a.statuses & b.statuses else "target: another status"


def _group(a: Told, b: Told) -> str | None:
    return "target: same group" if a.groups & b.groups else None


def _counts(a: Told, b: Told) -> str | None:
    """Compare the largest numbers of the first measure that both count: killed before injured before the rest."""
    shared = next((m for m in COUNTED if m in a.tolls and m in b.tolls), None)
    if shared is None:
        return None
    mine, yours = a.tolls[shared], b.tolls[shared]
    (low, high), (lower, higher) = mine[0], yours[0]
    if (low, high) == (lower, higher):
        return "count: same number" if low > FEW_PEOPLE else "count: same small number"
    if any(toll in yours and toll[0] > FEW_PEOPLE for toll in mine):
        return "count: a number of both"
    if low <= higher and lower <= high:
        return "count: can agree"
    small, large = sorted((min(high, lower), max(low, min(higher, lower))))
    if large > 5 * max(small, 1) and large > 10:
        return "count: of another size"
    early, late = (mine, yours) if a.order <= b.order else (yours, mine)
    return "count: grew with time" if early[0][1] <= late[0][0] else "count: others"


def _second_count(a: Told, b: Told) -> str | None:
    """Compare the second measure that both count."""
    shared = [m for m in COUNTED if m in a.tolls and m in b.tolls][1:2]
    if not shared:
        return None
    (low, high), (lower, higher) = a.tolls[shared[0]][0], b.tolls[shared[0]][0]
    if (low, high) == (lower, higher) and low > FEW_PEOPLE:
        return "second count: same number"
    return "second count: can agree" if low <= higher and lower <= high else "second count: others"


def _time(a: Told, b: Told) -> str | None:
    if not a.times or not b.times:
        return None
    gaps = [abs(_minutes(x) - _minutes(y)) for x in a.times for y in b.times]
    nearest = min(min(g, 1440 - g) for g in gaps)
    return "time: same hour" if nearest <= 90 else "time: other hours" if nearest > 180 else None


def _minutes(clock: str) -> int:
    hours, _, minutes = clock.partition(":")
    return int(hours) * 60 + int(minutes or 0)


def _own_words(a: Told, b: Told) -> str:
    if min(len(a.own), len(b.own)) < FEW_WORDS:
        return "wording: too few words"
    size = "short wording" if _brief(a) or _brief(b) else "wording"
    return f"{size}: {_degree(alike(a.own, b.own))}"


def _brief(event: Told) -> bool:
    """Say whether a report is so short that few of its words tell it from others."""
    return event.document is None or event.document.text.count(" ") < BRIEF


def _report_words(a: Told, b: Told) -> str | None:
    """Compare whole reports where one of them tells more than this event."""
    if a.leading and b.leading:
        return None
    return f"reports: {_degree(alike(a.report, b.report))}"


def _degree(similarity: float) -> str:
    return next(name for least, name in DEGREES if similarity >= least)


def _names(a: Told, b: Told) -> str | None:
    if not a.named or not b.named:
        return None
    return (
        "victims: one named by both" if any(_one_person(x, y) for x in a.named for y in b.named) else "victims: others"
    )


def _one_person(name: str, other: str) -> bool:
    one, two = set(name.split()), set(other.split())
    return one <= two or two <= one


def _published(a: Told, b: Told) -> str:
    if a.document is None or b.document is None or not a.document.published or not b.document.published:
        return "published: not known"
    first, second = (date.fromisoformat(d.published[:10]) for d in (a.document, b.document) if d.published)
    days = abs((first - second).days)
    return next(name for most, name in PUBLISHED if days <= most)


_OTHERS: tuple[Callable[[Told, Told], str | None], ...] = (
    _kind, _author, _status, _group, _counts, _second_count, _time, _names, _report_words,
)  # fmt: skip


def in_words(features: Features) -> str:
    """Say which features decided, the heaviest first."""
    known = weights()
    heavy = sorted(features, key=lambda n: (-abs(known.get(n, 0.0)), n))[:4]
    against = doubt(features)
    return "; ".join([*heavy, f"in doubt, since {against}"] if against else heavy)
