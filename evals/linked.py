"""Readings to printed claims, with incidents filled in by the package's own linker."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tallybook.model import Reading
from tallybook.model.wire import reading_json


def linked_claims(readings: Sequence[Reading]) -> dict[str, list[dict[str, Any]]]:
    """Return the claims of each document id as the product prints them from a book."""
    incidents = _incidents(readings)
    return {reading.document.id: list(reading_json(reading, incidents)["claims"]) for reading in readings}


def _incidents(readings: Sequence[Reading]) -> dict[str, str]:
    from tallybook.incidents import link

    claims = [claim for reading in readings for claim in reading.claims]
    documents = {reading.document.key: reading.document for reading in readings}
    victims = [victim for reading in readings for victim in reading.victims]
    found = link(claims, documents, victims=victims)
    return {claim: incident.id for incident in found for claim in incident.claims}
