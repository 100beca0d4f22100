"""Why and since when a chat cannot be written to, and the notice of it that organisers get."""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

KINDS = ("announce", "remind", "nudge", "check_in", "reflect", "digest", "card", "leave_request", "leave_result", "claim")


def kinds(*more: str) -> sa.Enum:
    return sa.Enum(*KINDS, *more, name="deliverykind", native_enum=False, create_constraint=True, length=24)


def upgrade() -> None:
    why = sa.Enum("removed", "muted", "topic", name="silence", native_enum=False, create_constraint=True, length=24)
    with op.batch_alter_table("chat", schema=None) as batch_op:
        batch_op.add_column(sa.Column("silence", why, nullable=True))
        batch_op.add_column(sa.Column("silent_since", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))
    change_kinds(kinds(), kinds("chat"))


def downgrade() -> None:
    op.execute("DELETE FROM delivery WHERE kind = 'chat'")
    change_kinds(kinds("chat"), kinds())
    with op.batch_alter_table("chat", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_chat_silence"), type_="check")
        batch_op.drop_column("silent_since")
        batch_op.drop_column("silence")


def change_kinds(old: sa.Enum, new: sa.Enum) -> None:
    with op.batch_alter_table("delivery", schema=None) as batch_op:
        batch_op.alter_column("kind", existing_type=old, type_=new, existing_nullable=False)
