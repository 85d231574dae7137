"""Gold reports scored by hand: found, record, false casualties, linking."""

from typing import Any

import pytest
from evals.gold_files import GoldReport
from evals.gold_misses import brief, report_misses
from evals.gold_score import false_per_100, field_shares, found, linking, record, score_report
from evals.ratios import Hits
from evals.reports import report


def claim(measure: str | None, low: int | None, high: int | None = None, **fields: Any) -> dict[str, Any]:
    where, day = {"name": "Sarno", "country": "SDN"}, {"start": "2024-03-02", "end": "2024-03-02"}
    count = {"low": low, "high": high, "modifier": "exact" if low == high else "at_least"}
    base = {"measure": measure, "count": count, "scope": "incident", "place": where, "incident": "raid"}
    return {
        **base,
        "target": {"affiliation": "civilian"},
        "date": day,
        **fields,
    }


def gold(name: str, *claims: dict[str, Any], traps: tuple[str, ...] = (), sealed: bool = False) -> GoldReport:
    document = report(name, "Text.", publisher="Kessa Post", published="2024-03-03")
    named = tuple({"id": f"c{i}", "anchor": "words", "claimant": "publisher", **c} for i, c in enumerate(claims))
    return GoldReport(document, named, traps, sealed)


def test_found_and_record_are_counted_over_claims() -> None:
    told = gold("a", claim("killed", 5, 5), claim("injured", 7, 7), claim("killed", 30))
    score = score_report(
        told, [claim("killed", 5, 5), claim("injured", 7, 7, scope="cumulative"), claim("killed", 2, 2)]
    )
    assert found([score]) == Hits(2, 3, 3)
    assert record([score]) == Hits(1, 3, 3)
    assert found([score]).f1 == pytest.approx(2 / 3)
    assert field_shares([score])["scope"] == 0.5
    assert field_shares([score])["place"] == 1.0


def test_claims_without_measure_are_not_looked_at() -> None:
    score = score_report(gold("a", claim("killed", 5, 5)), [claim(None, 5, 5), claim("killed", 5, 5)])
    assert found([score]) == Hits(1, 1, 1)


def test_nothing_printed_and_nothing_there_give_zero_not_an_error() -> None:
    assert found([score_report(gold("a"), [])]).f1 == 0.0
    assert false_per_100([]) is None


def test_a_listed_number_counts_as_false_once_however_often_printed() -> None:
    told = gold("a", claim("killed", 5, 5), traps=("70 gunmen", "a 60mm mortar", "all 5 of them", "no digits"))
    score = score_report(told, [claim("killed", 70, 70), claim("injured", None, 70), claim("killed", 5, 5)])
    assert score.false == ("70 gunmen",)
    assert score.traps == 2
    assert false_per_100([score, score_report(gold("b"), [])]) == 50.0


def test_separators_do_not_hide_a_listed_number() -> None:
    score = score_report(gold("a", traps=("1,200 cattle",)), [claim("killed", 1200, 1200)])
    assert score.false == ("1,200 cattle",)


def test_linking_counts_pairs_across_reports_only() -> None:
    first = score_report(
        gold("a", claim("killed", 5, 5), claim("injured", 7, 7)),
        [claim("killed", 5, 5, incident="i1"), claim("injured", 7, 7, incident="i1")],
    )
    second = score_report(
        gold("b", claim("killed", 5, 5), claim("killed", 9, 9, incident="other")),
        [claim("killed", 5, 5, incident="i1"), claim("killed", 9, 9, incident="i1")],
    )
    assert linking([first, second]) == Hits(2, 4, 2)


def test_unlinked_claims_are_in_no_pair() -> None:
    scores = [score_report(gold(n, claim("killed", 5, 5)), [claim("killed", 5, 5, incident=None)]) for n in "ab"]
    assert linking(scores) == Hits(0, 0, 1)


def test_misses_name_what_was_missed_made_up_and_wrong() -> None:
    told = gold("a", claim("killed", 5, 5), claim("injured", 7, 7), traps=("70 gunmen",))
    printed = [claim("killed", 5, 5, scope="cumulative", quote="five died"), claim("killed", 70, 70, quote="70 gunmen")]
    lines = list(report_misses(score_report(told, printed)))
    assert [line.split()[1] for line in lines] == ["MISS", "EXTRA", "FALSE", "FIELD"]
    assert "injured 7" in lines[0]
    assert "*scope: incident | cumulative" in lines[3]
    assert lines[3].endswith("<five died>")


def test_counts_are_shown_with_their_operator() -> None:
    assert brief(claim("killed", 30)) == "killed 30+"
    assert brief({"measure": "injured", "count": {"low": None, "high": 40, "modifier": "up_to"}}) == "injured ^40"
    assert brief({"measure": "killed", "count": None, "scope": "cumulative"}) == "killed ?..? cum"
