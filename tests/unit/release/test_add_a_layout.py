"""docs/howto/add-a-layout.md, followed to the letter."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import pytest

import tallybook.release.layouts as room
from tallybook.errors import KnowledgeError
from tallybook.release.layout import layouts, mapping_of
from tallybook.release.manifest import Attribution
from tallybook.release.profile import load_profile
from tallybook.release.writing import release
from tests.unit.release import sample

PAGE = Path(__file__).parents[3] / "docs" / "howto" / "add-a-layout.md"


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)


def test_a_layout_is_added_as_the_page_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "days.yaml").write_text(blocks("yaml")[0], encoding="utf-8")
    (tmp_path / "days.py").write_text(blocks("python")[0], encoding="utf-8")
    monkeypatch.setattr(room, "__path__", [*room.__path__, str(tmp_path)])
    monkeypatch.delitem(sys.modules, "tallybook.release.layouts.days", raising=False)
    assert "days" in [layout.name for layout in layouts()]
    release(tmp_path / "out", sample.material(), load_profile("public"), sample.key(), Attribution())
    assert (tmp_path / "out/layouts/days.csv").read_text(encoding="utf-8").splitlines() == [
        "day,area,killed", "2024-03-10,Hask,at least 20", "2024-03-12,Karsk district,9 to 12",
    ]  # fmt: skip
    assert json.loads((tmp_path / "out/losses/days.json").read_text(encoding="utf-8"))["rows"] == 2
    sys.modules.pop("tallybook.release.layouts.days")
    delattr(room, "days")


@pytest.mark.parametrize(
    ("change", "told"),
    [({"rules": {}}, "'rules' is missing"), ({"empty": {"x": "y"}}, "'x' is no column"), ({"rule": 1}, "no part")],
)
def test_a_mapping_that_does_not_hold_is_refused(change: dict[str, object], told: str) -> None:
    whole = {"columns": ["a"], "rules": {"r": "words"}, "source": "s"}
    with pytest.raises(KnowledgeError, match=told):
        mapping_of(whole | change, Path("m.yaml"))
