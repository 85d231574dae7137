"""What a book answers: names, filters, lists, explanations, and the hash over all of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tallybook.errors import BadDate, KnowledgeError, UnknownName, UsageError
from tallybook.ledger import figure_id, total
from tallybook.model import Query
from tallybook.runs import explaining, listing
from tallybook.runs.checking import verify
from tallybook.runs.desk import Desk
from tallybook.runs.filtering import filter_from
from tallybook.runs.naming import Asked, query_from
from tallybook.runs.packs import SETTING, load_packs, packs_of, remember
from tests.unit.runs.conftest import REPORTS, Adder


def passing(desk: Desk, **asked: str) -> list[str]:
    return [
        c["quote"][:2].strip()
        for item in listing.claims(desk, filter_from(Asked(**asked), desk))
        for c in item["claims"]
    ]


@pytest.mark.parametrize(
    ("asked", "quotes"),
    [
        ({}, ["12", "15", "3"]),
        ({"measure": "killed"}, ["12", "15"]),
        ({"who": "combatant"}, ["3"]),
        ({"who": "civilian,combatant"}, ["12", "15", "3"]),
        ({"place": "Karsk"}, ["12", "15"]),
        ({"place": "karsk town"}, ["12", "15"]),
        ({"since": "2024-03-02"}, ["3"]),
        ({"until": "1 March 2024"}, ["12", "15"]),
        ({"who": "children"}, []),
    ],
)
def test_filters(desk: Desk, asked: dict[str, str], quotes: list[str]) -> None:
    assert passing(desk, **asked) == quotes


def test_every_document_is_listed_in_order_with_the_claims_that_pass(desk: Desk) -> None:
    items = list(listing.claims(desk, filter_from(Asked(measure="injured"), desk)))
    assert [(i["document"]["id"], len(i["claims"])) for i in items] == [("a", 0), ("b", 0), ("c", 1), ("d", 0)]


def test_incidents_name_documents_by_id_and_claims_name_their_incident(desk: Desk) -> None:
    everything = filter_from(Asked(), desk)
    incidents = {i["id"]: i for i in listing.incidents(desk, everything)}
    karsk = next(i for i in incidents.values() if i["place"]["name"] == "Karsk")
    assert karsk["documents"] == ["a", "b"]
    for item in listing.claims(desk, everything):
        for claim in item["claims"]:
            assert claim["id"] in incidents[claim["incident"]]["claims"]


def test_incident_filter_by_place_day_and_measure(desk: Desk) -> None:
    def places(**asked: str) -> list[str]:
        return sorted(i["place"]["name"] for i in listing.incidents(desk, filter_from(Asked(**asked), desk)))

    assert places() == ["Karsk", "Tolvi"]
    assert places(measure="killed") == ["Karsk"]
    assert places(since="2024-03-05") == ["Tolvi"]


def test_victims_follow_the_claim_that_counts_them(desk: Desk) -> None:
    names = [v["name"] for v in listing.victims(desk, filter_from(Asked(place="Karsk"), desk))]
    assert names == ["Marta Velin"]
    assert list(listing.victims(desk, filter_from(Asked(place="Tolvi"), desk))) == []


def test_contradictions_name_their_claims_and_documents(desk: Desk) -> None:
    (conflict,) = listing.contradictions(desk, filter_from(Asked(), desk))
    assert conflict["kind"] == "count"
    assert conflict["document"] == ["a", "b"]


def test_issues_are_listed_with_their_document(desk: Desk) -> None:
    assert [(i["document"], i["code"]) for i in listing.issues(desk, filter_from(Asked(), desk))] == [
        ("d", "no-claims")
    ]


@pytest.mark.parametrize(
    ("asked", "kind", "words"),
    [
        (Asked("slain"), UsageError, "killed, injured"),
        (Asked("killed", who="robots"), UsageError, "civilian"),
        (Asked("killed", by="Hask Libration Front"), UnknownName, "Hask Liberation Front"),
        (Asked("killed", place="Karks"), UnknownName, "Karsk"),
        (Asked("killed", since="soon"), BadDate, "--since"),
        (Asked("killed", since="2024-03-02", until="2024-03-01"), BadDate, "Swap"),
        (Asked("killed", policy="best"), UsageError, "latest"),
        (Asked("killed", policy="origin-ranked"), UsageError, "--origins"),
        (Asked("killed", origins="Dovrin Heralt"), UnknownName, "Dovrin Herald"),
    ],
)
def test_wrong_questions_are_answered_with_what_would_be_right(
    desk: Desk, asked: Asked, kind: type[Exception], words: str
) -> None:
    with pytest.raises(kind, match=words):
        query_from(asked, desk)


def test_aliases_lead_to_canonical_names(desk: Desk) -> None:
    query = query_from(Asked("killed", who="civilian", by="HLF", place="KARSK", since="1 March 2024"), desk)
    assert query == Query("killed", ("civilian",), "Hask Liberation Front", "Karsk", "2024-03-01")


def test_why_takes_a_figure_an_incident_and_a_claim(desk: Desk) -> None:
    figure = total(desk.ledger, Query("killed"))
    told = explaining.why(figure.id, desk)
    assert told.what == "Reported killed: 12 to 15"
    assert not told.changed
    assert {c for step in told.steps for c in step.claims} == set(figure.counted)
    incident = explaining.why(desk.incidents[0].id, desk)
    assert any('"15 civilians were killed' in s.text or '"3 soldiers' in s.text for s in incident.steps)
    claim = explaining.why(desk.claims[0].id, desk)
    assert "12 civilians were killed in Karsk" in claim.steps[0].text
    with pytest.raises(UsageError, match="no figure, incident, claim or person"):
        explaining.why("c-nothing", desk)


def test_why_says_when_the_book_has_changed_since(desk: Desk, add: Adder) -> None:
    old = total(desk.ledger, Query("killed")).id
    add({"id": "e", "publisher": "OPA", "text": "20 civilians were killed in Karsk on 2024-03-01."})
    told = explaining.why(old, Desk(desk.store, desk.knowledge))
    assert told.changed
    assert told.what == "Reported killed: 12 to 20"


def test_figure_ids_hold_the_question(desk: Desk) -> None:
    query = query_from(Asked("killed", who="civilian,women", place="Karsk", until="2024-03-05"), desk)
    identifier = figure_id(query, desk.ledger.state)
    told = explaining.why(identifier, desk)
    assert told.figure is not None
    assert told.figure.query == query


def test_verify_is_one_hash_of_the_answers(desk: Desk, add: Adder) -> None:
    first = verify(desk)
    assert first == verify(Desk(desk.store, desk.knowledge))
    assert first.ungrounded == ()
    add(*REPORTS)
    assert verify(Desk(desk.store, desk.knowledge)) == first
    add({"id": "e", "text": "1 people were killed."})
    assert verify(Desk(desk.store, desk.knowledge)).digest != first.digest


def test_verify_names_claims_whose_quote_is_not_in_the_text(desk: Desk) -> None:
    from tallybook.runs.checking import _ungrounded

    reading = next(iter(desk.store.readings()))
    broken = replace(reading, claims=(replace(reading.claims[0], quote="99 people were killed"),))
    assert list(_ungrounded(reading)) == []
    assert list(_ungrounded(broken)) == [reading.claims[0].id]


def test_book_remembers_its_packs(desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "my pack ပြည်"
    folder.mkdir()
    (folder / "pack.yaml").write_text("{name: mine, title: Mine, licence: CC0, source: me}", encoding="utf-8")
    (folder / "actors.yaml").write_text("[{id: m, name: My Militia, kind: militia, source: me}]", encoding="utf-8")
    remember(desk.store, [folder])
    assert packs_of(desk.store).knowledge.actors.canonical("My Militia") == "My Militia"
    (folder / "pack.yaml").unlink()
    (folder / "actors.yaml").unlink()
    folder.rmdir()
    assert packs_of(desk.store).gone == desk.store.setting(SETTING)
    with pytest.raises(KnowledgeError, match="no such folder"):
        load_packs([folder])
