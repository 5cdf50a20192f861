"""A calendar address belongs to one person, is stopped by a new one, and holds nobody's name."""

from datetime import date, timedelta

import pytest
from sqlmodel import Session, select

from crm import db
from crm.errors import NotAllowedError, NotFoundError
from crm.models.audit import AuditEntry
from crm.models.base import utc_now
from crm.models.feeds import CalendarFeed
from crm.models.tasks import TaskStatus
from crm.models.users import Actor, User
from crm.policy import Role
from crm.services import calendar_dates, feeds, guessing, tasks
from tests.makers import make_actor, make_user
from tests.makers_contacts import make_contact, make_task
from tests.makers_employers import TODAY, make_active, make_employer
from tests.makers_jobs import make_vacancy
from tests.makers_people import make_seeker

HERE = "192.0.2.7"
SOON = TODAY + timedelta(days=3)


@pytest.fixture
def officer(session: Session) -> Actor:
    return make_user(session, name="Ines Marlow").as_actor()


def titles(session: Session, by: Actor) -> list[str]:
    return [one.title for one in calendar_dates.own_dates(session, by=by, today=TODAY)]


def made(*roles: Role) -> tuple[Actor, str]:
    with db.transaction() as session:
        by = make_user(session, *roles).as_actor()
        return by, feeds.make(session, by=by)


def refused(token: str) -> bool:
    try:
        feeds.whose(token, address=HERE)
    except NotFoundError:
        return True
    return False


def test_an_address_is_its_owners_until_a_new_one_takes_its_place(database: str):
    by, first = made()
    assert feeds.whose(first, address=HERE) == by
    with db.transaction() as session:
        second = feeds.make(session, by=by)
    assert refused(first)
    assert feeds.whose(second, address=HERE) == by
    with db.transaction() as session:
        feeds.stop(session, by=by)
        assert feeds.since(session, by=by) is None
    assert refused(second)


def test_only_a_digest_of_the_address_is_kept_and_the_trail_tells_of_it(database: str):
    by, token = made()
    with db.transaction() as session:
        feeds.stop(session, by=by)
    with db.reading() as session:
        assert token not in str(session.exec(select(CalendarFeed)).one().model_dump())
        said = [entry.action for entry in session.exec(select(AuditEntry)) if entry.record_id == by.id]
    assert said[-2:] == ["make_calendar_address", "stop_calendar_address"]


@pytest.mark.parametrize("change", [{"disabled_at": utc_now()}, {"role_names": "administrator"}])
def test_an_address_is_worth_nothing_while_its_owner_is_shut_out_or_has_no_tasks(
    database: str, change: dict[str, object]
):
    by, token = made()
    with db.transaction() as session:
        user = session.get_one(User, by.id)
        session.info["actor"] = by
        for name, value in change.items():
            setattr(user, name, value)
    assert refused(token)


def test_whoever_guesses_is_held_off_and_an_address_that_was_stopped_is_no_guess(database: str):
    by, token = made()
    with db.transaction() as session:
        new = feeds.make(session, by=by)
    for _ in range(guessing.MOST_FAILURES + 1):
        assert refused(token)
    for number in range(guessing.MOST_FAILURES):
        assert refused(f"guess {number}")
    with pytest.raises(NotAllowedError, match="five minutes"):
        feeds.whose(new, address=HERE)
    assert feeds.whose(new, address="192.0.2.8") == by


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.AUDITOR])
def test_whoever_has_no_tasks_makes_no_address(session: Session, role: Role):
    with pytest.raises(NotAllowedError):
        feeds.make(session, by=make_user(session, role).as_actor())


