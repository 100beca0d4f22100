"""Kinds that a key of the file asks for (prepare, outlook), and messages that go out as one (message budget)."""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

REMINDERS = ("announce", "remind", "nudge", "check_in", "reflect", "digest")
DELIVERIES = (*REMINDERS, "card", "leave_request", "leave_result", "claim", "chat")
WHOM = ("chat", "person", "unanswered", "unreflected", "attended")
CHANGES = (
    ("reminder", "kind", "reminderkind", REMINDERS, ("prepare", "outlook")),
    ("reminder", "whom", "whom", WHOM, ("organisers",)),
    ("delivery", "kind", "deliverykind", DELIVERIES, ("prepare", "outlook")),
)


def one_of(name: str, members: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*members, name=name, native_enum=False, create_constraint=True, length=24)


def upgrade() -> None:
    for table, column, name, old, more in CHANGES:
        change(table, column, one_of(name, old), one_of(name, old + more))
    with op.batch_alter_table("reminder", schema=None) as batch_op:
        batch_op.add_column(sa.Column("part", sa.Integer(), nullable=True))
    with op.batch_alter_table("delivery", schema=None) as batch_op:
        batch_op.add_column(sa.Column("bundle", sqlmodel.sql.sqltypes.AutoString(), nullable=True))
        batch_op.create_index(batch_op.f("ix_delivery_bundle"), ["bundle"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("delivery", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_delivery_bundle"))
        batch_op.drop_column("bundle")
    with op.batch_alter_table("reminder", schema=None) as batch_op:
        batch_op.drop_column("part")
    for table in ("reminder", "delivery"):
        op.execute(f"DELETE FROM {table} WHERE kind IN ('prepare', 'outlook')")
    for table, column, name, old, more in CHANGES:
        change(table, column, one_of(name, old + more), one_of(name, old))


def change(table: str, column: str, old: sa.Enum, new: sa.Enum) -> None:
    with op.batch_alter_table(table, schema=None) as batch_op:
        batch_op.alter_column(column, existing_type=old, type_=new, existing_nullable=False)
