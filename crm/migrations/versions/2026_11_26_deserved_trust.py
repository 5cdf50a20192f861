"""deserved trust."""

import sqlalchemy as sa
from alembic import op

revision = "bcd3160dfcc9"
down_revision = "7c41d9ab03e5"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "compared_record",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "side",
            sa.Enum("seeker", "job", name="side", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("standing", sa.JSON(), nullable=False),
        sa.Column("digest", sa.String(), nullable=True),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint(
            "(digest IS NULL) = (content IS NULL)", name=op.f("ck_compared_record_content_has_its_digest")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_compared_record")),
    )
    with op.batch_alter_table("compared_record", schema=None) as batch_op:
        batch_op.create_index("ix_compared_record_of", ["side", "record_id", "id"], unique=False)

    op.create_table(
        "compared_words",
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_compared_words")),
    )
    op.create_table(
        "weights_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.Integer(), nullable=True),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("archived_by", sa.Integer(), nullable=True),
        sa.Column("archived_why", sa.String(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("weight_skills", sa.Float(), nullable=False),
        sa.Column("weight_hours", sa.Float(), nullable=False),
        sa.Column("weight_natural_supports", sa.Float(), nullable=False),
        sa.Column("weight_preference", sa.Float(), nullable=False),
        sa.Column("why", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_weights_version")),
        sa.UniqueConstraint("number", name=op.f("uq_weights_version_number")),
    )
    with op.batch_alter_table("weights_version", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_weights_version_updated_at"), ["updated_at"], unique=False)

    op.create_table(
        "job_match",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.Integer(), nullable=True),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("archived_by", sa.Integer(), nullable=True),
        sa.Column("archived_why", sa.String(), nullable=True),
        sa.Column("vacancy_id", sa.Integer(), nullable=False),
        sa.Column("seeker_id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=True),
        sa.Column("inputs_digest", sa.String(), nullable=False),
        sa.Column("match_seen", sa.JSON(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("opened_by", sa.Integer(), nullable=True),
        sa.Column(
            "seeker_view",
            sa.Enum(
                "keen",
                "maybe",
                "no",
                "not_asked",
                name="seeker_view",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("view_words", sa.String(), nullable=True),
        sa.Column("view_said_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "(view_said_on IS NULL) = (seeker_view = 'not_asked')",
            name=op.f("ck_job_match_a_view_has_its_day"),
        ),
        sa.ForeignKeyConstraint(["opened_by"], ["user.id"], name=op.f("fk_job_match_opened_by")),
        sa.ForeignKeyConstraint(["run_id"], ["match_run.id"], name=op.f("fk_job_match_run_id")),
        sa.ForeignKeyConstraint(["seeker_id"], ["job_seeker.id"], name=op.f("fk_job_match_seeker_id")),
        sa.ForeignKeyConstraint(["vacancy_id"], ["vacancy.id"], name=op.f("fk_job_match_vacancy_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job_match")),
        sa.UniqueConstraint("vacancy_id", "seeker_id", name=op.f("uq_job_match_vacancy_id")),
    )
    with op.batch_alter_table("job_match", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_job_match_seeker_id"), ["seeker_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_job_match_updated_at"), ["updated_at"], unique=False)

    op.create_table(
        "match_suggestion",
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
        sa.Column("vacancy_id", sa.Integer(), nullable=False),
        sa.Column("ranking_run_id", sa.Integer(), nullable=True),
        sa.Column("week_from", sa.Date(), nullable=False),
        sa.Column("suggested_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("ended_by", sa.Integer(), nullable=True),
        sa.Column(
            "ended_how",
            sa.Enum(
                "person_said_no",
                "decided",
                "looked_at",
                "over",
                name="suggestion_end",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.CheckConstraint(
            "(ended_on IS NULL) = (ended_how IS NULL)", name=op.f("ck_match_suggestion_ends_somehow_on_a_day")
        ),
        sa.ForeignKeyConstraint(["ended_by"], ["user.id"], name=op.f("fk_match_suggestion_ended_by")),
        sa.ForeignKeyConstraint(
            ["ranking_run_id"], ["ranking_run.id"], name=op.f("fk_match_suggestion_ranking_run_id")
        ),
        sa.ForeignKeyConstraint(["seeker_id"], ["job_seeker.id"], name=op.f("fk_match_suggestion_seeker_id")),
        sa.ForeignKeyConstraint(["vacancy_id"], ["vacancy.id"], name=op.f("fk_match_suggestion_vacancy_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_match_suggestion")),
        sa.UniqueConstraint("seeker_id", "vacancy_id", name=op.f("uq_match_suggestion_seeker_id")),
    )
    with op.batch_alter_table("match_suggestion", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_match_suggestion_ended_on"), ["ended_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_match_suggestion_seeker_id"), ["seeker_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_match_suggestion_updated_at"), ["updated_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_match_suggestion_vacancy_id"), ["vacancy_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_match_suggestion_week_from"), ["week_from"], unique=False)

    op.create_table(
        "run_scores",
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["match_run.id"], name=op.f("fk_run_scores_run_id")),
        sa.PrimaryKeyConstraint("run_id", name=op.f("pk_run_scores")),
    )
    with op.batch_alter_table("job_seeker", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "referral_end",
                sa.Enum(
                    "started",
                    "chose_not_to",
                    "referred_on",
                    name="referral_end",
                    native_enum=False,
                    create_constraint=True,
                    length=40,
                ),
                nullable=True,
            )
        )
        batch_op.add_column(sa.Column("referred_on_to", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("referral_ended_on", sa.Date(), nullable=True))
        batch_op.create_check_constraint(
            batch_op.f("ck_job_seeker_referred_on_to_a_named_place"),
            "(referral_end IS NOT NULL AND referral_end = 'referred_on') = (referred_on_to IS NOT NULL)",
        )

    with op.batch_alter_table("match_run", schema=None) as batch_op:
        batch_op.add_column(sa.Column("weights_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("as_of_input", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("words_digest", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("scores_digest", sa.String(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_match_run_weights_id"), "weights_version", ["weights_id"], ["id"]
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_match_run_words_digest"), "compared_words", ["words_digest"], ["digest"]
        )

    with op.batch_alter_table("ranking_run", schema=None) as batch_op:
        batch_op.add_column(sa.Column("as_of_input", sa.Integer(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("ranking_run", schema=None) as batch_op:
        batch_op.drop_column("as_of_input")

    with op.batch_alter_table("match_run", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_match_run_words_digest"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_match_run_weights_id"), type_="foreignkey")
        batch_op.drop_column("scores_digest")
        batch_op.drop_column("words_digest")
        batch_op.drop_column("as_of_input")
        batch_op.drop_column("weights_id")

    with op.batch_alter_table("job_seeker", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_job_seeker_referred_on_to_a_named_place"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_job_seeker_referral_end_referral_end"), type_="check")
        batch_op.drop_column("referral_ended_on")
        batch_op.drop_column("referred_on_to")
        batch_op.drop_column("referral_end")

    op.drop_table("run_scores")
    with op.batch_alter_table("match_suggestion", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_match_suggestion_week_from"))
        batch_op.drop_index(batch_op.f("ix_match_suggestion_vacancy_id"))
        batch_op.drop_index(batch_op.f("ix_match_suggestion_updated_at"))
        batch_op.drop_index(batch_op.f("ix_match_suggestion_seeker_id"))
        batch_op.drop_index(batch_op.f("ix_match_suggestion_ended_on"))

    op.drop_table("match_suggestion")
    with op.batch_alter_table("job_match", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_job_match_updated_at"))
        batch_op.drop_index(batch_op.f("ix_job_match_seeker_id"))

    op.drop_table("job_match")
    with op.batch_alter_table("weights_version", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_weights_version_updated_at"))

    op.drop_table("weights_version")
    op.drop_table("compared_words")
    with op.batch_alter_table("compared_record", schema=None) as batch_op:
        batch_op.drop_index("ix_compared_record_of")

    op.drop_table("compared_record")
