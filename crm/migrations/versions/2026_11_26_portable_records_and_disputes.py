"""Rows that came from another service, what people say is not right, and files about one person."""

import sqlalchemy as sa
from alembic import op

revision = "df74642fb750"
down_revision = "66f0bebf97dc"
branch_labels = None
depends_on = None

_LISTS = ("employers", "agreements", "vacancies", "seekers", "calls")


def upgrade() -> None:
    _allow("export", "kind", "export_kind", (*_LISTS, "person"))
    _allow("export_ticket", "kind", "export_kind", (*_LISTS, "person"))
    _allow("export", "file_format", "file_format", ("xlsx", "csv", "json"))
    op.create_table(
        "carried_row",
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
        sa.Column("section", sa.String(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=True),
        sa.Column("left_at", sa.Integer(), nullable=True),
        sa.Column("origin", sa.JSON(), nullable=False),
        sa.Column("says", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["seeker_id"], ["job_seeker.id"], name=op.f("fk_carried_row_seeker_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_carried_row")),
    )
    with op.batch_alter_table("carried_row", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_carried_row_record_id"), ["record_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_carried_row_section"), ["section"], unique=False)
        batch_op.create_index(batch_op.f("ix_carried_row_seeker_id"), ["seeker_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_carried_row_updated_at"), ["updated_at"], unique=False)

    op.create_table(
        "row_dispute",
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
        sa.Column(
            "part",
            sa.Enum(
                "skill",
                "support_need",
                "hours",
                "week",
                "travel",
                "interests",
                "must",
                "avoid",
                "scale",
                "other",
                name="disputed_part",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("row_key", sa.String(), nullable=True),
        sa.Column("row_words", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("said_on", sa.Date(), nullable=False),
        sa.Column("vacancy_id", sa.Integer(), nullable=True),
        sa.Column("settled_on", sa.Date(), nullable=True),
        sa.Column("settled_by", sa.Integer(), nullable=True),
        sa.Column(
            "settled_how",
            sa.Enum(
                "record_changed",
                "record_stays",
                "taken_back",
                name="settled_how",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("settled_words", sa.String(), nullable=True),
        sa.CheckConstraint(
            "(settled_on IS NULL) = (settled_how IS NULL)",
            name=op.f("ck_row_dispute_settled_somehow_on_a_day"),
        ),
        sa.ForeignKeyConstraint(["seeker_id"], ["job_seeker.id"], name=op.f("fk_row_dispute_seeker_id")),
        sa.ForeignKeyConstraint(["settled_by"], ["user.id"], name=op.f("fk_row_dispute_settled_by")),
        sa.ForeignKeyConstraint(["vacancy_id"], ["vacancy.id"], name=op.f("fk_row_dispute_vacancy_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_row_dispute")),
    )
    with op.batch_alter_table("row_dispute", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_row_dispute_seeker_id"), ["seeker_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_row_dispute_updated_at"), ["updated_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_row_dispute_vacancy_id"), ["vacancy_id"], unique=False)


def downgrade() -> None:
    export = sa.table("export", sa.column("kind"), sa.column("file_format"))
    ticket = sa.table("export_ticket", sa.column("kind"))
    op.execute(sa.delete(ticket).where(ticket.c.kind == "person"))
    op.execute(sa.update(export).where(export.c.kind == "person").values(kind="seekers", file_format="csv"))
    _allow("export_ticket", "kind", "export_kind", _LISTS)
    _allow("export", "kind", "export_kind", _LISTS)
    _allow("export", "file_format", "file_format", ("xlsx", "csv"))
    with op.batch_alter_table("row_dispute", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_row_dispute_vacancy_id"))
        batch_op.drop_index(batch_op.f("ix_row_dispute_updated_at"))
        batch_op.drop_index(batch_op.f("ix_row_dispute_seeker_id"))

    op.drop_table("row_dispute")
    with op.batch_alter_table("carried_row", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_carried_row_updated_at"))
        batch_op.drop_index(batch_op.f("ix_carried_row_seeker_id"))
        batch_op.drop_index(batch_op.f("ix_carried_row_section"))
        batch_op.drop_index(batch_op.f("ix_carried_row_record_id"))

    op.drop_table("carried_row")


def _allow(table: str, column: str, choices: str, values: tuple[str, ...]) -> None:
    """Let the column hold these values, and no others."""
    name = op.f(f"ck_{table}_{column}_{choices}")
    with op.batch_alter_table(table) as batch_op:
        batch_op.drop_constraint(name, type_="check")
    with op.batch_alter_table(table) as batch_op:
        batch_op.create_check_constraint(name, sa.column(column).in_(values))
