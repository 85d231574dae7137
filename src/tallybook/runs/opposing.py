"""Judgements of two teams that say opposite things of one claim."""

from __future__ import annotations

from collections.abc import Iterable

from tallybook.ledger.judged import ACCEPT, REJECT, RETRACT
from tallybook.model import Judgement
from tallybook.model.standing import standing
from tallybook.review.correcting import ON_FIELDS
from tallybook.review.deciding import Wish


def opposed(wish: Wish, log: Iterable[Judgement], origin: str) -> Judgement | None:
    """Return the last standing judgement of a book that a wish of another team would overrule; None: there is none.

    Accepting what was rejected, and the other way round, and another value for a field of the same claim. What came
    from the same team (`origin`) is no obstacle: that team may change its mind.
    """
    mine = [j for j in standing(log) if not j.author.endswith(f"({origin})") and j.author != origin]
    return next((j for j in reversed(mine) if set(j.objects) & set(wish.objects) and _opposite(wish, j)), None)


def _opposite(wish: Wish, judgement: Judgement) -> bool:
    told = {wish.verb, judgement.verb}
    if ACCEPT in told and told & {REJECT, RETRACT}:
        return True
    same = (wish.verb, wish.field) == (judgement.verb, judgement.field)
    return same and wish.verb in ON_FIELDS and wish.value != judgement.value
