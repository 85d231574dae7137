"""Names of actors that people accept or merge."""

from __future__ import annotations

import json
from dataclasses import replace

from tallybook.model import Judgement
from tallybook.review.applying import applied
from tallybook.review.registering import meant, registered
from tests.unit.factories import claim, document, judgement

REPORT = document("d1", text="Red Falcons killed 12.")
READ = replace(
    claim("c1", "12"), perpetrator=("Red Falcons", "Grey Wolves"), origin="red falcons", claimants=("red falcons",)
)


def merge(number: int, name: str, into: str) -> Judgement:
    return replace(judgement(number, "merge-actor", name), field="actor", value=into, means=json.dumps(into))


def accept(number: int, name: str, kind: str) -> Judgement:
    return replace(judgement(number, "accept-actor", name), field="kind", value=kind, means=json.dumps(kind))


def test_a_merged_name_is_the_other_s_wherever_a_claim_names_an_actor() -> None:
    found = applied([READ], {"d1": REPORT}, [merge(1, "Red Falcons", "Red Falcon Brigade")])
    (now,) = found.claims
    assert now.perpetrator == ("Red Falcon Brigade", "Grey Wolves")
    assert (now.origin, now.claimants) == ("Red Falcon Brigade", ("Red Falcon Brigade",))
    changes = {c.field: c.was for c in found.corrections["c1"]}
    assert changes == {
        "perpetrator": ["Red Falcons", "Grey Wolves"], "origin": "red falcons", "claimants": ["red falcons"],
    }  # fmt: skip


def test_undone_merge_is_nothing() -> None:
    log = [merge(1, "Red Falcons", "Red Falcon Brigade"), judgement(2, "undo", "j1")]
    assert applied([READ], {"d1": REPORT}, log).claims == (READ,)


def test_what_a_person_set_on_the_claim_itself_outranks_the_merge() -> None:
    own = replace(
        judgement(2, "set-actor", "c1"), field="perpetrator", value="Grey Wolves", means=json.dumps(["Grey Wolves"])
    )
    found = applied([READ], {"d1": REPORT}, [own, merge(3, "Red Falcons", "Red Falcon Brigade")])
    assert found.claims[0].perpetrator == ("Grey Wolves",)
    assert found.claims[0].origin == "Red Falcon Brigade"


def test_merges_follow_each_other_and_the_last_word_on_a_name_holds() -> None:
    known = registered([merge(1, "A B", "C D"), merge(2, "C D", "E F"), accept(3, "X Y", "rebel")])
    end = meant("a b", known)
    assert end is not None
    assert end.into == "E F"
    assert meant("X Y", known) is None
    assert known["x y"].kind == "rebel"
    again = registered([merge(1, "A B", "C D"), accept(2, "A B", "militia")])
    assert meant("A B", again) is None


def test_a_ring_of_merges_ends() -> None:
    known = registered([merge(1, "A B", "C D"), merge(2, "C D", "A B")])
    assert meant("A B", known) is not None
