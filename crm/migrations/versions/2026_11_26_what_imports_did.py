"""what imports did."""

import sqlalchemy as sa
from alembic import op

revision = "cd15d440478c"
down_revision = "8d2ed528265e"
branch_labels = None
depends_on = None

_OLD = ("employers", "vacancies", "vocabulary")
_ADDED = ("sites", "people", "contacts", "vacancy_list", "seekers")


def upgrade() -> None:
    op.create_table(
        "imported_record",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("row_number", sa.Integer(), nullable=True),
        sa.Column("record_kind", sa.String(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("is_new", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("is_undone", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["import_batch.id"], name=op.f("fk_imported_record_batch_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_imported_record")),
        sa.UniqueConstraint("batch_id", "record_kind", "record_id", name="uq_imported_record_record"),
    )
    with op.batch_alter_table("imported_record", schema=None) as batch_op:
        batch_op.create_index("ix_imported_record_record", ["record_kind", "record_id"], unique=False)

    _allow("import_batch", (*_OLD, *_ADDED))
    _allow("upload", (*_OLD, *_ADDED))
    with op.batch_alter_table("import_batch", schema=None) as batch_op:
        batch_op.add_column(sa.Column("headings", sa.String(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("undone_by", sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f("ix_import_batch_headings"), ["headings"], unique=False)
    with op.batch_alter_table("import_batch", schema=None) as batch_op:
        batch_op.alter_column("headings", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("import_batch", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_import_batch_headings"))
        batch_op.drop_column("undone_by")
        batch_op.drop_column("undone_at")
        batch_op.drop_column("headings")
    _let_added_kinds_go()
    _allow("upload", _OLD)
    _allow("import_batch", _OLD)

    with op.batch_alter_table("imported_record", schema=None) as batch_op:
        batch_op.drop_index("ix_imported_record_record")

    op.drop_table("imported_record")


def _allow(table: str, kinds: tuple[str, ...]) -> None:
    """Have the column `kind` of a table hold these values only."""
    name = op.f(f"ck_{table}_kind_import_kind")
    with op.batch_alter_table(table, schema=None) as batch_op:
        batch_op.drop_constraint(name, type_="check")
    with op.batch_alter_table(table, schema=None) as batch_op:
        batch_op.create_check_constraint(name, sa.column("kind").in_(kinds))


def _let_added_kinds_go() -> None:
    """Imports stay, as the older kind that is nearest; uploads that nobody took in yet go."""
    batch = sa.table("import_batch", sa.column("kind"))
    upload = sa.table("upload", sa.column("id"), sa.column("kind"))
    file = sa.table("uploaded_file", sa.column("upload_id"))
    waiting = sa.select(upload.c.id).where(upload.c.kind.in_(_ADDED))
    op.execute(sa.delete(file).where(file.c.upload_id.in_(waiting)))
    op.execute(sa.delete(upload).where(upload.c.kind.in_(_ADDED)))
    op.execute(sa.update(batch).where(batch.c.kind == "vacancy_list").values(kind="vacancies"))
    op.execute(sa.update(batch).where(batch.c.kind.in_(_ADDED)).values(kind="employers"))
