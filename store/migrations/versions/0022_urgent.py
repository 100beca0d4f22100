"""What is urgent is found without what else is due: it goes first (`is_urgent` in store/deliveries.py)."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

NAME = "ix_delivery_urgent_due"
OPEN = "state IN ('pending', 'claimed')"


def upgrade() -> None:
    false = "0" if op.get_bind().dialect.name == "sqlite" else "false"
    urgent = sa.text(f"{OPEN} AND (planned IS {false} OR kind = 'check_in')")
    op.create_index(NAME, "delivery", ["due_at", "id"], sqlite_where=urgent, postgresql_where=urgent)


def downgrade() -> None:
    op.drop_index(NAME, "delivery")
