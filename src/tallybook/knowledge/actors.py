"""The register of actors: names, aliases, sides, parents, and what a phrase like "the regime" means in one war."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tallybook.knowledge.folding import fold
from tallybook.model.described import described

KINDS = ("state_forces", "rebel", "militia", "external", "political", "civilians", "organisation", "outlet")

INTER = {"state_forces": 1, "rebel": 2, "militia": 3, "civilians": 7, "external": 8}
"""ACLED `inter` of each kind whose rows state none; identity militias (4) state theirs. Source: ACLED codebook."""

NAMING = ("alias", "phrase", "adjective")
"""Roles of ties that are names."""

SHORT = 3
"""Letters up to which an abbreviation means an actor in its own war only: 'AA' and 'PDF' are many things elsewhere."""


@dataclass(frozen=True, slots=True)
class Tie:
    """What an actor was, to whom, and for how long."""

    role: str = described("side, ally, coalition, parent, alias, phrase or adjective")
    to: str = described("id of the other actor; for a side, alias or phrase, its words")
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

    def apart_from(self, other: Actor) -> bool:
        """Say whether the names of two actors never applied on the same day."""
        return _ends_before(self, other) or _ends_before(other, self)

    def called(self, key: str, on: str | None) -> bool:
        """Say whether the folded name or phrase `key` was in use for it then; a name without dates always is."""
        dated = [t for t in self.ties if t.role in NAMING and fold(t.to) == key]
        return not dated or any(t.holds(on) for t in dated)

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
        self._by_ucdp: dict[str, list[Actor]] = {}
        for actor in self._by_id.values():
            if actor.ucdp:
                self._by_ucdp.setdefault(fold(actor.ucdp), []).append(actor)
        self._by_country: dict[str | None, list[Actor]] = {}
        for actor in self._by_id.values():
            self._by_country.setdefault(actor.country, []).append(actor)
        self._described = {
            fold(n) for a in self._by_id.values() if a.country for n in (a.name, *a.aliases) if n == n.lower()
        }
        self.keys = frozenset(self._by_key)
        """Folded names of all actors."""
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
        found = [a for a in found if a.exists(on) and a.called(key, on)] or found
        if country is None:
            return found[0] if len({a.country for a in found}) == 1 and key not in self._described else None
        for nearness in (0, 1, 2):
            for actor in found:
                if _nearness(actor, country) == nearness:
                    return actor
        return found[0] if len(found) == 1 and len(key) > SHORT and key not in self._described else None

    def of_ucdp(self, name: str, on: str | None = None) -> Actor | None:
        """Return the actor that UCDP calls `name`, on the day `on`: by its UCDP name, else by any name; or None."""
        found = self._by_ucdp.get(fold(name), [])
        then = [a for a in found if a.exists(on)] or found
        return then[0] if then else self.find(name, None, on)

    def meaning(self, phrase: str, country: str, on: str | None = None) -> Actor | None:
        """Return what a phrase ('the regime') or an adjective ('junta') means in the war of `country` on a day."""
        low = phrase.lower()
        said = [a for a in self.of_country(country) if low in a.phrases or low in a.adjectives]
        then = [a for a in said if a.exists(on) and a.called(fold(phrase), on)] or said
        return then[-1] if then else None

    def of_country(self, country: str, on: str | None = None) -> tuple[Actor, ...]:
        """Return the actors of a country's war whose names apply on a day, in the order of the packs."""
        return tuple(a for a in self._by_country.get(country, ()) if a.exists(on))

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


def _ends_before(one: Actor, other: Actor) -> bool:
    if one.until is None or other.since is None:
        return False
    exact = min(len(one.until), len(other.since))
    return one.until[:exact] < other.since[:exact]


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
