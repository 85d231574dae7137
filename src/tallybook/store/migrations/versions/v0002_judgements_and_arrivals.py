"""When documents arrived, readings of documents that a judgement mends, and what arrival noticed kept apart."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

NOTICED_AT_ARRIVAL = ("charset-guessed", "published-unreadable", "published-no-offset", "published-in-future")
"""Codes of issues that arrival made in the first version; the reader's own have others."""


def upgrade() -> None:
    """Make the table, add the column, and tell the issues of arrival from those of the reader."""
    op.create_table(
        "arrivals",
        sa.Column("document", sa.String(32), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("run", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["document"], ["documents.key"], name="fk_arrivals_document", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("document", name="pk_arrivals"),
    )
    op.add_column("readings", sa.Column("mended", sa.Text(), nullable=False, server_default=""))
    records = sa.table("records", sa.column("kind", sa.Text()), sa.column("record", sa.Text()))
    for code in NOTICED_AT_ARRIVAL:
        mine = records.c.record.contains(f'"code":"{code}"', autoescape=True)
        op.execute(records.update().where(records.c.kind == "issues", mine).values(kind="arrival"))
