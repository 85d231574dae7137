"""Rows of event data sets to claims: whose word, how many of which status, and nothing that the row does not say."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from tallybook.claims.event_rows import events_reading
from tallybook.claims.reader import Reader
from tallybook.documents.arrival import Stated
from tallybook.documents.event_files import event_arrival
from tallybook.documents.event_rows import event_layout, written
from tallybook.ledger import incident_figures
from tallybook.model import Claim, Document
from tests.unit.documents.test_event_files import ROW, STATED, ucdp
from tests.unit.factories import book, incidents_of
from tests.unit.release.sample import knowledge


def claims(path: Path, *rows: dict[str, str]) -> tuple[tuple[Claim, ...], Document]:
    document = event_arrival(ucdp(path / "e.csv", *rows), "ucdp", STATED).arrival.document
    assert document is not None
    return events_reading(document, "test/1", knowledge()).claims, document


def test_claimant_and_origin_are_the_data_set(tmp_path: Path) -> None:
    (claim,), document = claims(tmp_path, ROW)
    assert (claim.claimants, claim.origin, claim.document) == (("UCDP GED",), "UCDP GED", document.key)
    assert claim.span.of(document.text) == claim.quote
    assert claim.count is not None
    assert claim.count.span is not None
    assert claim.count.span.of(document.text) == claim.count.text == "5,8,3"
    assert (claim.count.low, claim.count.high, claim.target.affiliation) == (3, 8, "civilian")
    assert claim.perpetrator == ("Orvanian Armed Forces",)
    assert claim.place is not None
    assert (claim.place.name, claim.place.country, claim.place.precision) == ("Ulsten", "XOV", "exact")


def test_sides_are_parts_that_never_move_the_range_of_the_whole(tmp_path: Path) -> None:
    row = ROW | {"type_of_violence": "1", "side_b": "Hask Liberation Front", "deaths_a": "4", "deaths_b": "9",
                 "deaths_civilians": "2", "deaths_unknown": "1", "best": "16", "low": "12", "high": "20"}  # fmt: skip
    told, document = claims(tmp_path, row)
    whole, *parts = told
    assert [p.part_of for p in parts] == [whole.id] * 3
    assert [p.target.group for p in parts] == ["Orvanian Armed Forces", "Hask Liberation Front", None]
    incident = incidents_of(told)[0]
    figures = {f["affiliation"]: (f["low"], f["high"]) for f in incident_figures(book(told, [document]), incident)}
    assert figures["any"] == (12, 20)


def test_a_row_that_counts_nobody_makes_no_claim(tmp_path: Path) -> None:
    told, _ = claims(tmp_path, ROW | {"best": "0", "low": "0", "high": "0", "deaths_civilians": "0"})
    assert told == ()


def test_a_range_out_of_order_spans_all_three_numbers(tmp_path: Path) -> None:
    (claim,), _ = claims(tmp_path, ROW | {"best": "5", "low": "7", "high": "6"})
    assert claim.count is not None
    assert (claim.count.low, claim.count.high) == (5, 7)


def test_acled_tells_the_lowest_and_0_is_not_known(tmp_path: Path) -> None:
    columns = event_layout("acled").columns
    shared = {"event_date": "2024-03-12", "time_precision": "2", "sub_event_type": "Air/drone strike",
              "actor1": "Orvanian Air Force", "actor2": "Civilians (Orvania)", "country": "Orvania", "admin1": "Dovrin",
              "civilian_targeting": "Civilians targeted", "location": "Ulsten", "geo_precision": "1",
              "latitude": "-46.95", "longitude": "-18.52"}  # fmt: skip
    rows = [{"event_id_cnty": "XOV1", "fatalities": "4"}, {"event_id_cnty": "XOV2", "fatalities": "0"}]
    lines = [",".join(columns), *(written([(shared | r).get(c, "") for c in columns]) for r in rows)]
    (tmp_path / "a.csv").write_text("\n".join(lines), encoding="utf-8")
    document = event_arrival(tmp_path / "a.csv", "acled", Stated("2024-06-01")).arrival.document
    assert document is not None
    (claim,) = events_reading(document, "test/1", knowledge()).claims
    assert claim.count is not None
    assert (claim.count.low, claim.count.high, claim.event_type) == (4, None, "airstrike")
    assert (claim.target.affiliation, claim.perpetrator) == ("civilian", ("Orvanian Air Force",))
    assert claim.date is not None
    assert (claim.date.start, claim.date.end) == ("2024-03-09", "2024-03-15")


def test_the_reader_knows_such_a_document_by_itself(tmp_path: Path) -> None:
    told, document = claims(tmp_path, ROW)
    reader = Reader(knowledge())
    assert [replace(c, reader="test/1") for c in reader.read(document).claims] == list(told)
