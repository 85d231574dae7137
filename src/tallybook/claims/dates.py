"""Words to days: every expression of date in a sentence, as an interval once publication and anchor are known.

The past is preferred: 'Monday' is the last Monday, 'in March' the last March. Nothing is resolved against a
publication date that is not there.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from tallybook.claims.date_mentions import DateMention, Found, Resolve
from tallybook.claims.date_rules import DateRules
from tallybook.knowledge.small_letters import lowered

_SINCE_EVENT = re.compile(r"\bsince\b[^.;,]{0,90}?\b(?:in|on|of|from)\s+(?:the\s+)?$", re.IGNORECASE)

_FROM = re.compile(r"\b(?:from|between)\b[^.;]{0,60}$", re.IGNORECASE)
_TO_NOW = re.compile(
    r"\s*,?\s+(?:to|until|till|up\s+to|and)\s+(?:now|date|today|the\s+present|this\s+(?:day|week|morning))\b",
    re.IGNORECASE,
)
_UNTIL = re.compile(r"\b(?:until|till)\s+(?:the\s+)?$", re.IGNORECASE)
_UP_TO = re.compile(r"\b(?:up\s+to|as\s+of|by|through)\s+(?:the\s+)?$", re.IGNORECASE)
_EDGE = re.compile(r"(?<!day )(?<!days )(?<!week )(?<!weeks )\b(?P<edge>before|after)\s+$", re.IGNORECASE)
_EDGE_OF = re.compile(
    r"['\u2019]s\b|\s+(?:attacks?|strikes?|massacre|coup|election|killings?|clash(?:es)?)\b", re.IGNORECASE
)
CALENDAR = ("absolute", "partial")
"""Kinds of expression that name days of the calendar: 'by Monday' and 'after Monday' are said of plans and of attacks."""


def find_dates(text: str, rules: DateRules, offset: int = 0) -> list[DateMention]:
    """Return the expressions of date in `text`, in order, the first rule first where they overlap; offsets are shifted by `offset`."""
    taken: list[tuple[int, int]] = []
    found: list[DateMention] = []
    low = lowered(text)
    for kind, pattern, reader, _ in rules.that_may_match(low):
        for m in pattern.finditer(low):
            start, end = m.span()
            while start < end and text[start] in " -":
                start += 1
            if end <= start or any(start < b and a < end for a, b in taken) or _is_verb(m, text):
                continue
            taken.append((start, end))
            sure = kind if not (kind in ("partial", "period") and m.groupdict().get("year")) else "absolute"
            mention = DateMention(
                offset + start, offset + end, text[start:end], sure, reader(m), part=m.groupdict().get("part")
            )
            found.append(_with_edges(mention, text[:start], text[end:]))
    return _joined(_named_over_counted(sorted(found, key=lambda d: d.start), text, offset), text, offset)


def _named_over_counted(found: list[DateMention], text: str, offset: int) -> list[DateMention]:
    """Leave out what a day named right after it tells better: the first of 'hours later, on Thursday'."""
    kept = []
    for k, mention in enumerate(found):
        after = found[k + 1] if k + 1 < len(found) else None
        named = mention.anchored and after is not None and not after.anchored
        gap = text[mention.end - offset : after.start - offset] if named and after is not None else ""
        if not (named and re.fullmatch(r",?\s+(?:on\s+|late\s+on\s+|early\s+on\s+)?(?:the\s+)?", gap)):
            kept.append(mention)
    return kept


def _joined(found: list[DateMention], text: str, offset: int) -> list[DateMention]:
    """Join 'between Oct. 18 and the end of December', 'from Monday until 3 May' into one interval."""
    joined: list[DateMention] = []
    for mention in found:
        last = joined[-1] if joined else None
        if last is not None and not last.anchored and not mention.anchored:
            gap, before = text[last.end - offset : mention.start - offset], text[: last.start - offset]
            if re.fullmatch(r"\s+(?:and|to|until|till|through)\s+(?:the\s+)?", gap) and re.search(
                r"\b(?:between|from)\s+(?:the\s+)?$", before, re.IGNORECASE
            ):
                joined[-1] = DateMention(
                    last.start,
                    mention.end,
                    text[last.start - offset : mention.end - offset],
                    last.kind,
                    _hull(last, mention),
                )
                continue
        joined.append(mention)
    return joined


def _hull(first: DateMention, last: DateMention) -> Resolve:
    """Return what means the days from the start of one mention to the end of another."""

    def resolve(published: date | None, anchor: date | None) -> Found | None:
        a, b = first.resolve(published, anchor), last.resolve(published, anchor)
        if not a or not b or a[0] is None or b[1] is None:
            return None
        start = a[0]
        while first.kind == "weekday" and start > b[1]:
            start -= timedelta(days=7)
        return (start, b[1], "range", a[3] or b[3]) if start <= b[1] else None

    return resolve


def _is_verb(m: re.Match[str], text: str) -> bool:
    """Say whether the month is the verb 'may' or 'march', written small in a text that is not all small."""
    if "month" not in m.re.groupindex:
        return False
    month = text[slice(*m.span("month"))] if m["month"] else ""
    if month in ("may", "march") and text != text.lower():
        return True
    return (
        month == "may"
        and re.match(r"\s+(?:be|have|not|also|well|rise|climb|still|include)\b", text[m.end("month") :]) is not None
    )


def _with_edges(mention: DateMention, before: str, after: str) -> DateMention:
    since = re.search(r"\bsince\s+(?:the\s+|at\s+least\s+)?$", before, re.IGNORECASE) or _SINCE_EVENT.search(before)
    if _FROM.search(before) and _TO_NOW.match(after):
        return replace(mention, since=True)
    if since and not re.match(r"\s*,?\s*(?:when|in which)\b", after):
        return replace(mention, since=True)
    if _UNTIL.search(before) or (mention.kind in CALENDAR and _UP_TO.search(before)):
        return replace(mention, until=True)
    edge = _EDGE.search(before) if mention.kind in CALENDAR and not _EDGE_OF.match(after) else None
    return replace(mention, resolve=_beside(mention, edge["edge"].lower()), since=False) if edge else mention


def _beside(mention: DateMention, edge: str) -> Resolve:
    """Return what means the days before, or after, those of a mention: after them up to publication."""

    def resolve(published: date | None, anchor: date | None) -> Found | None:
        found = mention.resolve(published, anchor)
        if found is None or found[0] is None or found[1] is None:
            return None
        if edge == "before":
            return None, found[0] - timedelta(days=1), "before", True
        first = found[1] + timedelta(days=1)
        return first, max(first, published) if published else None, "since", True

    return resolve
