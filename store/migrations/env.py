"""Alembic's environment: always on the connection that `store.migrating` hands over."""

from alembic import context

from store.schema import TABLES

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=TABLES[0].metadata, render_as_batch=True, compare_type=True)
with context.begin_transaction():
    context.run_migrations()
