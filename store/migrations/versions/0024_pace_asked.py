"""When each pace was last looked at: so a database whose clock was set back is known."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

ALONE: Any = {"reflect_kwargs": {"resolve_fks": False}}  # a table is looked at without all that it points at


def upgrade() -> None:
    op.add_column("pace", sa.Column("asked", sa.Float(), nullable=False, server_default="0"))


def downgrade() -> None:
    with op.batch_alter_table("pace", **ALONE) as batch_op:
        batch_op.drop_column("asked")
