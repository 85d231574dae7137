"""What cannot stand in a text is not sought there, and nothing that could is left out."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tallybook.claims.sieve import Sieve
from tallybook.errors import KnowledgeError
from tallybook.knowledge.lexicon import Lexicon, number_pattern
from tallybook.knowledge.small_letters import lowered

REPORTS = Path(__file__).parents[3] / "evals" / "gold"


def test_things_keep_their_order_and_need_one_piece_of_each_kind() -> None:
    sieve = Sieve([("both", [("day", "night"), (":",)]), ("none", []), ("night", [("night",)])])
    assert sieve.that_may_match("at night: two") == ["both", "none", "night"]
    assert sieve.that_may_match("two days later") == ["none"]


def test_whatever_a_trap_matches_holds_what_the_trap_needs(lexicon: Lexicon) -> None:
    words = lexicon.numbers
    number = number_pattern(words["units"], words["scales"])
    lines = [line for path in sorted(REPORTS.glob("*.txt")) for line in path.read_text(encoding="utf-8").splitlines()]
    assert len(lines) > 1000
    for trap in lexicon.traps:
        pattern = re.compile(trap.pattern.replace("{N}", number))
        for match in (m for line in lines for m in pattern.finditer(line)):
            told = lowered(match.group())
            assert all(any(piece in told for piece in pieces) for pieces in trap.needs), (trap, told)
            assert any(c.isdigit() for c in match["n"]) or not trap.digits, (trap, told)


@pytest.mark.parametrize("needs", ["[Old]", "['old|']"])
def test_a_need_that_no_small_text_can_hold_is_refused(tmp_path: Path, needs: str) -> None:
    path = tmp_path / "traps.yaml"
    path.write_text(f"- {{rule: age, needs: {needs}, pattern: '(?P<n>{{N}}) Old'}}\n", encoding="utf-8")
    with pytest.raises(KnowledgeError, match="small letters"):
        Lexicon().read(tmp_path)
