"""Of each delivery whether a reminder of the clock became it, or a person's act caused it."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

ALONE: Any = {"reflect_kwargs": {"resolve_fks": False}}  # a table is looked at without all that it points at
# Until now that was to be read in the key: a reminder's begins with its consortium's, and its recipient stands behind.
BY_KEY = """
    UPDATE delivery SET planned = true
    WHERE EXISTS (SELECT 1 FROM consortium WHERE delivery.dedup_key LIKE consortium.key || ':%>%')
"""


def upgrade() -> None:
    op.add_column("delivery", sa.Column("planned", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.execute(BY_KEY)


def downgrade() -> None:
    with op.batch_alter_table("delivery", **ALONE) as batch_op:
        batch_op.drop_column("planned")
