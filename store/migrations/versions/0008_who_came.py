"""Who came, who was excused, what they learned: every change of it keeps its trace."""

import secrets
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

ALONE: Any = {"reflect_kwargs": {"resolve_fks": False}}  # a table is looked at without all that it points at
Text, Instant = sqlmodel.sql.sqltypes.AutoString, sqlmodel.sql.sqltypes.UTCDateTime


def one_of(name: str, *members: str) -> sa.Enum:
    return sa.Enum(*members, name=name, native_enum=False, create_constraint=True, length=24)


REMINDED = ("announce", "remind", "nudge", "check_in", "reflect", "digest", "prepare", "outlook")
DELIVERIES = (*REMINDED, "card", "leave_request", "leave_result", "claim", "chat", "change", "link")
MORE_DELIVERIES = ("responded_for", "response_note", "code", "absences", "correction", "summary")
MORE_REMINDED, MORE_WHOM = ("absences", "summary"), ("overseers", "office")
WHOM = ("chat", "person", "unanswered", "unreflected", "attended", "organisers")
ASKS, MORE_ASKS = (
    ("leave_reason", "reflection", "record_note", "change"),
    ("response_note", "roll_name", "correction_word", "leave_remark"),
)


def add_text(table: str, column: str) -> None:
    """Empty where there are rows; the batch that follows forbids NULL. With a default, a table is made anew twice."""
    op.add_column(table, sa.Column(column, Text(), nullable=True))
    op.execute(f"UPDATE {table} SET {column} = ''")


def upgrade() -> None:
    widen_occurrence()
    let_reflections_go()
    create_mention()
    let_commands_amend()
    create_corrections()
    note_answers()
    more_ways_to_check_in()
    count_guests_where_they_worked()
    count_wrong_codes()
    take_sign_in_sheets()
    add_leave()
    create_audit()
    widen_class_record()
    more_kinds()


def downgrade() -> None:
    fewer_kinds()
    narrow_class_record()
    op.drop_table("audit")
    drop_leave()
    forget_notes_of_answers()
    op.execute("DELETE FROM amendment WHERE person_id IS NULL")
    with op.batch_alter_table("amendment", **ALONE) as batch_op:
        batch_op.alter_column("person_id", existing_type=sa.Integer(), nullable=False)
    op.drop_table("mention")
    forget_sign_in_sheets()
    op.drop_table("code_try")
    forget_where_guests_worked()
    fewer_ways_to_check_in()
    op.drop_table("correction")
    narrow_occurrence()
    with op.batch_alter_table("reflection", **ALONE) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reflection_account_id"))
        batch_op.drop_constraint(batch_op.f("fk_reflection_account_id_account"), type_="foreignkey")
        for name in ("skipped_at", "removed_at", "account_id", "message_id"):
            batch_op.drop_column(name)


