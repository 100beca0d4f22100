"""Minutes of an event, its next tasks and materials, and its bulletin."""

from typing import Any

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

ALONE: Any = {"reflect_kwargs": {"resolve_fks": False}}  # a table is looked at without all that it points at
Text, Instant = sqlmodel.sql.sqltypes.AutoString, sqlmodel.sql.sqltypes.UTCDateTime
REMINDED = (
    *("announce", "remind", "nudge", "check_in", "reflect", "digest", "prepare", "outlook"),
    *("absences", "summary"),
)
DELIVERIES = (
    *("announce", "remind", "nudge", "check_in", "reflect", "digest", "prepare", "outlook"),
    *("card", "leave_request", "leave_result", "claim", "chat", "change", "link"),
    *("responded_for", "response_note", "code", "absences", "correction", "summary"),
)
MORE_DELIVERIES = ("minutes", "next_task", "bulletin_draft", "bulletin")
ASKS = (
    *("leave_reason", "reflection", "record_note", "change"),
    *("response_note", "roll_name", "correction_word", "leave_remark", "slot", "bank_question"),
)
FACTS = ("response", "leave", "check_in", "attendance", "record", "reflection")
WIDENED = (
    ("delivery", "kind", "deliverykind", DELIVERIES, MORE_DELIVERIES),
    ("reminder", "kind", "reminderkind", REMINDED, ("minutes",)),
    ("prompt", "asks", "asks", ASKS, ("minutes",)),
    ("audit", "fact", "auditfact", FACTS, ("minutes", "bulletin")),
)


def one_of(name: str, *members: str) -> sa.Enum:
    return sa.Enum(*members, name=name, native_enum=False, create_constraint=True, length=24)


def upgrade() -> None:
    with op.batch_alter_table("occurrence", **ALONE) as batch_op:
        batch_op.add_column(sa.Column("minutes_by", Instant(), nullable=True))
        batch_op.add_column(sa.Column("bulletin_at", Instant(), nullable=True))
    op.execute("UPDATE occurrence SET mark = NULL")  # what was planned before is planned anew, with its minutes
    create_minutes()
    create_lists()
    for table, column, name, members, more in WIDENED:
        with op.batch_alter_table(table, **ALONE) as batch_op:
            batch_op.alter_column(column, **kinds(name, members, more))


def downgrade() -> None:
    op.execute(f"DELETE FROM delivery WHERE edits_id IN (SELECT id FROM delivery WHERE kind IN {MORE_DELIVERIES})")
    op.execute("DELETE FROM delivery WHERE kind = 'nudge' AND subject = 'minutes'")
    op.execute("DELETE FROM reminder WHERE kind = 'nudge' AND subject = 'minutes'")
    for table, column, name, members, more in WIDENED:
        gone = ", ".join(f"'{one}'" for one in more)
        op.execute(f"DELETE FROM {table} WHERE {column} IN ({gone})")
        with op.batch_alter_table(table, **ALONE) as batch_op:
            batch_op.alter_column(column, **kinds(name, members, more, back=True))
    for table in ("bulletin", "material", "next_task", "minutes"):
        op.drop_table(table)
    with op.batch_alter_table("occurrence", **ALONE) as batch_op:
        batch_op.drop_column("bulletin_at")
        batch_op.drop_column("minutes_by")


def create_minutes() -> None:
    for name, columns in (("minutes", ("points", "agreement", "problems")), ("bulletin", ("body",))):
        times = ("handed_in_at", "reopened_at") if name == "minutes" else ()
        op.create_table(
            name,
            sa.Column("occurrence_id", sa.Integer(), nullable=False),
            sa.Column("person_id", sa.Integer(), nullable=False),
            *(sa.Column(column, Text(), nullable=False) for column in columns),
            *(sa.Column(column, Instant(), nullable=True) for column in times),
            sa.ForeignKeyConstraint(
                ["occurrence_id"], ["occurrence.id"], name=op.f(f"fk_{name}_occurrence_id_occurrence")
            ),
            sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f(f"fk_{name}_person_id_person")),
            sa.PrimaryKeyConstraint("occurrence_id", name=op.f(f"pk_{name}")),
        )
        op.create_index(op.f(f"ix_{name}_person_id"), name, ["person_id"])


def create_lists() -> None:
    op.create_table(
        "next_task",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("occurrence_id", sa.Integer(), nullable=False),
        sa.Column("content", Text(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("due", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["occurrence_id"], ["occurrence.id"], name=op.f("fk_next_task_occurrence_id_occurrence")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_next_task_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_next_task")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_next_task_occurrence_id"), "next_task", ["occurrence_id"])
    op.create_index(op.f("ix_next_task_person_id"), "next_task", ["person_id"])
    op.create_table(
        "material",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("occurrence_id", sa.Integer(), nullable=False),
        sa.Column("name", Text(), nullable=False),
        sa.Column("file", Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["occurrence_id"], ["occurrence.id"], name=op.f("fk_material_occurrence_id_occurrence")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_material")),
    )
    op.create_index(op.f("ix_material_occurrence_id"), "material", ["occurrence_id"])


def kinds(name: str, members: tuple[str, ...], more: tuple[str, ...], *, back: bool = False) -> dict[str, Any]:
    old, new = one_of(name, *members), one_of(name, *members, *more)
    return {"existing_type": new if back else old, "type_": old if back else new, "existing_nullable": False}
