"""What else speaks for a person beside the linked account: the terminal of `jiaolian chat`."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "further_account",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_further_account_account_id_account")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_further_account_person_id_person")),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_further_account")),
    )
    op.create_index(op.f("ix_further_account_person_id"), "further_account", ["person_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_further_account_person_id"), "further_account")
    op.drop_table("further_account")
