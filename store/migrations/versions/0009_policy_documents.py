"""Papers in more detail: what each clause is, how long an edition was in force, and blanks that are filled in."""

from typing import Any

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

ALONE: Any = {"reflect_kwargs": {"resolve_fks": False}}  # a table is looked at without all that it points at
Text, Instant = sqlmodel.sql.sqltypes.AutoString, sqlmodel.sql.sqltypes.UTCDateTime
CLAUSES = ("text", "preamble", "reference", "caption", "row", "signature", "date", "annex")
ASKS = (
    *("leave_reason", "reflection", "record_note", "change"),
    *("response_note", "roll_name", "correction_word", "leave_remark"),
)


def one_of(name: str, *members: str) -> sa.Enum:
    return sa.Enum(*members, name=name, native_enum=False, create_constraint=True, length=24)


def upgrade() -> None:
    date_editions()
    name_clauses()
    create_slot()
    with op.batch_alter_table("prompt", **ALONE) as batch_op:
        batch_op.alter_column("asks", **kinds("asks", ASKS, ("slot",)))


def downgrade() -> None:
    op.execute("DELETE FROM prompt WHERE asks = 'slot'")
    with op.batch_alter_table("prompt", **ALONE) as batch_op:
        batch_op.alter_column("asks", **kinds("asks", ASKS, ("slot",), back=True))
    op.drop_table("slot")
    with op.batch_alter_table("clause", **ALONE) as batch_op:
        batch_op.drop_constraint("clausekind", type_="check")
        batch_op.drop_column("kind")
    with op.batch_alter_table("edition", **ALONE) as batch_op:
        batch_op.drop_column("ended_at")


def date_editions() -> None:
    """Those of before ended when the next one came."""
    with op.batch_alter_table("edition", **ALONE) as batch_op:
        batch_op.add_column(sa.Column("ended_at", Instant(), nullable=True))
    op.execute(
        "UPDATE edition SET ended_at = (SELECT min(later.imported_at) FROM edition AS later"
        " WHERE later.document_id = edition.document_id AND later.number > edition.number) WHERE NOT in_force"
    )


def name_clauses() -> None:
    with op.batch_alter_table("clause", **ALONE) as batch_op:
        batch_op.add_column(
            sa.Column("kind", one_of("clausekind", *CLAUSES), nullable=False, server_default="text")
        )
    with op.batch_alter_table("clause", **ALONE) as batch_op:
        batch_op.alter_column(
            "kind", existing_type=one_of("clausekind", *CLAUSES), existing_nullable=False, server_default=None
        )


def create_slot() -> None:
    op.create_table(
        "slot",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("key", Text(), nullable=False),
        sa.Column("path", Text(), nullable=False),
        sa.Column("around", Text(), nullable=False),
        sa.Column("value", Text(), nullable=True),
        sa.Column("source", Text(), nullable=False),
        sa.Column("filled_by", sa.Integer(), nullable=True),
        sa.Column("filled_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_slot_document_id_document")),
        sa.ForeignKeyConstraint(["filled_by"], ["person.id"], name=op.f("fk_slot_filled_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_slot")),
        sa.UniqueConstraint("document_id", "key", name=op.f("uq_slot_document_id_key")),
    )
    op.create_index(op.f("ix_slot_filled_by"), "slot", ["filled_by"])


def kinds(name: str, members: tuple[str, ...], more: tuple[str, ...], *, back: bool = False) -> dict[str, Any]:
    old, new = one_of(name, *members), one_of(name, *members, *more)
    return {"existing_type": new if back else old, "type_": old if back else new, "existing_nullable": False}
