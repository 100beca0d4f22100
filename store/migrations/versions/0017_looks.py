"""What a look of the dispatcher asks is the beginning of an index, however much waits."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

OPEN, HELD = sa.text("state IN ('pending', 'claimed')"), sa.text("held_until IS NOT NULL")
INDEXES = {
    "ix_delivery_open_due": (["due_at", "id"], OPEN),
    "ix_delivery_open_expires": (["expires_at"], OPEN),
    "ix_delivery_held": (["held_until"], HELD),
}


def upgrade() -> None:
    op.drop_index("ix_delivery_state", "delivery")  # SQLite would rather read all that waits by this one
    for name, (columns, only) in INDEXES.items():
        op.create_index(name, "delivery", columns, sqlite_where=only, postgresql_where=only)
    op.create_index("ix_reminder_state_at", "reminder", ["state", "at"])


def downgrade() -> None:
    op.drop_index("ix_reminder_state_at", "reminder")
    for name in INDEXES:
        op.drop_index(name, "delivery")
    op.create_index("ix_delivery_state", "delivery", ["state"])
