"""Charts as files: what they show, that they can be opened, and that they say nothing else."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PIL import Image, PngImagePlugin

from tallybook.release.charting import MOST_ROWS, write_charts
from tallybook.release.clearing import cleared
from tallybook.release.folder import Folder
from tallybook.release.lint import lint
from tallybook.release.manifest import Attribution
from tallybook.release.profile import load_profile
from tallybook.release.records import Edition
from tallybook.release.secrets import secrets_of
from tallybook.release.writing import release
from tests.unit.release import sample

PUBLIC = load_profile("public")
BY = Attribution("Recorders of Orvania", "CC-BY-4.0")
CHARTS = ("areas", "headline", "map", "timeline")


def edition() -> Edition:
    return cleared(sample.material(), PUBLIC, sample.key()).edition


def charts(folder: Path, told: Edition | None = None) -> Path:
    write_charts(Folder(folder), told or edition(), BY)
    return folder / "charts"


def words(path: Path) -> list[str]:
    return [t.text or "" for t in ElementTree.parse(path).iter("{http://www.w3.org/2000/svg}text")]


def test_a_release_has_each_chart_twice_and_lists_them(tmp_path: Path) -> None:
    release(tmp_path / "out", sample.material(), PUBLIC, sample.key(), BY)
    files = json.loads((tmp_path / "out" / "manifest.json").read_text())["files"]
    assert [n for n in files if n.startswith("charts/")] == [f"charts/{c}.{e}" for c in CHARTS for e in ("png", "svg")]


def test_headline_tells_the_ranges_of_the_figures(tmp_path: Path) -> None:
    told = words(charts(tmp_path) / "headline.svg")
    assert "As of 2024-06-01, Recorders of Orvania, CC-BY-4.0" in told
    at = told.index("all people")
    assert told[at + 1] == "60 or more"


def test_each_period_is_a_column_over_its_label(tmp_path: Path) -> None:
    assert "2024-03" in words(charts(tmp_path) / "timeline.svg")


def test_an_open_range_is_an_arrow(tmp_path: Path) -> None:
    polygons = re.findall(r'points="([^"]+)" fill="#9fb4cc"', (charts(tmp_path) / "headline.svg").read_text())
    assert polygons
    assert all(len(p.split()) == 5 for p in polygons)


def test_many_areas_are_cut_to_those_with_the_highest_numbers(tmp_path: Path) -> None:
    told = edition()
    one = next(f for f in told.figures if f.kind == "place" and (f.measure, f.who) == ("killed", "any"))
    many = tuple(replace(one, id=f"f{n}", place=f"Area {n}", low=n, best=n, high=n) for n in range(1, 61))
    shown = words(charts(tmp_path, replace(told, figures=many)) / "areas.svg")
    assert shown[0] == f"Reported killed, by area: {MOST_ROWS} of 60 areas"
    assert "Area 60" in shown
    assert "Area 20" not in shown


def test_what_has_nothing_to_show_is_left_away(tmp_path: Path) -> None:
    assert not charts(tmp_path, Edition("public", "2024-06-01")).exists()


def test_words_of_a_label_are_words_and_no_markup(tmp_path: Path) -> None:
    told = edition()
    figures = tuple(replace(f, place="<script>alert(1)</script>") if f.place else f for f in told.figures)
    text = (charts(tmp_path, replace(told, figures=figures)) / "areas.svg").read_text()
    assert "<script" not in text
    assert "&lt;script&gt;" in text


def test_labels_in_other_scripts_are_drawn_and_kept_in_the_svg(tmp_path: Path) -> None:
    told = edition()
    figures = tuple(replace(f, place="حلب Łódź") if f.place else f for f in told.figures)
    folder = charts(tmp_path, replace(told, figures=figures))
    assert "حلب Łódź" in words(folder / "areas.svg")
    plain = charts(tmp_path / "plain", replace(told, figures=tuple(
        replace(f, place="hlb Lodz") if f.place else f for f in told.figures)))  # fmt: skip
    assert (folder / "areas.png").read_bytes() == (plain / "areas.png").read_bytes()


@pytest.mark.parametrize("name", CHARTS)
def test_a_picture_opens_and_holds_no_metadata(tmp_path: Path, name: str) -> None:
    with Image.open(charts(tmp_path) / f"{name}.png") as picture:
        picture.load()
        assert picture.width == 1520
        assert len(picture.getcolors(1 << 24) or ()) > 3
        assert not picture.info
        assert not dict(picture.getexif())


def test_equal_editions_give_equal_pictures(tmp_path: Path) -> None:
    one, other = charts(tmp_path / "a"), charts(tmp_path / "b")
    assert all(p.read_bytes() == (other / p.name).read_bytes() for p in one.iterdir())


def test_the_linter_refuses_what_stands_beside_a_picture(tmp_path: Path) -> None:
    """A comment, the place and hour of a photograph, and bytes behind the end."""
    whole, told = sample.material(), edition()
    picture, comment, place = Image.new("RGB", (2, 2)), PngImagePlugin.PngInfo(), Image.Exif()
    comment.add_text("Author", sample.AUTHOR)
    place[0x0132] = "2024:03:12 10:11:12"
    bare, spoken, photographed = io.BytesIO(), io.BytesIO(), io.BytesIO()
    picture.save(bare, "PNG")
    picture.save(spoken, "PNG", pnginfo=comment)
    picture.save(photographed, "PNG", exif=place)
    folder = Folder(tmp_path)
    folder.write("bare.png", bare.getvalue())
    folder.write("comment.png", spoken.getvalue())
    folder.write("exif.png", photographed.getvalue())
    folder.write("behind.png", bare.getvalue() + b"more")
    folder.write("other.png", b"GIF89a")
    leaks = lint(folder, secrets_of(whole, told, PUBLIC, sample.key()))
    assert {(leak.file, leak.secret) for leak in leaks} >= {
        ("comment.png", "tEXt"), ("exif.png", "eXIf"), ("behind.png", "bytes after its end"), ("other.png", "no PNG"),
    }  # fmt: skip
    assert "bare.png" not in {leak.file for leak in leaks}
