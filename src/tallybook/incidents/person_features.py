"""How two records of named victims compare. Each comparison gives the name of a weight."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from rapidfuzz.distance import OSA, JaroWinkler

from tallybook.incidents.features import LARGE, distance
from tallybook.incidents.sightings import Sighting
from tallybook.incidents.weights import NEAR_KM
from tallybook.knowledge.person_names import NamePart, PersonName, together
from tallybook.model import Place

Features = tuple[str, ...]
"""Names of weights: name, age, sex, event and harm, in this order."""

Words = tuple[NamePart, ...]
Matched = tuple[NamePart, NamePart, float]
SAME_SPELLING, SAME_SOUND, SLIP, NEAR, INITIAL, ANOTHER = 1.0, 0.95, 0.85, 0.7, 0.5, 0.0
"""How alike two words of a name are: letter by letter, in sound, but for a slip of the pen, but for a last vowel, by
the first letter."""
SLIP_LENGTH, SLIP_ALIKE = 4, 0.9
"""Letters from which a word may hold a slip, and the Jaro-Winkler similarity that it then needs. Set on the synthetic
people that the weights are trained on; guarded by the eval `victims`."""
LEAST_JOINED = 4
"""Letters of a word that may be two words of another spelling."""
SOMEWHAT_ALIKE = 0.75
"""Jaro-Winkler similarity from which two words that do not match may still be one badly written word."""
VOWELS = "aiu"
"""Vowels of a sound."""
SHORT_DAYS = 4
"""Days of a period up to which it tells a day."""


def compare(a: Sighting, b: Sighting) -> Features:
    """Return what holds of a pair of records. Symmetric."""
    return _name(a.name, b.name), _age(a, b), _sex(a, b), _event(a, b), _harm(a, b)


@lru_cache(maxsize=400_000)
def _name(a: PersonName, b: PersonName) -> str:
    if len(a.parts) > len(b.parts):
        a, b = b, a
    if not a.parts:
        return "name: none"
    few, many = _regrouped(a.parts, b.parts)
    pairs = matched(few, many)
    full = [(x, y, s) for x, y, s in pairs if s > INITIAL]
    if not full:
        return "name: another"
    left = [[w for w in words if w not in taken] for words, taken in zip((few, many), _sides(pairs), strict=True)]
    if all(left):
        return f"name: {'most' if len(full) > 1 else 'some'} words the same, others {_others(*left)}"
    kind = _kind(len(few), len(many), [s for *_, s in pairs])
    rare = sum(not x.common or not y.common for x, y, _ in full)
    return f"name: {kind}, {'common' if not rare else 'one rare' if rare == 1 else 'rare'}"


def _sides(pairs: Sequence[Matched]) -> tuple[list[NamePart], list[NamePart]]:
    return [x for x, _, _ in pairs], [y for _, y, _ in pairs]


def _others(mine: Sequence[NamePart], theirs: Sequence[NamePart]) -> str:
    """Say whether the words in which two names differ are somewhat alike, as by a bad hand, or another name's."""
    likest = max(
        0.0 if _last_vowels(x.sound, y.sound) or _two_known(x, y) else JaroWinkler.similarity(x.sound, y.sound)
        for x in mine for y in theirs
    )  # fmt: skip
    return "somewhat alike" if likest >= SOMEWHAT_ALIKE else "not"


def _kind(few: int, many: int, likenesses: Sequence[float]) -> str:
    """Name how two names of so many words compare, where all words of the shorter are found in the longer."""
    if any(s == INITIAL for s in likenesses):
        return "with initials" if few > 1 else "one word of several"
    if few == 1:
        return "one word" if many == 1 else "one word of several"
    if min(likenesses) <= NEAR:
        return "but for a last vowel"
    if few < many:
        return "one leaves words out" if min(likenesses) > SLIP else "one leaves words out, with slips"
    if min(likenesses) == SAME_SPELLING:
        return "the same"
    return "same but for spelling" if min(likenesses) > SLIP else "same but for slips"


def _regrouped(few: Words, many: Words) -> tuple[Words, Words]:
    """Join neighbouring words of one name that the other writes as one."""
    return (_joined_like(few, many), _joined_like(many, few)) if few != many else (few, many)


def _joined_like(mine: Words, theirs: Words) -> Words:
    if len(mine) < 2:
        return mine
    loose = [y for y in theirs if len(y.plain) >= LEAST_JOINED and not any(alike(x, y) > INITIAL for x in mine)]
    for at in range(len(mine) - 1) if loose else ():
        length = len(mine[at].plain) + len(mine[at + 1].plain)
        if all(abs(len(y.plain) - length) > 2 for y in loose if y.voweled) and all(y.voweled for y in loose):
            continue
        one = together(mine[at], mine[at + 1])
        if any(alike(one, y) > SLIP for y in loose):
            return (*mine[:at], one, *mine[at + 2 :])
    return mine


def matched(few: Words, many: Words) -> list[Matched]:
    """Pair the words of two names, the likest first, each word once; words that are like none stay out."""
    able = sorted(
        (-s, i != j, i, j) for i, x in enumerate(few) for j, y in enumerate(many) if (s := alike(x, y)) > ANOTHER
    )
    mine: set[int] = set()
    theirs: set[int] = set()
    found = []
    for s, _, i, j in able:
        if i not in mine and j not in theirs:
            mine.add(i)
            theirs.add(j)
            found.append((few[i], many[j], -s))
    return found


