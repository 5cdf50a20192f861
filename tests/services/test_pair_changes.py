"""What would have to be true for a vacancy, in words, and each change as a task that is never made twice."""

from datetime import timedelta

import pytest
from sqlmodel import Session, select

from crm.errors import NotAllowedError, NotFoundError, RuleBrokenError, StaleFormError
from crm.models.employers import Employer
from crm.models.seekers import JobSeeker, ProfileSkill, ProfileSkillInput
from crm.models.tasks import Task, TaskInput, TaskStatus
from crm.models.users import SYSTEM, Actor
from crm.models.vacancies import Vacancy
from crm.policy import Role
from crm.services import change_tasks, matches, pair_changes, profile_skills, tasks, vacancies
from crm.services.pair_changes import PairChanges
from tests.makers import make_actor, make_service, make_user
from tests.makers_employers import TODAY, make_employer
from tests.makers_jobs import make_vacancy
from tests.makers_people import make_criterion, make_need, make_profile, make_seeker, make_skill

TEACH = "Teach on the job, step by step, to level 3: Fold boxes"
ASK_BUDDY = "Ask the employer whether there is a named buddy"
OFFER = "Ask the employer for 16 hours a week, guaranteed"


@pytest.fixture
def officer(session: Session) -> Actor:
    make_service(session)
    return make_user(session, Role.ENGAGEMENT_OFFICER, name="Ines Marlow").as_actor()


@pytest.fixture
def coach(session: Session, officer: Actor) -> Actor:
    return make_user(session, Role.JOB_COACH, name="Rosa Lind").as_actor()


@pytest.fixture
def bakery(session: Session, officer: Actor) -> Employer:
    return make_employer(session, owner_id=officer.id)


@pytest.fixture
def vacancy(session: Session, bakery: Employer) -> Vacancy:
    pattern = [{"day": day, "start": "09:00", "end": "13:00"} for day in range(4)]
    row = make_vacancy(
        session,
        bakery,
        hours_min=8,
        hours_max=20,
        guaranteed_hours=8,
        hours_negotiable="yes",
        pattern=pattern,
    )
    make_criterion(session, row, level=3)
    return row


@pytest.fixture
def amara(session: Session, coach: Actor) -> JobSeeker:
    seeker = make_seeker(session, coach_id=coach.id)
    make_profile(session, seeker)
    make_skill(session, seeker, level=2)
    make_need(session, seeker)
    return seeker


def found(session: Session, vacancy: Vacancy, seeker: JobSeeker, by: Actor) -> PairChanges:
    return pair_changes.of_pair(session, vacancy.key, seeker.key, by=by)


def make(session: Session, vacancy: Vacancy, seeker: JobSeeker, *titles: str, by: Actor) -> list[Task]:
    return change_tasks.make(session, vacancy.key, seeker.key, titles, by=by, today=TODAY)


def test_the_smallest_set_is_told_with_points_that_add_up_to_the_whole(
    session: Session, vacancy: Vacancy, amara: JobSeeker, coach: Actor
):
    answer = found(session, vacancy, amara, coach)
    assert {one.title for one in answer.wanted} == {TEACH, ASK_BUDDY, OFFER}
    assert [one.number for one in answer.wanted] == ["1", "2", "3"]
    now = matches.compare(session, vacancy.key, amara.key, by=coach).match
    assert answer.before == now.score
    assert sum(one.points or 0.0 for one in answer.wanted) == pytest.approx(answer.after - answer.before)
    assert answer.wanted[-1].score == answer.after
    assert (answer.blocked, answer.beside, answer.is_workable_now) == ((), (), False)


def test_other_ways_name_what_they_would_replace(
    session: Session, vacancy: Vacancy, amara: JobSeeker, coach: Actor
):
    answer = found(session, vacancy, amara, coach)
    teach = next(one.number for one in answer.wanted if one.title == TEACH)
    instead = {way.number: way for way in answer.instead}
    assert instead[f"{teach}a"].replaced == teach
    assert instead[f"{teach}a"].titles == (
        "Agree an adjustment, with Access to Work where it costs: Fold boxes",
    )
    assert answer.every_one().keys() >= {TEACH, *(title for way in answer.instead for title in way.titles)}
    assert list(instead) == sorted(instead)


def test_another_way_may_take_two_changes_which_become_two_tasks(
    session: Session, vacancy: Vacancy, amara: JobSeeker, coach: Actor
):
    make_criterion(session, vacancy, "Greet customers")
    two = next(way for way in found(session, vacancy, amara, coach).instead if len(way.changes) == 2)
    assert [task.title for task in make(session, vacancy, amara, *two.titles, by=coach)] == list(two.titles)


