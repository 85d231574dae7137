"""The register of actors: names, aliases, sides, parents, and what a phrase like "the regime" means in one war."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from tallybook.errors import KnowledgeError
from tallybook.knowledge.folding import fold
from tallybook.knowledge.rows import listed, yaml_rows
from tallybook.model.described import described

KINDS = ("state_forces", "rebel", "militia", "external", "political", "civilians", "organisation", "outlet")

INTER = {"state_forces": 1, "rebel": 2, "militia": 3, "civilians": 7, "external": 8}
"""ACLED `inter` of each kind whose rows state none; identity militias (4) state theirs. Source: ACLED codebook."""

SHORT = 3
"""Letters up to which an abbreviation means an actor in its own war only: 'AA' and 'PDF' are many things elsewhere."""


@dataclass(frozen=True, slots=True)
class Tie:
    """What an actor was, to whom, and for how long."""

    role: str = described("side, ally, coalition or parent")
    to: str = described("id of the other actor; for a side, its name")
    since: str | None = described("first year or ISO day", default=None)
    until: str | None = described("last year or ISO day", default=None)

    def holds(self, on: str | None) -> bool:
        """Say whether it held on the ISO day (or in the month or year) `on`; True where no date is given."""
        return _applies(self.since, self.until, on)


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
    also_in: tuple[str, ...] = described("ISO 3166-1 alpha-3 of other countries where it acts", default=())
    ucdp: str | None = described("name in the UCDP Actor Dataset", default=None)
    inter: int | None = described("ACLED actor type, 1 to 8", default=None)
    ties: tuple[Tie, ...] = described("sides, allies, umbrellas and parents with their dates", default=())
    note: str | None = described("what to know about the name, above all where it is disputed", default=None)

    def exists(self, on: str | None) -> bool:
        """Say whether the name applies on the ISO day (or in the month or year) `on`; True where no date is given."""
        return _applies(self.since, self.until, on)

    def side_on(self, on: str | None) -> str | None:
        """Return the side it fought on then, or None if it is not known."""
        dated = [t for t in self.ties if t.role == "side"]
        return next((t.to for t in dated if t.holds(on)), None) if dated else self.side


class ActorRegister:
    """Look actors up by any of their names. Rows of later packs outrank those of earlier ones."""

    def __init__(self, actors: Iterable[Actor]) -> None:
        self._by_id: dict[str, Actor] = {}
        for actor in actors:
            self._by_id[actor.id] = actor
        self._by_key: dict[str, list[Actor]] = {}
        for actor in self._by_id.values():
            for key in dict.fromkeys(fold(n) for n in (actor.name, *actor.aliases)):
                self._by_key.setdefault(key, []).insert(0, actor)

        self._described = {
            fold(n) for a in self._by_id.values() if a.country for n in (a.name, *a.aliases) if n == n.lower()
        }
        self.first_words = frozenset(key.split()[0] for key in self._by_key if key)

    def __iter__(self) -> Iterator[Actor]:
        return iter(self._by_id.values())

    def get(self, actor_id: str) -> Actor | None:
        """Return the actor with this id, or None."""
        return self._by_id.get(actor_id)

    def find(self, name: str, country: str | None = None, on: str | None = None) -> Actor | None:
        """Return the actor known under `name` in the war of `country` on the day `on`; None if there is none.

        An actor of that country comes first, then one that also acts there, then one of no country. A name of another
        war serves where it is the only one, and is neither a short abbreviation nor a description in lower-case words
        ('bandits', 'resistance forces'). Without a country, a description means nobody, nor does a name that means
        different actors in different wars.
        """
        key = fold(name)
        found = self._by_key.get(key, [])
        found = [a for a in found if a.exists(on)] or found
        if country is None:
            return found[0] if len({a.country for a in found}) == 1 and key not in self._described else None
        for nearness in (0, 1, 2):
            for actor in found:
                if _nearness(actor, country) == nearness:
                    return actor
        return found[0] if len(found) == 1 and len(key) > SHORT and key not in self._described else None

    def meaning(self, phrase: str, country: str, on: str | None = None) -> Actor | None:
        """Return what a phrase ('the regime') or an adjective ('junta') means in the war of `country` on a day."""
        low = phrase.lower()
        said = [a for a in self.of_country(country) if low in a.phrases or low in a.adjectives]
        then = [a for a in said if a.exists(on)] or said
        return then[-1] if then else None

    def of_country(self, country: str, on: str | None = None) -> tuple[Actor, ...]:
        """Return the actors of a country's war whose names apply on a day, in the order of the packs."""
        return tuple(a for a in self._by_id.values() if a.country == country and a.exists(on))

    def canonical(self, name: str) -> str | None:
        """Return the canonical name of the actor known as `name` in any war, the latest pack's first; or None."""
        actor = self._any(name)
        return actor.name if actor else None

    def _any(self, name: str) -> Actor | None:
        return next(iter(self._by_key.get(fold(name), ())), None)

    def includes(self, outer: str, inner: str, on: str | None = None) -> bool:
        """Say whether the actor named `inner` is `outer`, one of its parts, or a member of it then, at any depth."""
        if fold(outer) == fold(inner):
            return True
        whole, actor = self._any(outer), self._any(inner)
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
                left += _above(self._by_id[at], on)
        return False

    def names(self) -> tuple[str, ...]:
        """Return every name and alias, sorted."""
        return tuple(sorted({n for a in self._by_id.values() for n in (a.name, *a.aliases)}))


