"""Which judgements stand: those that no later one undoes."""

from __future__ import annotations

from collections.abc import Iterable

from tallybook.model.judgement import Judgement

UNDO = "undo"
PURGE = "purge"
"""Verb of the judgement that a purge leaves: what was taken out for good, as a hash, by whom and why."""
PURGED = "purged"
"""Verb of a judgement that a purge emptied, since what it was about is gone; it decides nothing."""


def standing(judgements: Iterable[Judgement]) -> tuple[Judgement, ...]:
    """Return the judgements that no later one undoes, in the order of the log. An undone undo undoes nothing."""
    log = sorted(judgements, key=_position)
    undone = undoings(log)
    return tuple(j for j in log if j.verb not in (UNDO, PURGED) and j.id not in undone)


def undoings(judgements: Iterable[Judgement]) -> dict[str, Judgement]:
    """Return the undone judgements by id, each with the standing undo that undoes it; undone undos are among them."""
    log = sorted(judgements, key=_position)
    ids = {name: j.id for j in log for name in (str(j.number), j.id)}
    undone: dict[str, Judgement] = {}
    for judgement in reversed(log):
        if judgement.verb == UNDO and judgement.id not in undone:
            undone.update((ids.get(name, name), judgement) for name in judgement.objects)
    return undone


def _position(judgement: Judgement) -> tuple[int, str]:
    return judgement.number, judgement.id
