"""What becomes of an agreed job: a vacancy that says what was agreed, and an analysis copied task by task."""

from typing import Any

import pytest
from sqlmodel import Session, select

from crm.errors import NotAllowedError, RuleBrokenError
from crm.models.analyses import (
    AnalysisMethod,
    JobAnalysis,
    JobTask,
    SupportKind,
    SupportState,
    TaskNeed,
    WorkplaceSupportInput,
)
from crm.models.base import Known
from crm.models.carves import CarveKind, CarveStage, CarveTask, JobCarve
from crm.models.employers import Employer
from crm.models.skills import LearntWords
from crm.models.users import SYSTEM, Actor
from crm.models.vacancies import Vacancy, VacancyKind, VacancyStatus
from crm.policy import Role
from crm.services import analysis_rows, carve_becomes, criteria
from crm.services.carve_copies import pattern_of
from crm.services.job_inputs import opening
from crm.services.matching_inputs import Meanings
from crm.services.skills import vocabulary
from tests.makers import make_service, make_user
from tests.makers_employers import make_employer, make_site
from tests.makers_jobs import TODAY, make_analysis, make_task
from tests.makers_people import make_seeker
from tests.makers_stages import TO_AGREED, edit_carve, make_bank, make_carve, move_carve

MORNING = {"day": 0, "start": "09:00", "end": "12:00"}
NOON = {"day": 0, "start": "11:00", "end": "13:00"}
TUESDAY = {"day": 1, "start": "09:00", "end": "10:00"}


@pytest.fixture
def officer(session: Session) -> Actor:
    make_service(session)
    return make_user(session, Role.ENGAGEMENT_OFFICER, name="Ines Marlow").as_actor()


@pytest.fixture
def bakery(session: Session, officer: Actor) -> Employer:
    return make_employer(session)


def movable(session: Session, analysis: JobAnalysis, name: str, **facts: Any) -> JobTask:
    usual: dict[str, Any] = {"need": "could_move", "nature": "social", "times_a_week": 2}
    return make_task(session, analysis, name, **usual | facts)


def vacancy_of(session: Session, carve: JobCarve) -> Vacancy:
    return session.get_one(Vacancy, carve.vacancy_id)


def analysis_of(session: Session, carve: JobCarve) -> JobAnalysis:
    return session.get_one(JobAnalysis, carve.analysis_id)


def test_the_vacancy_says_what_was_agreed(session: Session, bakery: Employer, officer: Actor):
    site = make_site(session, bakery, "Kirkgate", postcode="LS1 4DY")
    carve = make_carve(session, make_bank(session, bakery, site_id=site.key))
    move_carve(session, carve, *TO_AGREED, by=officer)
    made = vacancy_of(session, carve)
    assert (made.title, made.site_id, made.kind) == ("Packing and labels", site.key, VacancyKind.CARVED)
    assert (made.hours_min, made.hours_max, made.guaranteed_hours) == (15, 15, 15)
    assert (made.pay_hourly, made.going_rate, made.posts, made.starts_on) == (13, 13, 1, TODAY)
    assert (made.status, made.place, made.postcode) == (VacancyStatus.OPEN, "Kirkgate", "LS1 4DY")
    assert made.description == (
        "What the job is made of, with the hours a week of each task:\n"
        "Fold boxes: 5 h\nLabel trays: 5 h\nGreet drivers: 5 h"
    )
    assert (carve.vacancy_id, made.created_by) == (made.key, officer.id)


def test_a_job_of_work_that_nobody_does_is_a_created_vacancy(session: Session, bakery: Employer):
    bank = make_bank(session, bakery, is_unmet_needs=True)
    carve = move_carve(session, make_carve(session, bank, kind=CarveKind.CREATED), *TO_AGREED)
    assert vacancy_of(session, carve).kind is VacancyKind.CREATED


def test_nobodys_name_stands_in_what_employers_read(session: Session, bakery: Employer):
    seeker = make_seeker(session, "Very Findable")
    carve = make_carve(session, make_bank(session, bakery), seeker_id=seeker.key)
    with pytest.raises(RuleBrokenError, match="Leave the person’s name out") as caught:
        edit_carve(session, carve, title="Packing by very findable")
    assert caught.value.field == "title"
    move_carve(session, carve, *TO_AGREED)
    for row in (vacancy_of(session, carve), analysis_of(session, carve)):
        assert "Findable" not in repr(row)


