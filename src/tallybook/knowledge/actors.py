"""The register of actors: names, aliases, sides, parents, and what a phrase like "the regime" means in one war."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tallybook.errors import KnowledgeError
from tallybook.knowledge.folding import fold
from tallybook.knowledge.rows import listed, yaml_rows
from tallybook.model.described import described

KINDS = ("state_forces", "rebel", "militia", "external", "political", "civilians", "organisation", "outlet")


@dataclass(frozen=True, slots=True)
class Actor:
    """One organisation that fights, governs, counts or reports."""

    id: str = described("stable id inside its pack")
    name: str = described("canonical name, as the actor or the standards write it")
    kind: str = described("one of KINDS")
    country: str | None = described("ISO 3166-1 alpha-3 of the war it belongs to", default=None)
    aliases: tuple[str, ...] = described("other names in use, abbreviations among them", default=())
    phrases: tuple[str, ...] = described("definite phrases that mean it in this war: 'the regime'", default=())
    adjectives: tuple[str, ...] = described("words before a noun that mean it: 'junta' in 'junta troops'", default=())
    parent: str | None = described("id of the organisation it is part of", default=None)
    coalitions: tuple[str, ...] = described("ids of umbrellas whose words and acts include its own", default=())
    side: str | None = described("side of the war it fights on", default=None)
    allies: tuple[str, ...] = described("ids of actors it fights beside", default=())
    since: str | None = described("first year or ISO day that the name applies", default=None)
    until: str | None = described("last year or ISO day that the name applies", default=None)
    source: str = described("where the row comes from", default="")


class ActorRegister:
    """Look actors up by any of their names. Rows of later packs outrank those of earlier ones."""

    def __init__(self, actors: Iterable[Actor]) -> None:
        self._by_id: dict[str, Actor] = {}
        for actor in actors:
            self._by_id[actor.id] = actor
        self._by_key: dict[str, list[Actor]] = {}
        for actor in self._by_id.values():
            for name in (actor.name, *actor.aliases):
                self._by_key.setdefault(fold(name), []).insert(0, actor)

        self.first_words = frozenset(key.split()[0] for key in self._by_key if key)

    def __iter__(self) -> Any:
        return iter(self._by_id.values())

    def get(self, actor_id: str) -> Actor | None:
        """Return the actor with this id, or None."""
        return self._by_id.get(actor_id)

    def find(self, name: str, country: str | None = None) -> Actor | None:
        """Return the actor known under `name`, that of `country` first; None if there is none."""
        found = self._by_key.get(fold(name), [])
        return next((a for a in found if country and a.country == country), found[0] if found else None)

    def canonical(self, name: str) -> str | None:
        """Return the canonical name of the actor known as `name`, or None."""
        actor = self.find(name)
        return actor.name if actor else None

    def includes(self, outer: str, inner: str) -> bool:
        """Say whether the actor named `inner` is `outer`, one of its parts, or a member of it, at any depth."""
        if fold(outer) == fold(inner):
            return True
        whole, actor = self.find(outer), self.find(inner)
        if whole is None or actor is None:
            return False
        seen: set[str] = set()
        left = [actor.id]
        while left:
            at = left.pop()
            if at == whole.id:
                return True
            if at not in seen and at in self._by_id:
                seen.add(at)
                left += [*self._by_id[at].coalitions, *filter(None, [self._by_id[at].parent])]
        return False

    def names(self) -> tuple[str, ...]:
        """Return every name and alias, sorted."""
        return tuple(sorted({n for a in self._by_id.values() for n in (a.name, *a.aliases)}))


def load_actors(path: Path) -> list[Actor]:
    """Read one pack's actors.yaml.

    Raises: KnowledgeError on a missing field, an unknown kind, or a name given to two actors of the file.
    """
    actors: list[Actor] = []
    owners: dict[str, str] = {}
    for where, row in yaml_rows(path, ("id", "name", "kind", "source")):
        actor = _actor(row)
        if actor.kind not in KINDS:
            raise KnowledgeError(
                f"{path}: {where} ({actor.name}) has kind {actor.kind!r}. Use one of {', '.join(KINDS)}."
            )
        if any(a.id == actor.id for a in actors):
            raise KnowledgeError(f"{path}: {where} repeats id {actor.id!r}. Give it an id of its own.")
        for name in {fold(n) for n in (actor.name, *actor.aliases)}:
            if owners.setdefault(name, actor.name) != actor.name:
                raise KnowledgeError(
                    f"{path}: {where} ({actor.name}) has alias {name!r}, which {owners[name]} has too. Keep it in one."
                )
        actors.append(actor)
    _refuse_cycles(path, {a.id: a for a in actors})
    return actors


def _actor(row: Mapping[str, Any]) -> Actor:
    fields: dict[str, Any] = {
        k: str(row[k]) for k in ("country", "parent", "side", "since", "until") if row.get(k) is not None
    }
    fields |= {k: listed(row.get(k)) for k in ("aliases", "phrases", "adjectives", "allies", "coalitions")}
    return Actor(id=str(row["id"]), name=str(row["name"]), kind=str(row["kind"]), source=str(row["source"]), **fields)


def _refuse_cycles(path: Path, actors: Mapping[str, Actor]) -> None:
    for start in actors.values():
        seen, at = set(), start
        while at.parent and at.parent in actors:
            if at.id in seen:
                raise KnowledgeError(f"{path}: the parents of {start.id!r} run in a circle. Break it at one of them.")
            seen.add(at.id)
            at = actors[at.parent]
