"""A situation report as one file: read back as an adversary would before it gets its name."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tallybook.errors import UsageError
from tallybook.release.clearing import cleared
from tallybook.release.folder import Folder, refuse_existing
from tallybook.release.keys import Key
from tallybook.release.lint import Leaking, lint
from tallybook.release.manifest import Attribution, filters
from tallybook.release.material import Material
from tallybook.release.profile import Profile
from tallybook.release.report_docx import docx_of
from tallybook.release.report_pdf import pdf_of
from tallybook.release.reporting import Report, report_of
from tallybook.release.secrets import secrets_of

KINDS = (".docx", ".pdf")


@dataclass(frozen=True, slots=True)
class Reported:
    """What was written."""

    file: Path
    sha256: str
    counts: Mapping[str, int]
    withheld: list[dict[str, object]]


def check_target(target: Path) -> None:
    """Check that a report can be written to a file.

    Raises: UsageError
    """
    if target.suffix.lower() not in KINDS:
        raise UsageError(f"{target}: a report is a .docx or a .pdf file. Give its name that end.")
    refuse_existing(target)


def write_report(
    target: Path, material: Material, profile: Profile, key: Key | None, by: Attribution, template: Mapping[str, Any],
    font: Path | None = None,
) -> Reported:  # fmt: skip
    """Write a report to a file that is not there yet; nothing is there when it fails.

    Raises: UsageError; Leaking where it would tell what the profile withholds.
    """
    check_target(target)
    passed = cleared(material, profile, key)
    report = report_of(passed, profile, template, filters(material.asked), by)
    with tempfile.TemporaryDirectory() as beside:
        folder = Folder(Path(beside))
        folder.write("report.txt", _words(report))
        leaks = lint(folder, secrets_of(material, passed.edition, profile, key))
    if leaks:
        raise Leaking(leaks)
    day = passed.edition.as_of
    data = docx_of(report, day) if target.suffix.lower() == ".docx" else pdf_of(report, day, font)
    _write(target, data, private=profile.name == "internal")
    counts = {"incidents": len(passed.edition.incidents), "claims": len(passed.edition.claims)}
    return Reported(target, hashlib.sha256(data).hexdigest(), counts, passed.withheld.rows())


def _words(report: Report) -> str:
    """Return every word of a report, a line for each paragraph and row."""
    lines = [report.title, report.subtitle, report.imprint]
    for section in report.sections:
        lines += [section.heading, *section.paragraphs, ", ".join(section.header)]
        lines += [", ".join(row) for row in section.rows]
        lines += [f"{label}, {bar.words}" for label, bar in section.bars]
    return "\n".join(lines)


def _write(target: Path, data: bytes, *, private: bool) -> None:
    """Write a file beside its place, then give it its name, so that it is there whole or not at all."""
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.writing-", dir=target.absolute().parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o600 if private else 0o644)
        refuse_existing(target)
        Path(name).rename(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
