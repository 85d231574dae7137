"""Reports as plain news has them: whose people were harmed, who did it, what kind of event it was, and with what."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pytest
from evals.reports import report

from tallybook.claims.reader import Reader
from tallybook.knowledge import load
from tallybook.model.claim import Claim

ANYTHING = "*"
"""What a field holds that the report leaves open, or that the reader does not yet read as a coder would."""
NOTHING = "-"


@dataclass
class Told:
    """A report, and a row a claim: measure and bounds, affiliation, group, perpetrator, event type, weapon."""

    title: str
    publisher: str
    day: str
    text: str = ""
    claims: list[list[str]] = field(default_factory=list)


def _reports() -> list[Told]:
    found: list[Told] = []
    for line in Path(__file__).with_name("plain_words.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("== "):
            title, publisher, day = (part.strip() for part in line[3:].split(" | "))
            found.append(Told(title, publisher, day))
        elif line.startswith(">"):
            found[-1].claims.append([part.strip() for part in line[1:].split(" | ")])
        elif line and not line.startswith("#"):
            found[-1].text += f"{line}\n"
    return found


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(load())


def _bound(number: int | None) -> str:
    return NOTHING if number is None else str(number)


def _is(claim: Claim, row: list[str]) -> bool:
    """Say whether a claim is what a row tells; each field of a row lists what may stand there."""
    count = claim.count
    if count is None or [claim.measure, _bound(count.low), _bound(count.high)] != row[0].split():
        return False
    target = claim.target
    told = (target.affiliation, target.group, claim.perpetrator, claim.event_type, claim.weapon)
    for wanted, value in zip(row[1:], told, strict=True):
        values = set(value) if isinstance(value, tuple) else {value} - {None}
        if wanted != ANYTHING and not (values or {NOTHING}) & set(wanted.split(",")):
            return False
    return True


@pytest.mark.parametrize("told", _reports(), ids=lambda told: told.title[:50])
def test_a_plain_report_tells_whose_people_were_harmed_by_whom_and_how(reader: Reader, told: Told) -> None:
    document = report("plain", told.text, published=told.day, title=told.title, publisher=told.publisher)
    claims = [c for c in reader.read(document).claims if c.measure]
    assert [row for row in told.claims if not any(_is(claim, row) for claim in claims)] == []
