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
