"""Sentences as plain news has them: each tells the claims that a coder takes from it, and no more."""

from __future__ import annotations

from pathlib import Path

import pytest
from evals.reports import report

from tallybook.claims.reader import Reader
from tallybook.knowledge import load

Told = list[tuple[str, str, str]]
LINES = Path(__file__).with_name("plain_sentences.tsv").read_text(encoding="utf-8").splitlines()
SENTENCES = [line.split("\t") for line in LINES if line and not line.startswith("#")]


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(load())


def _wanted(told: str) -> Told:
    return [] if told == "none" else sorted(tuple(claim.split()) for claim in told.split(";"))  # type: ignore[type-var]


def _bound(number: int | None) -> str:
    return "-" if number is None else str(number)


@pytest.mark.parametrize(("sentence", "told"), SENTENCES, ids=[text[:50] for text, _ in SENTENCES])
def test_a_plain_sentence_tells_its_claims(reader: Reader, sentence: str, told: str) -> None:
    claims = reader.read(report("plain", sentence, published="2016-05-20", title=None, url=None)).claims
    found = [(c.measure, _bound(c.count.low), _bound(c.count.high)) for c in claims if c.measure and c.count]
    assert sorted(found) == _wanted(told)
