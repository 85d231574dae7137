"""Credit for one fill of a response against one fill of a key: 1 correct, 0.5 partially correct, 0 incorrect.

After Chinchor, "MUC-4 evaluation metrics" (1992), and the guidelines for scoring mismatches (appendix C there), as far
as a program can follow them. Where the guidelines leave the judgement to a person, the rule is written at the function.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable

from evals.muc4_key import DATE, LOCATION, TYPE, Fill

CORRECT, PARTIAL, INCORRECT = 1.0, 0.5, 0.0

MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
CENTURY = 1900
EARLIEST, LATEST = datetime.date.min, datetime.date.max

IDLE_WORDS = frozenset(
    {
        "A", "AN", "THE", "OF", "AND", "IN", "AT", "FROM", "TO", "SOME", "SEVERAL", "OTHER", "OTHERS", "ANOTHER",
        "HIS", "HER", "THEIR", "TWO", "THREE", "FOUR", "FIVE", "SIX", "SEVEN", "EIGHT", "NINE", "TEN", "MEMBERS",
        "MEMBER", "GROUP", "DR", "MR", "MRS", "MSGR",
    }
)  # fmt: skip
"""Words that do not tell one filler from another."""


def credit(slot: str, key: Fill, response: Fill) -> float:
    """Return the best credit over all alternatives of key and response.

    A value whose cross-reference does not fit the key's is partially correct at most.
    """
    match = SLOT_MATCHES.get(slot, string_credit)
    best = max(match(wanted, told) for wanted in key.values for told in response.values)
    return best if _about_the_same(key, response) else min(best, PARTIAL)


def _about_the_same(key: Fill, response: Fill) -> bool:
    if not key.about or not response.about:
        return True
    return any(string_credit(wanted, told) > INCORRECT for wanted in key.about for told in response.about)


def string_credit(key: str, response: str) -> float:
    """Compare two strings of the text.

    Correct: the telling words of one are all in the other. Partial: they share a telling word, plural aside.
    """
    wanted, told = _telling(key), _telling(response)
    if not wanted or not told:
        return CORRECT if key.upper() == response.upper() else INCORRECT
    if wanted <= told or told <= wanted:
        return CORRECT
    return PARTIAL if wanted & told else INCORRECT


def number_credit(key: str, response: str) -> float:
    """Compare two numbers. Correct: the same, marks of "about", "at least", "at most" aside, PLURAL with PLURAL.

    Partial: PLURAL where the key has a number above one, or the other way round.
    """
    wanted, told = numeral(key), numeral(response)
    if wanted is not None and told is not None:
        return CORRECT if wanted == told else INCORRECT
    if wanted is None and told is None:
        return CORRECT if key == response else INCORRECT
    return PARTIAL if (wanted or told or 0) > 1 else INCORRECT


def numeral(text: str) -> int | None:
    """Return the number in a numeric fill, or None for PLURAL."""
    digits = re.search(r"\d+", text.replace(",", ""))
    return int(digits.group()) if digits else None


def set_credit(key: str, response: str) -> float:
    """Compare two values of a closed list."""
    return CORRECT if key == response else INCORRECT


def type_credit(key: str, response: str) -> float:
    """Compare two incident types; ATTACK is the general one, so ATTACK for another type, or back, is partial."""
    if key == response:
        return CORRECT
    return PARTIAL if "ATTACK" in (key, response) else INCORRECT


def date_credit(key: str, response: str) -> float:
    """Compare two dates or ranges. Correct: the same days. Partial: they share a day."""
    wanted, told = days(key), days(response)
    if wanted is None or told is None:
        return INCORRECT
    if wanted == told:
        return CORRECT
    return PARTIAL if wanted[0] <= told[1] and told[0] <= wanted[1] else INCORRECT


def days(text: str) -> tuple[datetime.date, datetime.date] | None:
    """Return first and last day of `16 NOV 89`, `- 16 NOV 89` (up to that day) or `11 NOV 89 - 12 NOV 89`."""
    found = [_day(*parts) for parts in re.findall(r"(\d{1,2}) ([A-Z]{3})[A-Z]* (\d{2,4})", text.upper())]
    told = [day for day in found if day is not None]
    if not told:
        return None
    if text.strip().startswith("-"):
        return EARLIEST, told[-1]
    return told[0], told[-1]


def _day(day: str, month: str, year: str) -> datetime.date | None:
    if month not in MONTHS:
        return None
    full = int(year) if len(year) == len("1989") else CENTURY + int(year)
    try:
        return datetime.date(full, MONTHS.index(month) + 1, int(day))
    except ValueError:
        return None


def location_credit(key: str, response: str) -> float:
    """Compare two chains from country down.

    Correct: the smallest units have the same name, or one of two places between which the key puts the incident.
    Partial: any unit of one is in the other.
    """
    wanted, told = _units(key), _units(response)
    if not wanted or not told:
        return INCORRECT
    if wanted[-1] & told[-1]:
        return CORRECT
    return PARTIAL if set().union(*wanted) & set().union(*told) else INCORRECT


def _units(chain: str) -> list[set[str]]:
    names = (re.sub(r"\([^)]*\)", "", unit) for unit in chain.upper().split(":"))
    parts = [{part.strip() for part in name.split(" - ") if part.strip()} for name in names]
    return [part for part in parts if part]


def _telling(text: str) -> set[str]:
    words = re.findall(r"[^\W_]+", text.upper())
    return {_singular(word) for word in words if word not in IDLE_WORDS}


def _singular(word: str) -> str:
    if word.endswith("MEN"):
        return word[:-3] + "MAN"
    return word[:-1] if word.endswith("S") and not word.endswith("SS") and len(word) > len("GAS") else word


Match = Callable[[str, str], float]

SLOT_MATCHES: dict[str, Match] = {
    DATE: date_credit,
    LOCATION: location_credit,
    TYPE: type_credit,
    "HUM TGT: NUMBER": number_credit,
    "HUM TGT: EFFECT OF INCIDENT": set_credit,
}
