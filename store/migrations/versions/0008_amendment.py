"""What was set in the chat for one occurrence, a day or an activity; what an occurrence was before that; and who
speaks, on what, who keeps the minutes, what to bring."""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

KINDS = (
    "announce", "remind", "nudge", "check_in", "reflect", "digest", "card", "leave_request", "leave_result", "claim",
    "chat", "prepare", "outlook",
)  # fmt: skip
ASKS = ("leave_reason", "reflection", "record_note")


def enum(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=24)


def upgrade() -> None:
    with op.batch_alter_table("consortium", schema=None) as batch_op:
        batch_op.add_column(sa.Column("amended", sqlmodel.sql.sqltypes.AutoString(), nullable=True))
    with op.batch_alter_table("occurrence", schema=None) as batch_op:
        for name in ("speaker_id", "recorder_id"):
            batch_op.add_column(sa.Column(name, sa.Integer(), nullable=True))
            batch_op.create_foreign_key(batch_op.f(f"fk_occurrence_{name}_person"), "person", [name], ["id"])
        for name in ("lesson", "bring"):
            batch_op.add_column(sa.Column(name, sqlmodel.sql.sqltypes.AutoString(), nullable=True))
    op.create_table(
        "amendment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consortium_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("put", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("was", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("state", enum("amendmentstate", "shown", "taken", "dropped", "undone"), nullable=False),
        sa.ForeignKeyConstraint(
            ["consortium_id"], ["consortium.id"], name=op.f("fk_amendment_consortium_id_consortium")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_amendment_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_amendment")),
    )
    with op.batch_alter_table("amendment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_amendment_consortium_id"), ["consortium_id"], unique=False)
    op.create_table(
        "occurrence_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("occurrence_id", sa.Integer(), nullable=False),
        sa.Column("at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("starts_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("ends_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("host_id", sa.Integer(), nullable=True),
        sa.Column("place", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("theme", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("cancelled", sa.Boolean(), nullable=False),
        sa.Column("reason", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.ForeignKeyConstraint(["host_id"], ["school.id"], name=op.f("fk_occurrence_change_host_id_school")),
        sa.ForeignKeyConstraint(
            ["occurrence_id"], ["occurrence.id"], name=op.f("fk_occurrence_change_occurrence_id_occurrence")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_occurrence_change")),
    )
    with op.batch_alter_table("occurrence_change", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_occurrence_change_occurrence_id"), ["occurrence_id"], unique=False)
    with op.batch_alter_table("prompt", schema=None) as batch_op:
        batch_op.alter_column("asks", existing_type=enum("asks", *ASKS), type_=enum("asks", *ASKS, "change"))
        batch_op.alter_column("occurrence_id", existing_type=sa.Integer(), nullable=True)
        batch_op.add_column(
            sa.Column("words", sqlmodel.sql.sqltypes.AutoString(), nullable=False, server_default="")
        )
    with op.batch_alter_table("prompt", schema=None) as batch_op:
        batch_op.alter_column("words", existing_type=sqlmodel.sql.sqltypes.AutoString(), server_default=None)
    change_kinds(KINDS, (*KINDS, "change"))


def downgrade() -> None:
    op.execute("DELETE FROM delivery WHERE edits_id IN (SELECT id FROM delivery WHERE kind = 'change')")
    op.execute("DELETE FROM delivery WHERE kind = 'change'")
    change_kinds((*KINDS, "change"), KINDS)
    op.execute("DELETE FROM prompt WHERE asks = 'change'")
    with op.batch_alter_table("prompt", schema=None) as batch_op:
        batch_op.drop_column("words")
        batch_op.alter_column("occurrence_id", existing_type=sa.Integer(), nullable=False)
        batch_op.alter_column("asks", existing_type=enum("asks", *ASKS, "change"), type_=enum("asks", *ASKS))
    for table, column in (("occurrence_change", "occurrence_id"), ("amendment", "consortium_id")):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_index(batch_op.f(f"ix_{table}_{column}"))
        op.drop_table(table)
    with op.batch_alter_table("occurrence", schema=None) as batch_op:
        for name in ("speaker_id", "recorder_id"):
            batch_op.drop_constraint(batch_op.f(f"fk_occurrence_{name}_person"), type_="foreignkey")
            batch_op.drop_column(name)
        for name in ("lesson", "bring"):
            batch_op.drop_column(name)
    with op.batch_alter_table("consortium", schema=None) as batch_op:
        batch_op.drop_column("amended")


def change_kinds(old: tuple[str, ...], new: tuple[str, ...]) -> None:
    was, kinds = enum("deliverykind", *old), enum("deliverykind", *new)
    with op.batch_alter_table("delivery", schema=None) as batch_op:
        batch_op.alter_column("kind", existing_type=was, type_=kinds, existing_nullable=False)
