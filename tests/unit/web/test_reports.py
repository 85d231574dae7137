"""Reports in, and claims coded by hand."""

from __future__ import annotations

import json
import re

import pytest

from tallybook.documents import Intake, fetch
from tests.unit.web.conftest import ROWS, Make, Workbench

TEXT = "9 civilians were killed in Karsk on 2024-05-01. Ada Lin, 7, was killed."


def test_pasted_text_is_read_as_add_reads_it(bench: Workbench) -> None:
    wanted = {"text": TEXT, "publisher": "Radio", "published": "2024-05-02", "id": "pasted-1", "title": "Karsk"}
    job = bench.added(bench.post("/add/text", **wanted))
    assert (job["state"], job["added"], job["claims"]) == ("done", 1, 1)
    report = bench.json(f"reports/{job['documents'][0]['key']}")
    assert report["text"] == TEXT
    assert report["document"]["publisher"] == "Radio"
    assert report["document"]["title"] == "Karsk"
    again = bench.added(bench.post("/add/text", **wanted))
    assert (again["added"], again["known"]) == (0, 1)


def test_uploaded_files_are_read_each(make: Make) -> None:
    bench = make()
    rows = "\n".join(json.dumps(row) for row in ROWS)
    files = [("files", ("day.txt", TEXT.encode())), ("files", ("more.jsonl", rows.encode()))]
    job = bench.added(bench.client.post("/add/files", data={"csrf": bench.csrf}, files=files))
    assert job["added"] == 5
    assert {d["id"] for d in job["documents"]} == {"day", "a", "b", "c", "d"}
    assert "done" in bench.get(f"/add/{job['id']}").text


@pytest.mark.parametrize(
    ("name", "id"),
    [("../../etc/passwd", "passwd"), ("..\\..\\boot.ini", "boot"), ("/etc/shadow.txt", "shadow"), ("....//x.txt", "x")],
)
def test_folders_in_a_file_name_are_left_away_and_no_file_is_opened(make: Make, name: str, id: str) -> None:
    bench = make()
    job = bench.added(
        bench.client.post("/add/files", data={"csrf": bench.csrf}, files={"files": (name, TEXT.encode())})
    )
    assert [d["id"] for d in job["documents"]] == [id]
    assert bench.json(f"reports/{job['documents'][0]['key']}")["text"] == TEXT


@pytest.mark.parametrize("data", [b"", b"   ", b"%PDF-1.7 x", b"\x00\x01\x02\x03" * 40])
def test_file_that_is_no_report_is_named_and_the_rest_goes_on(make: Make, data: bytes) -> None:
    bench = make()
    files = [("files", ("bad.txt", data)), ("files", ("good.txt", TEXT.encode()))]
    job = bench.added(bench.client.post("/add/files", data={"csrf": bench.csrf}, files=files))
    assert (job["state"], job["added"]) == ("done", 1)
    assert any("bad.txt" in t for t in job["troubles"])


@pytest.mark.parametrize(
    "address",
    ["http://127.0.0.1:8137/", "http://localhost/", "http://[::1]/", "http://169.254.169.254/latest", "http://10.0.0.1/",
     "http://192.168.0.1/", "http://0.0.0.0/", "http://2130706433/", "http://127.1/", "http://[::ffff:127.0.0.1]/"],
)  # fmt: skip
def test_address_of_this_machine_or_a_private_network_is_refused(bench: Workbench, address: str) -> None:
    job = bench.added(bench.post("/add/address", address=address))
    assert job["added"] == 0
    assert job["troubles"]


@pytest.mark.parametrize(
    "address", ["/etc/passwd", "file:///etc/passwd", "-", "ftp://x/", "gopher://x", "", "tallybook.db"]
)
def test_what_is_no_web_address_is_refused_before_anything_is_opened(bench: Workbench, address: str) -> None:
    assert bench.post("/add/address", address=address).status_code == 422


