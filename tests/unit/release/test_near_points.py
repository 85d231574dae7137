"""Coordinates are found in whatever way two numbers beside each other are written."""

from __future__ import annotations

from pathlib import Path

import pytest

from tallybook.release.folder import Folder
from tallybook.release.lint import lint
from tallybook.release.near_points import Points
from tallybook.release.secrets import Secrets

SECRETS = Secrets({}, {"c0ffee00c0ffee": "claim id"}, frozenset({(12.3456, 20.5), (-46.95, 18.0), (3.0, 4.0)}),
                  frozenset(), ())  # fmt: skip
TOLD = (
    "12.3456,20.5", "20.50, 12.3456", "[20.5, 12.3456]", "lat 12.3456 is beside lon 20.5", "POINT (20.5 12.3456)",
    "\u0661\u0662.\u0663\u0664\u0665\u0666 20.5", "\u00e9 12.3456; 20.5", "-46.95 18", "18 | -46.950",
    "1 2 12.3456 20.5 3",
)  # fmt: skip
NOT_TOLD = (
    "12.3456\n20.5", "12.3456 7 20.5", "3, 4", "46.95, 18", "12.34561, 20.5", "v12.3456, 20.5", "112.3456 20.5",
    "12.3456.1 20.5", "20.5 20.5",
)  # fmt: skip


def leaks(folder: Path, text: str) -> set[str]:
    (folder / "told.txt").write_text(text, encoding="utf-8", newline="")
    return {leak.what for leak in lint(Folder(folder), SECRETS)}


@pytest.mark.parametrize("text", TOLD)
def test_a_point_is_found(tmp_path: Path, text: str) -> None:
    assert leaks(tmp_path, f"2024-03-10 0.5\n{text}\n99.9") == {"coordinates"}


@pytest.mark.parametrize("text", NOT_TOLD)
def test_other_numbers_are_not(tmp_path: Path, text: str) -> None:
    assert leaks(tmp_path, f"2024-03-10 0.5\n{text}\n99.9") == set()


@pytest.mark.parametrize(
    "text", ["c0ffee00c0ffee", "x.c0ffee00c0ffee.csv", "\u0661c0ffee00c0ffee\u0661", "1.5.c0ffee00c0ffee"]
)
def test_an_id_is_found_between_any_other_signs(tmp_path: Path, text: str) -> None:
    assert leaks(tmp_path, f"a {text} b 1.5") == {"claim id"}


def test_numbers_that_no_point_joins_need_not_be_looked_at() -> None:
    points = Points({(12.3456, 20.5), (-46.95, 18.0), (7.25, -12.3456)})
    assert points.sizes == {12.3456, 20.5, 46.95, 7.25}
    assert points.may_pair({"12.3456", "20.50"})
    assert points.may_pair({"46.95"}), "18 is a whole number, which is not looked for"
    assert not points.may_pair({"20.5", "7.25"})
    assert list(points.among([(20.5, 12.3456), (-46.95, 18.0), (46.95, 18.0)])) == [
        ("coordinates", "12.3456, 20.5"), ("coordinates", "-46.95, 18.0"),
    ]  # fmt: skip
