"""The law of merging: merged and undone, every table is as it was, whatever was linked and chosen."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session, SQLModel

from crm import db
from crm.field_groups import UPKEEP
from crm.models.employers import Employer, RelationshipStage
from crm.models.tasks import Task
from crm.models.users import SYSTEM
from crm.services import employer_tags, likeness_keys, unmerging
from crm.services.merge_fields import Side
from tests.makers_contacts import make_contact, make_task
from tests.makers_duplicates import TODAY, merge_two
from tests.makers_employers import make_agreement, make_employer, make_person, make_site
from tests.makers_jobs import make_analysis, make_vacancy

UNCOMPARED = {
    *("audit_entry", "audit_values", "audit_key", "employer_merge", "employer_stage_move"),
    *("likeness_due", "done_request"),
}
"""What tells of the merge, and what is only a list of what to look at next."""


def make_next_step(session: Session, employer: Employer) -> Task:
    """A task about this employer, with a day."""
    return make_task(session, employer_id=employer.key, due_on=TODAY)


def make_tag(session: Session, employer: Employer) -> None:
    """A tag that the other one may have too."""
    employer_tags.put(session, employer.key, "bakers")


MAKERS = (make_tag, make_site, make_person, make_vacancy, make_analysis, make_contact, make_next_step)
words = st.text("abc é'&", max_size=9)
facts = st.fixed_dictionaries(
    {
        "name": words.map(lambda text: f"Fernside {text}"),
        "website": st.none() | words,
        "policy_notes": st.none() | words,
        "unmet_needs": st.none() | words,
        "stage": st.sampled_from(RelationshipStage),
        "company_number": st.sampled_from((None, "01234567", "SC123456")),
        "disability_confident_until": st.none() | st.dates(TODAY, date(2030, 1, 1)),
    }
)
linked = st.lists(st.sampled_from(MAKERS), max_size=4)


def rows(session: Session) -> dict[str, Sequence[Any]]:
    """Every row of every table that is compared, without what tells who saved it when."""
    likeness_keys.settle(session)
    session.flush()
    return {
        table.name: session.connection()
        .execute(sa.select(*(column for column in table.columns if column.name not in UPKEEP - {"id"})))
        .all()
        for table in SQLModel.metadata.sorted_tables
        if table.name not in UNCOMPARED
    }


def make(session: Session, said: dict[str, Any], makers: list[Any]) -> Employer:
    employer = make_employer(session, **said)
    for maker in makers:
        maker(session, employer)
    make_agreement(session, employer)
    return employer


@given(facts, facts, linked, linked, st.lists(st.sampled_from(Side), min_size=7, max_size=7))
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_merge_that_is_undone_leaves_every_table_as_it_was(
    database: str,
    first: dict[str, Any],
    second: dict[str, Any],
    to_first: list[Any],
    to_second: list[Any],
    sides: list[Side],
):
    with db.transaction() as session:
        kept, loser = make(session, first, to_first), make(session, second, to_second)
        before = {name: sorted(map(str, found)) for name, found in rows(session).items()}
        made = merge_two(session, kept, loser, dict(zip(first, sides, strict=True)))
        assert loser.archived_at is not None
        assert unmerging.undo(session, made.key, version=1, by=SYSTEM, today=TODAY).stays == []
        assert {name: sorted(map(str, found)) for name, found in rows(session).items()} == before
        session.rollback()
