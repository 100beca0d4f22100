"""Which of several consortiums answers an account in private."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

NAME = "fk_account_consortium_id_consortium"


def upgrade() -> None:
    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.add_column(sa.Column("consortium_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f(NAME), "consortium", ["consortium_id"], ["id"])


def downgrade() -> None:
    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f(NAME), type_="foreignkey")
        batch_op.drop_column("consortium_id")
