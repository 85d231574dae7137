"""Alembic's entry: runs on the connection that `store.migrating` hands over, never on one of its own."""

from alembic import context

from tallybook.store.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    transactional_ddl=True,
)
context.run_migrations()
