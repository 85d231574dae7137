"""People, visits, tries to get in, and the access log, which the database itself lets nobody change but a purge."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def short(length: int) -> sa.types.TypeEngine[str]:
    """Return a short text that sorts by its code points."""
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")


def upgrade() -> None:
    """Make the tables, and the triggers that keep the log as it was written."""
    op.create_table(
        "people",
        sa.Column("id", short(16), nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("folded", TEXT, nullable=False),
        sa.Column("role", TEXT, nullable=False),
        sa.Column("password", TEXT, nullable=False),
        sa.Column("made_at", TEXT, nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("must_change", sa.Boolean(), nullable=False),
        sa.Column("needs_code", sa.Boolean(), nullable=False),
        sa.Column("secret", TEXT),
        sa.Column("last_step", sa.Integer()),
        sa.PrimaryKeyConstraint("id", name="pk_people"),
        sa.UniqueConstraint("folded", name="uq_people_folded"),
    )
    op.create_table(
        "visits",
        sa.Column("digest", short(64), nullable=False),
        sa.Column("person", short(16), nullable=False),
        sa.Column("csrf", TEXT, nullable=False),
        sa.Column("started", TEXT, nullable=False),
        sa.Column("seen", TEXT, nullable=False),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name="fk_visits_person", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("digest", name="pk_visits"),
    )
    op.create_index("ix_visits_person", "visits", ["person"])
    op.create_table(
        "tries",
        sa.Column("key", TEXT, nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_tries"),
    )
    op.create_table(
        "seen",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", TEXT, nullable=False),
        sa.Column("person", TEXT, nullable=False),
        sa.Column("what", TEXT, nullable=False),
        sa.Column("page", TEXT, nullable=False),
        sa.Column("object", TEXT, nullable=False),
        sa.Column("rows", sa.Integer()),
        sa.PrimaryKeyConstraint("number", name="pk_seen"),
    )
    op.create_index("ix_seen_person", "seen", ["person"])
    op.create_index("ix_seen_object", "seen", ["object"])
    _append_only()


def _append_only() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION seen_is_kept() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN IF NOT EXISTS (SELECT 1 FROM settings WHERE name = 'rewriting') THEN "
            "RAISE EXCEPTION 'the access log is append-only'; END IF; RETURN NULL; END $$"
        )
        op.execute(
            "CREATE TRIGGER seen_is_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON seen "
            "FOR EACH STATEMENT EXECUTE FUNCTION seen_is_kept()"
        )
        return
    for change in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER seen_is_kept_{change.lower()} BEFORE {change} ON seen "
            "WHEN NOT EXISTS (SELECT 1 FROM settings WHERE name = 'rewriting') "
            "BEGIN SELECT RAISE(ABORT, 'the access log is append-only'); END"
        )
