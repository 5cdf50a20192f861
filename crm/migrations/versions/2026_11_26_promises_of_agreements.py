"""What employers promised to whom, the wording of agreements, and jobs that people started."""

import sqlalchemy as sa
from alembic import op

revision = "f765093361e8"
down_revision = "df74642fb750"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "clause_wording",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.Integer(), nullable=True),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("archived_by", sa.Integer(), nullable=True),
        sa.Column("archived_why", sa.String(), nullable=True),
        sa.Column(
            "clause",
            sa.Enum(
                "purpose",
                "whom_it_covers",
                "jobs_in_scope",
                "notice_of_vacancies",
                "guaranteed_interview",
                "criteria",
                "who_uses_the_promise",
                "limits_and_fairness",
                "form_of_interview",
                "other_ways_than_an_interview",
                "mock_interviews",
                "pre_employment_training",
                "work_trial_or_placement",
                "adjustments",
                "no_health_questions",
                "feedback",
                "data_sharing",
                "looking_at_it_together",
                "who_to_talk_to",
                "length_and_ending",
                name="clause_key",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("heading", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("easy_words", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clause_wording")),
        sa.UniqueConstraint("clause", "edition", name="uq_clause_wording_once"),
    )
    with op.batch_alter_table("clause_wording", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_clause_wording_updated_at"), ["updated_at"], unique=False)

    op.create_table(
        "agreement_member",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.Integer(), nullable=True),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("archived_by", sa.Integer(), nullable=True),
        sa.Column("archived_why", sa.String(), nullable=True),
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("employer_id", sa.Integer(), nullable=False),
        sa.Column("joined_on", sa.Date(), nullable=True),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreement.id"], name=op.f("fk_agreement_member_agreement_id")
        ),
        sa.ForeignKeyConstraint(
            ["employer_id"], ["employer.id"], name=op.f("fk_agreement_member_employer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_member")),
        sa.UniqueConstraint("agreement_id", "employer_id", name="uq_agreement_member_once"),
    )
    with op.batch_alter_table("agreement_member", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_agreement_member_agreement_id"), ["agreement_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_agreement_member_employer_id"), ["employer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_agreement_member_updated_at"), ["updated_at"], unique=False)

    op.create_table(
        "agreement_panelist",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.Integer(), nullable=True),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("archived_by", sa.Integer(), nullable=True),
        sa.Column("archived_why", sa.String(), nullable=True),
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreement.id"], name=op.f("fk_agreement_panelist_agreement_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["employer_person.id"], name=op.f("fk_agreement_panelist_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_panelist")),
        sa.UniqueConstraint("agreement_id", "person_id", name="uq_agreement_panelist_once"),
    )
    with op.batch_alter_table("agreement_panelist", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_agreement_panelist_agreement_id"), ["agreement_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_agreement_panelist_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_agreement_panelist_updated_at"), ["updated_at"], unique=False)

    op.create_table(
        "agreement_site",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.Integer(), nullable=True),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("archived_by", sa.Integer(), nullable=True),
        sa.Column("archived_why", sa.String(), nullable=True),
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreement.id"], name=op.f("fk_agreement_site_agreement_id")
        ),
        sa.ForeignKeyConstraint(["site_id"], ["employer_site.id"], name=op.f("fk_agreement_site_site_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_site")),
        sa.UniqueConstraint("agreement_id", "site_id", name="uq_agreement_site_once"),
    )
    with op.batch_alter_table("agreement_site", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_agreement_site_agreement_id"), ["agreement_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_agreement_site_site_id"), ["site_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_agreement_site_updated_at"), ["updated_at"], unique=False)

    op.create_table(
        "agreement_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.Integer(), nullable=True),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("archived_by", sa.Integer(), nullable=True),
        sa.Column("archived_why", sa.String(), nullable=True),
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column(
            "at_stage",
            sa.Enum(
                "idea",
                "discussed",
                "drafting",
                "approved_by_a_manager",
                "with_employer",
                "signed",
                "active",
                "in_review",
                "renewed",
                "lapsed",
                "ended",
                "declined",
                name="agreement_stage",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreement.id"], name=op.f("fk_agreement_version_agreement_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_version")),
        sa.UniqueConstraint("agreement_id", "number", name="uq_agreement_version_once"),
    )
    with op.batch_alter_table("agreement_version", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_agreement_version_agreement_id"), ["agreement_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_agreement_version_updated_at"), ["updated_at"], unique=False)

    op.create_table(
        "promised_session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.Integer(), nullable=True),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("archived_by", sa.Integer(), nullable=True),
        sa.Column("archived_why", sa.String(), nullable=True),
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("employer_id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=True),
        sa.Column(
            "promise",
            sa.Enum(
                "interview",
                "mock_interview",
                "training",
                "work_trial_or_placement",
                name="promise",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "planned",
                "held",
                "cancelled_by_the_employer",
                "cancelled_by_us",
                name="session_state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("places", sa.Integer(), nullable=True),
        sa.Column("notes", sa.String(), nullable=True),
        sa.CheckConstraint(
            "promise <> 'interview'", name=op.f("ck_promised_session_interviews_are_of_people")
        ),
        sa.CheckConstraint(
            "ends_on IS NULL OR ends_on >= starts_on", name=op.f("ck_promised_session_days_in_order")
        ),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreement.id"], name=op.f("fk_promised_session_agreement_id")
        ),
        sa.ForeignKeyConstraint(
            ["employer_id"], ["employer.id"], name=op.f("fk_promised_session_employer_id")
        ),
        sa.ForeignKeyConstraint(["site_id"], ["employer_site.id"], name=op.f("fk_promised_session_site_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_promised_session")),
    )
    with op.batch_alter_table("promised_session", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_promised_session_agreement_id"), ["agreement_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_promised_session_employer_id"), ["employer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_promised_session_updated_at"), ["updated_at"], unique=False)

    op.create_table(
        "agreement_use",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.Integer(), nullable=True),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("archived_by", sa.Integer(), nullable=True),
        sa.Column("archived_why", sa.String(), nullable=True),
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("employer_id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=True),
        sa.Column("vacancy_id", sa.Integer(), nullable=True),
        sa.Column("session_id", sa.Integer(), nullable=True),
        sa.Column("after_use_id", sa.Integer(), nullable=True),
        sa.Column("seeker_id", sa.Integer(), nullable=False),
        sa.Column(
            "promise",
            sa.Enum(
                "interview",
                "mock_interview",
                "training",
                "work_trial_or_placement",
                name="promise",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "standing",
            sa.Enum(
                "asked",
                "referred",
                "not_referred",
                name="standing",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("consent_id", sa.Integer(), nullable=True),
        sa.Column("referred_on", sa.Date(), nullable=True),
        sa.Column("referred_by", sa.Integer(), nullable=True),
        sa.Column("not_referred_why", sa.String(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("happens_on", sa.Date(), nullable=True),
        sa.Column(
            "criteria_met",
            sa.Enum(
                "yes",
                "no",
                "disputed",
                "unknown",
                name="criteria_met",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("criteria_missing", sa.String(), nullable=True),
        sa.Column(
            "given",
            sa.Enum(
                "not_yet",
                "yes",
                "not_given_by_the_employer",
                "could_not_attend",
                "withdrew",
                name="given",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("given_why", sa.String(), nullable=True),
        sa.Column(
            "adjustments_given",
            sa.Enum(
                "yes", "no", "unknown", name="known", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("feedback_on", sa.Date(), nullable=True),
        sa.Column("feedback", sa.String(), nullable=True),
        sa.Column(
            "finished",
            sa.Enum(
                "yes", "no", "unknown", name="known", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("finished_on", sa.Date(), nullable=True),
        sa.Column(
            "result",
            sa.Enum(
                "waiting",
                "offered",
                "not_offered",
                "person_declined",
                name="use_result",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("result_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "(standing = 'referred') = (referred_on IS NOT NULL)",
            name=op.f("ck_agreement_use_referred_on_a_day"),
        ),
        sa.CheckConstraint(
            "given <> 'not_given_by_the_employer' OR criteria_met <> 'unknown'",
            name=op.f("ck_agreement_use_broken_only_if_owed"),
        ),
        sa.CheckConstraint(
            "given <> 'yes' OR happens_on IS NOT NULL", name=op.f("ck_agreement_use_given_on_a_day")
        ),
        sa.CheckConstraint(
            "given = 'not_yet' OR standing = 'referred'", name=op.f("ck_agreement_use_given_when_referred")
        ),
        sa.CheckConstraint(
            "standing <> 'not_referred' OR not_referred_why IS NOT NULL",
            name=op.f("ck_agreement_use_not_referred_has_a_reason"),
        ),
        sa.ForeignKeyConstraint(
            ["after_use_id"], ["agreement_use.id"], name=op.f("fk_agreement_use_after_use_id")
        ),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreement.id"], name=op.f("fk_agreement_use_agreement_id")
        ),
        sa.ForeignKeyConstraint(["consent_id"], ["consent.id"], name=op.f("fk_agreement_use_consent_id")),
        sa.ForeignKeyConstraint(["employer_id"], ["employer.id"], name=op.f("fk_agreement_use_employer_id")),
        sa.ForeignKeyConstraint(["referred_by"], ["user.id"], name=op.f("fk_agreement_use_referred_by")),
        sa.ForeignKeyConstraint(["seeker_id"], ["job_seeker.id"], name=op.f("fk_agreement_use_seeker_id")),
        sa.ForeignKeyConstraint(
            ["session_id"], ["promised_session.id"], name=op.f("fk_agreement_use_session_id")
        ),
        sa.ForeignKeyConstraint(["site_id"], ["employer_site.id"], name=op.f("fk_agreement_use_site_id")),
        sa.ForeignKeyConstraint(["vacancy_id"], ["vacancy.id"], name=op.f("fk_agreement_use_vacancy_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_use")),
    )
    with op.batch_alter_table("agreement_use", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_agreement_use_after_use_id"), ["after_use_id"], unique=False)
        batch_op.create_index(
            "ix_agreement_use_counted", ["agreement_id", "standing", "promise", "given"], unique=False
        )
        batch_op.create_index(
            "ix_agreement_use_employer_id_referred_on", ["employer_id", "referred_on"], unique=False
        )
        batch_op.create_index("ix_agreement_use_given_due_on", ["given", "due_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_agreement_use_seeker_id"), ["seeker_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_agreement_use_session_id"), ["session_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_agreement_use_site_id"), ["site_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_agreement_use_updated_at"), ["updated_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_agreement_use_vacancy_id"), ["vacancy_id"], unique=False)

    op.create_table(
        "placement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.Integer(), nullable=True),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("archived_by", sa.Integer(), nullable=True),
        sa.Column("archived_why", sa.String(), nullable=True),
        sa.Column("seeker_id", sa.Integer(), nullable=False),
        sa.Column("employer_id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=True),
        sa.Column("vacancy_id", sa.Integer(), nullable=True),
        sa.Column("use_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("hours_week", sa.Float(), nullable=True),
        sa.Column("pay_hourly", sa.Float(), nullable=True),
        sa.Column("seen_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("end_why", sa.String(), nullable=True),
        sa.CheckConstraint(
            "ended_on IS NULL OR end_why IS NOT NULL", name=op.f("ck_placement_an_end_has_a_reason")
        ),
        sa.CheckConstraint(
            "ended_on IS NULL OR ended_on >= starts_on", name=op.f("ck_placement_days_in_order")
        ),
        sa.ForeignKeyConstraint(["employer_id"], ["employer.id"], name=op.f("fk_placement_employer_id")),
        sa.ForeignKeyConstraint(["seeker_id"], ["job_seeker.id"], name=op.f("fk_placement_seeker_id")),
        sa.ForeignKeyConstraint(["site_id"], ["employer_site.id"], name=op.f("fk_placement_site_id")),
        sa.ForeignKeyConstraint(["use_id"], ["agreement_use.id"], name=op.f("fk_placement_use_id")),
        sa.ForeignKeyConstraint(["vacancy_id"], ["vacancy.id"], name=op.f("fk_placement_vacancy_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_placement")),
    )
    with op.batch_alter_table("placement", schema=None) as batch_op:
        batch_op.create_index(
            "ix_placement_employer_id_starts_on", ["employer_id", "starts_on"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_placement_seeker_id"), ["seeker_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_placement_updated_at"), ["updated_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_placement_use_id"), ["use_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_placement_vacancy_id"), ["vacancy_id"], unique=False)

    op.create_table(
        "agreement_signature",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.Integer(), nullable=True),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("archived_by", sa.Integer(), nullable=True),
        sa.Column("archived_why", sa.String(), nullable=True),
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column(
            "side",
            sa.Enum(
                "employer", "us", name="signature_side", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=True),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.Column(
            "how",
            sa.Enum(
                "on_paper",
                "by_email",
                "electronic_signature",
                "recorded_in_minutes",
                name="signed_how",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreement.id"], name=op.f("fk_agreement_signature_agreement_id")
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["employer_document.id"], name=op.f("fk_agreement_signature_document_id")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["agreement_version.id"], name=op.f("fk_agreement_signature_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_signature")),
    )
    with op.batch_alter_table("agreement_signature", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_agreement_signature_agreement_id"), ["agreement_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_agreement_signature_updated_at"), ["updated_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_agreement_signature_version_id"), ["version_id"], unique=False)

    with op.batch_alter_table("agreement", schema=None) as batch_op:
        batch_op.add_column(sa.Column("group_name", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("employer_contact_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("started_from_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("expected_signing_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("must_have_score", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("interview_days", sa.Integer(), nullable=True))
        batch_op.add_column(
            sa.Column(
                "oversubscription_rule",
                sa.Enum(
                    "longest_wait_first",
                    "fewest_chances_first",
                    "drawn_by_lot",
                    "the_employer_chooses",
                    "unknown",
                    name="oversubscription",
                    native_enum=False,
                    create_constraint=True,
                    length=40,
                ),
                nullable=False,
                server_default="unknown",
            )
        )
        batch_op.add_column(
            sa.Column("interview_alternatives", sa.JSON(), nullable=False, server_default="[]")
        )
        batch_op.add_column(sa.Column("alternative_hours", sa.Float(), nullable=True))
        batch_op.add_column(
            sa.Column(
                "alternative_paid",
                sa.Enum(
                    "yes", "no", "unknown", name="known", native_enum=False, create_constraint=True, length=40
                ),
                nullable=False,
                server_default="unknown",
            )
        )
        batch_op.add_column(sa.Column("mock_sessions", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("mock_places", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("training_weeks", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("training_hours", sa.Float(), nullable=True))
        batch_op.add_column(sa.Column("training_places", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("training_provider", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("training_content", sa.String(), nullable=True))
        batch_op.add_column(
            sa.Column(
                "training_work_experience",
                sa.Enum(
                    "yes", "no", "unknown", name="known", native_enum=False, create_constraint=True, length=40
                ),
                nullable=False,
                server_default="unknown",
            )
        )
        batch_op.add_column(
            sa.Column(
                "training_interview",
                sa.Enum(
                    "yes", "no", "unknown", name="known", native_enum=False, create_constraint=True, length=40
                ),
                nullable=False,
                server_default="unknown",
            )
        )
        batch_op.add_column(sa.Column("trial_weeks", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("trial_hours", sa.Float(), nullable=True))
        batch_op.add_column(sa.Column("trial_places", sa.Integer(), nullable=True))
        batch_op.add_column(
            sa.Column(
                "trial_paid",
                sa.Enum(
                    "yes", "no", "unknown", name="known", native_enum=False, create_constraint=True, length=40
                ),
                nullable=False,
                server_default="unknown",
            )
        )
        batch_op.add_column(sa.Column("data_sharing", sa.String(), nullable=True))
        batch_op.add_column(
            sa.Column(
                "monitoring",
                sa.Enum(
                    "every_month",
                    "every_three_months",
                    "every_six_months",
                    "every_year",
                    "unknown",
                    name="monitoring",
                    native_enum=False,
                    create_constraint=True,
                    length=40,
                ),
                nullable=False,
                server_default="unknown",
            )
        )
        batch_op.alter_column("oversubscription_rule", server_default=None)
        batch_op.alter_column("interview_alternatives", server_default=None)
        batch_op.alter_column("alternative_paid", server_default=None)
        batch_op.alter_column("training_work_experience", server_default=None)
        batch_op.alter_column("training_interview", server_default=None)
        batch_op.alter_column("trial_paid", server_default=None)
        batch_op.alter_column("monitoring", server_default=None)
        batch_op.create_index(
            "ix_agreement_archived_at_stage_ends_on", ["archived_at", "stage", "ends_on"], unique=False
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_agreement_started_from_id"), "agreement", ["started_from_id"], ["id"]
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_agreement_employer_contact_id"), "employer_person", ["employer_contact_id"], ["id"]
        )
        batch_op.create_check_constraint("training_is_short", "training_weeks IS NULL OR training_weeks <= 6")
        batch_op.create_check_constraint(
            "training_leaves_time", "training_hours IS NULL OR training_hours <= 30"
        )


def downgrade() -> None:
    with op.batch_alter_table("agreement", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_agreement_employer_contact_id"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_agreement_started_from_id"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("ck_agreement_training_is_short"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_agreement_training_leaves_time"), type_="check")
        batch_op.drop_constraint(
            batch_op.f("ck_agreement_oversubscription_rule_oversubscription"), type_="check"
        )
        batch_op.drop_constraint(batch_op.f("ck_agreement_alternative_paid_known"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_agreement_training_work_experience_known"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_agreement_training_interview_known"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_agreement_trial_paid_known"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_agreement_monitoring_monitoring"), type_="check")
        batch_op.drop_index("ix_agreement_archived_at_stage_ends_on")
        batch_op.drop_column("monitoring")
        batch_op.drop_column("data_sharing")
        batch_op.drop_column("trial_paid")
        batch_op.drop_column("trial_places")
        batch_op.drop_column("trial_hours")
        batch_op.drop_column("trial_weeks")
        batch_op.drop_column("training_interview")
        batch_op.drop_column("training_work_experience")
        batch_op.drop_column("training_content")
        batch_op.drop_column("training_provider")
        batch_op.drop_column("training_places")
        batch_op.drop_column("training_hours")
        batch_op.drop_column("training_weeks")
        batch_op.drop_column("mock_places")
        batch_op.drop_column("mock_sessions")
        batch_op.drop_column("alternative_paid")
        batch_op.drop_column("alternative_hours")
        batch_op.drop_column("interview_alternatives")
        batch_op.drop_column("oversubscription_rule")
        batch_op.drop_column("interview_days")
        batch_op.drop_column("must_have_score")
        batch_op.drop_column("expected_signing_on")
        batch_op.drop_column("started_from_id")
        batch_op.drop_column("employer_contact_id")
        batch_op.drop_column("group_name")

    with op.batch_alter_table("agreement_signature", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_agreement_signature_version_id"))
        batch_op.drop_index(batch_op.f("ix_agreement_signature_updated_at"))
        batch_op.drop_index(batch_op.f("ix_agreement_signature_agreement_id"))

    op.drop_table("agreement_signature")
    with op.batch_alter_table("placement", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_placement_vacancy_id"))
        batch_op.drop_index(batch_op.f("ix_placement_use_id"))
        batch_op.drop_index(batch_op.f("ix_placement_updated_at"))
        batch_op.drop_index(batch_op.f("ix_placement_seeker_id"))
        batch_op.drop_index("ix_placement_employer_id_starts_on")

    op.drop_table("placement")
    with op.batch_alter_table("agreement_use", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_agreement_use_vacancy_id"))
        batch_op.drop_index(batch_op.f("ix_agreement_use_updated_at"))
        batch_op.drop_index(batch_op.f("ix_agreement_use_site_id"))
        batch_op.drop_index(batch_op.f("ix_agreement_use_session_id"))
        batch_op.drop_index(batch_op.f("ix_agreement_use_seeker_id"))
        batch_op.drop_index("ix_agreement_use_given_due_on")
        batch_op.drop_index("ix_agreement_use_employer_id_referred_on")
        batch_op.drop_index("ix_agreement_use_counted")
        batch_op.drop_index(batch_op.f("ix_agreement_use_after_use_id"))

    op.drop_table("agreement_use")
    with op.batch_alter_table("promised_session", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_promised_session_updated_at"))
        batch_op.drop_index(batch_op.f("ix_promised_session_employer_id"))
        batch_op.drop_index(batch_op.f("ix_promised_session_agreement_id"))

    op.drop_table("promised_session")
    with op.batch_alter_table("agreement_version", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_agreement_version_updated_at"))
        batch_op.drop_index(batch_op.f("ix_agreement_version_agreement_id"))

    op.drop_table("agreement_version")
    with op.batch_alter_table("agreement_site", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_agreement_site_updated_at"))
        batch_op.drop_index(batch_op.f("ix_agreement_site_site_id"))
        batch_op.drop_index(batch_op.f("ix_agreement_site_agreement_id"))

    op.drop_table("agreement_site")
    with op.batch_alter_table("agreement_panelist", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_agreement_panelist_updated_at"))
        batch_op.drop_index(batch_op.f("ix_agreement_panelist_person_id"))
        batch_op.drop_index(batch_op.f("ix_agreement_panelist_agreement_id"))

    op.drop_table("agreement_panelist")
    with op.batch_alter_table("agreement_member", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_agreement_member_updated_at"))
        batch_op.drop_index(batch_op.f("ix_agreement_member_employer_id"))
        batch_op.drop_index(batch_op.f("ix_agreement_member_agreement_id"))

    op.drop_table("agreement_member")
    with op.batch_alter_table("clause_wording", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_clause_wording_updated_at"))

    op.drop_table("clause_wording")
