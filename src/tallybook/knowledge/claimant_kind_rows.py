"""The file of kinds of sources."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tallybook.errors import KnowledgeError
from tallybook.knowledge.actors import KINDS
from tallybook.knowledge.rows import listed, yaml_rows


def claimant_kind_rows(path: Path) -> list[dict[str, Any]]:
    """Return the rows of a file of kinds.

    Raises: KnowledgeError naming file, row and field of what does not hold.
    """
    found = []
    for where, row in yaml_rows(path, ("kind",)):
        wrong = [kind for kind in listed(row.get("actors", ())) if kind not in KINDS]
        if wrong:
            raise KnowledgeError(f"{path}: {where} has actors {wrong[0]!r}. Give some of: {', '.join(KINDS)}.")
        found.append(dict(row))
    return found
