"""Texts and names that carry scripts, filters that carry SQL, addresses that climb."""

from __future__ import annotations

import html

import pytest

from tests.unit.web.conftest import HOSTILE, Make, Workbench
from tests.unit.web.test_pages import Checked, every_page

KARSK = "12 civilians were killed in Karsk on 2024-03-01. Eve Mal, 3, was killed."
METACHARACTERS = ("'", '"; DROP TABLE judgements; --', "%' OR '1'='1", "\\", "*", "_", "\x00", "a" * 300, "💥", "../..")


@pytest.fixture
def hostile(make: Make) -> Workbench:
    return make(
        {"id": f"a{HOSTILE}", "publisher": HOSTILE, "published": "2024-03-02", "title": HOSTILE,
         "url": "https://x.example/" + HOSTILE, "text": f"{HOSTILE} {KARSK} {HOSTILE}"},
        {"id": "b", "publisher": HOSTILE, "published": "2024-03-03", "text": KARSK.replace("12", "15")},
    )  # fmt: skip


def test_script_in_a_report_is_text_on_every_page(hostile: Workbench) -> None:
    report = next(r["id"] for r in hostile.items("reports") if r["id"] != "b")
    claim = hostile.claim(report)
    hostile.author = HOSTILE
    assert hostile.decide("set-field", claim, field="perpetrator", value=HOSTILE, because=HOSTILE).status_code == 201
    seen = 0
    for path in every_page_of(hostile, claim):
        found = hostile.get(path)
        assert found.status_code == 200, path
        assert "<script>alert" not in found.text, path
        assert "<img src=x" not in found.text, path
        checked = Checked()
        checked.feed(found.text)
        assert [w for w in checked.wrong if "x.example" not in w] == [], path
        seen += html.escape("<script>alert(1)</script>", quote=False) in found.text
    assert seen > 8


def every_page_of(bench: Workbench, claim: str) -> list[str]:
    incident = bench.json(f"claims/{claim}")["incident"]
    key = bench.json(f"claims/{claim}")["document"]["key"]
    return [f"/incidents/{incident}", f"/reports/{key}", f"/claims/{claim}", "/", "/queue", "/log", "/actors",
            "/sources", "/reports", "/victims", "/places", "/conflicts", "/queue?kind=actor", "/figures?measure=killed",
            f"/reports/{key}/numbers", "/issues", "/settings"]  # fmt: skip


def test_script_in_a_file_name_is_text(make: Make) -> None:
    bench = make()
    files = {"files": (f"{HOSTILE}.txt", KARSK.encode())}
    job = bench.added(bench.client.post("/add/files", data={"csrf": bench.csrf}, files=files))
    for path in (f"/add/{job['id']}", "/reports", f"/reports/{job['documents'][0]['key']}"):
        assert "<script>alert" not in bench.get(path).text
        assert "<img src=x" not in bench.get(path).text


FILTERS = {
    "incidents": ("measure", "who", "by", "in", "since", "until", "kind", "sort", "cursor"),
    "claims": ("measure", "by", "in", "sort", "cursor"), "reports": ("q", "state", "sort", "cursor"),
    "victims": ("q", "in", "sort"), "control": ("q", "by"), "conflicts": ("kind", "state", "in"), "issues": ("code",),
    "actors": ("q", "sort"), "places": ("q",), "sources": ("q",), "log": ("author", "verb", "about", "cursor"),
    "queue": ("kind", "cursor"), "figures": ("measure", "who", "by", "in", "since", "as_of", "policy", "origins"),
    "changes": ("since",),
}  # fmt: skip


@pytest.mark.parametrize(("name", "field"), [(n, f) for n, fields in FILTERS.items() for f in fields])
def test_metacharacters_in_every_filter_find_nothing_and_break_nothing(bench: Workbench, name: str, field: str) -> None:
    whole = bench.json("claims")["total"]
    for value in METACHARACTERS:
        for path in (f"/api/v1/{name}", f"/{name}"):
            found = bench.get(path, params={"measure": "killed", field: value} if name == "figures" else {field: value})
            assert found.status_code in (200, 400, 404), f"{path} {value!r}: {found.text[-300:]}"
            if path.startswith("/api/") and found.status_code == 200:
                assert found.json().get("total", 0) <= whole + 60
    assert bench.json("claims")["total"] == whole


@pytest.mark.parametrize(
    "path",
    ["/static/../application.py", "/static/%2e%2e/application.py", "/static/..%2f..%2fcli/main.py",
     "/static//etc/passwd",
     "/static/vendor/../../settings.py", "/static/%5c..%5csettings.py"],
)  # fmt: skip
def test_static_files_end_at_their_folder(bench: Workbench, path: str) -> None:
    found = bench.get(path)
    assert found.status_code == 404
    assert "import" not in found.text


@pytest.mark.parametrize("path", ["reports", "incidents", "claims", "queue", "figures", "add"])
@pytest.mark.parametrize("name", ["..%2f..%2fetc%2fpasswd", "%00", "'%20OR%201=1", "%3Cscript%3E", "a" * 2000])
def test_names_that_are_none_are_told_as_text(bench: Workbench, path: str, name: str) -> None:
    found = bench.get(f"/{path}/{name}")
    assert found.status_code in (400, 404)
    assert "<script>" not in found.text.replace('<script src="', "")


def test_every_page_of_a_hostile_book_shows(hostile: Workbench) -> None:
    hostile.decide("reject", next(c["id"] for c in hostile.items("claims")))
    bench = hostile
    bench.claim = lambda _report: next(str(c["id"]) for c in hostile.items("claims"))  # type: ignore[method-assign]
    for path in every_page(bench):
        assert bench.get(path).status_code == 200, path
