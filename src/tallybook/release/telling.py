"""The proof of a released figure, in sentences made of what is released."""

from __future__ import annotations

from tallybook.release.figures import Told
from tallybook.release.naming import UNNAMED
from tallybook.release.records import Said

REASONS = {
    "rejected": "a person rejected them", "superseded": "a later word of the same source replaces them",
    "repeated": "they say in vaguer words what another one states", "denied": "a denial is no count",
    "may_match": "they may lie outside the question", "status": "who was harmed is not stated",
    "reaches_beyond": "they count what lies outside the question too", "no_bounds": "they state no number",
    "contained": "they are contained in a number that is counted",
}  # fmt: skip


def bounds(low: int | None, high: int | None) -> str:
    """Write bounds in words; an open end is told as such, and none as not stated."""
    if low is None and high is None:
        return "not stated"
    if low is None:
        return f"up to {high}"
    if high is None:
        return f"at least {low}"
    return str(low) if low == high else f"{low} to {high}"


def claim_sentence(said: Said, publisher: str | None, day: str | None) -> str:
    """Tell one claim: who says it, where, when, how many."""
    speaker = "an unnamed source" if said.origin in (None, UNNAMED) else str(said.origin)
    outlet = publisher or "a report that is not named here"
    source = speaker if speaker == outlet else f"{speaker}, in {outlet}"
    people = "" if said.affiliation in ("unknown", "mixed") else f" {said.affiliation}s"
    words = f': "{" ".join(said.quote.split())}"' if said.quote else ""
    number = f"denies it ({said.about})" if said.measure is None else f"{bounds(said.low, said.high)}{people}"
    return f"{source}, {day or 'undated'}{words}: {number} reported {said.measure or 'harmed'} [{said.id}]."


def closing_sentences(told: Told) -> tuple[str, ...]:
    """Tell what the claims add up to, and how many are left out for which reason."""
    said = [f"Together: {bounds(told.figure.low, told.figure.high)}. A whole is never added to its parts."]
    said += [f"Left out: {count}, since {REASONS.get(reason, reason)}." for reason, count in told.left.items()]
    if told.clashes:
        said.append(f"Claims clash in {told.clashes} places; the range spans what each side says.")
    return tuple(said)
