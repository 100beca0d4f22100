"""Form layouts: a school's own Word file for a form."""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

Text, Instant = sqlmodel.sql.sqltypes.AutoString, sqlmodel.sql.sqltypes.UTCDateTime
FORMS = (
    *("notice", "sign_in", "minutes", "observation", "reflection"),
    *("class_record", "leave", "attendance", "catalogue"),
)


def upgrade() -> None:
    one_of_them = sa.Enum(*FORMS, name="form", native_enum=False, create_constraint=True, length=24)
    op.create_table(
        "form_layout",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consortium_id", sa.Integer(), nullable=False),
        sa.Column("form", one_of_them, nullable=False),
        sa.Column("name", Text(), nullable=False),
        sa.Column("content", Text(), nullable=False),
        sa.Column("kept_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["consortium_id"], ["consortium.id"], name=op.f("fk_form_layout_consortium_id_consortium")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_form_layout")),
        sa.UniqueConstraint("consortium_id", "form", name=op.f("uq_form_layout_consortium_id_form")),
    )


def downgrade() -> None:
    op.drop_table("form_layout")