def create_audit() -> None:
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("occurrence_id", sa.Integer(), nullable=True),
        sa.Column("span_id", sa.Integer(), nullable=True),
        sa.Column(
            "fact",
            one_of("auditfact", "response", "leave", "check_in", "attendance", "record", "reflection"),
            nullable=False,
        ),
        sa.Column("was", Text(), nullable=False),
        sa.Column("became", Text(), nullable=False),
        sa.Column("why", Text(), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["person.id"], name=op.f("fk_audit_actor_id_person")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_audit_person_id_person")),
        sa.ForeignKeyConstraint(["occurrence_id"], ["occurrence.id"], name=op.f("fk_audit_occurrence_id_occurrence")),
        sa.ForeignKeyConstraint(["span_id"], ["leave_span.id"], name=op.f("fk_audit_span_id_leave_span")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
    )
    op.create_index(op.f("ix_audit_occurrence_id"), "audit", ["occurrence_id"])
    op.create_index(op.f("ix_audit_person_id"), "audit", ["person_id"])
    op.create_index(op.f("ix_audit_span_id"), "audit", ["span_id"])


def create_mention() -> None:
    op.create_table(
        "mention",
        sa.Column("chat_id", sa.Integer(), nullable=False),
        sa.Column("subject", Text(), nullable=False),
        sa.Column("occurrence_id", sa.Integer(), nullable=False),
        sa.Column("whole", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["chat_id"], ["chat.id"], name=op.f("fk_mention_chat_id_chat")),
        sa.ForeignKeyConstraint(["occurrence_id"], ["occurrence.id"], name=op.f("fk_mention_occurrence_id_occurrence")),
        sa.PrimaryKeyConstraint("chat_id", "subject", "occurrence_id", name=op.f("pk_mention")),
    )
    op.create_index(op.f("ix_mention_occurrence_id"), "mention", ["occurrence_id"])


def let_commands_amend() -> None:
    with op.batch_alter_table("amendment", **ALONE) as batch_op:
        batch_op.alter_column("person_id", existing_type=sa.Integer(), nullable=True)


def widen_class_record() -> None:
    add_text("class_record", "held_by")
    with op.batch_alter_table("class_record", **ALONE) as batch_op:
        batch_op.alter_column("held_by", existing_type=Text(), nullable=False)
        batch_op.add_column(sa.Column("held_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("theme", Text(), nullable=True))
        batch_op.add_column(sa.Column("present", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("enrolled", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("held_by_id", sa.Integer(), nullable=True))
        reasons = one_of("notheldreason", "holiday", "exam", "activity", "other")
        batch_op.add_column(sa.Column("reason", reasons, nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_class_record_held_by_id_person"), "person", ["held_by_id"], ["id"])


def narrow_class_record() -> None:
    with op.batch_alter_table("class_record", **ALONE) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_class_record_held_by_id_person"), type_="foreignkey")
        batch_op.drop_constraint("notheldreason", type_="check")
        for name in ("reason", "held_by", "held_by_id", "enrolled", "present", "theme", "held_on"):
            batch_op.drop_column(name)


def let_reflections_go() -> None:
    """None wanted, or taken out; and the message that each is of."""
    with op.batch_alter_table("reflection", **ALONE) as batch_op:
        batch_op.add_column(sa.Column("skipped_at", Instant(), nullable=True))
        batch_op.add_column(sa.Column("removed_at", Instant(), nullable=True))
        batch_op.add_column(sa.Column("account_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("message_id", Text(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_reflection_account_id_account"), "account", ["account_id"], ["id"]
        )
        batch_op.create_index(batch_op.f("ix_reflection_account_id"), ["account_id"], unique=False)


WAYS, MORE_WAYS = ("button", "code"), ("qr", "organiser", "sheet")


def more_ways_to_check_in() -> None:
    with op.batch_alter_table("check_in", **ALONE) as batch_op:
        batch_op.alter_column("method", **kinds("checkinmethod", WAYS, MORE_WAYS))


def fewer_ways_to_check_in() -> None:
    op.execute("UPDATE check_in SET method = 'code' WHERE method = 'qr'")
    op.execute("UPDATE check_in SET method = 'button' WHERE method IN ('organiser', 'sheet')")
    with op.batch_alter_table("check_in", **ALONE) as batch_op:
        batch_op.alter_column("method", **kinds("checkinmethod", WAYS, MORE_WAYS, back=True))


def count_guests_where_they_worked() -> None:
    with op.batch_alter_table("check_in", **ALONE) as batch_op:
        batch_op.add_column(sa.Column("school_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_check_in_school_id_school"), "school", ["school_id"], ["id"])


def forget_where_guests_worked() -> None:
    with op.batch_alter_table("check_in", **ALONE) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_check_in_school_id_school"), type_="foreignkey")
        batch_op.drop_column("school_id")


KINDS_OF_LEAVE = ("sick", "personal", "official", "marriage", "parental", "bereavement", "other")


def add_leave() -> None:
    """Several days at a time; the kind of leave, and what the approver says; a question to the approver."""
    op.create_table(
        "leave_span",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("kind", one_of("leavekind", *KINDS_OF_LEAVE), nullable=True),
        sa.Column("reason", Text(), nullable=False),
        sa.Column("state", one_of("leavestate", "pending", "approved", "refused", "withdrawn"), nullable=False),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", Instant(), nullable=True),
        sa.Column("remark", Text(), nullable=True),
        sa.ForeignKeyConstraint(["decided_by"], ["person.id"], name=op.f("fk_leave_span_decided_by_person")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_leave_span_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_leave_span")),
    )
    op.create_index(op.f("ix_leave_span_person_id"), "leave_span", ["person_id"])
    with op.batch_alter_table("leave", **ALONE) as batch_op:
        batch_op.add_column(sa.Column("span_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_leave_span_id_leave_span"), "leave_span", ["span_id"], ["id"])
        batch_op.create_index(batch_op.f("ix_leave_span_id"), ["span_id"])
        batch_op.add_column(sa.Column("kind", one_of("leavekind", *KINDS_OF_LEAVE), nullable=True))
        batch_op.add_column(sa.Column("remark", Text(), nullable=True))


def drop_leave() -> None:
    with op.batch_alter_table("leave", **ALONE) as batch_op:
        batch_op.drop_column("remark")
        batch_op.drop_constraint(batch_op.f("ck_leave_leavekind"), type_="check")
        batch_op.drop_column("kind")
        batch_op.drop_index(batch_op.f("ix_leave_span_id"))
        batch_op.drop_constraint(batch_op.f("fk_leave_span_id_leave_span"), type_="foreignkey")
        batch_op.drop_column("span_id")
    op.drop_table("leave_span")


def note_answers() -> None:
    add_text("response", "note")
    with op.batch_alter_table("response", **ALONE) as batch_op:
        batch_op.alter_column("note", existing_type=Text(), nullable=False)
        batch_op.add_column(sa.Column("answered_by", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_response_answered_by_person"), "person", ["answered_by"], ["id"])


def forget_notes_of_answers() -> None:
    with op.batch_alter_table("response", **ALONE) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_response_answered_by_person"), type_="foreignkey")
        batch_op.drop_column("note")
        batch_op.drop_column("answered_by")


def more_kinds() -> None:
    with op.batch_alter_table("delivery", **ALONE) as batch_op:
        batch_op.alter_column("kind", **kinds("deliverykind", DELIVERIES, MORE_DELIVERIES))
    with op.batch_alter_table("prompt", **ALONE) as batch_op:
        batch_op.alter_column("asks", **kinds("asks", ASKS, MORE_ASKS))
    with op.batch_alter_table("reminder", **ALONE) as batch_op:
        batch_op.alter_column("kind", **kinds("reminderkind", REMINDED, MORE_REMINDED))
        batch_op.alter_column("whom", **kinds("whom", WHOM, MORE_WHOM))


def fewer_kinds() -> None:
    op.execute(f"DELETE FROM delivery WHERE edits_id IN (SELECT id FROM delivery WHERE kind IN {MORE_DELIVERIES})")
    for table, column, gone in (("delivery", "kind", MORE_DELIVERIES), ("prompt", "asks", MORE_ASKS)):
        op.execute(f"DELETE FROM {table} WHERE {column} IN {gone}")
    op.execute(f"DELETE FROM reminder WHERE kind IN {MORE_REMINDED}")
    with op.batch_alter_table("reminder", **ALONE) as batch_op:
        batch_op.alter_column("whom", **kinds("whom", WHOM, MORE_WHOM, back=True))
        batch_op.alter_column("kind", **kinds("reminderkind", REMINDED, MORE_REMINDED, back=True))
    with op.batch_alter_table("prompt", **ALONE) as batch_op:
        batch_op.alter_column("asks", **kinds("asks", ASKS, MORE_ASKS, back=True))
    with op.batch_alter_table("delivery", **ALONE) as batch_op:
        batch_op.alter_column("kind", **kinds("deliverykind", DELIVERIES, MORE_DELIVERIES, back=True))


def kinds(name: str, members: tuple[str, ...], more: tuple[str, ...], *, back: bool = False) -> dict[str, Any]:
    old, new = one_of(name, *members), one_of(name, *members, *more)
    return {"existing_type": new if back else old, "type_": old if back else new, "existing_nullable": False}


def widen_occurrence() -> None:
    """What was planned before has no mark, and is planned anew. What was a code is now what each minute's code is made
    of: four digits are guessed from a few of these."""
    op.execute("ALTER TABLE occurrence RENAME COLUMN code TO secret")  # a batch would make the table anew
    op.add_column("occurrence", sa.Column("mark", Text(), nullable=True))
    op.add_column("occurrence", sa.Column("known_as", sa.Date(), nullable=True))
    renew_secrets(lambda: secrets.token_hex(16), shorter_than=32)


def narrow_occurrence() -> None:
    renew_secrets(lambda: f"{secrets.randbelow(10_000):04}", shorter_than=33)
    with op.batch_alter_table("occurrence", **ALONE) as batch_op:
        batch_op.alter_column("secret", new_column_name="code")
        batch_op.drop_column("known_as")
        batch_op.drop_column("mark")


def renew_secrets(drawn: Callable[[], str], shorter_than: int) -> None:
    connection = op.get_bind()
    wanted = sa.text("SELECT id FROM occurrence WHERE length(secret) < :size")
    rows = connection.execute(wanted, {"size": shorter_than}).scalars().all()
    if rows:
        change = sa.text("UPDATE occurrence SET secret = :secret WHERE id = :id")
        connection.execute(change, [{"id": number, "secret": drawn()} for number in rows])


def count_wrong_codes() -> None:
    op.create_table(
        "code_try",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("wrong", sa.Integer(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_code_try_account_id_account")),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_code_try")),
    )


FILES, MORE_FILES = ("consortium_file", "roster", "paper"), ("sign_in",)


def take_sign_in_sheets() -> None:
    add_text("offer", "chosen")
    with op.batch_alter_table("offer", **ALONE) as batch_op:
        batch_op.alter_column("kind", **kinds("offerkind", FILES, MORE_FILES))
        batch_op.alter_column("chosen", existing_type=Text(), nullable=False)
        batch_op.add_column(sa.Column("occurrence_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_offer_occurrence_id_occurrence"), "occurrence", ["occurrence_id"], ["id"]
        )


def forget_sign_in_sheets() -> None:
    op.execute("DELETE FROM offer WHERE kind = 'sign_in'")
    with op.batch_alter_table("offer", **ALONE) as batch_op:
        batch_op.drop_column("chosen")
        batch_op.drop_constraint(batch_op.f("fk_offer_occurrence_id_occurrence"), type_="foreignkey")
        batch_op.drop_column("occurrence_id")
        batch_op.alter_column("kind", **kinds("offerkind", FILES, MORE_FILES, back=True))


STATUSES = (
    *("expected", "not_expected", "present", "late", "left_early", "online", "leave", "official", "excused"),
    *("leave_pending", "leave_refused", "absent_pending", "truant", "void"),
)


def create_corrections() -> None:
    op.create_table(
        "correction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("occurrence_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("status", one_of("attendancestatus", *STATUSES), nullable=False),
        sa.Column("was", Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("why", Text(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_correction_by_id_person")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_correction_person_id_person")),
        sa.ForeignKeyConstraint(
            ["occurrence_id"], ["occurrence.id"], name=op.f("fk_correction_occurrence_id_occurrence")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_correction")),
    )
    op.create_index(op.f("ix_correction_occurrence_id"), "correction", ["occurrence_id"])
    op.create_index(op.f("ix_correction_person_id"), "correction", ["person_id"])
