"""What a person names: claims, incidents, victim records and people by id, documents by id or key."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property

from tallybook.errors import AmbiguousName, UsageError
from tallybook.incidents import incident_id
from tallybook.incidents.people import person_id
from tallybook.model import Claim, Document, Incident, Person, Victim


class Objects:
    """The things of a book that a judgement can be about."""

    def __init__(
        self, claims: Iterable[Claim], incidents: Iterable[Incident], documents: Mapping[str, Document]
    ) -> None:
        self._claims = {c.id: c for c in claims}
        self._incidents = {name: i for i in incidents for name in (*i.aliases, i.id)}
        self._documents = documents

    @cached_property
    def _anchors(self) -> dict[str, Claim]:
        """Claims by the ids of the incidents that would have theirs from them: hashes, made only where one is named."""
        return {incident_id(c.id): c for c in self._claims.values()}

    def claim(self, name: str) -> Claim:
        """Return the claim of this id, or the one that an incident has its id from; former incident ids hold.

        Raises: UsageError
        """
        found = self._claims.get(name) or self._anchors.get(name)
        if found is None:
            raise _unknown(name)
        return found

    def claims(self, name: str) -> tuple[Claim, ...]:
        """Return the claim of this id, or all claims of the incident of this id.

        Raises: UsageError
        """
        if name in self._claims:
            return (self._claims[name],)
        incident = self._incidents.get(name)
        if incident is None:
            raise _unknown(name)
        return tuple(self._claims[c] for c in incident.claims if c in self._claims)

    def incident(self, claim: Claim) -> Incident | None:
        """Return the incident of a claim, or None where it is in none."""
        return next((i for i in self._incidents.values() if claim.id in i.claims), None)

    def document(self, name: str) -> Document:
        """Return the document of this key or id.

        Raises: UsageError; AmbiguousName where several documents have the id.
        """
        if name in self._documents:
            return self._documents[name]
        found = [d for d in self._documents.values() if d.id == name]
        if not found:
            raise UsageError(f"This book has no document {name!r}. Copy an id from `claims`.")
        if len(found) > 1:
            raise AmbiguousName("document", name, [_described(d) for d in found])
        return found[0]


class Named:
    """The people of a book and the records that name them."""

    def __init__(self, victims: Iterable[Victim], people: Iterable[Person]) -> None:
        self._victims = {v.id: v for v in victims}
        held = list(people)
        self._people = {name: p for p in held for name in (*p.aliases, p.id)}
        self._person_of = {v: p for p in held for v in p.victims}

    def holds(self, name: str) -> bool:
        """Say whether this is the id of a victim record or a person; former ids of merged people hold."""
        return name in self._victims or name in self._people

    def victim(self, name: str) -> Victim:
        """Return the record of this id, or the one that a person has its id from.

        Raises: UsageError
        """
        found = self._victims.get(name)
        if found is None and name in self._people:
            found = next(v for i in self._people[name].victims if person_id(i) == name for v in [self._victims[i]])
        if found is None:
            raise UsageError(f"This book has no named victim {name!r}. Copy an id from `victims`.")
        return found

    def person(self, victim: Victim) -> Person | None:
        """Return the person whom a record names."""
        return self._person_of.get(victim.id)


def _unknown(name: str) -> UsageError:
    return UsageError(f"This book has no claim or incident {name!r}. Copy an id from `claims` or `incidents`.")


def _described(document: Document) -> str:
    return f"{document.key} ({document.publisher or 'no publisher'}, {document.published_day or 'undated'})"
