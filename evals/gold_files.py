"""Loads gold reports: NAME.yaml beside NAME.txt, or NAME.yaml files and one docs.jsonl with the texts."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from evals.agreement import ClaimJson
from evals.reports import report
from tallybook.model import Document

OWN_REPORTS = Path(__file__).parent / "gold"
"""The gold reports of this repository."""
LINKED_REPORTS = Path(__file__).parent / "linked_gold"
"""Gold reports of this repository in which several tell one incident."""


@dataclass(frozen=True, slots=True)
class GoldReport:
    """A report with what a careful coder takes out of it."""

    document: Document
    claims: tuple[ClaimJson, ...]
    not_casualties: tuple[str, ...]
    sealed: bool

    @property
    def id(self) -> str:
        """Return the id on which gold and prediction are joined."""
        return self.document.id

    @property
    def publisher(self) -> str | None:
        """Return who published the report."""
        return self.document.publisher


def gold_reports(folder: Path) -> tuple[GoldReport, ...]:
    """Return the gold reports of `folder`, ordered by file name.

    Raises: FileNotFoundError if there is no gold file or a gold file has no text.
    """
    files = sorted(folder.glob("*.yaml"))
    if not files:
        raise FileNotFoundError(f"No gold report (NAME.yaml) in {folder}. Name another folder with --gold.")
    rows = _rows(folder / "docs.jsonl")
    return tuple(_gold_report(file, rows) for file in files)


def corpus_hash(folder: Path) -> str:
    """Return the SHA-256 over names and bytes of all gold files and texts of `folder`, hex."""
    digest = hashlib.sha256()
    for file in sorted([*folder.glob("*.yaml"), *folder.glob("*.txt"), *folder.glob("docs.jsonl")]):
        content = file.read_bytes().replace(b"\r\n", b"\n")
        digest.update(f"{file.name}\n{len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()


def _gold_report(file: Path, rows: Mapping[str, Mapping[str, Any]]) -> GoldReport:
    gold = yaml.safe_load(file.read_text(encoding="utf-8"))
    stated = gold.get("document") or {}
    name = str(stated.get("id") or file.stem)
    row = {**rows.get(name, {}), **{key: value for key, value in stated.items() if value is not None}}
    return GoldReport(
        document=report(
            name,
            _text(file, rows.get(name)),
            title=row.get("title"),
            publisher=row.get("publisher"),
            published=str(row["published"]) if row.get("published") else None,
            url=row.get("url"),
        ),
        claims=tuple(gold.get("claims") or ()),
        not_casualties=tuple(str(phrase) for phrase in gold.get("not_casualties") or ()),
        sealed=bool(stated.get("sealed")),
    )


def _text(file: Path, row: Mapping[str, Any] | None) -> str:
    beside = file.with_suffix(".txt")
    if beside.exists():
        return beside.read_text(encoding="utf-8")
    if row is None:
        raise FileNotFoundError(f"{file} has no text: put {beside.name} beside it, or a row in docs.jsonl.")
    return str(row["text"])


def _rows(file: Path) -> dict[str, dict[str, Any]]:
    if not file.exists():
        return {}
    rows = (json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip())
    return {str(row.get("id") or row.get("doc_id")): row for row in rows}
