"""The bank of questions, those that wait for an answer, how often each was asked, and what was found helpful."""

from typing import Any

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

ALONE: Any = {"reflect_kwargs": {"resolve_fks": False}}  # a table is looked at without all that it points at
Text, Instant = sqlmodel.sql.sqltypes.AutoString, sqlmodel.sql.sqltypes.UTCDateTime
ASKS = (
    *("leave_reason", "reflection", "record_note", "change", "response_note", "roll_name"),
    *("correction_word", "leave_remark", "slot"),
)


def one_of(name: str, *members: str) -> sa.Enum:
    return sa.Enum(*members, name=name, native_enum=False, create_constraint=True, length=24)


def upgrade() -> None:
    create_bank()
    create_unanswered()
    create_asked()
    with op.batch_alter_table("prompt", **ALONE) as batch_op:
        batch_op.alter_column("asks", **kinds("asks", ASKS, ("bank_question",)))


def downgrade() -> None:
    op.execute("DELETE FROM prompt WHERE asks = 'bank_question'")
    with op.batch_alter_table("prompt", **ALONE) as batch_op:
        batch_op.alter_column("asks", **kinds("asks", ASKS, ("bank_question",), back=True))
    for table in ("thumb", "asked_question", "unanswered", "bank_question"):
        op.drop_table(table)


def create_bank() -> None:
    op.create_table(
        "bank_question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consortium_id", sa.Integer(), nullable=False),
        *(sa.Column(name, Text(), nullable=False) for name in ("normal_form", "sound", "turned", "question")),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("path", Text(), nullable=False),
        sa.Column("words", Text(), nullable=False),
        sa.Column("proposed", sa.Boolean(), nullable=False),
        sa.Column("written_by", sa.Integer(), nullable=True),
        sa.Column("written_at", Instant(), nullable=False),
        of_consortium("bank_question"),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_bank_question_document_id_document")),
        sa.ForeignKeyConstraint(["written_by"], ["person.id"], name=op.f("fk_bank_question_written_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_question")),
        sa.UniqueConstraint("consortium_id", "normal_form", name=op.f("uq_bank_question_consortium_id_normal_form")),
    )
    op.create_index(op.f("ix_bank_question_written_by"), "bank_question", ["written_by"])


def create_unanswered() -> None:
    op.create_table(
        "unanswered",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consortium_id", sa.Integer(), nullable=False),
        sa.Column("normal_form", Text(), nullable=False),
        sa.Column("question", Text(), nullable=False),
        sa.Column("reason", one_of("reason", "none", "unhelpful"), nullable=False),
        sa.Column("answer", Text(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("first_at", Instant(), nullable=False),
        sa.Column("last_at", Instant(), nullable=False),
        sa.Column("closed_at", Instant(), nullable=True),
        of_consortium("unanswered"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unanswered")),
        sa.UniqueConstraint("consortium_id", "normal_form", name=op.f("uq_unanswered_consortium_id_normal_form")),
    )


def create_asked() -> None:
    op.create_table(
        "asked_question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consortium_id", sa.Integer(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("normal_form", Text(), nullable=False),
        sa.Column("question", Text(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("answered", "choices", "undecided")),
        *(sa.Column(name, Text(), nullable=False) for name in ("document", "path", "secret", "first_asker")),
        sa.Column("several", sa.Boolean(), nullable=False),
        of_consortium("asked_question"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_asked_question")),
        sa.UniqueConstraint(
            "consortium_id", "month", "normal_form", name=op.f("uq_asked_question_consortium_id_month_normal_form")
        ),
    )
    op.create_table(
        "thumb",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("asked_id", sa.Integer(), nullable=False),
        sa.Column("voter", Text(), nullable=False),
        sa.Column("up", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["asked_id"], ["asked_question.id"], name=op.f("fk_thumb_asked_id_asked_question")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_thumb")),
        sa.UniqueConstraint("asked_id", "voter", name=op.f("uq_thumb_asked_id_voter")),
    )


def of_consortium(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_consortium_id_consortium")
    return sa.ForeignKeyConstraint(["consortium_id"], ["consortium.id"], name=name)


def kinds(name: str, members: tuple[str, ...], more: tuple[str, ...], *, back: bool = False) -> dict[str, Any]:
    old, new = one_of(name, *members), one_of(name, *members, *more)
    return {"existing_type": new if back else old, "type_": old if back else new, "existing_nullable": False}
