"""Rules of dates are sorted out by what must stand in a text, and none is lost by it."""

from __future__ import annotations

import csv
import json
from importlib.resources import files

from evals.dates import OWN, SENTENCE

from tallybook.claims.date_rules import rules_with
from tallybook.knowledge import load
from tallybook.knowledge.small_letters import lowered


def texts() -> list[str]:
    """Return sentences with every kind of expression, and those of the demo's reports."""
    with OWN.open(encoding="utf-8") as table:
        told = [SENTENCE.format(row["expression"]) for row in csv.DictReader(table)]
    lines = files("tallybook.runs").joinpath("demo", "reports.jsonl").read_text(encoding="utf-8").splitlines()
    return told + [sentence for line in lines for sentence in json.loads(line)["text"].split(". ")]


def test_no_rule_is_left_out_where_it_matches() -> None:
    rules = rules_with(load().lexicon.feasts)
    matched = set()
    for text in texts():
        low = lowered(text)
        may = rules.that_may_match(low)
        here = [r for r in rules.rules if any(m.group() for m in r.pattern.finditer(low))]
        assert [r.pattern.pattern for r in here if r not in may] == []
        matched |= {r.pattern.pattern for r in here}
    assert len(matched) > 0.8 * len(rules.rules)
