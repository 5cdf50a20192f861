"""agreements at a glance."""

import sqlalchemy as sa
from alembic import op

revision = "7c41d9ab03e5"
down_revision = "f765093361e8"
branch_labels = None
depends_on = None

_OLD = ("employers", "agreements", "vacancies", "seekers", "calls", "person")
_ADDED = (
    *("agreements_by_stage", "expected_signatures", "agreements_by_area", "agreements_by_sector"),
    *("promises_kept_by_employer", "agreements_by_owner"),
)


def upgrade() -> None:
    _allow("export", (*_OLD, *_ADDED))
    _allow("export_ticket", (*_OLD, *_ADDED))


def downgrade() -> None:
    export = sa.table("export", sa.column("kind"))
    ticket = sa.table("export_ticket", sa.column("kind"))
    op.execute(sa.delete(ticket).where(ticket.c.kind.in_(_ADDED)))
    op.execute(sa.update(export).where(export.c.kind.in_(_ADDED)).values(kind="agreements"))
    _allow("export_ticket", _OLD)
    _allow("export", _OLD)


def _allow(table: str, kinds: tuple[str, ...]) -> None:
    """Have the column `kind` of a table hold these values only."""
    name = op.f(f"ck_{table}_kind_export_kind")
    with op.batch_alter_table(table, schema=None) as batch_op:
        batch_op.drop_constraint(name, type_="check")
    with op.batch_alter_table(table, schema=None) as batch_op:
        batch_op.create_check_constraint(name, sa.column("kind").in_(kinds))