def test_tasks_go_to_whoever_looks_after_the_employer_and_to_the_coach(
    session: Session, vacancy: Vacancy, amara: JobSeeker, coach: Actor, officer: Actor, bakery: Employer
):
    teach, ask, offer = make(session, vacancy, amara, TEACH, ASK_BUDDY, OFFER, by=coach)
    assert (teach.owner_id, teach.seeker_id, teach.vacancy_id) == (coach.id, amara.key, None)
    assert (ask.owner_id, ask.vacancy_id, ask.employer_id) == (officer.id, vacancy.key, bakery.key)
    assert ask.due_on == TODAY + timedelta(days=change_tasks.DAYS_TO_FIND_OUT)
    assert offer.due_on == TODAY + timedelta(days=change_tasks.DAYS_TO_CHANGE)
    assert all(amara.preferred_name not in f"{row.title} {row.notes}" for row in (teach, ask, offer))


def test_where_nobody_looks_after_them_whoever_makes_the_tasks_has_them(session: Session, officer: Actor):
    row = make_vacancy(session, make_employer(session))
    make_criterion(session, row)
    seeker = make_seeker(session)
    titles = [one.title for one in found(session, row, seeker, officer).wanted]
    assert {task.owner_id for task in make(session, row, seeker, *titles, by=officer)} == {officer.id}


def test_a_change_that_is_an_open_task_stays_that_one_task(
    session: Session, vacancy: Vacancy, amara: JobSeeker, coach: Actor
):
    first = make(session, vacancy, amara, TEACH, TEACH, by=coach)
    assert make(session, vacancy, amara, TEACH, by=coach) == []
    assert len(session.exec(select(Task)).all()) == len(first) == 1
    open_now = change_tasks.open_tasks(session, vacancy.key, amara.key, [TEACH, OFFER], by=coach)
    assert [(one.owner, one.id) for one in open_now.values()] == [("Rosa Lind", first[0].key)]
    tasks.settle(session, first[0].key, TaskStatus.DONE, version=first[0].version, by=coach, today=TODAY)
    assert len(make(session, vacancy, amara, TEACH, by=coach)) == 1


def test_the_same_question_to_the_same_employer_is_one_task_whoever_it_is_for(
    session: Session, vacancy: Vacancy, amara: JobSeeker, coach: Actor
):
    make(session, vacancy, amara, ASK_BUDDY, by=coach)
    ben = make_seeker(session, "Ben Ackroyd")
    make_profile(session, ben)
    make_need(session, ben)
    assert make(session, vacancy, ben, ASK_BUDDY, by=coach) == []
    assert change_tasks.open_tasks(session, vacancy.key, ben.key, [ASK_BUDDY], by=coach)


def test_what_would_not_help_any_more_is_not_made_a_task(
    session: Session, vacancy: Vacancy, amara: JobSeeker, coach: Actor
):
    held = session.exec(select(ProfileSkill)).one()
    better = ProfileSkillInput(name=held.name, level=3, evidence=held.evidence)
    profile_skills.change(session, held.key, better, version=held.version, by=SYSTEM)
    with pytest.raises(RuleBrokenError, match="would not help any more"):
        make(session, vacancy, amara, TEACH, by=coach)
    assert not session.exec(select(Task)).all()


def test_tasks_are_put_aside_again_unless_somebody_changed_one_since(
    session: Session, vacancy: Vacancy, amara: JobSeeker, coach: Actor
):
    made = make(session, vacancy, amara, TEACH, OFFER, by=coach)
    change_tasks.undo(session, [(task.key, task.version) for task in made], by=coach)
    assert not change_tasks.open_tasks(session, vacancy.key, amara.key, [TEACH, OFFER], by=coach)
    (again,) = make(session, vacancy, amara, TEACH, by=coach)
    seen = again.version
    edit = TaskInput(title="Another", owner_id=coach.id, seeker_id=amara.key)
    tasks.change(session, again.key, edit, version=seen, by=coach)
    with pytest.raises(StaleFormError):
        change_tasks.undo(session, [(again.key, seen)], by=coach)


def test_only_those_who_may_see_and_record_make_tasks(
    session: Session, vacancy: Vacancy, amara: JobSeeker, coach: Actor
):
    administrator, auditor = make_actor(Role.ADMINISTRATOR), make_actor(Role.AUDITOR)
    with pytest.raises(NotAllowedError):
        found(session, vacancy, amara, administrator)
    with pytest.raises(NotAllowedError):
        make(session, vacancy, amara, TEACH, by=auditor)
    assert not change_tasks.may_make(auditor, vacancy)
    assert change_tasks.may_make(coach, vacancy)
    put_aside = vacancies.archive(session, vacancy.key, why="Twice", version=vacancy.version, by=SYSTEM)
    assert not change_tasks.may_make(coach, put_aside)
    with pytest.raises(NotAllowedError, match="archived"):
        make(session, vacancy, amara, TEACH, by=coach)


@pytest.mark.parametrize("ids", [(99, 1), (1, 99)])
def test_what_is_not_there_is_said(
    session: Session, vacancy: Vacancy, amara: JobSeeker, ids: tuple[int, int]
):
    with pytest.raises(NotFoundError):
        pair_changes.of_pair(session, *ids, by=make_actor(Role.JOB_COACH))
