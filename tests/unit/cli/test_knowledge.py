"""`tallybook knowledge check`: what it prints and how it leaves."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.unit.cli.conftest import Runner

CARD = "name: kess\ntitle: Kess\nlicence: CC0\nsource: invented\n"
ROW = "- {{id: kess-front, name: Hill Front, kind: {kind}, source: invented}}\n"


def pack(at: Path, kind: str = "rebel") -> str:
    (at / "kess").mkdir()
    (at / "kess/pack.yaml").write_text(CARD, encoding="utf-8")
    (at / "kess/actors.yaml").write_text(ROW.format(kind=kind), encoding="utf-8")
    return "kess"


def test_pack_that_holds_leaves_with_zero(run: Runner, tmp_path: Path) -> None:
    ran = run("knowledge", "check", pack(tmp_path))
    assert (ran.code, ran.out, ran.err) == (0, "kess: 1 actors, 0 places; the pack holds\n", "")


def test_faults_are_told_one_a_line_and_leave_with_two(run: Runner, tmp_path: Path) -> None:
    ran = run("knowledge", "check", pack(tmp_path, "army"))
    assert ran.code == 2
    assert len(ran.err.splitlines()) == 1
    assert ran.err.startswith("error: kess/actors.yaml row 1 (kess-front), kind: 'army' is none of")
    assert "1 errors" in ran.out


def test_json_holds_the_findings(run: Runner, tmp_path: Path) -> None:
    ran = run("knowledge", "check", pack(tmp_path, "army"), "--format", "json")
    told = json.loads(ran.out)
    assert (ran.code, told["schema"], told["holds"]) == (2, "tallybook.checked/1", False)
    assert [(f["file"], f["row"], f["field"], f["grave"]) for f in told["findings"]] == [
        ("kess/actors.yaml", "row 1 (kess-front)", "kind", True)
    ]


def test_missing_folder_is_wrong_usage(run: Runner) -> None:
    ran = run("knowledge", "check", "nowhere")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("error: nowhere: there is no such folder")


def test_book_beside_the_pack_is_untouched(run: Runner, tmp_path: Path) -> None:
    (tmp_path / "tallybook.db").write_bytes(b"a book")
    run("knowledge", "check", pack(tmp_path, "army"))
    assert (tmp_path / "tallybook.db").read_bytes() == b"a book"


def test_help_reads_no_pack() -> None:
    code = (
        "import sys; from tallybook.cli.main import _run; _run(['--help']); "
        "sys.exit(any(m.startswith(('tallybook.knowledge', 'yaml', 'spacy')) for m in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=False).returncode == 0
