"""The report (台账) as a file, sent to whoever asked for it in the chat."""

import re
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

ALONE: Any = {"reflect_kwargs": {"resolve_fks": False}}  # a table is looked at without all that it points at
KIND = "report_file"


def one_of(name: str, *members: str) -> sa.Enum:
    return sa.Enum(*members, name=name, native_enum=False, create_constraint=True, length=24)


def upgrade() -> None:
    before = members("delivery", "deliverykind")
    change("delivery", "deliverykind", before, (*before, KIND))


def downgrade() -> None:
    op.execute(f"DELETE FROM delivery WHERE kind = '{KIND}'")
    before = members("delivery", "deliverykind")
    change("delivery", "deliverykind", before, tuple(one for one in before if one != KIND))


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