def test_ones_own_open_tasks_agreements_and_vacancies_are_in_it(session: Session, officer: Actor):
    employer = make_employer(session, "Fernside", owner_id=officer.id)
    done = make_task(session, "Done", by=officer, due_on=SOON)
    tasks.settle(session, done.key, TaskStatus.DONE, version=done.version, by=officer, today=TODAY)
    make_task(session, "Ring", by=officer, due_on=SOON, employer_id=employer.key)
    make_task(session, "No day", by=officer)
    make_task(session, "Not mine", by=make_user(session).as_actor(), due_on=SOON)
    agreement = make_active(session, employer, ends_on=SOON + timedelta(days=2))
    agreement.owner_id, agreement.review_on = officer.id, SOON + timedelta(days=1)
    session.add(agreement)
    make_active(session, employer, ends_on=SOON)
    make_vacancy(session, employer, "Baker", closes_on=SOON + timedelta(days=3))
    make_vacancy(session, make_employer(session, "Other"), "Cook", closes_on=SOON)
    session.flush()
    assert titles(session, officer) == [
        "Ring: Fernside",
        "Review the agreement: Fernside",
        "Last day of the agreement: Fernside",
        "Closes: Baker, Fernside",
    ]


def test_what_is_past_goes_after_30_days_but_an_overdue_task_stays(session: Session, officer: Actor):
    employer = make_employer(session, owner_id=officer.id)
    long_ago = TODAY - timedelta(days=31)
    make_task(session, "Overdue", by=officer, due_on=long_ago)
    make_vacancy(session, employer, closes_on=long_ago)
    assert titles(session, officer) == ["Overdue"]


def test_a_task_about_a_job_seeker_says_only_that_it_is_a_task(session: Session, officer: Actor):
    seeker = make_seeker(session, "Amara Nwosu")
    employer = make_employer(session)
    contact = make_contact(session, employer, by=officer, seeker_ids=(seeker.key,))
    make_task(session, "Ask how they are", by=officer, due_on=SOON, seeker_id=seeker.key)
    after = make_task(session, "Ring about them", by=officer, due_on=SOON, employer_id=employer.key)
    after.contact_id = contact.key
    session.add(after)
    session.flush()
    assert titles(session, officer) == ["Task (open it in the service)"] * 2


@pytest.mark.parametrize("written", ["Ring about AMARA", "Nwosu's hours", "amára: bus times"])
def test_a_text_with_a_word_of_a_job_seekers_name_is_left_out(session: Session, officer: Actor, written: str):
    make_seeker(session, "Amara Nwosu")
    employer = make_employer(session, "Fernside", owner_id=officer.id)
    make_task(session, written, by=officer, due_on=SOON)
    make_task(session, written, by=officer, due_on=SOON, employer_id=employer.key)
    make_vacancy(session, employer, written, closes_on=SOON)
    assert titles(session, officer) == [
        "Task (open it in the service)",
        "Task: Fernside (open it in the service)",
        "Closes: A vacancy (open it in the service), Fernside",
    ]


def test_one_record_gives_its_own_dates_to_those_who_may_see_it(session: Session, officer: Actor):
    agreement = make_active(session, ends_on=SOON)
    found = calendar_dates.dates_of(session, "agreement", agreement.key, by=officer)
    assert [(one.name, one.day) for one in found] == [(f"agreement-{agreement.key}-end", SOON)]
    vacancy = make_vacancy(session, make_employer(session))
    for kind, key in (("vacancy", vacancy.key), ("employer", 1), ("task", 99)):
        with pytest.raises(NotFoundError):
            calendar_dates.dates_of(session, kind, key, by=officer)
    with pytest.raises(NotAllowedError):
        calendar_dates.dates_of(session, "agreement", agreement.key, by=make_actor(Role.ADMINISTRATOR))


def test_a_date_keeps_its_name_and_counts_its_versions(session: Session, officer: Actor):
    task = make_task(session, by=officer, due_on=SOON)
    (before,) = calendar_dates.own_dates(session, by=officer, today=date(2026, 11, 23))
    tasks.settle(session, task.key, TaskStatus.DONE, version=task.version, by=officer, today=TODAY)
    tasks.settle(session, task.key, TaskStatus.OPEN, version=task.version, by=officer, today=TODAY)
    (after,) = calendar_dates.own_dates(session, by=officer, today=TODAY)
    assert (before.name, before.version + 2) == (after.name, after.version)
