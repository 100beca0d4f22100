"""What is bulk is known, and all else that is due is found without it: that goes first."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

NAME = "ix_delivery_bulk_due"
OPEN = sa.text("state IN ('pending', 'claimed')")
ALONE: Any = {"reflect_kwargs": {"resolve_fks": False}}  # a table is looked at without all that it points at


def upgrade() -> None:
    op.add_column("delivery", sa.Column("bulk", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.execute("UPDATE delivery SET bulk = true WHERE planned AND kind <> 'check_in'")
    op.create_index(NAME, "delivery", ["bulk", "due_at", "id"], sqlite_where=OPEN, postgresql_where=OPEN)


def downgrade() -> None:
    op.drop_index(NAME, "delivery")
    with op.batch_alter_table("delivery", **ALONE) as batch_op:
        batch_op.drop_column("bulk")
