"""Claims of a name on the roster, and the notice of one that organisers get."""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

KINDS = ("announce", "remind", "nudge", "check_in", "reflect", "digest", "card", "leave_request", "leave_result")


def kinds(*more: str) -> sa.Enum:
    return sa.Enum(*KINDS, *more, name="deliverykind", native_enum=False, create_constraint=True, length=24)


def upgrade() -> None:
    states = sa.Enum(
        "met", "pending", "taken", "refused", name="claimstate", native_enum=False, create_constraint=True, length=24
    )
    op.create_table(
        "claim",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consortium_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("shown", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("state", states, nullable=False),
        sa.Column("guesses", sa.Integer(), nullable=False),
        sa.Column("met_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("asked_until", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("moved_from", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_claim_account_id_account")),
        sa.ForeignKeyConstraint(["consortium_id"], ["consortium.id"], name=op.f("fk_claim_consortium_id_consortium")),
        sa.ForeignKeyConstraint(["decided_by"], ["person.id"], name=op.f("fk_claim_decided_by_person")),
        sa.ForeignKeyConstraint(["moved_from"], ["account.id"], name=op.f("fk_claim_moved_from_account")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_claim_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("claim", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_claim_account_id"), ["account_id"], unique=False)
    change_kinds(kinds(), kinds("claim"))


def downgrade() -> None:
    op.execute("DELETE FROM delivery WHERE kind = 'claim'")
    change_kinds(kinds("claim"), kinds())
    with op.batch_alter_table("claim", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_claim_account_id"))
    op.drop_table("claim")


def change_kinds(old: sa.Enum, new: sa.Enum) -> None:
    with op.batch_alter_table("delivery", schema=None) as batch_op:
        batch_op.alter_column("kind", existing_type=old, type_=new, existing_nullable=False)
