"""What was set in the chat, and what an occurrence was before that; who speaks, on what, who keeps the minutes, what to
bring; kinds that a key of the file asks for, messages that go out as one; a message owed to an account, whoever it
speaks for; and when a claimant's last name that did not do was said."""

from typing import Any

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
ASKS = ("leave_reason", "reflection", "record_note")
BY_FILE = ("prepare", "outlook")
ALONE: Any = {"reflect_kwargs": {"resolve_fks": False}}  # a table is looked at without all that it points at
Text, Instant = sqlmodel.sql.sqltypes.AutoString, sqlmodel.sql.sqltypes.UTCDateTime


def one_of(name: str, *members: str) -> sa.Enum:
    return sa.Enum(*members, name=name, native_enum=False, create_constraint=True, length=24)


def upgrade() -> None:
    op.add_column("consortium", sa.Column("amended", Text(), nullable=True))
    op.create_table(
        "amendment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consortium_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("put", Text(), nullable=False),
        sa.Column("was", Text(), nullable=False),
        sa.Column("state", one_of("amendmentstate", "shown", "taken", "dropped", "undone"), nullable=False),
        sa.ForeignKeyConstraint(
            ["consortium_id"], ["consortium.id"], name=op.f("fk_amendment_consortium_id_consortium")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_amendment_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_amendment")),
    )
    op.create_index(op.f("ix_amendment_consortium_id"), "amendment", ["consortium_id"])
    op.create_table(
        "occurrence_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("occurrence_id", sa.Integer(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("starts_at", Instant(), nullable=False),
        sa.Column("ends_at", Instant(), nullable=False),
        sa.Column("host_id", sa.Integer(), nullable=True),
        sa.Column("place", Text(), nullable=True),
        sa.Column("theme", Text(), nullable=True),
        sa.Column("cancelled", sa.Boolean(), nullable=False),
        sa.Column("reason", Text(), nullable=False),
        sa.ForeignKeyConstraint(["host_id"], ["school.id"], name=op.f("fk_occurrence_change_host_id_school")),
        sa.ForeignKeyConstraint(
            ["occurrence_id"], ["occurrence.id"], name=op.f("fk_occurrence_change_occurrence_id_occurrence")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_occurrence_change")),
    )
    op.create_index(op.f("ix_occurrence_change_occurrence_id"), "occurrence_change", ["occurrence_id"])
    with op.batch_alter_table("occurrence", **ALONE) as batch_op:
        for name in ("speaker_id", "recorder_id"):
            batch_op.add_column(sa.Column(name, sa.Integer(), nullable=True))
            batch_op.create_foreign_key(batch_op.f(f"fk_occurrence_{name}_person"), "person", [name], ["id"])
        for name in ("lesson", "bring"):
            batch_op.add_column(sa.Column(name, Text(), nullable=True))
    with op.batch_alter_table("reminder", **ALONE) as batch_op:
        batch_op.alter_column("kind", **kinds("reminderkind", REMINDERS, BY_FILE))
        batch_op.alter_column("whom", **kinds("whom", WHOM, ("organisers",)))
        batch_op.add_column(sa.Column("part", sa.Integer(), nullable=True))
    with op.batch_alter_table("delivery", **ALONE) as batch_op:
        batch_op.alter_column("kind", **kinds("deliverykind", DELIVERIES, (*BY_FILE, "change", "link")))
        batch_op.add_column(sa.Column("bundle", Text(), nullable=True))
        batch_op.create_index(batch_op.f("ix_delivery_bundle"), ["bundle"], unique=False)
        batch_op.add_column(sa.Column("account_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_delivery_account_id_account"), "account", ["account_id"], ["id"])
        batch_op.create_index(batch_op.f("ix_delivery_account_id"), ["account_id"], unique=False)
    op.execute("DELETE FROM prompt")  # open for some hours at most: it is asked again
    with op.batch_alter_table("prompt", **ALONE) as batch_op:
        batch_op.alter_column("asks", **kinds("asks", ASKS, ("change",)))
        batch_op.alter_column("occurrence_id", existing_type=sa.Integer(), nullable=True)
        batch_op.add_column(sa.Column("words", Text(), nullable=False))
    last = last_claim()
    with op.batch_alter_table("claim", **ALONE, table_kwargs={"sqlite_autoincrement": True}) as batch_op:
        batch_op.add_column(sa.Column("guessed_at", Instant(), nullable=True))
        batch_op.drop_constraint(batch_op.f("fk_claim_moved_from_account"), type_="foreignkey")
        batch_op.drop_column("moved_from")
    number_claims_from(last)


def downgrade() -> None:
    last = last_claim()
    with op.batch_alter_table("claim", **ALONE, table_kwargs={"sqlite_autoincrement": True}) as batch_op:
        batch_op.drop_column("guessed_at")
        batch_op.add_column(sa.Column("moved_from", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_claim_moved_from_account"), "account", ["moved_from"], ["id"])
    number_claims_from(last)
    op.execute("DELETE FROM prompt WHERE asks = 'change'")
    with op.batch_alter_table("prompt", **ALONE) as batch_op:
        batch_op.drop_column("words")
        batch_op.alter_column("occurrence_id", existing_type=sa.Integer(), nullable=False)
        batch_op.alter_column("asks", **kinds("asks", ASKS, ("change",), back=True))
    gone = "kind IN ('prepare', 'outlook', 'change', 'link')"
    op.execute(f"DELETE FROM delivery WHERE edits_id IN (SELECT id FROM delivery WHERE {gone})")
    op.execute(f"DELETE FROM delivery WHERE {gone}")
    op.execute("DELETE FROM reminder WHERE kind IN ('prepare', 'outlook')")
    with op.batch_alter_table("delivery", **ALONE) as batch_op:
        batch_op.drop_index(batch_op.f("ix_delivery_account_id"))
        batch_op.drop_constraint(batch_op.f("fk_delivery_account_id_account"), type_="foreignkey")
        batch_op.drop_column("account_id")
        batch_op.drop_index(batch_op.f("ix_delivery_bundle"))
        batch_op.drop_column("bundle")
        batch_op.alter_column("kind", **kinds("deliverykind", DELIVERIES, (*BY_FILE, "change", "link"), back=True))
    with op.batch_alter_table("reminder", **ALONE) as batch_op:
        batch_op.drop_column("part")
        batch_op.alter_column("whom", **kinds("whom", WHOM, ("organisers",), back=True))
        batch_op.alter_column("kind", **kinds("reminderkind", REMINDERS, BY_FILE, back=True))
    with op.batch_alter_table("occurrence", **ALONE) as batch_op:
        for name in ("speaker_id", "recorder_id"):
            batch_op.drop_constraint(batch_op.f(f"fk_occurrence_{name}_person"), type_="foreignkey")
            batch_op.drop_column(name)
        for name in ("lesson", "bring"):
            batch_op.drop_column(name)
    for table in ("occurrence_change", "amendment"):
        op.drop_table(table)
    with op.batch_alter_table("consortium", **ALONE) as batch_op:
        batch_op.drop_column("amended")


def kinds(name: str, members: tuple[str, ...], more: tuple[str, ...], *, back: bool = False) -> dict[str, Any]:
    old, new = one_of(name, *members), one_of(name, *members, *more)
    return {"existing_type": new if back else old, "type_": old if back else new, "existing_nullable": False}


def last_claim() -> int | None:
    """SQLite makes the table anew, and would forget the numbers of claims that are gone; PostgreSQL does neither."""
    if op.get_bind().dialect.name != "sqlite":
        return None
    found: int | None = op.get_bind().exec_driver_sql("SELECT seq FROM sqlite_sequence WHERE name = 'claim'").scalar()
    return found


def number_claims_from(last: int | None) -> None:
    if last is not None:
        op.execute("DELETE FROM sqlite_sequence WHERE name = 'claim'")
        op.execute(f"INSERT INTO sqlite_sequence (name, seq) VALUES ('claim', {last})")
