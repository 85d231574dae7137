"""One human being whom several records name."""

from __future__ import annotations

from dataclasses import dataclass

from tallybook.model.described import described
from tallybook.model.incident import Link


@dataclass(frozen=True, slots=True)
class Person:
    """Victim records held to name one person; derived, and can be recomputed."""

    id: str = described("from the earliest record (publication time, then record id)")
    name: str = described("the fullest name that its records give")
    victims: tuple[str, ...] = described("ids of its records, sorted")
    sure: float = described("probability of the weakest link that holds its records together, 0..1; 1 for one record")
    aliases: tuple[str, ...] = described("ids of persons that merged into this one", default=())
    links: tuple[Link, ...] = described("why its records are held together; a and b are ids of records", default=())
