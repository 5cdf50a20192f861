"""call lists."""

import sqlalchemy as sa
from alembic import op

revision = "3f6b0d5c81ae"
down_revision = "f36a9ace3b59"
branch_labels = None
depends_on = None

_OLD = ("employers", "agreements", "vacancies", "seekers")
_ADDED = "calls"


def upgrade() -> None:
    _allow("export", (*_OLD, _ADDED))
    _allow("export_ticket", (*_OLD, _ADDED))


def downgrade() -> None:
    export = sa.table("export", sa.column("kind"))
    ticket = sa.table("export_ticket", sa.column("kind"))
    op.execute(sa.delete(ticket).where(ticket.c.kind == _ADDED))
    op.execute(sa.update(export).where(export.c.kind == _ADDED).values(kind="employers"))
    _allow("export_ticket", _OLD)
    _allow("export", _OLD)


def _allow(table: str, kinds: tuple[str, ...]) -> None:
    """Have the column `kind` of a table hold these values only."""
    name = op.f(f"ck_{table}_kind_export_kind")
    with op.batch_alter_table(table, schema=None) as batch_op:
        batch_op.drop_constraint(name, type_="check")
    with op.batch_alter_table(table, schema=None) as batch_op:
        batch_op.create_check_constraint(name, sa.column("kind").in_(kinds))
