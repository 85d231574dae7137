"""Consent to show the name of a victim to others: recorded for each record that names one, by whoever obtained it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tallybook.model import Judgement, Victim
from tallybook.model.standing import standing
from tallybook.review.objects import Named

CONSENT = "consent"
ADULT = 18
"""Years from which one approval is enough. Source: Convention on the Rights of the Child, article 1."""
OF_ADULT, OF_MINOR = 1, 2
"""Persons who must approve. Whose age is not known may be a minor."""


def needed(victim: Victim) -> int:
    """Return how many persons must approve that a record's name is shown."""
    return OF_ADULT if victim.age_low is not None and victim.age_low >= ADULT else OF_MINOR


def approvals(judgements: Iterable[Judgement]) -> dict[str, frozenset[str]]:
    """Return who approved, by the id of the record; an approval that was undone is none."""
    found: dict[str, set[str]] = {}
    for judgement in standing(judgements):
        if judgement.verb == CONSENT:
            for record in judgement.objects:
                found.setdefault(record, set()).add(" ".join(judgement.author.casefold().split()))
    return {record: frozenset(authors) for record, authors in found.items()}


def consented(victims: Iterable[Victim], judgements: Iterable[Judgement]) -> frozenset[str]:
    """Return the ids of the records whose names may be shown: enough different persons approve."""
    by = approvals(judgements)
    return frozenset(v.id for v in victims if len(by.get(v.id, ())) >= needed(v))


def records_of(names: Iterable[str], named: Named, people: Iterable[Sequence[str]]) -> tuple[Victim, ...]:
    """Return the records that ids of records, or of persons with all their records, stand for; each once.

    `people` are the ids of the records of each person.

    Raises: UsageError
    """
    held = {record: records for records in people for record in records}
    found: dict[str, Victim] = {}
    for name in names:
        victim = named.victim(name)
        for record in (victim.id,) if victim.id == name else held.get(victim.id, (victim.id,)):
            found[record] = named.victim(record)
    return tuple(found.values())


def as_shown(victims: Iterable[Victim], author: str, log: Iterable[Judgement]) -> tuple[tuple[str, str], ...]:
    """Return for each record what this approval makes: its name, and how many have approved of how many."""
    by = approvals(log)
    signed = " ".join(author.casefold().split())
    told = []
    for victim in victims:
        count, enough = len(by.get(victim.id, frozenset()) | {signed}), needed(victim)
        fate = "the name may be shown" if count >= enough else "somebody else must approve too: a minor, or age unknown"
        told.append((f"consent {victim.id}", f"{victim.name}: {count} of {enough}, {fate}"))
    return tuple(told)
