"""What a linking leaves, in rows, so that the next report is linked without the rest."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Make the tables; what was derived before goes, and is derived anew."""
    op.execute("DELETE FROM derived")
    order = "C" if op.get_bind().dialect.name == "postgresql" else None
    key, words = sa.String(32, collation=order), sa.Text(collation=order)
    op.create_table(
        "unlinked", sa.Column("document", key, nullable=False), sa.PrimaryKeyConstraint("document", name="pk_unlinked")
    )
    op.create_table(
        "linked_events",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("document", key, nullable=False),
        sa.Column("event", words, nullable=False),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("place", words),
        sa.Column("component", sa.BigInteger(), nullable=False),
        sa.Column("incident", words, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_linked_events"),
    )
    for column in ("document", "component", "incident"):
        op.create_index(f"ix_linked_events_{column}", "linked_events", [column])
    op.create_table(
        "linked_rows",
        sa.Column("name", words, nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("event", sa.BigInteger(), nullable=False),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", "last", "event", name="pk_linked_rows"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_linked_rows_event", "linked_rows", ["event"])
    op.create_table(
        "linked_incidents",
        sa.Column("id", words, nullable=False),
        sa.Column("record", words, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_linked_incidents"),
    )
    op.create_table(
        "linked_copies",
        sa.Column("copy", key, nullable=False),
        sa.Column("original", key, nullable=False),
        sa.PrimaryKeyConstraint("copy", "original", name="pk_linked_copies"),
    )
    op.create_index("ix_linked_copies_original", "linked_copies", ["original"])
    op.create_table(
        "sketches",
        sa.Column("document", key, nullable=False),
        sa.Column("day", sa.Integer()),
        sa.Column("sketch", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("document", name="pk_sketches"),
    )
    op.create_index("ix_sketches_day", "sketches", ["day"])
