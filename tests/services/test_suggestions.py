"""What has become better for somebody is suggested to their coach, three a week at most, until it is over."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session, select

from crm.errors import NotAllowedError, NotFoundError
from crm.models.employers import Employer
from crm.models.matches import Decision, MatchDecisionInput, MatchSuggestion, SeekerView, SuggestionEnd
from crm.models.seekers import JobSeeker, SeekerStatus
from crm.models.users import SYSTEM, User
from crm.models.vacancies import Vacancy, VacancyStatus
from crm.policy import Role
from crm.services import matches, ranking_ground, ranking_night, seeker_views, suggestion_reasons, suggestions
from crm.services.seeker_views import OwnViewInput
from crm.services.suggestion_reasons import FIRST, NEW_PERSON, NEW_VACANCY
from tests.makers import make_actor, make_service, make_user
from tests.makers_employers import make_employer
from tests.makers_jobs import make_vacancy
from tests.makers_night import TODAY, run_night, suggested
from tests.makers_people import (
    make_criterion,
    make_decision,
    make_need,
    make_profile,
    make_seeker,
    make_skill,
)
from tests.makers_teams import make_team

PATTERN = [{"day": day, "start": "09:00", "end": "13:00"} for day in range(4)]
SURE: dict[str, Any] = {"hours_min": 16, "hours_max": 16, "guaranteed_hours": 16, "pattern": PATTERN}
NO = OwnViewInput(view=SeekerView.NO, view_words="It is too loud there.")


@pytest.fixture
def coach(session: Session) -> User:
    make_service(session)
    return make_user(session, Role.JOB_COACH, name="Rosa Lind")


@pytest.fixture
def employer(session: Session) -> Employer:
    return make_employer(session)


@pytest.fixture
def amara(session: Session, coach: User) -> JobSeeker:
    """Somebody who folds boxes, compared once with nothing."""
    seeker = someone(session, coach, "Amara Nwosu")
    run_night(session)
    return seeker


def someone(session: Session, coach: User | None, name: str, **facts: Any) -> JobSeeker:
    seeker = make_seeker(session, name, coach_id=coach.key if coach else None, **facts)
    make_profile(session, seeker)
    make_skill(session, seeker)
    return seeker


def fitting(session: Session, employer: Employer, title: str = "Packer", **facts: Any) -> Vacancy:
    """A vacancy that is workable now for whoever folds boxes."""
    row = make_vacancy(session, employer, title, **(SURE | facts))
    make_criterion(session, row)
    return row


def standing(session: Session, coach: User) -> list[tuple[str, str]]:
    found = suggestions.of_coach(session, limit=50, by=coach.as_actor())
    assert found.total == len(found.rows)
    return [(row.seeker, row.vacancy) for row in found.rows]


def ending(session: Session) -> SuggestionEnd | None:
    return session.exec(select(MatchSuggestion)).one().ended_how


def change(session: Session, row: JobSeeker | Vacancy, **values: object) -> None:
    for name, value in values.items():
        setattr(row, name, value)
    row.version += 1
    session.add(row)
    session.flush()


def test_a_new_vacancy_that_is_workable_now_is_suggested_with_its_reason(
    session: Session, coach: User, employer: Employer, amara: JobSeeker
):
    vacancy = fitting(session, employer)
    ended = run_night(session)
    assert suggested(session) == [(amara.key, vacancy.key, NEW_VACANCY)]
    assert ended.suggested == 1
    (row,) = suggestions.of_coach(session, limit=5, by=coach.as_actor()).rows
    assert (row.seeker, row.vacancy, row.employer) == ("Amara Nwosu", "Packer", "Fernside Bakery")
    assert (row.reason, row.suggested_on) == (NEW_VACANCY, TODAY)


def test_what_was_workable_before_is_not_suggested_again(
    session: Session, coach: User, employer: Employer, amara: JobSeeker
):
    fitting(session, employer)
    run_night(session)
    make_skill(session, amara, "Mop floors")
    assert run_night(session).suggested == 0


def test_what_was_recorded_of_a_person_is_the_reason(session: Session, coach: User, employer: Employer):
    first, second = (fitting(session, employer, f"Packer {number}") for number in range(2))
    seeker = make_seeker(session, "Ben Adeyemi", coach_id=coach.key)
    make_profile(session, seeker)
    run_night(session)
    make_skill(session, seeker)
    run_night(session)
    assert suggested(session) == [
        (seeker.key, first.key, FIRST),
        (seeker.key, second.key, "Their skills were recorded"),
    ]


def test_somebody_who_came_is_told_so(session: Session, coach: User, employer: Employer, amara: JobSeeker):
    fitting(session, employer)
    run_night(session)
    ben = someone(session, coach, "Ben Adeyemi")
    run_night(session)
    assert [reason for key, _, reason in suggested(session) if key == ben.key] == [NEW_PERSON]


def test_there_are_three_new_ones_a_week_at_most_the_first_of_the_persons_own_list(
    session: Session, coach: User, employer: Employer, amara: JobSeeker
):
    titles = [f"Packer {number}" for number in range(5)]
    for title in titles:
        fitting(session, employer, title)
    run_night(session)
    first = [vacancy for _, vacancy in standing(session, coach)]
    assert first == titles[:3]
    fitting(session, employer, "Late packer")
    assert run_night(session, TODAY + timedelta(days=1)).suggested == 0
    fitting(session, employer, "Monday packer")
    assert run_night(session, TODAY + timedelta(days=4)).suggested == 1
    assert standing(session, coach)[-1] == ("Amara Nwosu", "Monday packer")


def test_everybody_has_their_own_three_and_their_first_comes_before_anybodys_second(
    session: Session, coach: User, employer: Employer, amara: JobSeeker
):
    for number in range(3):
        someone(session, coach, f"Person {number}", referred_on=TODAY - timedelta(days=number))
    run_night(session)
    for number in range(4):
        fitting(session, employer, f"Packer {number}")
    assert run_night(session).suggested == 12
    rows = standing(session, coach)
    assert [name for name, _ in rows[:4]] == ["Person 2", "Person 1", "Person 0", "Amara Nwosu"]
    assert len(set(rows)) == 12


def test_where_nothing_is_workable_now_the_first_that_needs_measures_is_suggested(
    session: Session, coach: User, employer: Employer
):
    seeker = make_seeker(session, "Ben Adeyemi", coach_id=coach.key)
    run_night(session)
    first, second = (fitting(session, employer, f"Packer {number}") for number in range(2))
    assert run_night(session).suggested == 1
    assert suggested(session) == [(seeker.key, first.key, NEW_VACANCY)]
    assert second.key != first.key


def refused(session: Session, vacancy: Vacancy, seeker: JobSeeker) -> None:
    seeker_views.say(session, vacancy.key, seeker.key, NO, by=SYSTEM, today=TODAY)


def decided(session: Session, vacancy: Vacancy, seeker: JobSeeker) -> None:
    make_decision(session, vacancy, seeker, "hold")


def left(session: Session, vacancy: Vacancy, seeker: JobSeeker) -> None:
    change(session, seeker, status=SeekerStatus.EXITED)


def closed(session: Session, vacancy: Vacancy, seeker: JobSeeker) -> None:
    change(session, vacancy, status=VacancyStatus.WITHDRAWN)


def keen(session: Session, vacancy: Vacancy, seeker: JobSeeker) -> None:
    said = OwnViewInput(view=SeekerView.KEEN)
    seeker_views.say(session, vacancy.key, seeker.key, said, by=SYSTEM, today=TODAY)


@pytest.mark.parametrize(
    ("happen", "number"), [(refused, 0), (decided, 0), (left, 0), (closed, 0), (keen, 1)]
)
def test_what_was_refused_decided_or_is_over_is_not_suggested(
    session: Session,
    coach: User,
    employer: Employer,
    amara: JobSeeker,
    happen: Callable[[Session, Vacancy, JobSeeker], None],
    number: int,
):
    happen(session, fitting(session, employer), amara)
    assert run_night(session).suggested == number


def test_what_is_further_than_somebody_wishes_is_not_suggested_what_is_not_known_is(
    session: Session, coach: User, employer: Employer
):
    seeker = make_seeker(session, "Amara Nwosu", coach_id=coach.key, postcode="LS1 4DY")
    make_profile(session, seeker, travel_mode="walk", travel_minutes=20)
    make_skill(session, seeker)
    run_night(session)
    fitting(session, employer, "Far away", postcode="SW1A 1AA")
    near = fitting(session, employer, "Near by", postcode="LS1 4AP")
    somewhere = fitting(session, employer, "Somewhere")
    run_night(session)
    assert {key for _, key, _ in suggested(session)} == {near.key, somewhere.key}


@pytest.mark.parametrize(
    ("happen", "how"),
    [
        (refused, SuggestionEnd.PERSON_SAID_NO),
        (decided, SuggestionEnd.DECIDED),
        (left, SuggestionEnd.OVER),
        (closed, SuggestionEnd.OVER),
        (keen, None),
    ],
)
def test_a_suggestion_ends_when_it_is_over(
    session: Session,
    coach: User,
    employer: Employer,
    amara: JobSeeker,
    happen: Callable[[Session, Vacancy, JobSeeker], None],
    how: SuggestionEnd | None,
):
    vacancy = fitting(session, employer)
    run_night(session)
    happen(session, vacancy, amara)
    assert bool(standing(session, coach)) is (how is None)
    run_night(session)
    assert ending(session) is how


def test_a_decision_ends_the_suggestion_and_stores_the_persons_own_view(
    session: Session, coach: User, employer: Employer, amara: JobSeeker
):
    vacancy, by = fitting(session, employer), coach.as_actor()
    run_night(session)
    seen = matches.compare(session, vacancy.key, amara.key, by=by).digest
    new = MatchDecisionInput(decision=Decision.SHORTLIST, seeker_view=SeekerView.KEEN)
    matches.decide(session, vacancy.key, amara.key, new, seen=seen, by=by, today=TODAY)
    assert ending(session) is SuggestionEnd.DECIDED
    row = seeker_views.of_pair(session, vacancy.key, amara.key, by=by)
    assert row is not None
    assert (row.seeker_view, row.view_said_on) == (SeekerView.KEEN, TODAY)


def test_what_was_looked_at_can_stand_again(
    session: Session, coach: User, employer: Employer, amara: JobSeeker
):
    fitting(session, employer)
    run_night(session)
    key, by = session.exec(select(MatchSuggestion)).one().key, coach.as_actor()
    row = suggestions.looked_at(session, key, by=by, today=TODAY)
    assert (row.ended_how, row.ended_on, row.ended_by) == (SuggestionEnd.LOOKED_AT, TODAY, coach.key)
    assert suggestions.looked_at(session, key, by=by, today=TODAY + timedelta(days=1)).ended_on == TODAY
    assert standing(session, coach) == []
    suggestions.stand_again(session, key, by=by)
    assert len(standing(session, coach)) == 1


def test_a_manager_sees_how_many_there_are(
    session: Session, coach: User, employer: Employer, amara: JobSeeker
):
    someone(session, None, "Nobody’s")
    run_night(session)
    fitting(session, employer)
    fitting(session, employer, "Packer at night")
    run_night(session)
    found = suggestions.counts(session, by=make_actor(Role.MANAGER))
    assert (found.standing, found.people, found.without_coach) == (4, 2, 1)


def test_a_coach_sees_those_of_their_own_people_alone(
    session: Session, coach: User, employer: Employer, amara: JobSeeker
):
    other = make_user(session, Role.JOB_COACH)
    make_team(session, "North", coach)
    make_team(session, "South", other)
    fitting(session, employer)
    run_night(session)
    assert standing(session, other) == []
    key = session.exec(select(MatchSuggestion)).one().key
    with pytest.raises(NotAllowedError):
        suggestions.looked_at(session, key, by=other.as_actor(), today=TODAY)
    with pytest.raises(NotAllowedError):
        suggestions.of_coach(session, limit=5, by=make_actor(Role.ADMINISTRATOR))
    with pytest.raises(NotFoundError):
        suggestions.looked_at(session, 99, by=coach.as_actor(), today=TODAY)


@pytest.mark.parametrize(
    ("happen", "words"),
    [
        (lambda s, v, p: make_criterion(s, v, "Mop floors"), "What the vacancy asks has changed"),
        (lambda s, v, p: change(s, v, hours_max=20), "The hours of the vacancy have changed"),
        (lambda s, v, p: change(s, v, postcode="LS1 4DY"), "The place of work has changed"),
        (lambda s, v, p: change(s, v, title="Porter"), "What is recorded of the vacancy has changed"),
        (lambda s, v, p: make_skill(s, p, "Mop floors"), "Their skills have changed"),
        (lambda s, v, p: make_need(s, p), "The help they need was recorded"),
        (lambda s, v, p: change(s, p, referred_on=TODAY), "What is recorded of the person has changed"),
        (lambda s, v, p: None, "What is recorded of the vacancy has changed"),
    ],
)
def test_reasons_say_what_has_changed(
    session: Session,
    coach: User,
    employer: Employer,
    amara: JobSeeker,
    happen: Callable[[Session, Vacancy, JobSeeker], object],
    words: str,
):
    vacancy = fitting(session, employer)
    run_night(session)
    happen(session, vacancy, amara)
    hand = ranking_night.take_up(session, by=SYSTEM)
    ground = ranking_ground.read(session, hand, by=SYSTEM)
    assert suggestion_reasons.reason(ground, amara.key, vacancy.key) == words
