"""Evidence files: into a book and onto claims, listed, checked, and out again as they came."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from io import BytesIO
from pathlib import Path
from typing import IO

from tallybook.documents.evidence import file_name
from tallybook.documents.evidence.looking import facts_of, pieces
from tallybook.errors import UsageError
from tallybook.ledger.judged import ATTACH
from tallybook.model.wire import Json
from tallybook.review.attaching import Attached, attached, meaning
from tallybook.review.deciding import Wish
from tallybook.runs.desk import Desk
from tallybook.store import BookStore, StoredFile

LEAST_DIGITS = 6
"""Hex digits by which a file may be named."""


@dataclass(frozen=True, slots=True)
class Fault:
    """An evidence file that is not as it was taken in."""

    sha256: str
    what: str


def take_in(desk: Desk, file: IO[bytes], name: str, claim: str, said: tuple[str, str, str]) -> Wish:
    """Keep a file in the book, and return the wish to attach it to a claim, or to all claims of an incident.

    `said` is author, reason and time. A file that is kept and then not attached does no harm.

    Raises: DocumentError, UsageError, BookError
    """
    author, because, at = said
    shown = file_name(name)
    facts = facts_of(file, shown)
    known = next((a for a in files_on(desk, claim) if a.sha256 == facts.sha256), None)
    if known is not None:
        raise UsageError(f"{shown}: this file is attached to {claim} already, by judgement {known.number}.")
    desk.store.keep_file(StoredFile(facts.sha256, facts.size, facts.media_type), pieces(file))
    told = f"{shown} ({facts.media_type}, {sized(facts.size)})"
    means = meaning(facts.sha256, shown, facts.media_type, facts.size, facts.metadata)
    return Wish(ATTACH, (claim,), author, because, at, value=told, means=means)


def sized(size: int) -> str:
    """Write a number of bytes as people read it."""
    for unit in ("bytes", "kB", "MB"):
        if size < 1000:
            return f"{size:.0f} {unit}"
        size //= 1000
    return f"{size:.0f} GB"


def files_on(desk: Desk, name: str | None = None) -> tuple[Attached, ...]:
    """Return the files attached to a claim, to any claim of an incident, or with None to any, by number."""
    told = attached(desk.judgements)
    if name is None:
        return told
    incident = desk.incident_by_id.get(name)
    mine = {name, *(incident.claims if incident else ())}
    return tuple(a for a in told if mine.intersection(a.claims))


def file_named(desk: Desk, name: str) -> StoredFile:
    """Return the file whose hash starts so.

    Raises: UsageError where there is none, or several.
    """
    plain = name.strip().lower()
    found = [f for sha256, f in desk.store.files().items() if len(plain) >= LEAST_DIGITS and sha256.startswith(plain)]
    if len(found) != 1:
        why = "Several files have" if found else "No file of this book has"
        raise UsageError(f"{why} a hash that starts with {name!r}. Copy one from `tallybook evidence list`.")
    return found[0]


def content_of(store: BookStore, sha256: str) -> IO[bytes]:
    """Return the bytes of a file, in memory."""
    return BytesIO(b"".join(store.file_content(sha256)))


def write_out(desk: Desk, file: StoredFile, folder: Path) -> Path:
    """Write a file into a folder under its hash and the name it was attached with; return its path.

    Nothing that is there is written over.

    Raises: UsageError where something of this name is there; OSError.
    """
    names = [a.name for a in attached(desk.judgements) if a.sha256 == file.sha256]
    path = folder / f"{file.sha256[:12]}-{names[0] if names else 'detached'}"
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("xb") as out:
            for part in desk.store.file_content(file.sha256):
                out.write(part)
    except FileExistsError as error:
        raise UsageError(f"{path}: something is there already. Name another folder.") from error
    return path


def faults(store: BookStore, wanted: Iterator[str] | None = None) -> tuple[Fault, ...]:
    """Return the files that are not as they were taken in; `wanted` are hashes that judgements attach."""
    held = store.files()
    found = [Fault(sha256, "it is attached, and gone") for sha256 in sorted({*(wanted or ())} - held.keys())]
    for sha256 in held:
        digest = hashlib.sha256()
        for part in store.file_content(sha256):
            digest.update(part)
        if digest.hexdigest() != sha256:
            found.append(Fault(sha256, "its bytes were changed"))
    return tuple(found)


def attached_json(file: Attached) -> Json:
    """Return a file with the claims it is evidence for."""
    told = asdict(file)
    return {"schema": "tallybook.evidence/1", **told, "claims": list(file.claims), "metadata": dict(file.metadata)}
