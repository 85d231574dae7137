"""Figure ids: they hold the question, so that a figure can be computed again from its id, and the state of the book."""

from __future__ import annotations

import base64
import binascii
import json
import zlib
from dataclasses import fields
from typing import Any

from tallybook.errors import UsageError
from tallybook.model import Query

PREFIX = "fig"
TUPLES = ("who", "origins")


class BadFigureId(UsageError):
    """A figure id that no `total` printed."""

    code = "TB-103"


def figure_id(query: Query, state: str) -> str:
    """Return the id of a query's figure in a book of this state."""
    told = {f.name: getattr(query, f.name) for f in fields(query) if getattr(query, f.name) not in (None, ())}
    packed = zlib.compress(json.dumps(told, sort_keys=True, separators=(",", ":")).encode(), 9)
    return f"{PREFIX}-{state}-{base64.urlsafe_b64encode(packed).decode().rstrip('=')}"


def query_of(identifier: str) -> tuple[Query, str]:
    """Return the query that a figure id holds, and the state of the book it was computed in.

    Raises: BadFigureId if the id was not made by `figure_id`.
    """
    try:
        prefix, state, packed = identifier.split("-", 2)
        if prefix != PREFIX:
            raise ValueError
        told: dict[str, Any] = json.loads(zlib.decompress(base64.urlsafe_b64decode(packed + "=" * (-len(packed) % 4))))
        fields_told: dict[str, Any] = {k: tuple(v) if k in TUPLES else v for k, v in told.items()}
        return Query(**fields_told), state
    except (ValueError, TypeError, binascii.Error, zlib.error) as trouble:
        raise BadFigureId(f"{identifier!r} is no figure id. Run `tallybook total` again and copy its id.") from trouble
