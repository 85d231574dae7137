"""The log of judgements: appended to, never changed."""

from __future__ import annotations

from sqlalchemy import Connection, delete, func, insert, select

from tallybook.errors import BookError
from tallybook.model import Judgement
from tallybook.model.judgement import seal
from tallybook.store.schema import judgements, settings
from tallybook.store.shelving import judgement_of, packed

SEAL = "log"
"""Setting that holds the number and the seal of the judgement that was appended last."""


def logged(connection: Connection) -> tuple[Judgement, ...]:
    """Return all judgements by number.

    Raises: BookError naming the first that cannot be read.
    """
    rows = connection.execute(select(judgements).order_by(judgements.c.number)).all()
    return tuple(judgement_of(row.number, row.record) for row in rows)


def append(connection: Connection, judgement: Judgement) -> None:
    """Write a judgement after the last one, and note its seal.

    Raises: BookError where its number is not the next.
    """
    last = int(connection.execute(select(func.max(judgements.c.number))).scalar_one() or 0)
    if judgement.number != last + 1:
        raise BookError(
            f"Judgement {judgement.number} cannot be kept: the log is at {last} by now. Look again, then decide again."
        )
    row = {"number": judgement.number, "id": judgement.id, "record": packed(judgement)}
    connection.execute(insert(judgements), row)
    connection.execute(delete(settings).where(settings.c.name == SEAL))
    noted = enumerate((str(judgement.number), seal(judgement)))
    connection.execute(insert(settings), [{"name": SEAL, "position": at, "value": value} for at, value in noted])
