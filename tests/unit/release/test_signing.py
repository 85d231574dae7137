"""A release is signed with a key of the user's, and whoever gets it can check who signed."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tallybook.errors import UsageError
from tallybook.release import signing
from tallybook.release.manifest import Attribution
from tallybook.release.profile import load_profile
from tallybook.release.signing import check_signer
from tallybook.release.writing import CHECKSUMS, release
from tests.unit.release import sample

pytestmark = pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="needs OpenSSH")
CHECK = ("ssh-keygen", "-Y", "check-novalidate", "-n", "tallybook", "-s", f"{CHECKSUMS}.sig")


@pytest.fixture
def key(tmp_path: Path) -> Path:
    path = tmp_path / "id"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "ana@desk", "-f", str(path)], check=True)
    return path


def signed(target: Path, key: Path) -> Path:
    release(target, sample.material(), load_profile("public"), sample.key(), Attribution(), signer=key)
    return target


def checks(folder: Path) -> bool:
    told = (folder / CHECKSUMS).read_bytes()
    return subprocess.run(CHECK, cwd=folder, input=told, capture_output=True, check=False).returncode == 0


def test_the_checksums_are_signed_and_a_change_is_found(tmp_path: Path, key: Path) -> None:
    folder = signed(tmp_path / "out", key)
    assert checks(folder)
    with (folder / CHECKSUMS).open("a", encoding="utf-8") as file:
        file.write("0  more\n")
    assert not checks(folder)


def test_the_same_book_and_key_give_the_same_bytes(tmp_path: Path, key: Path) -> None:
    one, other = signed(tmp_path / "one", key), signed(tmp_path / "other", key)
    assert (one / f"{CHECKSUMS}.sig").read_bytes() == (other / f"{CHECKSUMS}.sig").read_bytes()


def test_no_file_holds_the_private_key_or_its_comment(tmp_path: Path, key: Path) -> None:
    folder = signed(tmp_path / "out", key)
    told = b"".join(p.read_bytes() for p in folder.rglob("*") if p.is_file())
    assert b"ana@desk" not in told
    assert b"PRIVATE" not in told


def test_what_is_no_key_leaves_no_release(tmp_path: Path) -> None:
    (tmp_path / "id").write_text("not a key", encoding="utf-8")
    with pytest.raises(UsageError, match="did not sign"):
        signed(tmp_path / "out", tmp_path / "id")
    assert [p.name for p in tmp_path.iterdir()] == ["id"]


def test_a_missing_key_or_program_is_told_before_any_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UsageError, match="no such file"):
        check_signer(tmp_path / "id")
    monkeypatch.setattr(signing, "PROGRAM", "no-such-program")
    with pytest.raises(UsageError, match="not installed"):
        check_signer(tmp_path / "id")
