"""Which reports tell one event, and which must stay apart."""

from __future__ import annotations

import random
from typing import Any

import pytest

from tallybook.documents.record_rows import written
from tallybook.incidents import incident_id, link
from tallybook.model import Claim, Document, Incident, Judgement
from tallybook.model.claim import OF_BOOK
from tests.unit.factories import claim, day, document, judgement, place, toll

VILLAGE = place("Aldin", "Norhal", "Velmark")
NEXT_VILLAGE = place("Beltu", "Norhal", "Velmark")


def told(id: str, doc: str, number: str | None = "11", **more: Any) -> Claim:
    more.setdefault("place", VILLAGE)
    more.setdefault("date", day("2024-03-02"))
    more.setdefault("event_type", "airstrike")
    more.setdefault("quote", f"An airstrike on {more['place'].name} killed {number} people, {more.get('origin')} said")
    return claim(id, number, "civilian", doc=doc, event=more.pop("event", "e1"), **more)


def linked(claims: list[Claim], *judgements: Judgement, docs: list[Document] | None = None) -> tuple[Incident, ...]:
    known = {c.document: document(c.document) for c in claims}
    known.update({d.key: d for d in docs or []})
    return link(claims, known, judgements)


def groups(incidents: tuple[Incident, ...]) -> set[tuple[str, ...]]:
    return {i.claims for i in incidents}


def test_revised_count_of_one_event_joins() -> None:
    found = linked([told("a", "d1", "11"), told("b", "d2", "18", origin="hospital")])
    assert groups(found) == {("a", "b")}
    assert found[0].links[0].score > 0.5
    assert "date: same day" in found[0].links[0].reason


def test_same_village_next_day_stays_apart() -> None:
    assert groups(linked([told("a", "d1"), told("b", "d2", date=day("2024-03-03"))])) == {("a",), ("b",)}


def test_same_day_next_village_stays_apart() -> None:
    assert groups(linked([told("a", "d1"), told("b", "d2", place=NEXT_VILLAGE)])) == {("a",), ("b",)}


def test_province_matches_the_village_inside_it() -> None:
    province = place("Velmark", precision="admin1")
    assert groups(linked([told("a", "d1"), told("b", "d2", place=province)])) == {("a", "b")}


def test_two_events_of_one_report_never_join() -> None:
    claims = [told("a", "d1", event="e1"), told("b", "d1", event="e2"), told("c", "d2")]
    assert not any({"a", "b"} <= set(g) for g in groups(linked(claims)))


def test_claims_of_one_event_key_are_one_incident() -> None:
    claims = [told("a", "d1"), told("b", "d1", "5", measure="injured"), told("c", "d1", None)]
    assert groups(linked(claims)) == {("a", "b", "c")}


def test_toll_is_in_no_incident() -> None:
    assert groups(linked([told("a", "d1"), toll("t", "90", "2024-01-01", "2024-03-02")])) == {("a",)}


def test_part_is_related_to_its_whole_and_not_merged() -> None:
    claims = [
        told("w", "d1", "nearly 50", event="w", date=day("2024-03-01", "2024-03-03")),
        told("p", "d1", "18", event="p", part_of="w", dimension="day"),
        told("q", "d2", "18"),
    ]
    found = {i.claims: i for i in linked(claims)}
    assert set(found) == {("w",), ("p", "q")}
    assert found[("w",)].parts == (found[("p", "q")].id,)


def test_copy_of_a_text_joins_surely() -> None:
    docs = [document("d1", "2024-03-03", text="one text"), document("d2", "2024-03-09", text="one text")]
    claims = [told("a", "d1", date=day("2024-03-02")), told("b", "d2", date=day("2024-03-08"))]
    assert groups(linked(claims, docs=docs)) == {("a", "b")}


def records_of(key: str, report: Document) -> Document:
    """Return the document of what another team read from a report."""
    return document(key, text=written([("source", "A report", {"id": "s", "sha256": report.sha256})]))


def test_one_report_read_by_two_teams_is_one_event_by_its_numbers() -> None:
    report, later = document("d1", text="a report"), day("2024-03-03")
    docs = [report, records_of("d0", report), records_of("d2", report)]
    theirs = {"event": f"i-1{OF_BOOK}Team B", "date": later}
    claims = [told("a", "d1", "11"), told("b", "d0", "11", **theirs), told("x", "d1", "5", event="e2", date=later)]
    assert ("a", "b") in groups(linked(claims, docs=docs))
    assert ("a",) in groups(linked(claims, docs=[report, document("d0")])), "not the same report"
    of_two = [*claims, told("c", "d0", "5", **theirs)]
    assert not any({"a", "x"} <= set(g) for g in groups(linked(of_two, docs=docs))), "one event of theirs, two of ours"
    of_third = [*claims, told("c", "d2", "11", event=f"i-1{OF_BOOK}Team C", date=later)]
    assert ("a", "b", "c") in groups(linked(of_third, docs=docs))