def test_fetched_page_goes_in_with_its_address(bench: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    page = fetch.Fetched(f"<html><body><p>{TEXT}</p></body></html>".encode(), "text/html", "utf-8")
    seen = []

    def fake(address: str, allow_private: bool) -> fetch.Fetched:
        seen.append((address, allow_private))
        return page

    monkeypatch.setattr(
        "tallybook.web.pages.new_reports.Intake", lambda stated, **more: Intake(stated, fetch=fake, **more)
    )
    job = bench.added(bench.post("/add/address", address="https://news.example/karsk"))
    assert job["added"] == 1, job
    assert seen == [("https://news.example/karsk", False)]
    assert bench.json(f"reports/{job['documents'][0]['key']}")["document"]["url"] == "https://news.example/karsk"


def test_date_that_is_none_or_lies_ahead_is_refused_before_reading(bench: Workbench) -> None:
    for day in ("soon", "2999-01-01"):
        assert bench.post("/add/text", text=TEXT, published=day).status_code == 400


def test_report_shows_its_text_whole_and_marked(bench: Workbench) -> None:
    report = next(r for r in bench.items("reports") if r["id"] == "a")
    page = bench.get(f"/reports/{report['key']}").text
    body = re.search(r'<div class="text"[^>]*>(.*?)</div>', page, re.S)
    assert body is not None
    assert re.sub(r"<[^>]+>", "", body[1]) == ROWS[0]["text"]
    assert "m-count" in body[1]
    numbers = bench.json(f"reports/{report['key']}/numbers")["items"]
    assert [(n["quote"], n["rule"]) for n in numbers] == [("34", "age")]


def test_claim_coded_by_hand_counts_and_can_be_undone(bench: Workbench) -> None:
    report = next(r for r in bench.items("reports") if r["id"] == "d")
    text = bench.json(f"reports/{report['key']}")["text"]
    start = text.index("killed")
    found = bench.post(
        f"/reports/{report['key']}/claims", words=f"{start}..{start + 17}", quote="killed in Brannik",
        measure="injured", count="at least 2", affiliation="civilian", place="Brannik", date="2024-04-01",
    )  # fmt: skip
    assert found.status_code == 303, found.text
    claim = next(c for c in bench.items("claims") if c["reader"] == "by hand/1")
    assert (claim["quote"], claim["count"]["low"], claim["count"]["high"]) == ("killed in Brannik", 2, None)
    assert claim["standing"] == "accepted"
    assert bench.json("figures?measure=injured&in=Brannik")["low"] == 2
    assert "add-claim" in bench.get(f"/reports/{report['key']}").text
    bench.post("/undo", number="1", back="/log")
    assert bench.json("figures?measure=injured&in=Brannik")["low"] is None


def test_claim_coded_twice_is_told_so(bench: Workbench) -> None:
    wanted = {"quote": "killed in Brannik", "measure": "injured", "count": "2"}
    key = next(r["key"] for r in bench.items("reports") if r["id"] == "d")
    assert bench.post(f"/reports/{key}/claims", **wanted).status_code == 303
    assert bench.post(f"/reports/{key}/claims", **wanted).status_code == 400


def test_report_in_a_language_that_nobody_reads_waits_to_be_coded(bench: Workbench) -> None:
    burmese = "ဘရန်နစ်မြို့တွင် လူ ၅ ဦး သေဆုံးခဲ့သည်။ ဒေသခံများက ပြောကြားသည်။ " * 6
    job = bench.added(bench.post("/add/text", text=burmese, publisher="Radio", published="2024-05-02", id="my"))
    key = job["documents"][0]["key"]
    (question,) = bench.items("queue?kind=report")
    assert question["document"] == key
    assert "Code it by hand" in bench.get(f"/queue/{question['id']}").text
    assert bench.post(f"/reports/{key}/claims", words="0..20", measure="killed", count="5").status_code == 303
    assert bench.items("queue?kind=report") == []
    assert bench.json("figures?measure=killed&since=2024-05-01")["counted"] == []
    assert bench.json(f"reports/{key}")["claims"][0]["count"]["low"] == 5
