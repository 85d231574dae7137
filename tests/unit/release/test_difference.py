"""What changed since the last release: told as data and on a page, and telling nothing that both releases withhold."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tallybook.errors import UsageError
from tallybook.model import Claim, Query
from tallybook.release.former import Former, check_fits, read_former
from tallybook.release.keys import Key
from tallybook.release.manifest import Attribution, filters
from tallybook.release.material import Material
from tallybook.release.profile import load_profile
from tallybook.release.tables import TABLES
from tallybook.release.writing import release
from tests.unit.factories import claim, day, judgement
from tests.unit.release import sample

NAMES = tuple(t.name for t in TABLES)
NO_FILTERS = filters(Query(""))


def written(target: Path, material: Material, profile: str = "public", former: Path | None = None) -> Path:
    key = sample.key(profile) if profile != "internal" else None
    before = read_former(former, NAMES) if former else None
    release(target, material, load_profile(profile), key, Attribution(), before)
    return target


def told(folder: Path) -> dict[str, Any]:
    return dict(json.loads((folder / "difference/difference.json").read_text(encoding="utf-8")))


def claims_of(folder: Path) -> dict[str, dict[str, str]]:
    text = (folder / "claims.csv").read_text(encoding="utf-8")
    return {r["id"]: r for r in csv.DictReader(io.StringIO(text))}


def children(name: str, count: str, event: str = "e4") -> Claim:
    return claim(name, f"{count}", "civilian children", "residents", "d1", event, place=sample.PASS,
                 date=day("2024-03-11"), event_type="shelling")  # fmt: skip


def later() -> Material:
    """Return the book after a new claim, a changed number, a claim read away and a rejection."""
    kept = [c for c in sample.claims() if c.id != "c00000000000003"]
    changed = [
        replace(c, count=claim("x", "at least 25").count) if c.id == "c00000000000004" else c for c in kept
    ]  # fmt: skip
    new = claim("c00000000000008", "7", "civilian", "Hask Health Office", "d3", "e8", place=sample.PASS,
                date=day("2024-03-15"), event_type="shelling")  # fmt: skip
    rejected = judgement(1, "reject", "c00000000000006")
    return sample.material([*changed, new], log=(rejected,))


@pytest.fixture(scope="module")
def second(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("difference")
    first = written(root / "first", sample.material())
    return written(root / "second", later(), former=first)


def test_new_changed_and_withdrawn_records_are_named_with_field_and_reason(second: Path) -> None:
    rows = [r for r in told(second)["records"] if r["table"] == "claims"]
    by_kind = {kind: [r for r in rows if r["change"] == kind] for kind in ("new", "changed", "withdrawn")}
    key = sample.key()
    assert [r["id"] for r in by_kind["new"]] == [key.name("claim", "c00000000000008")]
    assert [(r["id"], r["reason"]) for r in by_kind["withdrawn"]] == [(key.name("claim", "c00000000000003"), "gone")]
    low = next(r for r in by_kind["changed"] if r["id"] == key.name("claim", "c00000000000004") and r["field"] == "low")
    assert (low["before"], low["after"]) == (20, 25)
    review = next(r for r in by_kind["changed"] if r["field"] == "review")
    assert (review["before"], review["after"]) == ("unreviewed", "rejected")


def test_each_headline_figure_that_moved_is_explained_in_a_sentence(second: Path) -> None:
    moved = {(f["measure"], f["who"]): f for f in told(second)["figures"] if f["kind"] == "headline"}
    figure = moved["killed", "any"]
    assert (figure["before_low"], figure["after_low"]) == (60, 44)
    sentence = figure["sentence"]
    assert sentence.startswith("Reported killed, all people: ")
    assert "at least 60" in sentence
    assert "at least 44" in sentence
    assert "a person rejected 1 claim" in sentence
    assert "at least 20 is now at least 25" in sentence
    assert {c["kind"] for c in figure["causes"]} >= {"new", "rejected", "number"}


def test_a_figure_that_lost_a_claim_says_so(tmp_path: Path) -> None:
    first = written(tmp_path / "first", sample.material())
    fewer = sample.material([c for c in sample.claims() if c.event != "e2"])
    second = written(tmp_path / "second", fewer, former=first)
    sentences = {f["who"]: f["sentence"] for f in told(second)["figures"] if f["kind"] == "headline"}
    assert sentences["combatant"] == (
        "Reported killed, combatants: at least 20 became not told, because 1 claim is withdrawn."
    )


def test_the_tables_and_the_page_tell_the_same(second: Path) -> None:
    rows = list(csv.DictReader(io.StringIO((second / "difference/records.csv").read_text(encoding="utf-8"))))
    assert len(rows) == len(told(second)["records"])
    page = (second / "site/difference.html").read_text(encoding="utf-8")
    assert told(second)["figures"][0]["sentence"] in page
    assert 'href="difference.html"' in (second / "site/index.html").read_text(encoding="utf-8")
    manifest = json.loads((second / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["difference"]["as_of"] == sample.AS_OF
    assert manifest["difference"]["figures_moved"] == len(told(second)["figures"])


def test_equal_books_differ_in_nothing(tmp_path: Path) -> None:
    first = written(tmp_path / "first", sample.material())
    again = written(tmp_path / "again", sample.material(), former=first)
    assert told(again)["records"] == []
    assert told(again)["figures"] == []
    for table in NAMES:
        assert (first / f"{table}.csv").read_bytes() == (again / f"{table}.csv").read_bytes()


def test_what_is_held_back_now_is_a_tombstone_that_does_not_say_why(tmp_path: Path) -> None:
    first = written(tmp_path / "first", sample.material())
    hospital = [
        replace(c, quote=f"{c.quote} at the hospital", date=day("2024-04-12")) if c.event == "e1" else c
        for c in sample.claims()
    ]  # fmt: skip
    second = written(tmp_path / "second", sample.material(hospital), former=first)
    gone = {r["reason"] for r in told(second)["records"] if r["change"] == "withdrawn"}
    assert gone == {"not_shown"}
    assert "hospital" not in (second / "site/difference.html").read_text(encoding="utf-8")


def test_an_incident_that_was_joined_names_the_one_that_holds_its_claims(tmp_path: Path) -> None:
    first = written(tmp_path / "first", sample.material())
    joined = [replace(c, event="e1") if c.event == "e2" else c for c in sample.claims()]
    second = written(tmp_path / "second", sample.material(joined), former=first)
    rows = [r for r in told(second)["records"] if r["table"] == "incidents" and r["change"] == "withdrawn"]
    assert [r["reason"] for r in rows] == ["joined"]
    assert rows[0]["into"] in {line.split(",")[0] for line in (second / "incidents.csv").read_text().splitlines()}


def test_what_was_withheld_about_few_people_stays_withheld_when_they_become_more(tmp_path: Path) -> None:
    """Two children, withheld; corrected to five: to tell now would tell that there were fewer than three before."""
    first = written(tmp_path / "first", sample.material([*sample.claims(), children("c00000000000007", "2")]))
    more = sample.material([*sample.claims(), children("c00000000000007", "5")])
    name = sample.key().name("claim", "c00000000000007")
    assert claims_of(written(tmp_path / "alone", more))[name]["age"] == "child"
    assert claims_of(written(tmp_path / "second", more, former=first))[name]["age"] == ""


def test_a_new_claim_of_few_people_does_not_take_back_what_was_told(tmp_path: Path) -> None:
    """Were the five children beside it hidden now, their change would tell of the two."""
    five = children("c00000000000007", "5")
    first = written(tmp_path / "first", sample.material([*sample.claims(), five]))
    both = sample.material([*sample.claims(), five, children("c00000000000008", "2")])
    second = claims_of(written(tmp_path / "second", both, former=first))
    key = sample.key()
    assert second[key.name("claim", "c00000000000007")]["age"] == "child"
    assert second[key.name("claim", "c00000000000008")]["age"] == ""
    fields = {r["field"] for r in told(tmp_path / "second")["records"] if r["change"] == "changed"}
    assert not fields & {"age", "sex", "dimension"}


def test_a_name_that_was_told_and_is_withheld_now_is_not_repeated(tmp_path: Path) -> None:
    named = [replace(c, origin="Hask Liberation Front") for c in sample.claims()]
    first = written(tmp_path / "first", sample.material(named))
    lines = (first / "claims.jsonl").read_text(encoding="utf-8")
    former = read_former(first, NAMES)
    rows = {i: {**r, "origin": "A Withdrawn Body"} for i, r in former.tables["claims"].items()}
    changed = Former(former.name, former.sha256, former.manifest, {**former.tables, "claims": rows})
    release(tmp_path / "second", sample.material(named), load_profile("public"), sample.key(), Attribution(), changed)
    assert "A Withdrawn Body" not in lines
    assert "A Withdrawn Body" not in (tmp_path / "second/difference/difference.json").read_text(encoding="utf-8")
    assert {r["before"] for r in told(tmp_path / "second")["records"]} == {"not repeated here"}


def test_formers_that_do_not_fit_are_refused(tmp_path: Path) -> None:
    first = written(tmp_path / "first", sample.material())
    former, public = read_former(first, NAMES), load_profile("public")
    check_fits(former, public, sample.key(), NO_FILTERS, sample.AS_OF)
    with pytest.raises(UsageError, match="profile public"):
        check_fits(former, load_profile("partner"), sample.key("partner"), NO_FILTERS, sample.AS_OF)
    with pytest.raises(UsageError, match="another key"):
        check_fits(former, public, Key(bytes(32), "public"), NO_FILTERS, sample.AS_OF)
    with pytest.raises(UsageError, match="other filters"):
        check_fits(former, public, sample.key(), filters(Query("killed")), sample.AS_OF)
    with pytest.raises(UsageError, match="earlier day"):
        check_fits(former, public, sample.key(), NO_FILTERS, "2024-05-01")
    with pytest.raises(UsageError, match="grid_km 60, now it is 50"):
        check_fits(former, replace(public, grid_km=50), sample.key(), NO_FILTERS, sample.AS_OF)


def test_a_former_that_somebody_changed_is_refused(tmp_path: Path) -> None:
    first = written(tmp_path / "first", sample.material())
    (first / "claims.jsonl").write_text("{}\n", encoding="utf-8")
    with pytest.raises(UsageError, match="not as its manifest says"):
        read_former(first, NAMES)
    with pytest.raises(UsageError, match="no release of Tallybook"):
        read_former(tmp_path, NAMES)


def test_ids_of_two_profiles_match_nowhere_in_their_differences(tmp_path: Path) -> None:
    ids = []
    for profile in ("public", "partner"):
        first = written(tmp_path / f"{profile}-1", sample.material(), profile)
        second = written(tmp_path / f"{profile}-2", later(), profile, first)
        ids.append({r["id"] for r in told(second)["records"]})
    assert all(ids)
    assert not ids[0] & ids[1]