def _applies(since: str | None, until: str | None, on: str | None) -> bool:
    """Compare days, months and years as far as both are precise."""
    if on is None:
        return True
    begun = since is None or on[: len(since)] >= since[: len(on)]
    return begun and (until is None or on[: len(until)] <= until[: len(on)])


def _nearness(actor: Actor, country: str) -> int:
    if actor.country == country:
        return 0
    if country in actor.also_in:
        return 1
    return 3 if actor.country else 2


def _above(actor: Actor, on: str | None) -> list[str]:
    """Return the ids of the wholes that an actor was part of."""
    ended = {t.to for t in actor.ties if t.role in ("coalition", "parent") and not t.holds(on)}
    held = {t.to for t in actor.ties if t.role in ("coalition", "parent") and t.holds(on)}
    named = [*actor.coalitions, *filter(None, [actor.parent])]
    return [i for i in named if i in held or i not in ended]


def load_actors(path: Path) -> list[Actor]:
    """Read one pack's actors.yaml.

    Raises: KnowledgeError naming file, row and field of the first thing that does not hold.
    """
    actors: list[Actor] = []
    ids: set[str] = set()
    owners: dict[tuple[str, str | None], str] = {}
    for where, row in yaml_rows(path, ("id", "name", "kind", "source")):
        for field, what in faults(row):
            raise KnowledgeError(f"{path}: {where} ({row['name']}), {field}: {what}")
        actor = actor_from(row)
        if actor.id in ids:
            raise KnowledgeError(f"{path}: {where} repeats id {actor.id!r}. Give it an id of its own.")
        ids.add(actor.id)
        for name in dict.fromkeys(fold(n) for n in (actor.name, *actor.aliases)):
            if owners.setdefault((name, actor.country), actor.name) != actor.name:
                raise KnowledgeError(
                    f"{path}: {where} ({actor.name}) has alias {name!r}, which {owners[name, actor.country]} has too. "
                    "Keep it in one."
                )
        actors.append(actor)
    known = {a.id: a for a in actors}
    for actor in actors:
        if ring(actor, known):
            raise KnowledgeError(f"{path}: the parents of {actor.id!r} run in a circle. Break it at one of them.")
    return actors


_TIES = {"side": "side", "allies": "ally", "coalitions": "coalition"}
_FIELDS = {f.name for f in fields(Actor)} - {"ties"}
_DAY = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")


def faults(row: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield each field of a row that does not hold, with what is wrong and what to do."""
    for name in sorted(set(row) - _FIELDS):
        yield name, "no field of an actor. Check its spelling."
    if str(row["kind"]) not in KINDS:
        yield "kind", f"{row['kind']!r} is none of {', '.join(KINDS)}."
    if row.get("inter") is not None and row["inter"] not in range(1, 9):
        yield "inter", f"{row['inter']!r} is no number from 1 to 8."
    yield from _bad_days(row, ("since", "until"))
    for field in _TIES:
        for value in _each(row.get(field)):
            if isinstance(value, Mapping):
                if not value.get("to") or set(value) - {"to", "since", "until"}:
                    yield field, "should be a name, or {to: ..., since: ..., until: ...}."
                yield from ((field, what) for _, what in _bad_days(value, ("since", "until")))


def _bad_days(row: Mapping[str, Any], names: Iterable[str]) -> Iterator[tuple[str, str]]:
    for name in names:
        if row.get(name) is not None and not _DAY.fullmatch(str(row[name])):
            yield name, f"{str(row[name])!r} is no day. Write a year, a month as 2021-05 or a day as 2021-05-05."


def actor_from(row: Mapping[str, Any]) -> Actor:
    """Return the actor of a row that has no `faults`."""
    told: dict[str, Any] = {
        k: str(row[k]) for k in ("country", "parent", "since", "until", "ucdp", "note") if row.get(k) is not None
    }
    told |= {k: listed(row.get(k)) for k in ("aliases", "phrases", "adjectives", "also_in")}
    ties = {field: [_tie(role, value) for value in _each(row.get(field))] for field, role in _TIES.items()}
    told |= {field: tuple(t.to for t in own) for field, own in ties.items() if field != "side"}
    told["side"] = ties["side"][-1].to if ties["side"] else None
    told["ties"] = tuple(t for own in ties.values() for t in own if t.since or t.until)
    told["inter"] = row["inter"] if row.get("inter") is not None else INTER.get(str(row["kind"]))
    return Actor(str(row["id"]), str(row["name"]), str(row["kind"]), source=str(row["source"]), **told)


def _each(value: Any) -> list[Any]:
    return [] if value is None else value if isinstance(value, list) else [value]


def _tie(role: str, value: Any) -> Tie:
    """Read 'x' or {to: x, since: 2019, until: 2021}."""
    if not isinstance(value, Mapping):
        return Tie(role, str(value))
    days = {k: str(value[k]) for k in ("since", "until") if value.get(k) is not None}
    return Tie(role, str(value["to"]), **days)


def ring(start: Actor, actors: Mapping[str, Actor]) -> tuple[str, ...]:
    """Return the ids from an actor up its parents and back to it, or nothing where they end."""
    path, at = [start.id], start
    while at.parent and at.parent in actors:
        path.append(at.parent)
        if at.parent == start.id:
            return tuple(path)
        if at.parent in path[:-1]:
            return ()
        at = actors[at.parent]
    return ()
