"""Kinds of event and weapons: every one that claims use is there, with codes that exist and what they lose."""

from __future__ import annotations

from pathlib import Path

import pytest

from tallybook.errors import KnowledgeError
from tallybook.knowledge import load
from tallybook.knowledge.check import check
from tallybook.knowledge.ontology import Ontology, load_ontology
from tallybook.model.claim import EVENT_TYPES

SUB_EVENTS_OF_ACLED = 25
A_UNDER_B = "- {id: a, kind: event, name: a, source: s, parent: b}"


@pytest.fixture(scope="module")
def ontology() -> Ontology:
    return load().ontology


def test_every_kind_of_event_and_weapon_of_a_claim_is_known(ontology: Ontology) -> None:
    assert all(ontology.get("event", e) for e in EVENT_TYPES)
    assert [w.name for w in load().lexicon.weapons if not ontology.get("weapon", w.name)] == []


def test_every_sub_event_type_of_acled_has_a_place(ontology: Ontology) -> None:
    assert len({c.acled for c in ontology if c.acled}) == SUB_EVENTS_OF_ACLED


def test_every_mapping_says_what_it_loses(ontology: Ontology) -> None:
    assert [c.id for c in ontology if (c.acled or c.plover or c.ucdp) and not c.loss] == []


def test_a_cluster_bomb_is_an_explosive_weapon_and_no_small_arm(ontology: Ontology) -> None:
    assert ontology.above("weapon", "cluster bomb") == ("air-delivered munition", "explosive weapon")
    assert ontology.is_a("weapon", "cluster bomb", "explosive weapon")
    assert not ontology.is_a("weapon", "cluster bomb", "small arms")
    assert ontology.above("weapon", "no such thing") == ()


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ("- {id: a, kind: event, name: a}", "lacks 'source'"),
        ("- {id: a, kind: act, name: a, source: s}", "kind: 'act' is none of"),
        ("- {id: a, kind: event, name: a, source: s, ucdp: 4, loss: l}", "ucdp: 4 is none of"),
        ("- {id: a, kind: event, name: a, source: s, acled: Attack, loss: l}", "acled: 'Attack' lacks"),
        ("- {id: a, kind: event, name: a, source: s, plover: ASSAULT}", "loss: missing"),
        ("- {id: a, kind: event, name: a, source: s, parent: b}", "there is no event 'b'"),
        (f"{A_UNDER_B}\n- {{id: b, kind: event, name: b, source: s, parent: a}}", "circle"),
        ("- {id: a, kind: event, name: a, source: s}\n- {id: a, kind: event, name: b, source: s}", "repeats id 'a'"),
        ("- {id: a, kind: event, name: a, source: s, color: red}", "color: no field"),
    ],
)  # fmt: skip
def test_a_row_that_does_not_hold_is_told(tmp_path: Path, rows: str, told: str) -> None:
    (tmp_path / "pack.yaml").write_text("{name: k, title: t, licence: l, source: s}", encoding="utf-8")
    (tmp_path / "ontology.yaml").write_text(rows, encoding="utf-8")
    with pytest.raises(KnowledgeError, match=told):
        load_ontology(tmp_path / "ontology.yaml")
    assert not check(tmp_path).holds
