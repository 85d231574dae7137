"""A publication date from a report's own dateline or page stamp, where nobody states one.

Only a full date counts, and only where the form shows that it dates the report: behind the dateline's place, alone on
a line, or behind a stamp's label. A date in a sentence is a date of something else.
"""

from __future__ import annotations

import re
from functools import cache

from tallybook.documents.dates import Stamp, alternation, find_dates, stamp_words

HEAD_CHARACTERS = 8000
HEAD_LINES = 12
"""Lines with words, from the top, in which a dateline or stamp may stand."""

STAMP_LINE_LENGTH = 100
"""Characters beyond which a line is a paragraph and no stamp."""

PLACE_LENGTH = 60
"""Characters that a dateline may have before its date."""

DATE_LENGTH = 40
"""Characters that a written date with its weekday may take."""

TAIL_LENGTH = 200
"""Characters at the end of a text in which an agency's closing stamp may stand."""

AGENCY_STAMP = re.compile(r"\b(?P<day>\d\d)\d{4}\s+(?P<month>[A-Za-z]{3})\s+(?P<year>\d\d)(?!\d)")
"""An agency's closing stamp, "121408 May 25NNNN": day, hour and minute, month, year."""

AFTER_DATELINE = re.compile(
    r"\s*(?:\([^)\n]{1,60}\)\s*|/[^/\n]{1,40}/\s*)?(?:--|[-\u2013\u2014:])|\s*\([^)\n]{1,60}\)\s"
)
"""What follows a dateline's date: a source in brackets, then a dash or colon."""

BULLET = re.compile(r"\s*[-*\u2022\u25cf]\s")
"""A bulleted "Date: ..." is the day of the harm in an incident bulletin."""

INSIDE_BRACKETS = re.compile(r"\s*\([^()\n]{0,80}")


def dateline(text: str) -> Stamp | None:
    """Return the date that the text's own dateline or stamp gives it, or None. Looks at the head, then at the end."""
    heads = [line for line in text[:HEAD_CHARACTERS].split("\n") if line.strip()][:HEAD_LINES]
    for line, following in zip(heads, [*heads[1:], ""], strict=True):
        wrapped = f"{line} {following.strip()}" if len(line) < STAMP_LINE_LENGTH else line
        found = _stamp_line(line) or _dated_lead(wrapped)
        if found:
            return found
    return _closing_stamp(text[-TAIL_LENGTH:])


def _dated_lead(line: str) -> Stamp | None:
    """Read "CITY (COUNTRY), 3 JAN 90 (AGENCY) -- ..." and "(Agency / Service - 13th May, 2025)"."""
    for start, end, day in find_dates(line[: PLACE_LENGTH + DATE_LENGTH]):
        before, after = line[:start], line[end:]
        if start > PLACE_LENGTH:
            return None
        if _is_place(before) and AFTER_DATELINE.match(after):
            return Stamp(day)
        if INSIDE_BRACKETS.fullmatch(before) and after.lstrip().startswith(")"):
            return Stamp(day)
    return None


def _is_place(before: str) -> bool:
    """Say whether the words before a date look like a dateline's place: a few names, then a comma or dash."""
    words = _without_weekday(re.sub(r"\([^)]*\)|\[[^\]]*\]", "", before).strip())
    if not re.search(r"[,:\u2013\u2014-]$", words):
        return False
    names = re.findall(r"[^\W\d_]+", words)
    return 0 < len(names) <= 8 and all(name[0].isupper() or len(name) <= 3 for name in names)


def _stamp_line(line: str) -> Stamp | None:
    """Read a line that is only a date, or a label and a date, or a heading with a date set off from it."""
    if len(line) > STAMP_LINE_LENGTH or BULLET.match(line):
        return None
    found = list(find_dates(line))
    if len(found) != 1:
        return None
    start, end, day = found[0]
    before, after = _without_weekday(line[:start]), _without_time(line[end:])
    if after and not re.match(r"[|\u2013\u2014,;(/-]", after):
        return None
    if not re.sub(r"[\s(\[*#\u2013\u2014|:-]", "", before) or _label().search(before):
        return Stamp(day)
    set_off = re.search(r"(?:\||\u2013|\u2014| -|\()\s*$", before)
    return Stamp(day) if set_off and not after else None


def _without_weekday(words: str) -> str:
    return re.sub(rf"\b(?:{alternation(stamp_words().weekdays)})\b\.?,?\s*$", "", words, flags=re.IGNORECASE).rstrip()


def _without_time(words: str) -> str:
    clock = r"(?:at|,|-|\||\u2013)?\s*\d?\d[:.]\d\d(?::\d\d)?\s*(?:[ap]\.?m\.?)?\s*(?:hrs|hours|[A-Z]{2,4}\b)?"
    return re.sub(rf"^[\s,]*(?:{clock})?[\s.)\]*]*", "", words, count=1, flags=re.IGNORECASE).strip()


@cache
def _label() -> re.Pattern[str]:
    labels = alternation(stamp_words().labels)
    return re.compile(rf"(?:^|[|(\u2013\u2014,;]|\s-|\b\d)\W*(?:{labels})\s*[:-]?\s*$", re.IGNORECASE)


def _closing_stamp(tail: str) -> Stamp | None:
    for match in AGENCY_STAMP.finditer(tail):
        for _, _, day in find_dates(f"{match['day']} {match['month']} {match['year']}"):
            return Stamp(day)
    return None
