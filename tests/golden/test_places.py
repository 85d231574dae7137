"""Places that no gazetteer has: told by unit, by what they stand beside, or by the choice between all names."""

from __future__ import annotations

import pytest
from evals.reports import report

from tallybook.claims.reader import Reader
from tallybook.knowledge import load
from tallybook.model.wire import reading_json


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(load())


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("In the Alawite village of Harun-Tesk, gunmen killed six people on Monday.", "Harun-Tesk"),
        ("Residents of the village of Al-Tesk said a missile killed six people on Monday.", "Al-Tesk"),
        ("Gunmen who raided Oru-Tesk, north of Kano, killed eleven villagers on Monday.", "Oru-Tesk"),
        ("Gunmen killed seven fishermen on an island in Lake Chad on Monday.", "Lake Chad"),
        ("Shelling killed 300 people and hundreds fled to UN bases in Bor on Monday.", "Bor"),
    ],
)
def test_place_of_no_gazetteer(reader: Reader, text: str, place: str) -> None:
    document = report("r", text, publisher="Kessa Post", published="2023-06-07")
    claim = reading_json(reader.read(document))["claims"][0]
    assert claim["place"]["name"] == place


def test_a_span_of_a_place_told_in_the_headline_alone_does_not_count_in_the_text(reader: Reader) -> None:
    document = report(
        "r", "Gunmen killed eleven villagers on Monday, residents said.", title="Eleven killed in raid near Kano",
        publisher="Kessa Post", published="2023-06-07",
    )  # fmt: skip
    for claim in reading_json(reader.read(document))["claims"]:
        text = document.title if claim["field"] == "title" else document.text
        for name in ("place", "date"):
            told = claim[name] and claim[name]["span"]
            if told:
                assert str(text)[told[0] : told[1]] in (claim[name].get("text"), claim[name].get("name"))


def test_the_items_of_a_roundup_open_with_their_place(reader: Reader) -> None:
    text = (
        "VALLEY DIARY - TUESDAY, MAY 7\n\nTORRE BRENA - Gunmen shot four labourers dead on a farm, police said.\n\n"
        "OSKEVAR - A roadside bomb killed two guards.\n\nMIRELLA - Three bodies were found Monday, an official said.\n"
    )
    claims = reader.read(report("roundup", text, published="2024-05-08")).claims
    placed = {(c.count.low, c.place.name) for c in claims if c.count is not None and c.place is not None}
    assert placed == {(4, "TORRE BRENA"), (2, "OSKEVAR"), (3, "MIRELLA")}


def test_every_span_of_a_text_in_capitals_holds_its_words(reader: Reader) -> None:
    text = "SAN PERDIDO, 3 MAY 89 -- TWO FARMERS WERE KILLED YESTERDAY BY UNIDENTIFIED GUNMEN IN OSKEVAR.\n"
    claims = reader.read(report("capitals", text, published="1989-05-03")).claims
    dates = [c.date for c in claims if c.date is not None and c.date.span is not None]
    assert dates
    assert [d.span.of(text) for d in dates if d.span] == [d.text for d in dates]


def test_a_title_is_no_item_of_the_roundup_below_it(reader: Reader) -> None:
    body = "MIRELLA - A mine killed three men.\n\nOSKEVAR - A roadside bomb killed two guards.\n"
    claims = reader.read(report("r", body, title="KESSA POST: five killed", published="2024-05-08")).claims
    assert "KESSA POST" not in {c.place.name for c in claims if c.place is not None}
