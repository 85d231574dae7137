"""The rows of actors.yaml: what they may hold, and the actors they make."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

from tallybook.errors import KnowledgeError
from tallybook.knowledge.actors import INTER, KINDS, Actor, Tie
from tallybook.knowledge.folding import fold
from tallybook.knowledge.rows import listed, yaml_rows


def load_actors(path: Path) -> list[Actor]:
    """Read one pack's actors.yaml.

    Raises: KnowledgeError naming file, row and field of the first thing that does not hold.
    """
    actors: list[Actor] = []
    ids: set[str] = set()
    owners: dict[tuple[str, str | None], list[Actor]] = {}
    for where, row in yaml_rows(path, ("id", "name", "kind", "source")):
        for field, what in faults(row):
            raise KnowledgeError(f"{path}: {where} ({row['name']}), {field}: {what}")
        actor = actor_from(row)
        if actor.id in ids:
            raise KnowledgeError(f"{path}: {where} repeats id {actor.id!r}. Give it an id of its own.")
        ids.add(actor.id)
        for name in dict.fromkeys(fold(n) for n in (actor.name, *actor.aliases)):
            held = owners.setdefault((name, actor.country), [])
            other = next((o for o in held if o.name != actor.name and not o.apart_from(actor)), None)
            if other is not None:
                raise KnowledgeError(
                    f"{path}: {where} ({actor.name}) has alias {name!r}, which {other.name} has too. "
                    "Keep it in one, or date both."
                )
            held.append(actor)
        actors.append(actor)
    known = {a.id: a for a in actors}
    for actor in actors:
        if ring(actor, known):
            raise KnowledgeError(f"{path}: the parents of {actor.id!r} run in a circle. Break it at one of them.")
    return actors


_TIES = {"side": "side", "allies": "ally", "coalitions": "coalition"}
_NAMES = {"aliases": "alias", "phrases": "phrase", "adjectives": "adjective"}
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

    for field in _NAMES:
        for value in _each(row.get(field)):
            if isinstance(value, Mapping):
                if not value.get("name") or set(value) - {"name", "since", "until"}:
                    yield field, "should be a name, or {name: ..., since: ..., until: ...}."
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
    told["also_in"] = listed(row.get("also_in"))
    names = {field: [_named(role, value) for value in _each(row.get(field))] for field, role in _NAMES.items()}
    told |= {field: tuple(dict.fromkeys(t.to for t in own)) for field, own in names.items()}
    ties = {field: [_tie(role, value) for value in _each(row.get(field))] for field, role in _TIES.items()}
    told |= {field: tuple(t.to for t in own) for field, own in ties.items() if field != "side"}
    told["side"] = ties["side"][-1].to if ties["side"] else None
    told["ties"] = tuple(t for own in (*ties.values(), *names.values()) for t in own if t.since or t.until)
    told["inter"] = row["inter"] if row.get("inter") is not None else INTER.get(str(row["kind"]))
    return Actor(str(row["id"]), str(row["name"]), str(row["kind"]), source=str(row["source"]), **told)


def _each(value: Any) -> list[Any]:
    return [] if value is None else value if isinstance(value, list) else [value]


def _named(role: str, value: Any) -> Tie:
    """Read 'x' or {name: x, since: 2019, until: 2021}."""
    if not isinstance(value, Mapping):
        return Tie(role, str(value))
    days = {k: str(value[k]) for k in ("since", "until") if value.get(k) is not None}
    return Tie(role, str(value["name"]), **days)


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