def test_what_is_asked_are_the_skills_that_the_tasks_take_each_once_and_nothing_is_learnt_from_it(
    session: Session, bakery: Employer
):
    bank = make_analysis(session, bakery, hours_week=60)
    movable(session, bank, "Pack", skills="pack goods on a line, qwrtz the trays")
    movable(session, bank, "Pack more", skills="pack goods on a line, shelve books")
    carve = move_carve(session, make_carve(session, bank), *TO_AGREED)
    asked = criteria.of_vacancy(session, carve.vacancy_id or 0, by=SYSTEM)
    assert [row.criterion.text for row in asked] == [
        "pack goods on a line",
        "qwrtz the trays",
        "shelve books",
    ]
    assert all(row.criterion.is_essential and not row.criterion.could_move for row in asked)
    tasks = session.exec(select(JobTask).where(JobTask.analysis_id == bank.key)).all()
    assert {row.criterion.concept_id for row in asked} == {
        concept_id for task in tasks for concept_id in task.concept_ids
    }
    assert session.exec(select(LearntWords)).all() == []


def test_phrases_that_came_to_one_skill_keep_it_in_the_copy(session: Session, bakery: Employer):
    bank = make_analysis(session, bakery, hours_week=60)
    task = movable(session, bank, "Pack", skills="wrap it up, pack goods on a line")
    known = task.concept_ids[1]
    task.concept_ids = [known]
    session.flush()
    carve = move_carve(session, make_carve(session, bank), *TO_AGREED)
    copies = analysis_rows.tasks(session, carve.analysis_id or 0, by=SYSTEM)
    assert [copy.concept_ids for copy in copies] == [[known]]
    asked = criteria.of_vacancy(session, carve.vacancy_id or 0, by=SYSTEM)
    assert [row.criterion.concept_id for row in asked] == [known]


def test_the_tasks_are_copied_with_all_that_was_seen_and_become_essential(session: Session, bakery: Employer):
    bank = make_analysis(session, bakery, hours_week=60)
    facts: dict[str, Any] = {
        "steps": "Open, fold, stack",
        "hazards": "Paper cuts",
        "dangerous": "no",
        "demands": {"lifting": 2},
        "slots": [MORNING],
        "done_by": "Packers",
        "current_hourly_cost": 15,
        "backlog": "late",
        "times_a_week": 3,
    }
    movable(session, bank, "Fold boxes", **facts)
    carve = move_carve(session, make_carve(session, bank), *TO_AGREED)
    [copy] = analysis_rows.tasks(session, carve.analysis_id or 0, by=SYSTEM)
    assert (copy.name, copy.steps, copy.hazards, copy.demands) == (
        "Fold boxes",
        "Open, fold, stack",
        "Paper cuts",
        {"lifting": 2},
    )
    assert (copy.need, copy.dangerous, copy.slots) == (TaskNeed.ESSENTIAL, Known.NO, [MORNING])
    assert (copy.done_by, copy.current_hourly_cost, copy.hours_week) == (None, None, 3)


def test_a_part_of_a_task_is_copied_as_the_part_that_moves(session: Session, bakery: Employer):
    carve = make_carve(session, make_bank(session, bakery, "Fold boxes"))
    session.exec(select(CarveTask)).one().hours_week = 2
    carve.hours_week = 2
    session.flush()
    move_carve(session, carve, *TO_AGREED)
    [copy] = analysis_rows.tasks(session, carve.analysis_id or 0, by=SYSTEM)
    assert (copy.hours_week, copy.times_a_week, copy.minutes_each) == (2, 2, 60)


def test_tasks_that_belong_together_are_tied_to_each_others_copies(session: Session, bakery: Employer):
    bank = make_analysis(session, bakery, hours_week=60)
    first, second = movable(session, bank, "Wash up"), movable(session, bank, "Dry up")
    first.needs_task_ids, second.needs_task_ids = [second.key], [first.key]
    session.flush()
    carve = move_carve(session, make_carve(session, bank), *TO_AGREED)
    one, two = analysis_rows.tasks(session, carve.analysis_id or 0, by=SYSTEM)
    assert (one.needs_task_ids, two.needs_task_ids) == ([two.key], [one.key])


