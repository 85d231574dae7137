"""Every page shows, and what it shows is what the command line prints."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser

import pytest

from tallybook.cli import main as cli
from tallybook.ledger import total
from tallybook.model.wire import figure_json
from tallybook.runs import listing
from tallybook.runs.desk import Desk
from tallybook.runs.filtering import filter_from
from tallybook.runs.naming import Asked, query_from
from tallybook.store import open_book
from tallybook.web.rendering import NAVIGATION
from tests.unit.web.conftest import Make, Workbench

LISTS = ("incidents", "claims", "reports", "queue", "victims", "actors", "places", "sources", "control", "conflicts",
         "issues", "log")  # fmt: skip


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[dict[str, object]]:
    with pytest.raises(SystemExit) as left:
        cli.main([*arguments, "--format", "json"])
    assert left.value.code == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def every_page(bench: Workbench) -> list[str]:
    incident = bench.items("incidents")[0]["id"]
    report, claim = bench.items("reports")[0]["key"], bench.claim("a")
    question = bench.items("queue")[0]["id"]
    figure = bench.json("figures?measure=killed")["id"]
    return [
        *(f"/{name}" for name, _ in NAVIGATION), "/add", f"/incidents/{incident}", f"/reports/{report}",
        f"/reports/{report}/numbers", f"/claims/{claim}", f"/queue/{question}", f"/queue/{question}/moves",
        f"/figures/{figure}", "/figures-by?measure=killed&way=month", "/figures-by?measure=killed&way=place",
        "/changes", "/changes?since=r1", "/queue?kind=claim", "/conflicts?state=explained", "/log?author=Ana",
    ]  # fmt: skip


class Checked(HTMLParser):
    """Finds what the policy forbids or a reader cannot use: inline scripts and styles, fields without a label."""

    def __init__(self) -> None:
        super().__init__()
        self.wrong: list[str] = []
        self.labelled = 0
        self.titles = 0
        self._script = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = dict(attrs)
        self.wrong += [f"{tag} {name}" for name in names if name.startswith("on") or name == "style"]
        self.wrong += [f"{tag} {v}" for n, v in attrs if n in ("src", "href") and v and "://" in v]
        if tag == "style" or (tag == "script" and "src" not in names):
            self.wrong.append(tag)
        self.titles += tag == "h1"
        if tag == "label":
            self.labelled += 1
        field = tag in ("select", "textarea") or (tag == "input" and names.get("type") not in ("hidden", "submit"))
        if field and not self.labelled and "aria-label" not in names:
            self.wrong.append(f"{tag} without a label: {names.get('name')}")

    def handle_endtag(self, tag: str) -> None:
        if tag == "label":
            self.labelled -= 1


def test_every_page_shows_and_keeps_to_its_own_policy(bench: Workbench) -> None:
    for path in every_page(bench):
        found = bench.get(path)
        assert found.status_code == 200, f"{path}: {found.text[-400:]}"
        page = Checked()
        page.feed(found.text)
        assert page.wrong == [], path
        if "<html" in found.text:
            assert page.titles == 1, path


def test_empty_book_says_how_to_start(make: Make) -> None:
    empty = make()
    assert "Add the first reports" in empty.get("/").text
    for name, _ in NAVIGATION:
        assert empty.get(f"/{name}").status_code == 200
    assert empty.json("figures?measure=killed")["low"] is None


QUESTIONS = (
    "measure=killed", "measure=killed&who=civilian", "measure=injured", "measure=killed&in=Karsk&since=2024-03-01",
    "measure=killed&until=2024-03-02&policy=median", "measure=killed&as_of=2024-03-02", "measure=missing",
    "measure=killed&policy=origin-ranked&origins=Courier",
)  # fmt: skip


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_figure_is_the_one_that_total_prints(
    bench: Workbench, capsys: pytest.CaptureFixture[str], question: str
) -> None:
    asked = dict(part.split("=") for part in question.split("&"))
    options = [w for k, v in asked.items() if k != "measure" for w in (f"--{k.replace('_', '-')}", v)]
    (wanted,) = printed(capsys, "total", asked["measure"], *options, "--book", str(bench.path))
    found = bench.json(f"figures?{question}")
    assert {k: found[k] for k in wanted} == wanted
    page = bench.get(f"/figures?{question}").text
    assert found["id"] in page
    words = {(None, None): "no number stated"}.get((found["low"], found["high"]))
    assert words is None or words in page


@pytest.mark.parametrize("name", ["incidents", "victims", "control", "issues", "conflicts", "log"])
def test_lists_are_the_ones_that_the_commands_print(
    bench: Workbench, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    bench.decide("reject", bench.claim("b"))
    wanted = printed(capsys, name, "--book", str(bench.path))
    order = lambda item: json.dumps(item, sort_keys=True)  # noqa: E731
    assert sorted(bench.items(f"{name}?limit=500"), key=order) == sorted(wanted, key=order)


def test_overview_shows_the_standard_totals(bench: Workbench) -> None:
    with open_book(str(bench.path)) as store:
        desk = Desk(store, bench.app.state.held.packs.knowledge)
        told = bench.json("overview")
        for row in told["figures"]:
            figure = total(desk.ledger, query_from(Asked(row["measure"], who=row["who"]), desk))
            assert (row["low"], row["best"], row["high"], row["id"]) == (
                figure.low, figure.best, figure.high, figure_json(figure)["id"],
            )  # fmt: skip
        assert told["incidents"] == len(list(listing.incidents(desk, filter_from(Asked(), desk))))


def test_cited_figure_says_when_the_book_has_changed(bench: Workbench) -> None:
    figure = bench.json("figures?measure=killed")["id"]
    assert "has not changed since" in bench.get(f"/figures/{figure}").text
    assert bench.json(f"figures/{figure}")["changed"] is False
    bench.decide("reject", bench.claim("b"))
    assert "The book has changed" in bench.get(f"/figures/{figure}").text
    assert bench.json(f"figures/{figure}")["changed"] is True


def test_open_and_missing_bounds_are_no_zero(bench: Workbench) -> None:
    assert "no number stated" in bench.get("/figures?measure=displaced").text
    assert not re.search(r"<strong>0</strong>", bench.get("/figures?measure=displaced").text)


def test_months_are_figures_of_their_own(bench: Workbench) -> None:
    rows = bench.json("figures/by?measure=killed&way=month")["items"]
    assert [r["label"] for r in rows] == ["2024-03", "2024-04"]
    for row in rows:
        narrowed = bench.json(row["address"].removeprefix("/"))
        assert (row["low"], row["high"]) == (narrowed["low"], narrowed["high"])


def test_incident_page_holds_every_claim_with_its_words(bench: Workbench) -> None:
    incident = next(i for i in bench.items("incidents") if len(i["claims"]) > 1)
    page = bench.get(f"/incidents/{incident['id']}").text
    for claim in bench.json(f"incidents/{incident['id']}")["claims"]:
        assert f"claim-{claim['id']}" in page
        assert claim["quote"] in page


def test_what_does_not_exist_is_told_in_one_shape(bench: Workbench) -> None:
    for path in ("incidents/i-none", "claims/none", "reports/none", "queue/none", "adding/none", "none"):
        found = bench.get(f"/api/v1/{path}")
        assert found.status_code == 404
        assert found.json().keys() == {"schema", "status", "code", "title", "message"}
        assert bench.get(f"/{path}").status_code == 404
    for path in (
        "figures?measure=slain",
        "figures?measure=killed&since=soon",
        "incidents?sort=colour",
        "claims?cursor=nonsense",
        "claims?limit=0",
        "claims?limit=many",
        "queue?kind=x",
        "figures/fig-x",
    ):
        found = bench.get(f"/api/v1/{path}")
        assert found.status_code == 400, path
        assert found.json()["schema"] == "tallybook.error/1"
    unknown = bench.get("/api/v1/figures?measure=killed&in=Nowhereville")
    assert (unknown.status_code, unknown.json()["code"]) == (404, "TB-101")
    assert bench.get("/api/v1/log", params={"verb": "x"}).status_code == 400
    assert bench.client.put("/api/v1/log", headers={"x-csrf-token": bench.csrf}).status_code == 405


@pytest.mark.parametrize("name", LISTS)
def test_lists_have_cursors_that_reach_every_row_once(bench: Workbench, name: str) -> None:
    bench.decide("accept", bench.claim("a"))
    bench.decide("accept", bench.claim("b"))
    whole = bench.json(f"{name}?limit=500")
    seen, cursor = [], ""
    while True:
        page = bench.json(f"{name}?limit=1&cursor={cursor}")
        assert page["total"] == whole["total"]
        seen += page["items"]
        cursor = page["next"]
        if not cursor:
            break
    assert seen == whole["items"]


def test_answers_carry_the_state_they_come_from(bench: Workbench) -> None:
    found = bench.get("/api/v1/incidents")
    tag = found.headers["etag"]
    assert bench.get("/api/v1/incidents", headers={"if-none-match": tag}).status_code == 304
    bench.decide("reject", bench.claim("b"))
    again = bench.get("/api/v1/incidents", headers={"if-none-match": tag})
    assert again.status_code == 200
    assert again.headers["etag"] != tag


def test_what_another_process_writes_shows_at_once(bench: Workbench, capsys: pytest.CaptureFixture[str]) -> None:
    before = bench.json("figures?measure=killed")
    printed(
        capsys, "decide", "reject", bench.claim("b"), "--because", "no", "--author", "Ben", "--book", str(bench.path)
    )
    after = bench.json("figures?measure=killed")
    assert before["high"] != after["high"]
    assert bench.items("log")[0]["author"] == "Ben"


def test_openapi_describes_every_route_of_the_api(bench: Workbench) -> None:
    described = bench.get("/api/v1/openapi.json").json()["paths"]
    assert all(path.startswith("/api/v1/") for path in described)
    assert {"/api/v1/overview", "/api/v1/figures", "/api/v1/decisions", "/api/v1/queue"} <= described.keys()
    for path, methods in described.items():
        for method, told in methods.items():
            assert told.get("description"), f"{method} {path}"


def test_a_figure_that_is_asked_for_again_is_that_of_the_book_as_it_is(
    bench: Workbench, capsys: pytest.CaptureFixture[str]
) -> None:
    first = bench.json("figures?measure=killed")
    assert bench.json("figures?measure=killed") == first
    bench.decide("reject", bench.claim("b"))
    after = bench.json("figures?measure=killed")
    (wanted,) = printed(capsys, "total", "killed", "--book", str(bench.path))
    assert after["id"] == wanted["id"] != first["id"]
