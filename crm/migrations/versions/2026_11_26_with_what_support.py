"""with what support."""

import sqlalchemy as sa
from alembic import op

revision = "80a9bdb38ea0"
down_revision = "670dfcc1754f"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("vocational_profile", schema=None) as batch_op:
        batch_op.add_column(sa.Column("ability_supports", sa.JSON(), nullable=False, server_default="{}"))
    with op.batch_alter_table("vocational_profile", schema=None) as batch_op:
        batch_op.alter_column("ability_supports", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("vocational_profile", schema=None) as batch_op:
        batch_op.drop_column("ability_supports")
