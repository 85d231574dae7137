"""One incident as one or two origins tell it, judged by trying every number of people."""

from __future__ import annotations

from itertools import combinations, product

from hypothesis import given, settings
from hypothesis import strategies as st

from tallybook.ledger import total
from tallybook.model import Claim, Query
from tests.unit.factories import book, claim

GROUPS = ("whole", "civilian", "combatant")
KINDS = ("civilian", "combatant", "other")
Bound = tuple[int | None, int | None]
OPEN = 1_000


def bound(text: str) -> Bound:
    operator, _, digits = text.rpartition(" ")
    n = int(digits)
    return {"": (n, n), "at least": (n, None), "up to": (None, n)}[operator]


words = st.builds(lambda o, n: f"{o} {n}".strip(), st.sampled_from(("", "", "at least", "up to")), st.integers(1, 4))


def covered(group: str) -> list[int]:
    if group == "whole":
        return list(range(len(KINDS)))
    return [KINDS.index(group)]


def tried(said: dict[str, Bound], asked: list[int]) -> tuple[int, int | None] | None:
    """Return the least and greatest number of people of some kinds, over all numbers up to 12 of each that fit."""
    exists = {i for g in said for i in covered(g)}
    limit = 12
    sums = []
    for people in product(*(range(limit + 1) if i in exists else (0,) for i in range(len(KINDS)))):
        totals = {g: sum(people[i] for i in covered(g)) for g in said}
        if all((low or 0) <= totals[g] <= (OPEN if high is None else high) for g, (low, high) in said.items()):
            sums.append(sum(people[i] for i in asked))
    if not sums:
        return None
    return min(sums), max(sums) if max(sums) < limit else None


def judged(said: dict[str, Bound], asked: list[int]) -> Bound:
    """Return the hull of what is left when each smallest clashing set is left out."""
    for size in range(len(said)):
        left = [{g: b for g, b in said.items() if g not in gone} for gone in combinations(said, size)]
        found = [a for a in (tried(s, [i for i in asked if _told(s, i)]) for s in left if s) if a is not None]
        if found:
            highs = [h for _, h in found]
            top = None if None in highs else max(h for h in highs if h is not None)
            return min(low for low, _ in found), top
    raise AssertionError("one claim alone can always be true")


def _told(said: dict[str, Bound], kind: int) -> bool:
    return any(kind in covered(g) for g in said)


@st.composite
def reports(draw: st.DrawFn) -> dict[str, str]:
    groups = draw(st.lists(st.sampled_from(GROUPS), min_size=1, max_size=3, unique=True))
    return {g: draw(words) for g in groups}


def made(said: dict[str, str], origin: str = "A") -> list[Claim]:
    whole = f"{origin}-whole" if "whole" in said else None
    return [
        claim(f"{origin}-{g}", text, "unknown" if g == "whole" else g, origin,
              part_of=None if g == "whole" else whole, dimension="status")
        for g, text in said.items()
    ]  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(reports())
def test_parts_of_one_origin(said: dict[str, str]) -> None:
    told = total(book(made(said)), Query("killed"))
    low, high = judged({g: bound(t) for g, t in said.items()}, list(range(len(KINDS))))
    assert (told.low or 0, told.high) == (low, high)


def own(said: dict[str, Bound], group: str) -> Bound:
    answer = tried(said, covered(group))
    assert answer is not None
    return (answer[0] if answer[0] or said[group][0] is not None else None), answer[1]


def spanned(bounds: list[Bound]) -> Bound:
    lows = [low for low, _ in bounds if low is not None]
    highs = [high for _, high in bounds if high is not None]
    return min(lows, default=None), None if any(high is None for _, high in bounds) else max(highs, default=None)


@settings(max_examples=80, deadline=None)
@given(st.lists(st.one_of(st.none(), words), min_size=4, max_size=4))
def test_whole_and_one_part_of_two_origins(told_by: list[str | None]) -> None:
    said = {
        "A": {g: t for g, t in zip(("whole", "civilian"), told_by[:2], strict=True) if t},
        "B": {g: t for g, t in zip(("whole", "civilian"), told_by[2:], strict=True) if t},
    }
    bounds = {o: {g: bound(t) for g, t in s.items()} for o, s in said.items()}
    if any(tried(b, []) is None for b in bounds.values() if b) or not any(bounds.values()):
        return
    part = spanned([own(b, "civilian") for b in bounds.values() if "civilian" in b])
    wholes = [own(b, "whole") for b in bounds.values() if "whole" in b]
    whole = spanned(wholes)
    answer = total(book([c for o, s in said.items() for c in made(s, o)]), Query("killed"))
    civilians = total(book([c for o, s in said.items() for c in made(s, o)]), Query("killed", ("civilian",)))
    if not wholes:
        assert (answer.low, answer.high) == part
        return
    if not any("civilian" in b for b in bounds.values()):
        assert (answer.low, answer.high) == whole
        return
    tellers = {o for o, b in bounds.items() if "civilian" in b}
    speakers = {o for o, b in bounds.items() if "whole" in b}
    if any(tellers - {s} for s in speakers):
        whole = spanned([whole, _sum(part, _rest(bounds, speakers & tellers))])
    assert (answer.low, answer.high) == whole
    stated = spanned(wholes)[0]
    if part[0] is not None and stated is not None and len({*tellers, *speakers}) > 1:
        assert civilians.low == min(part[0], stated)


def _rest(bounds: dict[str, dict[str, Bound]], naming: set[str]) -> Bound:
    others = [i for i in covered("whole") if i not in covered("civilian")]
    rests = []
    for origin in naming:
        low, high = tried(bounds[origin], others) or (0, 0)
        rests.append((low if low or bounds[origin]["whole"][0] is not None else None, high))
    return spanned(rests) if rests else (None, 0)


def _sum(a: Bound, b: Bound) -> Bound:
    low = None if a[0] is None and b[0] is None else (a[0] or 0) + (b[0] or 0)
    return low, None if a[1] is None or b[1] is None else a[1] + b[1]