def test_persons_word_holds() -> None:
    apart = [told("a", "d1"), told("b", "d2", date=day("2024-03-03"))]
    assert groups(linked(apart, judgement(1, "same", "a", "b"))) == {("a", "b")}
    alike = [told("a", "d1"), told("b", "d2")]
    assert groups(linked(alike, judgement(1, "different", "a", "b"))) == {("a",), ("b",)}


def test_undone_word_is_nothing() -> None:
    alike = [told("a", "d1"), told("b", "d2")]
    log = [judgement(1, "different", "a", "b"), judgement(2, "undo", "j1")]
    assert groups(linked(alike, *log)) == {("a", "b")}


def test_person_names_incidents_by_id() -> None:
    apart = [told("a", "d1"), told("b", "d2", date=day("2024-03-03"))]
    first, second = linked(apart)
    assert groups(linked(apart, judgement(1, "same", first.id, second.id))) == {("a", "b")}


def test_person_takes_a_claim_out_of_its_event() -> None:
    claims = [told("a", "d1"), told("b", "d1", "5", measure="injured")]
    assert groups(linked(claims, judgement(1, "different", "a", "b"))) == {("a",), ("b",)}


def test_person_makes_one_incident_part_of_another() -> None:
    claims = [told("a", "d1"), told("b", "d2")]
    found = {i.claims: i for i in linked(claims, judgement(1, "part-of", "a", "b"))}
    assert found[("b",)].parts == (found[("a",)].id,)


def test_id_comes_from_the_earliest_claim_and_others_stay_as_aliases() -> None:
    docs = [document("d1", "2024-03-05"), document("d2", "2024-03-03T10:00:00+07:00")]
    (one,) = linked([told("a", "d1"), told("b", "d2")], docs=docs)
    assert one.id == incident_id("b")
    assert one.aliases == (incident_id("a"),)


def test_chain_of_weak_links_does_not_join_its_ends() -> None:
    """Reports that name only the province may be about either village; they do not make the villages one."""
    province = place("Velmark", precision="admin1")
    claims = [told("a", "d1"), told("b", "d2", place=NEXT_VILLAGE), told("c", "d3", place=province)]
    assert not any({"a", "b"} <= set(g) for g in groups(linked(claims)))


def test_order_of_arrival_does_not_matter() -> None:
    claims = [told(f"c{i}", f"d{i}", str(5 + i % 4), date=day(f"2024-03-0{1 + i % 3}"),
                   place=(VILLAGE, NEXT_VILLAGE)[i % 2]) for i in range(14)]  # fmt: skip
    known = {c.document: document(c.document, f"2024-03-1{int(c.document[1:]) % 10}") for c in claims}
    first = link(claims, known)
    for seed in range(5):
        shuffled = random.Random(seed).sample(claims, len(claims))
        assert link(shuffled, dict(reversed(known.items()))) == first


def test_incident_shows_the_most_specific_place_and_the_shared_day() -> None:
    (one,) = linked([
        told("a", "d1", place=place("Velmark", precision="admin1"), date=day("2024-03-01", "2024-03-02")),
        told("b", "d2"),
    ])  # fmt: skip
    assert one.place == VILLAGE
    assert one.date is not None
    assert (one.date.start, one.date.end, one.event_type) == ("2024-03-02", "2024-03-02", "airstrike")


def test_the_likeliest_pairs_that_stayed_apart_are_kept_as_doubts_of_both(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tallybook.incidents.reasons.DOUBTFUL", 0.1)
    claims = [told("a", "d1", event="e1"), told("b", "d1", event="e2"), told("c", "d2")]
    incidents = linked(claims)
    doubts = {(d.a, d.b): d for i in incidents for d in i.doubts}
    held = {c: i for i in incidents for c in i.claims}
    assert doubts
    for (mine, theirs), doubt in doubts.items():
        assert held[mine] is not held[theirs]
        assert (theirs, mine) in doubts
        assert 0.1 <= doubt.score <= 1.0
        assert doubt.reason


def test_what_is_not_alike_is_no_doubt() -> None:
    far = place("Ostra", "Kellen", "Norrow", lat=40.0, lon=60.0)
    later = told("b", "d2", "2", place=far, date=day("2024-05-09"), event_type="arrest_or_abduction", quote="Two taken")
    assert all(not i.doubts for i in linked([told("a", "d1"), later]))
