"""What is usual of a task, culture, risks and photos of a workplace, and imported roles."""

import sqlalchemy as sa
from alembic import op

revision = "13bac90b2865"
down_revision = "80a9bdb38ea0"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "loaded_role",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("others", sa.JSON(), nullable=False),
        sa.Column("tasks", sa.JSON(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["import_batch.id"], name=op.f("fk_loaded_role_batch_id")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_loaded_role")),
    )
    op.create_table(
        "job_risk",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.Integer(), nullable=True),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("archived_by", sa.Integer(), nullable=True),
        sa.Column("archived_why", sa.String(), nullable=True),
        sa.Column("analysis_id", sa.Integer(), nullable=False),
        sa.Column(
            "area",
            sa.Enum(
                "health_and_safety",
                "equality",
                "safeguarding",
                "lone_working",
                "travel",
                name="risk_area",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("risk", sa.String(), nullable=False),
        sa.Column("control", sa.String(), nullable=True),
        sa.Column("owner", sa.String(), nullable=True),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["analysis_id"], ["job_analysis.id"], name=op.f("fk_job_risk_analysis_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job_risk")),
    )
    with op.batch_alter_table("job_risk", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_job_risk_analysis_id"), ["analysis_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_job_risk_updated_at"), ["updated_at"], unique=False)

    op.create_table(
        "workplace_photo",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.Integer(), nullable=True),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("archived_by", sa.Integer(), nullable=True),
        sa.Column("archived_why", sa.String(), nullable=True),
        sa.Column("analysis_id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column(
            "shows",
            sa.Enum(
                "nobody", "people", name="photo_shows", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("agreed", sa.String(), nullable=True),
        sa.CheckConstraint(
            "shows = 'nobody' OR agreed IS NOT NULL", name=op.f("ck_workplace_photo_agreed_by_people")
        ),
        sa.ForeignKeyConstraint(
            ["analysis_id"], ["job_analysis.id"], name=op.f("fk_workplace_photo_analysis_id")
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["employer_document.id"], name=op.f("fk_workplace_photo_document_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workplace_photo")),
        sa.UniqueConstraint("document_id", name=op.f("uq_workplace_photo_document_id")),
    )
    with op.batch_alter_table("workplace_photo", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_workplace_photo_analysis_id"), ["analysis_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_workplace_photo_updated_at"), ["updated_at"], unique=False)

    with op.batch_alter_table("job_analysis", schema=None) as batch_op:
        batch_op.add_column(sa.Column("coworker_contact", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("breaks", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("unwritten_rules", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("flexibility", sa.String(), nullable=True))

    with op.batch_alter_table("job_task", schema=None) as batch_op:
        batch_op.add_column(sa.Column("pace", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("steps", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("trained_by", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("usual_times", sa.Float(), nullable=True))
        batch_op.add_column(sa.Column("usual_minutes", sa.Float(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("job_task", schema=None) as batch_op:
        batch_op.drop_column("usual_minutes")
        batch_op.drop_column("usual_times")
        batch_op.drop_column("trained_by")
        batch_op.drop_column("steps")
        batch_op.drop_column("pace")

    with op.batch_alter_table("job_analysis", schema=None) as batch_op:
        batch_op.drop_column("flexibility")
        batch_op.drop_column("unwritten_rules")
        batch_op.drop_column("breaks")
        batch_op.drop_column("coworker_contact")

    with op.batch_alter_table("workplace_photo", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_workplace_photo_updated_at"))
        batch_op.drop_index(batch_op.f("ix_workplace_photo_analysis_id"))

    op.drop_table("workplace_photo")
    with op.batch_alter_table("job_risk", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_job_risk_updated_at"))
        batch_op.drop_index(batch_op.f("ix_job_risk_analysis_id"))

    op.drop_table("job_risk")
    op.drop_table("loaded_role")
