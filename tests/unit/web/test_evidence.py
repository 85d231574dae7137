"""Evidence files in the workbench: attached, listed, shown sparing the eye, handed out as downloads."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from starlette.formparsers import MultiPartParser

from tallybook.model.account import CODER, READER
from tallybook.web.guard import MAX_BODY_BYTES
from tests.pictures import bomb, photograph
from tests.unit.web.conftest import HOSTILE, ROWS, Make, Workbench
from tests.unit.web.people import NAMES, Person, staffed

PAGE = b"<html><script>alert(1)</script></html>"


def attach(bench: Workbench, data: bytes, name: str = "market.jpg", **more: str) -> Any:
    form = {"csrf": bench.csrf, "claim": bench.claim("a"), "because": "shows the crater", "author": "Ana", **more}
    return bench.client.post("/evidence", data=form, files={"file": (name, data, "text/html")})


def test_a_file_is_attached_on_the_page_of_a_claim(bench: Workbench) -> None:
    claim = bench.claim("a")
    made = attach(bench, photograph(), back=f"/claims/{claim}#evidence")
    assert (made.status_code, made.headers["location"]) == (303, f"/claims/{claim}#evidence")
    (item,) = bench.items("evidence")
    assert (item["name"], item["claims"], item["media_type"]) == ("market.jpg", [claim], "image/jpeg")
    assert bench.items(f"evidence?claim={bench.claim('b')}") == []
    incident = next(i["id"] for i in bench.items("incidents") if claim in i["claims"])
    for path in (f"/claims/{claim}", f"/incidents/{incident}", "/evidence", f"/evidence/{item['sha256']}", "/log"):
        shown = bench.get(path)
        assert (shown.status_code, "shows the crater" in shown.text) == (200, True), path
    assert "12.50000, -99.25000" in bench.get(f"/evidence/{item['sha256']}").text


def test_a_file_comes_out_byte_for_byte_as_a_download(bench: Workbench) -> None:
    data = photograph()
    attach(bench, data)
    (item,) = bench.items("evidence")
    got = bench.get(f"/api/v1/evidence/{item['sha256']}/file")
    assert got.content == data
    assert got.headers["content-type"] == "image/jpeg"
    assert got.headers["content-disposition"] == "attachment; filename*=UTF-8''market.jpg"
    assert got.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("data", [PAGE, b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", b"<?xml?><a/>"])
def test_what_could_run_in_a_browser_is_bytes_to_it(bench: Workbench, data: bytes) -> None:
    attach(bench, data, "photo.svg")
    (item,) = bench.items("evidence")
    got = bench.get(f"/api/v1/evidence/{item['sha256']}/file")
    assert got.headers["content-type"] == "application/octet-stream"
    assert got.headers["content-disposition"].startswith("attachment;")
    assert got.headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert bench.get(f"/api/v1/evidence/{item['sha256']}/small").status_code == 404


def test_pictures_are_spared_until_somebody_asks(bench: Workbench) -> None:
    image = pytest.importorskip("PIL.Image")
    attach(bench, photograph())
    (item,) = bench.items("evidence")
    shown = {c: bench.get(f"/api/v1/evidence/{item['sha256']}/small{c}") for c in ("", "?clear=1")}
    modes = [image.open(BytesIO(got.content)).mode for got in shown.values()]
    assert modes == ["L", "RGB"]
    assert all(got.headers["cache-control"] == "no-store" for got in shown.values())
    page = bench.get(f"/evidence/{item['sha256']}").text
    assert ('clear=1" alt' in page, "Show it as it is" in page) == (False, True)
    assert 'small?clear=1"' in bench.get(f"/evidence/{item['sha256']}?clear=1").text


def test_a_hostile_picture_is_kept_and_not_opened(bench: Workbench) -> None:
    attach(bench, bomb(), "bomb.png")
    (item,) = bench.items("evidence")
    assert bench.get(f"/api/v1/evidence/{item['sha256']}/small").status_code == 404
    assert bench.get("/evidence").status_code == 200


def test_names_and_words_of_a_file_run_nowhere(bench: Workbench) -> None:
    attach(bench, b"%PDF-1.4 x", f"{HOSTILE}.pdf", because=HOSTILE)
    (item,) = bench.items("evidence")
    for path in ("/evidence", f"/evidence/{item['sha256']}", f"/claims/{item['claims'][0]}", "/log"):
        text = bench.get(path).text
        assert "<script>alert" not in text
        assert "<img src=x" not in text
    headers = bench.get(f"/api/v1/evidence/{item['sha256']}/file").headers
    assert "\n" not in headers["content-disposition"]
    assert "<" not in headers["content-disposition"]


def test_attaching_is_undone_from_its_page_and_the_file_stays(bench: Workbench) -> None:
    attach(bench, photograph())
    (item,) = bench.items("evidence")
    back = f"/evidence/{item['sha256']}"
    assert bench.post("/undo", number=str(item["number"]), because="wrong claim", back=back).status_code == 303
    assert bench.items("evidence") == []
    assert "attached to nothing" in bench.get(back).text
    assert bench.get(f"/api/v1{back}/file").status_code == 200


@pytest.mark.parametrize(("more", "status"), [({"claim": "c-none"}, 400), ({"because": ""}, 400), ({"csrf": "x"}, 403)])
def test_what_cannot_be_attached_is_refused(bench: Workbench, more: dict[str, str], status: int) -> None:
    assert attach(bench, photograph(), **more).status_code == status
    assert bench.items("evidence") == []


def test_without_a_file_nothing_is_attached(bench: Workbench) -> None:
    assert bench.post("/evidence", claim=bench.claim("a"), because="x").status_code == 400
    assert attach(bench, b"").status_code == 422
    assert bench.get("/evidence/zzzzzzzz").status_code == 400
    assert bench.get("/evidence/..%2f..%2fetc%2fpasswd").status_code in (400, 404)


def test_a_program_attaches_with_a_token(bench: Workbench) -> None:
    form = {"claim": bench.claim("a"), "because": "seen", "author": "Bo"}
    headers = {"authorization": f"Bearer {bench.settings.token}"}
    files = {"file": ("v.mp4", b"\0\0\0\x18ftypmp42" * 9)}
    program = Workbench(bench.app, bench.path, signed_in=False)
    got = program.client.post("/api/v1/evidence", data=form, files=files, headers=headers)
    assert got.status_code == 201, got.text
    assert (got.json()["media_type"], got.json()["author"]) == ("video/mp4", "Bo")


def test_uploads_stay_in_memory(bench: Workbench) -> None:
    assert MultiPartParser.spool_max_size >= MAX_BODY_BYTES


def test_whoever_sees_no_names_sees_no_files_and_not_where_a_photograph_was_taken(make: Make) -> None:
    app = staffed(make, *ROWS)
    coder, reader = (Person(app, NAMES[role]) for role in (CODER, READER))
    claim = coder.get("/api/v1/claims").json()["items"][0]["id"]
    form = {"csrf": coder.csrf, "claim": claim, "because": "the crater"}
    made = coder.client.post("/api/v1/evidence", data=form, files={"file": ("market.jpg", photograph())})
    assert made.status_code == 201, made.text
    assert made.json()["author"] == NAMES[CODER]
    sha256 = made.json()["sha256"]
    for path in (f"/evidence/{sha256}", f"/api/v1/evidence/{sha256}/file", f"/api/v1/evidence/{sha256}/small"):
        assert (coder.get(path).status_code, reader.get(path).status_code) == (200, 403)
    for path in ("/log", "/api/v1/log", f"/claims/{claim}", f"/api/v1/claims/{claim}"):
        shown = reader.get(path)
        assert shown.status_code == 200
        assert not [w for w in ("market.jpg", "99.25", sha256) if w in shown.text]
