"""how referrals end."""

import sqlalchemy as sa
from alembic import op

revision = "5d0c93e1b7aa"
down_revision = "bcd3160dfcc9"
branch_labels = None
depends_on = None

_OLD = (
    *("employers", "agreements", "vacancies", "seekers", "calls", "person"),
    *("agreements_by_stage", "expected_signatures", "agreements_by_area", "agreements_by_sector"),
    *("promises_kept_by_employer", "agreements_by_owner"),
)
_ADDED = (
    *("longest_without_a_shortlist", "not_yet_to_look_at_again", "referrals_without_an_end"),
    *("people_without_a_next_step", "shares_of_shortlists"),
)
_ENDS = "ck_job_seeker_a_referral_ends_on_a_day"


def upgrade() -> None:
    _allow("export", (*_OLD, *_ADDED))
    _allow("export_ticket", (*_OLD, *_ADDED))
    with op.batch_alter_table("job_seeker", schema=None) as batch_op:
        batch_op.create_check_constraint(
            batch_op.f(_ENDS), "(referral_end IS NULL) = (referral_ended_on IS NULL)"
        )


def downgrade() -> None:
    with op.batch_alter_table("job_seeker", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f(_ENDS), type_="check")
    export = sa.table("export", sa.column("kind"))
    ticket = sa.table("export_ticket", sa.column("kind"))
    op.execute(sa.delete(ticket).where(ticket.c.kind.in_(_ADDED)))
    op.execute(sa.update(export).where(export.c.kind.in_(_ADDED)).values(kind="seekers"))
    _allow("export_ticket", _OLD)
    _allow("export", _OLD)


def _allow(table: str, kinds: tuple[str, ...]) -> None:
    """Have the column `kind` of a table hold these values only."""
    name = op.f(f"ck_{table}_kind_export_kind")
    with op.batch_alter_table(table, schema=None) as batch_op:
        batch_op.drop_constraint(name, type_="check")
    with op.batch_alter_table(table, schema=None) as batch_op:
        batch_op.create_check_constraint(name, sa.column("kind").in_(kinds))
