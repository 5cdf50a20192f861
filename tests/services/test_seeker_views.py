"""A person's own view of a job is theirs: said whenever they are asked, in their words, and taken back."""

import pytest
from sqlmodel import Session

from crm.errors import NotAllowedError, NotFoundError, StaleFormError
from crm.models.matches import SeekerView
from crm.models.seekers import JobSeeker
from crm.models.users import SYSTEM, User
from crm.models.vacancies import Vacancy
from crm.policy import Role
from crm.services import seeker_views
from crm.services.seeker_views import OwnViewInput, Said
from tests.makers import make_actor, make_service, make_user
from tests.makers_employers import make_employer
from tests.makers_jobs import make_vacancy
from tests.makers_night import TODAY
from tests.makers_people import make_seeker
from tests.makers_teams import make_team

LOUD = "It is too loud there."


@pytest.fixture
def coach(session: Session) -> User:
    make_service(session)
    return make_user(session, Role.JOB_COACH)


@pytest.fixture
def amara(session: Session, coach: User) -> JobSeeker:
    return make_seeker(session, coach_id=coach.key)


@pytest.fixture
def vacancy(session: Session) -> Vacancy:
    return make_vacancy(session, make_employer(session))


def say(session: Session, vacancy: Vacancy, seeker: JobSeeker, by: User, view: str, words: str = "") -> Said:
    new = OwnViewInput.model_validate({"view": view, "view_words": words})
    return seeker_views.say(session, vacancy.key, seeker.key, new, by=by.as_actor(), today=TODAY)


def now(session: Session, vacancy: Vacancy, seeker: JobSeeker) -> tuple[SeekerView, str | None, bool]:
    row = seeker_views.of_pair(session, vacancy.key, seeker.key, by=SYSTEM)
    assert row is not None
    return row.seeker_view, row.view_words, row.view_said_on == TODAY


def test_what_somebody_says_is_kept_in_their_words(
    session: Session, coach: User, amara: JobSeeker, vacancy: Vacancy
):
    assert seeker_views.of_pair(session, vacancy.key, amara.key, by=SYSTEM) is None
    say(session, vacancy, amara, coach, "no", LOUD)
    assert now(session, vacancy, amara) == (SeekerView.NO, LOUD, True)


def test_somebody_may_think_again(session: Session, coach: User, amara: JobSeeker, vacancy: Vacancy):
    say(session, vacancy, amara, coach, "no", LOUD)
    say(session, vacancy, amara, coach, "maybe")
    assert now(session, vacancy, amara) == (SeekerView.MAYBE, None, True)
    say(session, vacancy, amara, coach, "not_asked", "left from before")
    assert now(session, vacancy, amara) == (SeekerView.NOT_ASKED, None, False)


def test_a_view_is_taken_back_to_what_it_was(
    session: Session, coach: User, amara: JobSeeker, vacancy: Vacancy
):
    say(session, vacancy, amara, coach, "keen", "My friend works there.")
    said = say(session, vacancy, amara, coach, "no")
    seeker_views.take_back(session, said, by=coach.as_actor())
    assert now(session, vacancy, amara) == (SeekerView.KEEN, "My friend works there.", True)


def test_what_was_said_since_is_not_taken_back(
    session: Session, coach: User, amara: JobSeeker, vacancy: Vacancy
):
    said = say(session, vacancy, amara, coach, "no")
    say(session, vacancy, amara, coach, "keen")
    with pytest.raises(StaleFormError):
        seeker_views.take_back(session, said, by=coach.as_actor())


def test_another_coach_and_those_who_only_read_write_nothing_down(
    session: Session, coach: User, amara: JobSeeker, vacancy: Vacancy
):
    said = say(session, vacancy, amara, coach, "no")
    other = make_user(session, Role.JOB_COACH)
    make_team(session, "North", coach)
    make_team(session, "South", other)
    for by in (other, make_user(session, Role.AUDITOR)):
        with pytest.raises(NotAllowedError):
            say(session, vacancy, amara, by, "keen")
        with pytest.raises(NotAllowedError):
            seeker_views.take_back(session, said, by=by.as_actor())
    with pytest.raises(NotAllowedError):
        seeker_views.of_pair(session, vacancy.key, amara.key, by=make_actor(Role.ADMINISTRATOR))


def test_there_is_a_vacancy_that_the_view_is_of(session: Session, coach: User, amara: JobSeeker):
    new = OwnViewInput(view=SeekerView.KEEN)
    with pytest.raises(NotFoundError):
        seeker_views.say(session, 99, amara.key, new, by=coach.as_actor(), today=TODAY)
