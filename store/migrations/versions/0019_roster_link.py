"""One link for all who are not linked, and which claims were made by it."""

from typing import Any

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

ALONE: Any = {"reflect_kwargs": {"resolve_fks": False}}  # a table is looked at without all that it points at


def upgrade() -> None:
    op.create_table(
        "roster_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consortium_id", sa.Integer(), nullable=False),
        sa.Column("code_hash", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("expires_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["consortium_id"], ["consortium.id"], name=op.f("fk_roster_link_consortium_id_consortium")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roster_link")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_roster_link_code_hash")),
    )
    # added in place: made anew, SQLite's table would give the numbers of claims that are gone again
    op.add_column("claim", sa.Column("by_link", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    with op.batch_alter_table("claim", **ALONE, table_kwargs={"sqlite_autoincrement": True}) as batch_op:
        batch_op.drop_column("by_link")
    op.drop_table("roster_link")
