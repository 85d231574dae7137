"""The layouts under the libraries that users have: pandas with a type for each column, readers as R has them, libhxl.

Passed over loudly where the libraries are missing: `pip install 'tallybook[dev]'` brings them.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tallybook.model import EVENT_TYPES, Place
from tallybook.release.layout import mapping_for
from tests.unit.factories import claim, day
from tests.unit.release import sample
from tests.unit.release.test_layouts import laid, rows

INTEGER, DECIMAL, TEXT, TRUTH, DAY = "Int64", "Float64", "string", "boolean", "day"
UCDP: dict[str, str] = {
    "id": INTEGER, "relid": TEXT, "year": INTEGER, "active_year": TRUTH, "code_status": TEXT,
    "type_of_violence": INTEGER, "conflict_dset_id": INTEGER, "conflict_new_id": INTEGER, "conflict_name": TEXT,
    "dyad_dset_id": INTEGER, "dyad_new_id": INTEGER, "dyad_name": TEXT, "side_a_dset_id": INTEGER,
    "side_a_new_id": INTEGER, "side_a": TEXT, "side_b_dset_id": INTEGER, "side_b_new_id": INTEGER, "side_b": TEXT,
    "number_of_sources": INTEGER, "source_article": TEXT, "source_office": TEXT, "source_date": TEXT,
    "source_headline": TEXT, "source_original": TEXT, "where_prec": INTEGER, "where_coordinates": TEXT,
    "where_description": TEXT, "adm_1": TEXT, "adm_2": TEXT, "latitude": DECIMAL, "longitude": DECIMAL,
    "geom_wkt": TEXT, "priogrid_gid": INTEGER, "country": TEXT, "country_id": INTEGER, "region": TEXT,
    "event_clarity": INTEGER, "date_prec": INTEGER, "date_start": DAY, "date_end": DAY, "deaths_a": INTEGER,
    "deaths_b": INTEGER, "deaths_civilians": INTEGER, "deaths_unknown": INTEGER, "best": INTEGER, "high": INTEGER,
    "low": INTEGER, "gwnoa": TEXT, "gwnob": TEXT,
}  # fmt: skip
"""Types of the columns. Source: UCDP GED codebook, version 25.1, with its lists of numbers as text."""
ACLED: dict[str, str] = {
    "event_id_cnty": TEXT, "event_date": DAY, "year": INTEGER, "time_precision": INTEGER, "disorder_type": TEXT,
    "event_type": TEXT, "sub_event_type": TEXT, "actor1": TEXT, "assoc_actor_1": TEXT, "inter1": TEXT, "actor2": TEXT,
    "assoc_actor_2": TEXT, "inter2": TEXT, "interaction": TEXT, "civilian_targeting": TEXT, "iso": INTEGER,
    "region": TEXT, "country": TEXT, "admin1": TEXT, "admin2": TEXT, "admin3": TEXT, "location": TEXT,
    "latitude": DECIMAL, "longitude": DECIMAL, "geo_precision": INTEGER, "source": TEXT, "source_scale": TEXT,
    "notes": TEXT, "fatalities": INTEGER, "tags": TEXT, "timestamp": INTEGER,
}  # fmt: skip
"""Types of the columns. Source: ACLED codebook, export columns since 2023-03-20."""
TYPES = {"ucdp_ged": UCDP, "acled": ACLED}
CODES: dict[str, dict[str, set[Any]]] = {
    "ucdp_ged": {
        "type_of_violence": {1, 2, 3}, "where_prec": set(range(1, 8)), "event_clarity": {1, 2},
        "date_prec": set(range(1, 6)), "code_status": {"Clear", "Check deaths", "Check type of violence"},
        "active_year": {True, False}, "region": {"Africa", "Americas", "Asia", "Europe", "Middle East"},
    },
    "acled": {
        "time_precision": {1, 2, 3}, "geo_precision": {1, 2, 3},
        "disorder_type": {"Political violence", "Demonstrations", "Strategic developments",
                          "Political violence; Demonstrations"},
        "event_type": {"Battles", "Explosions/Remote violence", "Violence against civilians", "Riots", "Protests",
                       "Strategic developments"},
        "sub_event_type": {
            "Government regains territory", "Non-state actor overtakes territory", "Armed clash",
            "Excessive force against protesters", "Protest with intervention", "Peaceful protest",
            "Violent demonstration", "Mob violence", "Chemical weapon", "Air/drone strike", "Suicide bomb",
            "Shelling/artillery/missile attack", "Remote explosive/landmine/IED", "Grenade", "Sexual violence",
            "Attack", "Abduction/forced disappearance", "Agreement", "Arrests", "Change to group/activity",
            "Disrupted weapons use", "Headquarters or base established", "Looting/property destruction",
            "Non-violent transfer of territory", "Other",
        },
        "inter1": set(mapping_for("acled").codes["inter"].values()),
        "inter2": set(mapping_for("acled").codes["inter"].values()),
        "civilian_targeting": {"Civilians targeted"},
    },
}  # fmt: skip
"""Code lists of both codebooks; a column that is empty keeps its list."""
R_NA = ("NA", "NaN", "N/A", "NULL", "None", "null", "nan", "")
"""Words that R or pandas take for a missing value; of these a layout may write the empty one alone."""
PROFILES = ("public", "partner", "internal")


def told() -> list[Any]:
    """Return the claims of the sample, and one of each kind, precision and way of counting."""
    made = list(sample.claims())
    places = (sample.ULSTEN, Place("Dovrin", (), "XOV", -47.1, -18.2, 90.0, "admin1", "XOV1"),
              Place("Orvania", (), "XOV", -47.0, -18.0, 400.0, "country"), Place("Nowhere"))  # fmt: skip
    counts = ("3", "at least 7", "up to 9", "dozens", "several", "4-6")
    spans = (("2024-02-01",), ("2024-02-01", "2024-02-05"), ("2024-01-01", "2024-01-31"), ("2023-01-01", "2023-12-31"))
    for number, kind in enumerate(EVENT_TYPES):
        made.append(claim(
            f"c{900 + number:015}", counts[number % len(counts)], ("civilian", "combatant", "unknown")[number % 3],
            doc=f"d{1 + number % 4}", event=f"e{100 + number}", place=places[number % len(places)],
            date=day(*spans[number % len(spans)]), event_type=kind, quote=f"quote {number}, with a comma",
        ))  # fmt: skip
    made.append(claim("c00000000000990", "5", "unknown", doc="d1", event="e99", place=sample.PASS,
                      date=day("2024-02-09"), measure="injured", quote="five hurt"))  # fmt: skip
    return made


@cache
def content(name: str, profile: str) -> str:
    return laid(name, told(), profile).text()


def loaded(name: str, profile: str) -> Any:
    """Read a layout with a type for each column; what does not fit raises."""
    pandas = pytest.importorskip("pandas", reason="pandas is not installed: no layout was read with it")
    types = TYPES[name]
    days = [c for c, kind in types.items() if kind == DAY]
    return pandas.read_csv(
        io.StringIO(content(name, profile)), dtype={c: k for c, k in types.items() if k != DAY}, parse_dates=days,
        date_format="%Y-%m-%d", true_values=["True", "true", "1"], false_values=["False", "false", "0"],
    )  # fmt: skip


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("name", TYPES)
def test_it_loads_with_a_type_for_each_column(name: str, profile: str) -> None:
    frame = loaded(name, profile)
    assert list(frame.columns) == list(TYPES[name])
    assert len(frame) == len(list(csv.DictReader(io.StringIO(content(name, profile))))) > 5
    for column, kind in TYPES[name].items():
        assert str(frame[column].dtype).startswith("datetime64" if kind == DAY else kind), column


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("name", TYPES)
def test_every_code_stands_in_the_list_of_its_column(name: str, profile: str) -> None:
    frame = loaded(name, profile)
    for column, codes in CODES[name].items():
        assert set(frame[column].dropna()) <= codes, column


@pytest.mark.parametrize("name", TYPES)
def test_columns_without_a_gap_have_none_and_ids_tell_rows_apart(name: str) -> None:
    frame = loaded(name, "internal")
    always = {
        "ucdp_ged": ["id", "year", "where_prec", "date_prec", "date_start", "date_end", "best",
                     "low", "high", "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "side_a", "side_b"],
        "acled": ["event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type",
                  "sub_event_type", "actor1", "geo_precision", "fatalities", "timestamp", "country", "latitude"],
    }[name]  # fmt: skip
    assert not frame[always].isna().any().any()
    assert frame[next(iter(TYPES[name]))].is_unique


def test_a_type_of_violence_that_nobody_tells_is_a_listed_loss() -> None:
    told_losses = laid("ucdp_ged", told()).losses.as_json("ucdp_ged", 0)["records"]
    frame = loaded("ucdp_ged", "internal")
    open_kind = set(frame.relid[frame.type_of_violence.isna()])
    assert open_kind == {x["id"] for x in told_losses if x["rule"] == "violence_unknown"} != set()


def test_sums_in_pandas_are_those_of_the_rows() -> None:
    frame = loaded("ucdp_ged", "internal")
    assert (frame.low <= frame.best).all()
    assert (frame.best <= frame.high).all()
    assert (frame.deaths_a + frame.deaths_b + frame.deaths_civilians + frame.deaths_unknown == frame.best).all()
    assert (frame.date_start <= frame.date_end).all()
    assert frame.best.sum() == sum(int(r["best"]) for r in rows(laid("ucdp_ged", told())))


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("name", TYPES)
def test_readers_of_r_find_a_type_for_each_column_by_themselves(name: str, profile: str) -> None:
    """R guesses the type of a column from its cells: one word among numbers makes text of all of them."""
    fits: dict[str, Callable[[str], object]] = {
        INTEGER: re.compile(r"-?\d+").fullmatch, DECIMAL: re.compile(r"-?\d+(\.\d+)?").fullmatch,
        DAY: re.compile(r"\d{4}-\d\d-\d\d").fullmatch, TRUTH: re.compile("True|False").fullmatch, TEXT: lambda _: True,
    }  # fmt: skip
    for row in csv.DictReader(io.StringIO(content(name, profile))):
        for column, cell in row.items():
            assert not cell or fits[TYPES[name][column]](cell), (column, cell)
            assert cell == "" or cell not in R_NA, (column, cell)
            assert "\n" not in cell


@pytest.mark.parametrize("profile", PROFILES)
def test_libhxl_reads_tags_and_numbers(profile: str, tmp_path: Path) -> None:
    hxl = pytest.importorskip("hxl", reason="libhxl is not installed: the HXL layout was not read with it")
    (tmp_path / "hxl.csv").write_text(content("hxl", profile), encoding="utf-8")
    local = hxl.InputOptions(allow_local=True)
    data = hxl.data(str(tmp_path / "hxl.csv"), local)
    assert [str(c.display_tag) for c in data.columns] == mapping_for("hxl").codes["tags"]
    assert [c.header for c in data.columns] == list(mapping_for("hxl").columns)
    told_rows = list(csv.DictReader(io.StringIO(content("hxl", profile))))[1:]
    read = list(data)
    assert len(read) == len(told_rows) > 5
    assert [r.values for r in read] == [list(r.values()) for r in told_rows]
    assert hxl.schema(hxl.data(str(schema(tmp_path)), local)).validate(hxl.data(str(tmp_path / "hxl.csv"), local))


def schema(folder: Path) -> Path:
    """Write a schema of HXL with the type of each of our columns."""
    lines = ["#valid_tag,#valid_datatype,#valid_required"]
    for tag in mapping_for("hxl").codes["tags"]:
        kind = "number" if tag.startswith(("#affected", "#meta", "#geo")) else "date" if tag.startswith("#date") else ""
        lines.append(f"{tag},{kind},{'true' if tag.startswith('#event+id') else ''}")
    path = folder / "schema.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path
