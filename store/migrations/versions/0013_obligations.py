"""Reminders of the plan: what is missing before a term ends, and exchanges that end."""

import re
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

ALONE: Any = {"reflect_kwargs": {"resolve_fks": False}}  # a table is looked at without all that it points at
KINDS = ("obligations_missing", "exchange_ends")
TABLES = (("delivery", "deliverykind"), ("reminder", "reminderkind"))


def one_of(name: str, *members: str) -> sa.Enum:
    return sa.Enum(*members, name=name, native_enum=False, create_constraint=True, length=24)


def upgrade() -> None:
    for table, name in TABLES:
        before = members(table, name)
        change(table, name, before, (*before, *KINDS))


def downgrade() -> None:
    op.execute(f"DELETE FROM delivery WHERE edits_id IN (SELECT id FROM delivery WHERE kind IN {KINDS})")
    for table, name in TABLES:
        op.execute(f"DELETE FROM {table} WHERE kind IN {KINDS}")
        before = members(table, name)
        change(table, name, before, tuple(one for one in before if one not in KINDS))


def members(table: str, name: str) -> tuple[str, ...]:
    """As the table has them: what another revision has added stays."""
    found = sa.inspect(op.get_bind()).get_check_constraints(table)
    [check] = (one["sqltext"] for one in found if str(one["name"]).endswith(name))
    return tuple(re.findall(r"'([a-z_]+)'", check))


def change(table: str, name: str, before: tuple[str, ...], after: tuple[str, ...]) -> None:
    with op.batch_alter_table(table, **ALONE) as batch_op:
        batch_op.alter_column(
            "kind", existing_type=one_of(name, *before), type_=one_of(name, *after), existing_nullable=False
        )
