"""The tables of people and access; the log is append-only by triggers of the database itself.

Only who has put the setting REWRITING into the same transaction may change it: a purge, which takes words out for good.
"""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table, Text

from tallybook.store.schema import metadata

REWRITING = "rewriting"
"""Setting that lets a transaction change the access log; it never outlives the transaction."""

people = Table(
    "people",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("name", Text, nullable=False),
    Column("folded", Text, nullable=False, unique=True),
    Column("role", Text, nullable=False),
    Column("password", Text, nullable=False),
    Column("made_at", Text, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("must_change", Boolean, nullable=False),
    Column("needs_code", Boolean, nullable=False),
    Column("secret", Text),
    Column("last_step", Integer),
)

visits = Table(
    "visits",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("person", String(16), ForeignKey("people.id", ondelete="CASCADE"), nullable=False),
    Column("csrf", Text, nullable=False),
    Column("started", Text, nullable=False),
    Column("seen", Text, nullable=False),
    Index("ix_visits_person", "person"),
)

tries = Table(
    "tries",
    metadata,
    Column("key", Text, primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("last", Integer, nullable=False),
)

seen = Table(
    "seen",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("page", Text, nullable=False),
    Column("object", Text, nullable=False),
    Column("rows", Integer),
    Index("ix_seen_person", "person"),
    Index("ix_seen_object", "object"),
)
