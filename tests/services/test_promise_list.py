"""The list of promises: narrowed and counted in SQL, and the same promise is counted the same everywhere."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlmodel import Session

from crm.errors import NotAllowedError
from crm.models.agreement_choices import Given, Promise, Standing
from crm.models.agreement_uses import AgreementUse
from crm.models.users import SYSTEM, Actor
from crm.policy import Role
from crm.services import agreement_uses, promise_list, promise_terms
from crm.services.promise_list import Period, PromiseFilter, PromiseRow
from crm.services.promises import Count
from tests.makers import make_actor, make_user
from tests.makers_employers import TODAY, make_active, make_agreement, make_employer
from tests.makers_jobs import make_vacancy
from tests.makers_people import make_seeker
from tests.makers_promises import broken, disputed, kept, make_use

DAY = timedelta(days=1)
LATE: dict[str, Any] = {"due_on": TODAY - DAY}


def found(session: Session, *, by: Actor = SYSTEM, **wanted: Any) -> list[PromiseRow]:
    chosen = PromiseFilter(**wanted)
    page = promise_list.listing(session, chosen, offset=0, limit=25, by=by, today=TODAY)
    assert page.total == len(page.rows) == promise_list.total(session, chosen, by=by, today=TODAY)
    return page.rows


def test_a_row_says_to_whom_by_whom_for_what_and_how_it_counts(session: Session):
    agreement = make_agreement(session)
    vacancy = make_vacancy(session, make_employer(session, "Other"))
    use = make_use(session, agreement, make_seeker(session, "Amara"), vacancy_id=vacancy.key, **LATE)
    assert found(session) == [
        PromiseRow(
            use.key,
            "Amara",
            "Fernside Bakery",
            Promise.INTERVIEW,
            "Kitchen assistant",
            TODAY - DAY,
            None,
            Count.NOT_ANSWERED,
            is_waiting=False,
        )
    ]


def test_each_way_to_count_narrows_to_its_own_promises(session: Session):
    agreement = make_agreement(session)
    made: dict[Count, AgreementUse] = {
        Count.KEPT: make_use(session, agreement, **kept()),
        Count.BROKEN: make_use(session, agreement, **broken()),
        Count.DISPUTED: make_use(session, agreement, **disputed()),
        Count.NOT_ANSWERED: make_use(session, agreement, **LATE),
        Count.NOT_DUE: make_use(session, agreement),
        Count.WITHDREW: make_use(session, agreement, given=Given.WITHDREW, given_why="Ill"),
        Count.NOT_REFERRED: make_use(session, agreement, standing=Standing.ASKED, referred_on=None),
    }
    for counts_as, use in made.items():
        assert [(row.id, row.count) for row in found(session, count=counts_as)] == [(use.key, counts_as)]


@pytest.mark.parametrize(
    ("due_on", "periods"),
    [
        (TODAY, {Period.WEEK, Period.MONTH}),
        (TODAY + 8 * DAY, {Period.MONTH}),
        (TODAY - DAY, {Period.LATELY}),
        (TODAY - 91 * DAY, set[Period]()),
        (None, {Period.NO_DAY}),
    ],
)
def test_a_period_holds_what_is_due_in_it(session: Session, due_on: date | None, periods: set[Period]):
    make_use(session, make_agreement(session), due_on=due_on)
    assert {one for one in Period if found(session, due=one)} == periods


def test_words_find_employers_and_people_and_ids_one_record(session: Session):
    agreement, seeker = make_agreement(session), make_seeker(session, "Amara")
    other = make_agreement(session, make_employer(session, "Depot"))
    first = make_use(session, agreement, seeker)
    second = make_use(session, other, make_seeker(session, "Bela"))
    assert [row.id for row in found(session, words="amar")] == [first.key]
    assert [row.id for row in found(session, words="depot")] == [second.key]
    assert [row.id for row in found(session, employer_id=other.employer_id)] == [second.key]
    assert [row.id for row in found(session, seeker_id=seeker.key)] == [first.key]
    assert found(session, promise=Promise.TRAINING) == []


def test_mine_are_those_of_my_people_and_under_my_agreements(session: Session):
    coach, officer = make_user(session, Role.JOB_COACH), make_user(session)
    mine = make_agreement(session, owner_id=officer.key)
    other = make_agreement(session, make_employer(session, "Depot"))
    under_mine = make_use(session, mine)
    of_mine = make_use(session, other, make_seeker(session, coach_id=coach.key))
    assert [row.id for row in found(session, by=officer.as_actor(), is_mine=True)] == [under_mine.key]
    assert [row.id for row in found(session, by=coach.as_actor(), is_mine=True)] == [of_mine.key]


def test_what_is_unanswered_begins_with_what_has_waited_longest(session: Session):
    agreement = make_agreement(session)
    days = (3, 9, 5)
    uses = [make_use(session, agreement, due_on=TODAY - each * DAY) for each in days]
    oldest_first = [uses[1].key, uses[2].key, uses[0].key]
    assert [row.id for row in found(session, count=Count.NOT_ANSWERED)] == oldest_first
    assert [row.id for row in found(session)] == oldest_first[::-1]


def test_what_was_put_aside_counts_nowhere_and_is_found_among_the_archived(session: Session):
    use = make_use(session, make_agreement(session))
    agreement_uses.archive(session, use.key, why="Wrong person", version=1, by=SYSTEM)
    assert found(session) == []
    assert [row.id for row in found(session, is_archived=True)] == [use.key]


def test_administrators_see_no_promises_and_auditors_all(session: Session):
    make_use(session, make_agreement(session))
    assert len(found(session, by=make_actor(Role.AUDITOR))) == 1
    with pytest.raises(NotAllowedError):
        found(session, by=make_actor(Role.ADMINISTRATOR))


def test_agreements_to_choose_from_hold_today_and_cover_the_employer(session: Session):
    holds = make_active(session, make_employer(session, "Holds"))
    make_agreement(session, make_employer(session, "Draft"))
    make_active(session, make_employer(session, "Over"), ends_on=TODAY)
    rows = promise_terms.in_force(session, limit=9, by=SYSTEM, today=TODAY + DAY)
    assert [row.id for row in rows] == [holds.key]
    whose: dict[str, Any] = {"limit": 9, "by": SYSTEM, "today": TODAY}
    assert [row.id for row in promise_terms.in_force(session, words="hol", **whose)] == [holds.key]
    assert promise_terms.in_force(session, employer_id=999, **whose) == []
