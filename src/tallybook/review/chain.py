"""The chain: every judgement holds the seal of the one before, so that a change to the past shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from tallybook.model import Judgement
from tallybook.model.judgement import identity, seal


@dataclass(frozen=True, slots=True)
class Break:
    """A judgement that is not as it was made."""

    number: int
    what: str


def appended(draft: Judgement, log: Sequence[Judgement]) -> Judgement:
    """Return the draft as the next judgement of a log: with its number, the seal of the one before, and its id."""
    last = log[-1] if log else None
    numbered = replace(draft, number=last.number + 1 if last else 1, before=seal(last) if last else None)
    return replace(numbered, id=identity(numbered, last.id if last else None))


def breaks(log: Sequence[Judgement], sealed: tuple[int, str] | None) -> tuple[Break, ...]:
    """Return every judgement of a log that was changed, removed or put in after it was made; none: the past holds.

    `sealed` is number and seal of the last judgement as the book noted them.
    """
    by_number = {j.number: j for j in log}
    last = max([*by_number, sealed[0] if sealed else 0], default=0)
    found = [Break(n, f"judgement {n} was removed") for n in range(1, last + 1) if n not in by_number]
    found += [Break(j.number, f"judgement {j.number} was put into the log") for j in log if j.number < 1]
    expected = _seal_of_last(sealed, last)
    for number in range(last, 0, -1):
        judgement, before = by_number.get(number), by_number.get(number - 1)
        if judgement is None:
            expected = None
            continue
        if not _holds(judgement, before, expected):
            found.append(Break(number, f"judgement {number} ({judgement.id}, {judgement.verb}) was changed"))
        expected = _seal_before(judgement, before, expected)
    if log and sealed is None:
        found.append(Break(last, f"the note of the last judgement ({last}) was removed"))
    return tuple(sorted(set(found), key=lambda b: (b.number, b.what)))


def _seal_of_last(sealed: tuple[int, str] | None, last: int) -> str | None:
    """Return what the last judgement must be sealed with; a judgement after the noted one was put in by nobody."""
    if sealed is None:
        return None
    return sealed[1] if sealed[0] == last else "put in by nobody"


def _holds(judgement: Judgement, before: Judgement | None, expected: str | None) -> bool:
    """Say whether a judgement is what its successor sealed; where that is not known, whether its id fits."""
    if expected is not None:
        return seal(judgement) == expected
    if judgement.number == 1:
        return judgement.id == identity(judgement, None) and judgement.before is None
    return before is None or judgement.id == identity(judgement, before.id)


def _seal_before(judgement: Judgement, before: Judgement | None, expected: str | None) -> str | None:
    """Return what the one before must be sealed with: its own seal, where only that seal was changed in this one."""
    if before is not None and expected is not None and seal(replace(judgement, before=seal(before))) == expected:
        return seal(before)
    return judgement.before
