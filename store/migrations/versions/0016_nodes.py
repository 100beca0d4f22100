"""Which node (PostgreSQL) has an update or a delivery in hand, and the pace of all of them together."""

from typing import Any

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

ALONE: Any = {"reflect_kwargs": {"resolve_fks": False}}  # a table is looked at without all that it points at
TABLES = ("delivery", "inbox_update")


def upgrade() -> None:
    for table in TABLES:
        op.add_column(table, sa.Column("node", sa.Integer(), nullable=True))
    text = sqlmodel.sql.sqltypes.AutoString
    op.create_table(
        "pace",
        sa.Column("key", text(), nullable=False),
        sa.Column("starts", text(), nullable=False),
        sa.Column("latest", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_pace")),
    )
    op.create_index(op.f("ix_pace_latest"), "pace", ["latest"])


def downgrade() -> None:
    op.drop_table("pace")
    for table in TABLES:
        with op.batch_alter_table(table, **ALONE) as batch_op:
            batch_op.drop_column("node")
