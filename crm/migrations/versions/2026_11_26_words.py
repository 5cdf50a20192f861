"""What a service has learnt that words mean."""

import sqlalchemy as sa
from alembic import op

revision = "66f0bebf97dc"
down_revision = "91b3e3566a0f"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "learnt_words",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.Integer(), nullable=True),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("archived_by", sa.Integer(), nullable=True),
        sa.Column("archived_why", sa.String(), nullable=True),
        sa.Column("words_key", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("concept_id", sa.String(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.CheckConstraint("times >= 1", name=op.f("ck_learnt_words_chosen_at_least_once")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_learnt_words")),
        sa.UniqueConstraint("words_key", "concept_id", name="uq_learnt_words_meaning"),
    )
    with op.batch_alter_table("learnt_words", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_learnt_words_updated_at"), ["updated_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_learnt_words_words_key"), ["words_key"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("learnt_words", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_learnt_words_words_key"))
        batch_op.drop_index(batch_op.f("ix_learnt_words_updated_at"))

    op.drop_table("learnt_words")
