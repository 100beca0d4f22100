"""A message owed to an account, whoever it speaks for; and when a claimant's last name that did not do was said."""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

KINDS = (
    *("announce", "remind", "nudge", "check_in", "reflect", "digest", "card", "leave_request", "leave_result"),
    *("claim", "chat", "prepare", "outlook", "change"),
)


def kinds(*more: str) -> sa.Enum:
    return sa.Enum(*KINDS, *more, name="deliverykind", native_enum=False, create_constraint=True, length=24)


def upgrade() -> None:
    with op.batch_alter_table("delivery", schema=None) as batch_op:
        batch_op.add_column(sa.Column("account_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_delivery_account_id_account"), "account", ["account_id"], ["id"])
        batch_op.create_index(batch_op.f("ix_delivery_account_id"), ["account_id"], unique=False)
    change_kinds(kinds(), kinds("link"))
    op.add_column("claim", sa.Column("guessed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))
    last = last_claim()
    with op.batch_alter_table("claim", schema=None, table_kwargs={"sqlite_autoincrement": True}) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_claim_moved_from_account"), type_="foreignkey")
        batch_op.drop_column("moved_from")
    number_claims_from(last)


def downgrade() -> None:
    op.execute("DELETE FROM delivery WHERE kind = 'link'")
    change_kinds(kinds("link"), kinds())
    with op.batch_alter_table("delivery", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_delivery_account_id"))
        batch_op.drop_constraint(batch_op.f("fk_delivery_account_id_account"), type_="foreignkey")
        batch_op.drop_column("account_id")
    last = last_claim()
    with op.batch_alter_table("claim", schema=None, table_kwargs={"sqlite_autoincrement": True}) as batch_op:
        batch_op.drop_column("guessed_at")
        batch_op.add_column(sa.Column("moved_from", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_claim_moved_from_account"), "account", ["moved_from"], ["id"])
    number_claims_from(last)


def change_kinds(old: sa.Enum, new: sa.Enum) -> None:
    with op.batch_alter_table("delivery", schema=None) as batch_op:
        batch_op.alter_column("kind", existing_type=old, type_=new, existing_nullable=False)


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
