"""A reader of a shared book sees no victim's and no witness's name, in whatever bytes the workbench sends."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import quote

import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute

from tallybook.documents import Intake, Stated, documents_from
from tallybook.knowledge import Knowledge
from tallybook.model import Document, Evidence, Reading, Span
from tallybook.model.account import CODER, READER
from tallybook.runs.adding import Listener, add_documents
from tallybook.web.pages import ROUTERS
from tests.simple_reader import SimpleReader
from tests.unit.web.conftest import KARSK, ROWS, Make
from tests.unit.web.people import NAMES, Person, staffed

SECRET = (
    "Marta Velin",
    "MARTA VELIN",
    "Marta",
    "Velin",
    "Ilse Brandt",
    "Brandt",
    "Osk Tamm",
    "Tamm",
    "ထွန်းလင်း",
    "Zofia Wrzos",
)
TEXT = (
    f"{KARSK.format(11)} Marta Velin, 34, was killed. The bakery of MARTA VELIN burned; Velin had two sons. "
    "Ilse Brandt, a neighbour, told the Herald so, and Brandt showed a photograph. Osk Tamm filmed it. "
    "ထွန်းလင်း told the Herald too. Residents of Karsk wept."
)
REPORT = {
    "id": "marta-velin-killed", "publisher": "Herald", "published": "2024-03-05", "title": "Marta Velin among the dead",
    "url": "https://herald.example/ilse-brandt-on-marta_velin.html", "text": TEXT,
}  # fmt: skip
OTHER = {
    "id": "z",
    "publisher": "Herald",
    "published": "2024-03-06",
    "text": "Police said that Ilse Brandt, 61, was killed.",
}


class Witnesses(SimpleReader):
    """Reads that neighbours told it, and who filmed."""

    def read(self, document: Document) -> Reading:
        found = super().read(document)
        at = document.text.find("Ilse Brandt, a neighbour")
        if at < 0:
            return found
        said = ("Ilse Brandt", "Herald")
        told = replace(found.claims[0], claimants=said, origin="Ilse Brandt", relay=("ထွန်းလင်း",),
                       spans=(("claimants", Span(at, at + 11)),))  # fmt: skip
        film = document.text.index("Osk Tamm")
        seen = Evidence("e1", "Osk Tamm filmed it", Span(film, film + 18), ("Osk Tamm",), "video", "Osk Tamm", "it")
        return replace(found, claims=(told,), evidence=(seen,))


@pytest.fixture
def app(make: Make, knowledge: Knowledge, tmp_path: Any) -> FastAPI:
    app = staffed(make, *ROWS[1:])
    told = tmp_path / "told.jsonl"
    told.write_text("\n".join(json.dumps(r, ensure_ascii=False) for r in (REPORT, OTHER)), encoding="utf-8")
    store = app.state.held.store
    add_documents(
        store, documents_from([str(told)], Intake(Stated.of("2024-06-01"))), Witnesses(), knowledge, Listener(),
        "2024-05-02T00:00:00Z",
    )  # fmt: skip
    coder = Person(app, NAMES[CODER])
    claim = next(c for c in coder.get("/api/v1/claims").json()["items"] if "Ilse Brandt" in c["claimants"])
    for wanted in (
        {"verb": "accept", "objects": [claim["id"]], "because": "Velin's sister, Ilse Brandt, says so"},
        {
            "verb": "set-field",
            "objects": [claim["id"]],
            "because": "Brandt",
            "field": "claimants",
            "value": "Zofia Wrzos",
        },
    ):
        assert coder.decide(**wanted).status_code == 201
    return app


def addresses(person: Person) -> Iterator[str]:
    """Yield every address that can be read, with all names and ids that there are."""

    def ids(path: str, key: str) -> list[str]:
        return [r[key] for r in person.get(f"/api/v1/{path}?limit=500").json()["items"]]

    figure = person.get("/api/v1/figures?measure=killed").json()["id"]
    names = {
        "claims": ids("claims", "id"), "incidents": ids("incidents", "id"), "reports": ids("reports", "key"),
        "figures": [figure], "queue": ids("queue", "id") if person.get("/queue").status_code == 200 else ["x"],
    }  # fmt: skip
    for router in ROUTERS:
        for route in router.routes:
            if not isinstance(route, APIRoute) or "GET" not in route.methods:
                continue
            family = route.path.removeprefix("/api/v1").split("/")[1]
            for name in names.get(family, ["x"]) if "{" in route.path else [""]:
                path = route.path
                for parameter in ("{name}", "{identifier}", "{job}"):
                    path = path.replace(parameter, name)
                yield path
    for asked in ("since=2024-01-01", "since=1"):
        yield f"/changes?{asked}"
        yield f"/api/v1/changes?{asked}"
    for measure in ("killed", "injured"):
        yield f"/figures?measure={measure}"
        yield f"/api/v1/figures?measure={measure}"
        yield f"/figures-by?measure={measure}&way=place"


def told(app: FastAPI, role: str) -> dict[str, str]:
    person = Person(app, NAMES[role])
    found = {path: person.get(path) for path in addresses(person)}
    assert len(found) > 60
    assert {p: a.text for p, a in found.items() if a.status_code >= 500} == {}
    return {p: f"{a.headers} {a.text}" for p, a in found.items() if a.status_code not in (401, 403)}


def test_no_name_is_in_any_byte_that_a_reader_can_fetch(app: FastAPI) -> None:
    shown = told(app, READER)
    assert len(shown) > 50
    leaks = {
        (path, name) for path, text in shown.items() for name in SECRET
        if name in text or quote(name) in text or json.dumps(name)[1:-1] in text or name.casefold() in text.casefold()
    }  # fmt: skip
    assert leaks == set()


def test_coder_sees_every_name(app: FastAPI) -> None:
    shown = told(app, CODER)
    for name in SECRET:
        assert any(name in text for text in shown.values()), name


def test_what_is_no_name_stays(app: FastAPI) -> None:
    reader = Person(app, NAMES[READER])
    key = next(r["key"] for r in reader.get("/api/v1/reports").json()["items"] if r["published"] == "2024-03-05")
    text = reader.get(f"/api/v1/reports/{key}").json()["text"]
    assert len(text) == len(TEXT)
    for words in ("11 civilians were killed in Karsk", "Residents of Karsk wept", "told the Herald so", "█████ █████"):
        assert words in text


def test_figures_and_spans_are_those_of_the_whole_book(app: FastAPI) -> None:
    reader, coder = Person(app, NAMES[READER]), Person(app, NAMES[CODER])
    for path in ("figures?measure=killed", "figures?measure=killed&who=civilian", "overview", "figures/map", "places"):
        mine, theirs = (p.get(f"/api/v1/{path}").json() for p in (reader, coder))
        for told in (mine, theirs):
            told.pop("proof", None)
        assert mine == theirs, path
    for mine, theirs in zip(*(p.get("/api/v1/incidents").json()["items"] for p in (reader, coder)), strict=True):
        assert mine["figures"] == theirs["figures"]
    for claim in reader.get("/api/v1/claims").json()["items"]:
        report = reader.get(f"/api/v1/reports/{claim['document']['key']}").json()
        start, end = claim["span"]
        assert report["text"][start:end] == claim["quote"]


def test_searching_tells_a_reader_nothing_of_names(app: FastAPI) -> None:
    reader, coder = Person(app, NAMES[READER]), Person(app, NAMES[CODER])
    for path in ("victims", "sources", "reports"):
        assert reader.get(f"/api/v1/{path}?q=velin").json()["total"] == 0
        assert reader.get(f"/api/v1/{path}?q=brandt").json()["total"] == 0
    assert coder.get("/api/v1/victims?q=velin").json()["total"] == 1
    assert coder.get("/api/v1/reports?q=velin").json()["total"] == 1


def test_two_witnesses_are_told_apart(app: FastAPI) -> None:
    names = {v["name"] for v in Person(app, NAMES[READER]).get("/api/v1/victims").json()["items"]}
    assert len(names) == 2
    assert all(n.startswith("name withheld (") for n in names)


def test_what_somebody_decides_is_covered_for_readers_from_then_on(app: FastAPI) -> None:
    reader, coder = Person(app, NAMES[READER]), Person(app, NAMES[CODER])
    before = reader.get("/api/v1/sources").text
    claim = next(
        c["id"] for c in coder.get("/api/v1/claims").json()["items"] if c["document"]["publisher"] == "Courier"
    )
    wanted = {"verb": "set-field", "objects": [claim], "because": "read again", "field": "claimants"}
    assert coder.decide(**wanted, value="Petra Lohn").status_code == 201
    assert "Petra Lohn" not in reader.get(f"/claims/{claim}").text
    assert "Petra Lohn" not in reader.get("/log").text
    assert "Petra Lohn" in coder.get("/log").text
    assert reader.get("/api/v1/sources").text != before or "Petra" not in before
