"""Records of another team, as the text of a document: the words of each, and under them what they were read as.

What a record was read as stands on one line of JSON without spaces, so that it is no wording that reports could share.
The text is what the book keeps and what quotes are taken from; it is read again like any other report.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tallybook.model import Document, Span

HEAD = "Records of another book, as Tallybook writes imported records (1)"
"""First line of such a document; the number is that of the form."""
CLAIM, VICTIM, CONTROL, SOURCE = "claim", "victim", "control", "source"
_GAP = "\n\n"
FIRST = 3
"""Parts of a text that its head and its first record, that of its report, fill."""
_SPACES = str.maketrans({" ": "\\u0020", "\u00a0": "\\u00a0", "\u202f": "\\u202f"})


@dataclass(frozen=True, slots=True)
class RecordRow:
    """One record: its kind, its words and where they stand, and its fields."""

    kind: str
    words: str
    span: Span
    fields: Mapping[str, Any]


def is_records(text: str) -> bool:
    """Say whether a document's text holds records of another book."""
    return text.startswith(HEAD + "\n")


def report_hash(document: Document) -> str:
    """Return the SHA-256 of the text of the report that a document is, or that its records were read from where their
    book told it."""
    if not is_records(document.text):
        return document.sha256
    first = next(record_rows(_GAP.join(document.text.split(_GAP, FIRST)[:FIRST])), None)
    told = first.fields.get("sha256") if first is not None and first.kind == SOURCE else None
    return told if isinstance(told, str) else document.sha256


def written(rows: Iterable[tuple[str, str, Mapping[str, Any]]]) -> str:
    """Return the text of a document of rows: kind, words and fields. Fields that are None or empty are left away."""
    parts = [HEAD]
    for kind, words, fields in rows:
        told = {"kind": kind, **{k: v for k, v in fields.items() if v not in (None, "", [], ())}}
        line = json.dumps(told, ensure_ascii=False, separators=(",", ":")).translate(_SPACES)
        parts += [on_one_line(words) or f"{kind} {fields.get('id', '')}", line]
    return _GAP.join(parts) + "\n"


def on_one_line(words: str) -> str:
    """Return words with single spaces between them, without characters that steer."""
    return " ".join("".join(c for c in words if c.isprintable() or c.isspace() or c in "\u200c\u200d").split())


def record_rows(text: str) -> Iterator[RecordRow]:
    """Yield the records of such a document in the order of the text; what is none is passed over."""
    start = len(HEAD) + len(_GAP)
    parts = text.rstrip("\n").split(_GAP)[1:]
    for words, line in zip(parts[::2], parts[1::2], strict=False):
        try:
            fields = json.loads(line)
        except ValueError:
            fields = None
        if isinstance(fields, dict) and isinstance(fields.get("kind"), str):
            yield RecordRow(fields["kind"], words, Span(start, start + len(words)), fields)
        start += len(words) + len(line) + 2 * len(_GAP)
