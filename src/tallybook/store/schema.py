"""The tables of a book. Records are kept whole as JSON; columns repeat what lists and joins need."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)

HEAD = "0006"
"""Revision that this program writes; `migrations/versions` ends with it."""

APPLICATION_ID = 0x54414C59
"""SQLite application id of a book ("TALY")."""

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

documents = Table(
    "documents",
    metadata,
    Column("key", String(32), primary_key=True),
    Column("id", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("sha256_bytes", String(64), nullable=False),
    Column("title", Text),
    Column("publisher", Text),
    Column("published", Text),
    Column("published_from", Text),
    Column("url", Text),
    Column("language", Text),
    Index("ix_documents_id_key", "id", "key"),
    Index("ix_documents_url", "url"),
    Index("ix_documents_sha256", "sha256"),
)

arrivals = Table(
    "arrivals",
    metadata,
    Column("document", String(32), ForeignKey("documents.key", ondelete="CASCADE"), primary_key=True),
    Column("at", Text, nullable=False),
    Column("run", Integer, nullable=False),
)

readings = Table(
    "readings",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("document", String(32), ForeignKey("documents.key", ondelete="CASCADE"), nullable=False),
    Column("reader", Text, nullable=False),
    Column("knowledge", Text, nullable=False),
    Column("current", Boolean, nullable=False),
    Column("mended", Text, nullable=False, server_default=""),
    Index("ix_readings_document_current", "document", "current"),
)

claims = Table(
    "claims",
    metadata,
    Column("reading", String(32), ForeignKey("readings.id", ondelete="CASCADE"), primary_key=True),
    Column("id", Text, primary_key=True),
    Column("position", Integer, nullable=False),
    Column("measure", Text),
    Column("stance", Text, nullable=False),
    Column("scope", Text, nullable=False),
    Column("start", Text),
    Column("end", Text),
    Column("record", Text, nullable=False),
    Index("ix_claims_measure", "measure"),
)

records = Table(
    "records",
    metadata,
    Column("reading", String(32), ForeignKey("readings.id", ondelete="CASCADE"), primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("record", Text, nullable=False),
)

notes = Table(
    "notes",
    metadata,
    Column("code", Text, primary_key=True),
    Column("object", Text, primary_key=True),
    Column("message", Text, primary_key=True),
)

judgements = Table(
    "judgements",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("id", Text, nullable=False, unique=True),
    Column("record", Text, nullable=False),
)

settings = Table(
    "settings",
    metadata,
    Column("name", Text, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("value", Text, nullable=False),
)

derived = Table(
    "derived",
    metadata,
    Column("name", Text, primary_key=True),
    Column("state", String(64), nullable=False),
    Column("value", Text, nullable=False),
)

files = Table(
    "files",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("size", BigInteger, nullable=False),
    Column("media_type", Text, nullable=False),
)

file_parts = Table(
    "file_parts",
    metadata,
    Column("file", String(64), ForeignKey("files.sha256", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("content", LargeBinary, nullable=False),
)

unlinked = Table("unlinked", metadata, Column("document", String(32), primary_key=True))
"""Documents that came, or are read otherwise, since the book was linked."""

linked_events = Table(
    "linked_events",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("document", String(32), nullable=False),
    Column("event", Text, nullable=False),
    Column("first", Integer, nullable=False),
    Column("last", Integer, nullable=False),
    Column("place", Text),
    Column("component", BigInteger, nullable=False),
    Column("incident", Text, nullable=False),
    Index("ix_linked_events_document", "document"),
    Index("ix_linked_events_component", "component"),
    Index("ix_linked_events_incident", "incident"),
)

linked_rows = Table(
    "linked_rows",
    metadata,
    Column("name", Text, primary_key=True),
    Column("last", Integer, primary_key=True, autoincrement=False),
    Column("event", BigInteger, primary_key=True, autoincrement=False),
    Column("first", Integer, nullable=False),
    Index("ix_linked_rows_event", "event"),
    sqlite_with_rowid=False,
)

linked_incidents = Table(
    "linked_incidents",
    metadata,
    Column("id", Text, primary_key=True),
    Column("record", Text, nullable=False),
)

linked_copies = Table(
    "linked_copies",
    metadata,
    Column("copy", String(32), primary_key=True),
    Column("original", String(32), primary_key=True),
    Index("ix_linked_copies_original", "original"),
)

sketches = Table(
    "sketches",
    metadata,
    Column("document", String(32), primary_key=True),
    Column("day", Integer),
    Column("sketch", LargeBinary, nullable=False),
    Index("ix_sketches_day", "day"),
)

OF_LINKING = (unlinked, linked_events, linked_rows, linked_incidents, linked_copies, sketches)
"""What a linking leaves for the next one; derived, and no answer depends on it."""