@lru_cache(maxsize=400_000)
def alike(x: NamePart, y: NamePart) -> float:
    """Return how alike two words of names are, 0..1: one of the constants above."""
    if x.plain == y.plain:
        return INITIAL if x.initial else SAME_SPELLING
    if x.initial or y.initial:
        return INITIAL if x.plain[0] == y.plain[0] or x.sound[0] == y.sound[0] else ANOTHER
    if x.sound == y.sound or (not (x.voweled and y.voweled) and x.bones == y.bones):
        return SAME_SOUND
    if min(len(x.plain), len(y.plain)) < SLIP_LENGTH or _two_known(x, y):
        return ANOTHER
    ending = _last_vowels(x.sound, y.sound)
    if ending:
        return ANOTHER if "a" in ending else NEAR
    if min(OSA.distance(x.sound, y.sound), OSA.distance(x.plain, y.plain)) <= 1:
        return SLIP
    likeness = max(JaroWinkler.similarity(x.sound, y.sound), JaroWinkler.similarity(x.plain, y.plain))
    return SLIP if likeness >= SLIP_ALIKE else ANOTHER


def _two_known(x: NamePart, y: NamePart) -> bool:
    """Say whether two words are each a name that everybody knows: Hassan is no slip for Hussein."""
    return x.common and y.common and x.sound != y.sound


def _last_vowels(one: str, other: str) -> str:
    """Return the last vowels in which alone two sounds differ; where one is an `a`, they may be a man and a woman."""
    small, large = sorted((one, other), key=len)
    if small == large[:-1] and large[-1] in VOWELS:
        return large[-1]
    if small[:-1] == large[:-1] and small[-1] in VOWELS and large[-1] in VOWELS:
        return small[-1] + large[-1]
    return ""


def _age(a: Sighting, b: Sighting) -> str:
    low, high, lower, higher = a.victim.age_low, a.victim.age_high, b.victim.age_low, b.victim.age_high
    if low is None or high is None or lower is None or higher is None:
        return "age: not told"
    gap = max(low, lower) - min(high, higher)
    if gap > 0:
        return "age: a year apart" if gap == 1 else "age: some years apart" if gap <= 3 else "age: another"
    return "age: the same" if low == high == lower == higher else "age: can agree"


def _sex(a: Sighting, b: Sighting) -> str:
    if a.sex is None or b.sex is None:
        return "sex: not told"
    return "sex: the same" if a.sex == b.sex else "sex: another"


def _event(a: Sighting, b: Sighting) -> str:
    if a.incident is not None and a.incident == b.incident:
        return "event: the same incident"
    return f"event: {_day(a, b)}, {_place(a.place, b.place)}"


def _day(a: Sighting, b: Sighting) -> str:
    if a.days is None or b.days is None:
        return "day not told"
    (first, last), (start, end) = a.days, b.days
    gap = max(first, start) - min(last, end)
    if gap <= 0:
        return "same day" if max(last - first, end - start) <= SHORT_DAYS else "day not told"
    return "next day" if gap == 1 else "days apart" if gap <= 7 else "weeks apart"


def _place(a: Place | None, b: Place | None) -> str:
    if a is None or b is None:
        return "place not told"
    names, others = _chain(a), _chain(b)
    large = bool({a.precision, b.precision} & LARGE)
    if (a.id is not None and a.id == b.id) or (names[0] == others[0] and _agree(a, b)):
        return "same larger place" if large else "same place"
    if names[0] in others[1:] or others[0] in names[1:]:
        return "same larger place"
    km = distance(a, b)
    if km is not None:
        return (
            "same place" if km <= (a.radius_km or 0) + (b.radius_km or 0) + NEAR_KM and not large else "another place"
        )
    return "place not told" if "unresolved" in (a.precision, b.precision) else "another place"


def _agree(a: Place, b: Place) -> bool:
    return not a.admin or not b.admin or bool({x.casefold() for x in a.admin} & {x.casefold() for x in b.admin})


def _chain(place: Place) -> list[str]:
    return [x.casefold() for x in (place.name, *place.admin)]


def _harm(a: Sighting, b: Sighting) -> str:
    return "harm: the same" if a.victim.harm == b.victim.harm else "harm: another"


CARRYING = (
    "event: the same incident", "event: same day, same place", "event: same day, same larger place",
    "event: same day, place not told", "event: next day, same place", "event: next day, same larger place",
    "event: day not told, same place",
)  # fmt: skip
"""What the events of two records must show for a name to be one person's."""
OPEN_EVENTS = (
    "event: day not told, place not told", "event: day not told, same larger place", "event: next day, place not told",
)  # fmt: skip
"""Events that say nothing against one person; age must then carry the name."""


def another_name(features: Features) -> bool:
    """Say whether a word of each name is like none of the other."""
    return features[0].endswith("others not")


def carried(features: Features) -> bool:
    """Say whether more than a name speaks for one person: two of one name stay two where nothing else is known."""
    _, age, _, event, _ = features
    return event in CARRYING or (event in OPEN_EVENTS and age == "age: the same")
