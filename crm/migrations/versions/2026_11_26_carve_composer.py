"""Carved jobs by stage, with a business case and proposals; tasks that belong together, ranges, dangers."""

import sqlalchemy as sa
from alembic import op

revision = "364d9a35a506"
down_revision = "237e914d52e7"
branch_labels = None
depends_on = None


AGREED = "stage NOT IN ('agreed', 'trial', 'live') OR (vacancy_id IS NOT NULL AND analysis_id IS NOT NULL)"


def upgrade() -> None:
    op.create_table(
        "carve_case",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.Integer(), nullable=True),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("archived_by", sa.Integer(), nullable=True),
        sa.Column("archived_why", sa.String(), nullable=True),
        sa.Column("carve_id", sa.Integer(), nullable=False),
        sa.Column("need", sa.String(), nullable=True),
        sa.Column("undone_worth", sa.String(), nullable=True),
        sa.Column("quality", sa.String(), nullable=True),
        sa.Column("overtime_hours", sa.Float(), nullable=True),
        sa.Column("overtime_hours_most", sa.Float(), nullable=True),
        sa.Column("overtime_rate", sa.Float(), nullable=True),
        sa.Column("overtime_rate_most", sa.Float(), nullable=True),
        sa.Column("agency_hours", sa.Float(), nullable=True),
        sa.Column("agency_hours_most", sa.Float(), nullable=True),
        sa.Column("agency_rate", sa.Float(), nullable=True),
        sa.Column("agency_rate_most", sa.Float(), nullable=True),
        sa.Column("on_costs_percent", sa.Float(), nullable=True),
        sa.Column("on_costs_percent_most", sa.Float(), nullable=True),
        sa.Column("once_cost", sa.Float(), nullable=True),
        sa.Column("once_cost_most", sa.Float(), nullable=True),
        sa.Column("once_for", sa.String(), nullable=True),
        sa.Column("support", sa.String(), nullable=True),
        sa.Column("support_fades", sa.String(), nullable=True),
        sa.Column(
            "access_to_work",
            sa.Enum(
                "not_asked",
                "to_ask",
                "applied",
                "granted",
                "not_needed",
                name="access_to_work",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("risks", sa.String(), nullable=True),
        sa.Column("consulted_who", sa.String(), nullable=True),
        sa.Column("consulted_on", sa.Date(), nullable=True),
        sa.Column("consulted_said", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["carve_id"], ["job_carve.id"], name=op.f("fk_carve_case_carve_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_carve_case")),
    )
    with op.batch_alter_table("carve_case", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_carve_case_carve_id"), ["carve_id"], unique=True)
        batch_op.create_index(batch_op.f("ix_carve_case_updated_at"), ["updated_at"], unique=False)

    op.create_table(
        "carve_move",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.Integer(), nullable=True),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("archived_by", sa.Integer(), nullable=True),
        sa.Column("archived_why", sa.String(), nullable=True),
        sa.Column("carve_id", sa.Integer(), nullable=False),
        sa.Column(
            "from_stage",
            sa.Enum(
                "idea",
                "needs_confirmed",
                "proposal",
                "negotiating",
                "agreed",
                "trial",
                "live",
                "declined",
                name="carve_stage",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "to_stage",
            sa.Enum(
                "idea",
                "needs_confirmed",
                "proposal",
                "negotiating",
                "agreed",
                "trial",
                "live",
                "declined",
                name="carve_stage",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("moved_on", sa.Date(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.Column("words", sa.String(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("is_agreed_by_seeker", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "ends_on IS NULL OR starts_on IS NULL OR ends_on >= starts_on",
            name=op.f("ck_carve_move_days_in_order"),
        ),
        sa.ForeignKeyConstraint(["carve_id"], ["job_carve.id"], name=op.f("fk_carve_move_carve_id")),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["employer_person.id"], name=op.f("fk_carve_move_contact_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_carve_move")),
    )
    with op.batch_alter_table("carve_move", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_carve_move_carve_id"), ["carve_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_carve_move_updated_at"), ["updated_at"], unique=False)

    op.create_table(
        "carve_proposal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.Integer(), nullable=True),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("archived_by", sa.Integer(), nullable=True),
        sa.Column("archived_why", sa.String(), nullable=True),
        sa.Column("carve_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("given_to_id", sa.Integer(), nullable=True),
        sa.Column("share_sheet_id", sa.Integer(), nullable=True),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["carve_id"], ["job_carve.id"], name=op.f("fk_carve_proposal_carve_id")),
        sa.ForeignKeyConstraint(
            ["given_to_id"], ["employer_person.id"], name=op.f("fk_carve_proposal_given_to_id")
        ),
        sa.ForeignKeyConstraint(
            ["share_sheet_id"], ["share_sheet.id"], name=op.f("fk_carve_proposal_share_sheet_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_carve_proposal")),
        sa.UniqueConstraint("carve_id", "number", name="uq_carve_proposal_once"),
    )
    with op.batch_alter_table("carve_proposal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_carve_proposal_carve_id"), ["carve_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_carve_proposal_updated_at"), ["updated_at"], unique=False)

    with op.batch_alter_table("job_analysis", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("is_unmet_needs", sa.Boolean(), nullable=False, server_default=sa.false())
        )
    with op.batch_alter_table("job_analysis", schema=None) as batch_op:
        batch_op.alter_column("is_unmet_needs", server_default=None)

    with op.batch_alter_table("job_carve", schema=None) as batch_op:
        batch_op.add_column(sa.Column("site_id", sa.Integer(), nullable=True))
        batch_op.add_column(
            sa.Column(
                "kind",
                sa.Enum(
                    "carved",
                    "created",
                    name="carve_kind",
                    native_enum=False,
                    create_constraint=True,
                    length=40,
                ),
                nullable=False,
                server_default="carved",
            )
        )
        batch_op.add_column(
            sa.Column(
                "made",
                sa.Enum(
                    "by_solver",
                    "by_hand",
                    "as_team",
                    name="carve_made",
                    native_enum=False,
                    create_constraint=True,
                    length=40,
                ),
                nullable=False,
                server_default="by_solver",
            )
        )
        batch_op.add_column(sa.Column("stage_since", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("going_rate", sa.Float(), nullable=True))
        batch_op.add_column(sa.Column("supervisor", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("coworker_contact", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("quality_checks", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("vacancy_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("analysis_id", sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f("ix_job_carve_stage_since"), ["stage_since"], unique=False)
        batch_op.create_index(batch_op.f("ix_job_carve_vacancy_id"), ["vacancy_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_job_carve_analysis_id"), "job_analysis", ["analysis_id"], ["id"]
        )
        batch_op.create_foreign_key(batch_op.f("fk_job_carve_vacancy_id"), "vacancy", ["vacancy_id"], ["id"])
        batch_op.create_foreign_key(batch_op.f("fk_job_carve_site_id"), "employer_site", ["site_id"], ["id"])

    # Nothing moved a carved job to these stages before: one that is there anyway has no vacancy yet.
    op.execute("UPDATE job_carve SET stage = 'negotiating' WHERE stage IN ('agreed', 'trial', 'live')")
    op.execute("UPDATE job_carve SET stage_since = date(created_at)")
    with op.batch_alter_table("job_carve", schema=None) as batch_op:
        batch_op.alter_column("kind", server_default=None)
        batch_op.alter_column("made", server_default=None)
        batch_op.alter_column("stage_since", existing_type=sa.Date(), nullable=False)
        batch_op.create_check_constraint("agreed_is_a_vacancy", AGREED)

    with op.batch_alter_table("job_task", schema=None) as batch_op:
        batch_op.add_column(sa.Column("minutes_most", sa.Float(), nullable=True))
        batch_op.add_column(sa.Column("hourly_cost_most", sa.Float(), nullable=True))
        batch_op.add_column(
            sa.Column(
                "dangerous",
                sa.Enum(
                    "yes", "no", "unknown", name="known", native_enum=False, create_constraint=True, length=40
                ),
                nullable=False,
                server_default="unknown",
            )
        )
        batch_op.add_column(sa.Column("demands", sa.JSON(), nullable=False, server_default="{}"))
        batch_op.add_column(sa.Column("needs_task_ids", sa.JSON(), nullable=False, server_default="[]"))
    with op.batch_alter_table("job_task", schema=None) as batch_op:
        for name in ("dangerous", "demands", "needs_task_ids"):
            batch_op.alter_column(name, server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("job_task", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_job_task_dangerous_known"), type_="check")
        batch_op.drop_column("needs_task_ids")
        batch_op.drop_column("demands")
        batch_op.drop_column("dangerous")
        batch_op.drop_column("hourly_cost_most")
        batch_op.drop_column("minutes_most")

    with op.batch_alter_table("job_carve", schema=None) as batch_op:
        for name in ("agreed_is_a_vacancy", "kind_carve_kind", "made_carve_made"):
            batch_op.drop_constraint(batch_op.f(f"ck_job_carve_{name}"), type_="check")
        batch_op.drop_constraint(batch_op.f("fk_job_carve_site_id"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_job_carve_vacancy_id"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_job_carve_analysis_id"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_job_carve_vacancy_id"))
        batch_op.drop_index(batch_op.f("ix_job_carve_stage_since"))
        batch_op.drop_column("analysis_id")
        batch_op.drop_column("vacancy_id")
        batch_op.drop_column("quality_checks")
        batch_op.drop_column("coworker_contact")
        batch_op.drop_column("supervisor")
        batch_op.drop_column("going_rate")
        batch_op.drop_column("stage_since")
        batch_op.drop_column("made")
        batch_op.drop_column("kind")
        batch_op.drop_column("site_id")

    with op.batch_alter_table("job_analysis", schema=None) as batch_op:
        batch_op.drop_column("is_unmet_needs")

    with op.batch_alter_table("carve_proposal", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_carve_proposal_updated_at"))
        batch_op.drop_index(batch_op.f("ix_carve_proposal_carve_id"))

    op.drop_table("carve_proposal")
    with op.batch_alter_table("carve_move", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_carve_move_updated_at"))
        batch_op.drop_index(batch_op.f("ix_carve_move_carve_id"))

    op.drop_table("carve_move")
    with op.batch_alter_table("carve_case", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_carve_case_updated_at"))
        batch_op.drop_index(batch_op.f("ix_carve_case_carve_id"))

    op.drop_table("carve_case")
