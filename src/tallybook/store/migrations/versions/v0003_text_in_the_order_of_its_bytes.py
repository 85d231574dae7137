"""On PostgreSQL text sorts by its code points, as on SQLite, whatever the locale of the database: equal books have
equal bytes on both."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

TABLES = ("documents", "arrivals", "readings", "claims", "records", "notes", "judgements", "settings", "derived")


def upgrade() -> None:
    """Give every column of text the collation "C"; SQLite has that order already."""
    connection = op.get_bind()
    if connection.dialect.name != "postgresql":
        return
    found = sa.inspect(connection)
    for table in (
        "documents",
        "arrivals",
        "readings",
        "claims",
        "records",
        "notes",
        "judgements",
        "settings",
        "derived",
    ):
        for column in found.get_columns(table):
            if isinstance(column["type"], sa.String):
                of_type = column["type"].compile(connection.dialect)
                op.execute(f'ALTER TABLE "{table}" ALTER COLUMN "{column["name"]}" TYPE {of_type} COLLATE "C"')
