"""The state of a book: one hash over what answers depend on."""

from __future__ import annotations

import hashlib
from json.encoder import encode_basestring_ascii as quoted
from typing import Any

from sqlalchemy import Connection, Select, select

from tallybook.store.schema import documents, judgements, readings


def state_of(connection: Connection, leaving_out: str | None = None) -> str:
    """Return 64 hex digits over documents, current readings and judgements; `leaving_out` is the id of one that is not
    to be counted."""
    d, r, j = documents.c, readings.c, judgements.c
    current: Select[Any] = select(r.id, d.id).join(documents, d.key == r.document).where(r.current)
    digest = hashlib.sha256()
    for reading, name in sorted(tuple(row) for row in connection.execute(current)):
        digest.update(f'["{reading}", {quoted(name)}]'.encode())
    for judgement in connection.execute(select(j.id).order_by(j.number)).scalars():
        if judgement != leaving_out:
            digest.update(judgement.encode())
    return digest.hexdigest()
