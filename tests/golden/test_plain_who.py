"""Short reports as plain news has them: who says each number, when the harm was done, and whether it is one event's."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pytest
from evals.reports import report

from tallybook.claims.reader import Reader
from tallybook.knowledge import load
from tallybook.model import Claim

FILE = Path(__file__).with_name("plain_who.txt")


@dataclass
class Case:
    """One report and the claims that a coder takes from it."""

    name: str
    publisher: str
    day: str
    title: str | None
    text: str = ""
    told: list[list[str]] = field(default_factory=list)


def _cases() -> list[Case]:
    cases: list[Case] = []
    for line in FILE.read_text(encoding="utf-8").splitlines():
        if line.startswith("# ") and line.count(" | ") == 3:
            name, publisher, day, title = line[2:].split(" | ")
            cases.append(Case(name, publisher, day, None if title == "-" else title))
        elif line.startswith("= "):
            cases[-1].told.append(line[2:].split(" | "))
        elif line and not line.startswith("#"):
            cases[-1].text = line.replace(" ¶ ", "\n\n")
    return cases


def _number(claim: Claim) -> str:
    low, high = (claim.count.low, claim.count.high) if claim.count else (None, None)
    return " ".join([claim.measure or "", *("-" if n is None else str(n) for n in (low, high))])


def _said_by(claim: Claim, names: str, publisher: str) -> bool:
    """Say whether a name of who speaks, or who is meant, holds the other's words."""
    wanted = [set((publisher if n == "publisher" else n).lower().split()) for n in names.split("/")]
    found = [set(n.lower().split()) for n in claim.claimants or (publisher,)]
    return any(w <= f or f <= w for w in wanted for f in found)


def _on(claim: Claim, days: str) -> bool:
    start, end = (claim.date.start, claim.date.end) if claim.date else (None, None)
    for told in days.split("/"):
        first, _, last = told.strip("~?").partition("..")
        last = last or first
        if told.startswith("?"):
            if start is None:
                return True
        elif told.startswith("~"):
            if start is not None and end is not None and start <= last and first <= end:
                return True
        elif (start, end) == (first, last):
            return True
    return False


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(load())


@pytest.mark.parametrize("case", _cases(), ids=lambda case: case.name)
def test_a_plain_report_tells_who_says_so_and_when(reader: Reader, case: Case) -> None:
    told = report(case.name, case.text, published=case.day, title=case.title, publisher=case.publisher, url=None)
    claims = reader.read(told).claims
    for number, who, days, scopes in case.told:
        alike = [c for c in claims if c.measure and _number(c) == number]
        assert alike, f"no claim of {number}"
        assert any(_said_by(c, who, case.publisher) and _on(c, days) and c.scope in scopes.split(",") for c in alike), (
            f"{number}: {[(c.claimants, c.date and (c.date.start, c.date.end), c.scope) for c in alike]}"
        )
