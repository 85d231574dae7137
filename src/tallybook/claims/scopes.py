"""Whether a claim counts one event or a whole period."""

from __future__ import annotations

import re

from tallybook.claims.context import Context
from tallybook.claims.drafts import Draft
from tallybook.claims.harm_dates import days_long
from tallybook.claims.place_mentions import REGION, TOWN

ONGOING = 5
"""Longest stretch, in days, of 'since Saturday' that is one action at one place and no toll of a period."""
_PAST = re.compile(r"\b(?:past|last|previous)\b(?!\s+weekend)", re.IGNORECASE)
_OVER_TIME = re.compile(r"\b(?:this|since|so far|year|month|week|overall|war|conflict)\b")


def covers_period(draft: Draft, context: Context) -> bool:
    """Say whether a draft is a toll over a time or a land, and not of one event, by its date and the words around it."""
    text, day, mention = draft.facts.sentence.text, draft.date, draft.mention
    precision = day.precision if day is not None else None
    length = days_long(day) if day is not None else None
    since = precision == "since"
    if since and length is not None and length <= ONGOING and mention is not None and mention.rank < REGION:
        return False
    wide = precision in ("since", "year", "month") or (
        precision in ("range", "week") and length is not None and length > 1
    )
    total = context.cumulative(text)
    if since or (wide and total):
        return True
    if wide and precision == "range" and day is not None and _PAST.search(day.text or ""):
        return True
    one_day = draft.own_date and length is not None and length <= 1
    if total and not one_day and not (mention is not None and mention.rank <= TOWN):
        return True
    return (
        draft.rule == "toll-brought"
        and _OVER_TIME.search(text[draft.group.end - draft.facts.sentence.start :]) is not None
    )
