"""The state of a book: one hash over what answers depend on."""

from __future__ import annotations

import hashlib
from json.encoder import encode_basestring_ascii as quoted
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Select, select

from tallybook.store.schema import documents, judgements, readings

if TYPE_CHECKING:
    from hashlib import _Hash


def state_of(connection: Connection, leaving_out: str | None = None) -> str:
    """Return 64 hex digits over documents, current readings and judgements; `leaving_out` is the id of one that is not
    to be counted."""
    return state_with(read(connection), connection, leaving_out)


def read(connection: Connection) -> _Hash:
    """Return the hash over documents and current readings: the part of a state that judgements leave as it is."""
    d, r = documents.c, readings.c
    current: Select[Any] = select(r.id, d.id).join(documents, d.key == r.document).where(r.current)
    digest = hashlib.sha256()
    for reading, name in sorted(tuple(row) for row in connection.execute(current)):
        digest.update(f'["{reading}", {quoted(name)}]'.encode())
    return digest


def state_with(of_readings: _Hash, connection: Connection, leaving_out: str | None = None) -> str:
    """Return the state of a book whose documents and readings have this hash, which is left as it is."""
    j = judgements.c
    digest = of_readings.copy()
    for judgement in connection.execute(select(j.id).order_by(j.number)).scalars():
        if judgement != leaving_out:
            digest.update(judgement.encode())
    return digest.hexdigest()
