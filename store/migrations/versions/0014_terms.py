"""Terms as they stood when they closed; when somebody was put on the list of those expected."""

import json
from datetime import date
from typing import Any

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

ALONE: Any = {"reflect_kwargs": {"resolve_fks": False}}  # a table is looked at without all that it points at
Text, Instant = sqlmodel.sql.sqltypes.AutoString, sqlmodel.sql.sqltypes.UTCDateTime


def upgrade() -> None:
    op.create_table(
        "term",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consortium_id", sa.Integer(), nullable=False),
        sa.Column("key", Text(), nullable=False),
        sa.Column("name", Text(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("plan", Text(), nullable=False),
        sa.ForeignKeyConstraint(["consortium_id"], ["consortium.id"], name=op.f("fk_term_consortium_id_consortium")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_term")),
        sa.UniqueConstraint("consortium_id", "key", name=op.f("uq_term_consortium_id_key")),
    )
    keep_terms()
    op.add_column("attendee", sa.Column("added_at", Instant(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("attendee", **ALONE) as batch_op:
        batch_op.drop_column("added_at")
    op.drop_table("term")


def keep_terms() -> None:
    """Of the files that hold, as they are: what stood before is not known."""
    connection = op.get_bind()
    days: list[Any] = [sa.column(name, sa.Date()) for name in ("first_day", "last_day")]
    names: list[Any] = [sa.column(name) for name in ("consortium_id", "key", "name", "plan")]
    insert = sa.table("term", *names, *days).insert()
    for number, applied, amended in connection.execute(sa.text("SELECT id, applied, amended FROM consortium")).all():
        plan = json.loads(amended or applied or "{}")
        for person in plan.get("person", ()):
            person["name"] = ""
            person.pop("telegram", None)
        said = json.dumps(plan, ensure_ascii=False, separators=(",", ":"))
        for term in plan.get("term", ()):
            row: dict[str, Any] = {name: date.fromisoformat(term[name]) for name in ("first_day", "last_day")}
            row |= {"consortium_id": number, "key": term["key"], "name": term["name"], "plan": said}
            connection.execute(insert, row)
