"""What kind of source a name is: a party's forces, a hospital, a witness, an outlet."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from tallybook.errors import KnowledgeError
from tallybook.knowledge.actors import KINDS, ActorRegister
from tallybook.knowledge.rows import listed, yaml_rows

NOT_KNOWN, OUTLETS = "not known", "outlets"
_WORD = re.compile(r"\w+")


class ClaimantKinds:
    """Kinds of sources by the register, by the groups of unnamed speakers, and by the words of their names."""

    def __init__(self, rows: Iterable[Mapping[str, Any]], actors: ActorRegister, unnamed: Mapping[str, Any]) -> None:
        self._actors = actors
        self._by_kind: dict[str, str] = {}
        self._by_word: dict[str, str] = {}
        self._unnamed: dict[str, str] = {}
        for row in rows:
            self._by_kind.update(dict.fromkeys(listed(row.get("actors", ())), row["kind"]))
            self._by_word.update(
                (word, row["kind"]) for word in listed(row.get("words", ())) if word not in self._by_word
            )
            for group in listed(row.get("unnamed", ())):
                self._unnamed.update(dict.fromkeys((group, *unnamed.get(group, ())), row["kind"]))
        self.names = (*dict.fromkeys(row["kind"] for row in rows), NOT_KNOWN)
        """All kinds, `not known` last."""
        self._known: dict[str, str] = {}

    def kind(self, name: str) -> str:
        """Return the kind of the source of this name; `not known` where nothing tells it."""
        if name not in self._known:
            self._known[name] = self._kind(name)
        return self._known[name]

    def _kind(self, name: str) -> str:
        actor = self._actors.find(name)
        if actor is not None and actor.kind in self._by_kind:
            return self._by_kind[actor.kind]
        low = name.casefold()
        if low in self._unnamed:
            return self._unnamed[low]
        words = reversed(_WORD.findall(low))
        return next((self._by_word[word] for word in words if word in self._by_word), NOT_KNOWN)


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