def test_the_analysis_holds_what_the_carved_job_says_and_the_most_that_a_task_asks(
    session: Session, bakery: Employer
):
    bank = make_bank(
        session, bakery, "Fold boxes", demands={"noise": 1, "pace": 2}, culture="Singing allowed"
    )
    other = make_analysis(
        session,
        bakery,
        "Shop",
        hours_week=60,
        demands={"noise": 3},
        analysed_on="2026-03-02",
        method="did_it",
    )
    task = movable(session, other, "Greet", demands={"noise": 0, "public": 2})
    carve = make_carve(session, bank, coworker_contact="Beside the packers")
    session.add(CarveTask(carve_id=carve.key, task_id=task.key, hours_week=5))
    session.flush()
    move_carve(session, carve, *TO_AGREED)
    made = analysis_of(session, carve)
    assert made.demands == {"noise": 1, "pace": 2, "public": 2}
    assert (made.supervision, made.coworker_contact) == ("Dana Holt", "Beside the packers")
    assert (made.analysed_on, made.method) == (other.analysed_on, AnalysisMethod.DOCUMENTS)
    assert (made.culture, made.vacancy_id, made.hours_week) == ("Singing allowed", carve.vacancy_id, 15 - 10)


def test_supports_are_copied_with_their_state_the_same_one_once(
    session: Session, bakery: Employer, officer: Actor
):
    bank, other = make_bank(session, bakery, "Fold boxes"), make_bank(session, bakery, "Greet drivers")
    buddy = WorkplaceSupportInput(kind=SupportKind.NAMED_BUDDY, state=SupportState.EXISTS, who="Karim")
    could = WorkplaceSupportInput(kind=SupportKind.ROUTINE, state=SupportState.COULD_BE_FACILITATED)
    for analysis, support in ((bank, buddy), (other, buddy), (other, could)):
        analysis_rows.add_support(session, analysis.key, support, by=officer, today=TODAY)
    carve = make_carve(session, bank)
    greet = session.exec(select(JobTask).where(JobTask.analysis_id == other.key)).one()
    session.add(CarveTask(carve_id=carve.key, task_id=greet.key, hours_week=5))
    session.flush()
    move_carve(session, carve, *TO_AGREED)
    copied = analysis_rows.supports(session, carve.analysis_id or 0, by=officer)
    assert {(row.kind, row.state, row.who) for row in copied} == {
        (SupportKind.NAMED_BUDDY, SupportState.EXISTS, "Karim"),
        (SupportKind.ROUTINE, SupportState.COULD_BE_FACILITATED, None),
    }
    assert len(copied) == 2


@pytest.mark.parametrize(
    ("of_first", "of_second", "of_post", "pattern"),
    [
        ([NOON], [TUESDAY, MORNING], [], [{"day": 0, "start": "09:00", "end": "13:00"}, TUESDAY]),
        ([MORNING], [], [TUESDAY], [MORNING, TUESDAY]),
        ([MORNING], [], [], []),
    ],
)
def test_the_work_is_when_its_tasks_are_or_not_recorded_where_one_is_not(
    session: Session,
    bakery: Employer,
    of_first: list[Any],
    of_second: list[Any],
    of_post: list[Any],
    pattern: list[Any],
):
    bank = make_analysis(session, bakery, hours_week=60, pattern=of_post)
    movable(session, bank, "Fold boxes", slots=of_first)
    movable(session, bank, "Greet drivers", slots=of_second)
    carve = move_carve(session, make_carve(session, bank), *TO_AGREED)
    assert vacancy_of(session, carve).pattern == pattern
    assert pattern_of([]) == []


def test_the_new_vacancy_is_compared_with_people_like_any_other(session: Session, bakery: Employer):
    carve = move_carve(session, make_carve(session, make_bank(session, bakery)), *TO_AGREED)
    record = opening(session, vacancy_of(session, carve), Meanings(vocabulary(session))).record
    assert [task.hours_week for task in record.tasks] == [5, 5, 5]
    assert (record.hours.guaranteed, record.pay_hourly) == (15, 13)


def test_a_vacancy_is_made_only_by_somebody_who_records_them(session: Session, bakery: Employer):
    coach = make_user(session, Role.JOB_COACH).as_actor()
    carve = move_carve(session, make_carve(session, make_bank(session, bakery)), *TO_AGREED[:2])
    with pytest.raises(NotAllowedError):
        carve_becomes.make(session, carve, TODAY, by=coach, today=TODAY)
    move_carve(session, carve, CarveStage.AGREED)
    with pytest.raises(NotAllowedError):
        carve_becomes.withdraw(session, carve, by=coach)
    with pytest.raises(NotAllowedError):
        carve_becomes.unmake(session, carve, why="No", by=coach)
