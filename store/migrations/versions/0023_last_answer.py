"""Which text of an account was the last to answer a question of ours: it answers none when it comes again."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

ALONE: Any = {"reflect_kwargs": {"resolve_fks": False}}  # a table is looked at without all that it points at


def upgrade() -> None:
    op.add_column("account", sa.Column("last_answer", sa.String(), nullable=False, server_default=""))


def downgrade() -> None:
    with op.batch_alter_table("account", **ALONE) as batch_op:
        batch_op.drop_column("last_answer")
