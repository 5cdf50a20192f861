"""The first version of the weights of a service that was there already: those that it has now."""

from alembic import op

revision = "5b1e07c2d9a4"
down_revision = "5d0c93e1b7aa"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        "INSERT INTO weights_version (version, created_at, updated_at, number, weight_skills, weight_hours, "
        "weight_natural_supports, weight_preference, why) "
        "SELECT 1, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP, 1, weight_skills, weight_hours, "
        "weight_natural_supports, weight_preference, 'In force when versions began to be kept' "
        "FROM service WHERE NOT EXISTS (SELECT 1 FROM weights_version)"
    )


def downgrade() -> None:
    """The row stays: it goes with its table, and nothing else is told of it."""
