"""Which judgements stand."""

from __future__ import annotations

from dataclasses import replace

from tallybook.model.judgement import identity, seal
from tallybook.model.standing import standing, undoings
from tests.unit.factories import judgement


def test_undone_judgement_stands_no_more_and_an_undone_undo_undoes_nothing() -> None:
    reject, undo = judgement(1, "reject", "a"), judgement(2, "undo", "j1")
    assert standing([reject]) == (reject,)
    assert standing([undo, reject]) == ()
    assert standing([judgement(3, "undo", "2"), undo, reject]) == (reject,)


def test_undoings_name_who_undid_what() -> None:
    log = [judgement(1, "reject", "a"), judgement(2, "undo", "1"), judgement(3, "undo", "j2")]
    assert undoings(log) == {"j2": log[2]}
    assert undoings(log[:2]) == {"j1": log[1]}


def test_id_tells_what_was_decided_and_not_when() -> None:
    first = judgement(1, "reject", "a")
    later = replace(first, at="2030-01-01T00:00:00Z")
    assert identity(first, None) == identity(later, None)
    assert seal(first) != seal(later)
    for changed in ({"author": "x"}, {"because": "x"}, {"objects": ("b",)}, {"value": "x"}, {"number": 2}):
        assert identity(replace(first, **changed), None) != identity(first, None)  # type: ignore[arg-type]
    assert identity(first, "j0") != identity(first, None)
