"""Evidence files attached to claims: who attached what, when and why is a judgement like others, and can be undone."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from tallybook.ledger.judged import ATTACH
from tallybook.model import Judgement


@dataclass(frozen=True, slots=True)
class Attached:
    """A file, the claims that it is evidence for, and who says so."""

    number: int
    """Number of the judgement."""
    claims: tuple[str, ...]
    sha256: str
    name: str
    media_type: str
    size: int
    metadata: tuple[tuple[str, str], ...]
    because: str
    author: str
    at: str


def meaning(sha256: str, name: str, media_type: str, size: int, metadata: Iterable[tuple[str, str]]) -> str:
    """Return what a judgement keeps of a file, as canonical JSON."""
    plain: dict[str, Any] = {
        "sha256": sha256, "name": name, "media_type": media_type, "size": size, "metadata": dict(metadata),
    }  # fmt: skip
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def attached(judgements: Iterable[Judgement]) -> tuple[Attached, ...]:
    """Return the files that judgements attach, in their order. Takes standing ones, carried to the claims of today."""
    return tuple(_attached(j) for j in judgements if j.verb == ATTACH and j.means is not None)


def file_of(judgement: Judgement) -> str | None:
    """Return the hash of the file that a judgement attaches, or None."""
    return str(json.loads(judgement.means)["sha256"]) if judgement.verb == ATTACH and judgement.means else None


def _attached(judgement: Judgement) -> Attached:
    told: Mapping[str, Any] = json.loads(judgement.means or "{}")
    return Attached(
        judgement.number, judgement.objects, told["sha256"], told["name"], told["media_type"], int(told["size"]),
        tuple(sorted(told["metadata"].items())), judgement.because, judgement.author, judgement.at,
    )  # fmt: skip
