"""What kind of source a name is: a party's forces, a hospital, a witness, an outlet."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Any

from tallybook.knowledge.actors import ActorRegister
from tallybook.knowledge.lexicon import LexiconFiles
from tallybook.knowledge.rows import listed

NOT_KNOWN, OUTLETS = "not known", "outlets"
_WORD = re.compile(r"\w+")


class ClaimantKinds:
    """Kinds of sources by the register, by the groups of unnamed speakers, and by the words of their names."""

    def __init__(self, words: LexiconFiles, actors: ActorRegister) -> None:
        self._words, self._actors = words, actors
        self._known: dict[str, str] = {}

    @cached_property
    def names(self) -> tuple[str, ...]:
        """All kinds, `not known` last."""
        return (*dict.fromkeys(row["kind"] for row in self._rows), NOT_KNOWN)

    def kind(self, name: str) -> str:
        """Return the kind of the source of this name; `not known` where nothing tells it."""
        if name not in self._known:
            self._known[name] = self._kind(name)
        return self._known[name]

    @property
    def _rows(self) -> list[dict[str, Any]]:
        return self._words.read().claimant_kinds

    @cached_property
    def _by_kind(self) -> dict[str, str]:
        return {actor: row["kind"] for row in self._rows for actor in listed(row.get("actors", ()))}

    @cached_property
    def _by_word(self) -> dict[str, str]:
        return {word: row["kind"] for row in reversed(self._rows) for word in listed(row.get("words", ()))}

    @cached_property
    def _unnamed(self) -> dict[str, str]:
        groups = self._words.read().speech.get("unnamed", {})
        told = [(group, row["kind"]) for row in self._rows for group in listed(row.get("unnamed", ()))]
        return {word: kind for group, kind in told for word in (group, *groups.get(group, ()))}

    def _kind(self, name: str) -> str:
        actor = self._actors.find(name)
        if actor is not None and actor.kind in self._by_kind:
            return self._by_kind[actor.kind]
        low = name.casefold()
        if low in self._unnamed:
            return self._unnamed[low]
        words = reversed(_WORD.findall(low))
        return next((self._by_word[word] for word in words if word in self._by_word), NOT_KNOWN)
