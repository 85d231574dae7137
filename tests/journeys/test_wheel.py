"""The built wheel, installed in an empty environment, does what the checkout does. Run by `make wheel`."""

from __future__ import annotations

import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

from tests.journeys.driving import tallybook

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.wheel


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the interpreter of an environment that holds the wheel and what it declares, at the pinned versions."""
    folder = tmp_path_factory.mktemp("empty environment")
    venv.create(folder, with_pip=True)
    interpreter = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    pins = folder / "pins.txt"
    lines = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    pins.write_text("\n".join(line.rstrip(" \\") for line in lines if "==" in line and "--hash" not in line))
    install = [str(interpreter), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-c", str(pins)]
    subprocess.run([*install, str(wheel)], check=True, capture_output=True)
    return str(interpreter)


def test_wheel_is_complete(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    package = ROOT / "src" / "tallybook"
    kept = [p for p in package.rglob("*") if p.is_file() and "__pycache__" not in p.parts]
    assert {p.relative_to(package.parent).as_posix() for p in kept} <= names


def test_installed_wheel_walks_through_the_demo(python: str, tmp_path: Path) -> None:
    said = tallybook("demo", at=tmp_path, python=python)
    assert said.code == 0, said.err
    assert "30 reports" in said.out
    (found,) = tallybook("about", "--format", "json", at=tmp_path, python=python).objects()
    assert found["tallybook"]


def test_installed_wheel_reads_adds_and_answers(python: str, tmp_path: Path) -> None:
    (tmp_path / "r.html").write_text(
        "<html><head><title>T</title><meta name='date' content='2024-03-05'></head><body><p>At least 12 people were "
        "killed in an air strike on the town on Monday, police said.</p></body></html>",
        encoding="utf-8",
    )
    assert tallybook("add", "r.html", at=tmp_path, python=python).code == 0
    (figure,) = tallybook("total", "killed", "--format", "json", at=tmp_path, python=python).objects()
    assert figure["low"] == 12
    assert '"' in tallybook("why", figure["id"], at=tmp_path, python=python).out
