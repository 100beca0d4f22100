"""The messages in groups about an event are found without those to persons: each press that is news asks for them."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

NAME, IN_GROUPS = "ix_delivery_in_groups", sa.text("chat_id IS NOT NULL")


def upgrade() -> None:
    op.create_index(NAME, "delivery", ["occurrence_id"], sqlite_where=IN_GROUPS, postgresql_where=IN_GROUPS)


def downgrade() -> None:
    op.drop_index(NAME, "delivery")
