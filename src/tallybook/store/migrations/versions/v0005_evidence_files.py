"""Evidence files, by their content, in parts of a size that memory does not feel."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Make the tables; on PostgreSQL their text sorts by its code points, as all text of a book."""
    order = "C" if op.get_bind().dialect.name == "postgresql" else None
    op.create_table(
        "files",
        sa.Column("sha256", sa.String(64, collation=order), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("media_type", sa.Text(collation=order), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_files"),
    )
    op.create_table(
        "file_parts",
        sa.Column("file", sa.String(64, collation=order), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["file"], ["files.sha256"], name="fk_file_parts_file", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("file", "position", name="pk_file_parts"),
    )
