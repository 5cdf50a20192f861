"""Job analyses: hours added up and never invented, old ones told, rows kept with their skills settled."""

from datetime import date

import pytest
from sqlmodel import Session

from crm.errors import NotAllowedError, RuleBrokenError
from crm.models.analyses import (
    JobAnalysis,
    JobAnalysisInput,
    JobTaskInput,
    SupportKind,
    SupportState,
    WorkplaceSupportInput,
)
from crm.models.employers import Employer
from crm.models.users import SYSTEM, Actor
from crm.policy import Role
from crm.services import analyses, analysis_rows
from crm.services.analyses import AnalysisFilter
from tests.makers import make_actor, make_user
from tests.makers_employers import make_employer
from tests.makers_jobs import TODAY, make_analysis, make_task, make_vacancy


@pytest.fixture
def coach(session: Session) -> Actor:
    return make_user(session, Role.JOB_COACH, name="Ines Marlow").as_actor()


@pytest.fixture
def bakery(session: Session) -> Employer:
    return make_employer(session)


@pytest.fixture
def seen(session: Session, bakery: Employer, coach: Actor) -> JobAnalysis:
    return make_analysis(session, bakery, by=coach, hours_week=16)


def test_a_coach_records_an_analysis_and_is_its_analyst(session: Session, seen: JobAnalysis):
    assert analyses.analyst_name(session, seen) == "Ines Marlow"
    page = analyses.listing(session, AnalysisFilter(), offset=0, limit=9, by=SYSTEM)
    assert [(row.title, row.employer, row.analyst, row.tasks) for row in page.rows] == [
        ("Kitchen assistant", "Fernside Bakery", "Ines Marlow", 0)
    ]


def test_a_list_is_narrowed_by_words_employer_and_archive(
    session: Session, bakery: Employer, seen: JobAnalysis
):
    make_analysis(session, make_employer(session, "Other"), "Porter", analysed_on=date(2026, 11, 9))

    def found(wanted: AnalysisFilter) -> list[str]:
        return [row.title for row in analyses.listing(session, wanted, offset=0, limit=9, by=SYSTEM).rows]

    assert found(AnalysisFilter()) == ["Porter", "Kitchen assistant"]
    assert found(AnalysisFilter(words="FERNSIDE")) == ["Kitchen assistant"]
    assert found(AnalysisFilter(words="porter")) == ["Porter"]
    assert found(AnalysisFilter(employer_id=bakery.key)) == ["Kitchen assistant"]
    analyses.archive(session, seen.key, why="Job is gone", version=1, by=SYSTEM)
    assert found(AnalysisFilter(is_archived=True)) == ["Kitchen assistant"]
    analyses.bring_back(session, seen.key, version=2, by=SYSTEM)
    assert found(AnalysisFilter(is_archived=True)) == []


def test_the_analyses_of_a_vacancy_come_latest_first(session: Session, bakery: Employer):
    post = make_vacancy(session, bakery)
    make_analysis(session, bakery, "First", vacancy_id=post.key)
    make_analysis(session, bakery, "Second", vacancy_id=post.key, analysed_on=date(2026, 11, 20))
    assert [one.title for one in analyses.of_vacancy(session, post.key, by=SYSTEM)] == ["Second", "First"]


@pytest.mark.parametrize(
    ("analysed_on", "is_old"),
    [
        (date(2025, 11, 22), True),
        (date(2025, 11, 23), False),
        (date(2025, 12, 1), False),
        (date(2024, 1, 1), True),
    ],
)
def test_an_analysis_is_old_after_twelve_months(
    session: Session, seen: JobAnalysis, analysed_on: date, is_old: bool
):
    seen.analysed_on = analysed_on
    assert analyses.is_old(seen, today=TODAY) is is_old


def test_a_job_is_not_analysed_in_the_future(session: Session, bakery: Employer, seen: JobAnalysis):
    with pytest.raises(RuleBrokenError) as caught:
        make_analysis(session, bakery, analysed_on=date(2026, 11, 24))
    assert caught.value.field == "analysed_on"


def test_an_analysis_names_only_what_is_its_employers(session: Session, bakery: Employer, seen: JobAnalysis):
    theirs = make_vacancy(session, make_employer(session, "Other"))
    edit = JobAnalysisInput(title="X", analysed_on=TODAY, vacancy_id=theirs.key)
    with pytest.raises(RuleBrokenError, match="vacancy"):
        analyses.change(session, seen.key, edit, version=1, by=SYSTEM, today=TODAY)
    edit = JobAnalysisInput(title="X", analysed_on=TODAY, site_id=4711)
    with pytest.raises(RuleBrokenError, match="site"):
        analyses.change(session, seen.key, edit, version=1, by=SYSTEM, today=TODAY)
    ours = make_vacancy(session, bakery)
    edit = JobAnalysisInput(title="X", analysed_on=TODAY, vacancy_id=ours.key)
    assert analyses.change(session, seen.key, edit, version=1, by=SYSTEM, today=TODAY).title == "X"
    assert analyses.sites_and_vacancies(session, bakery.key, chosen=seen, by=SYSTEM) == ([], [ours])
    assert analyses.sites_and_vacancies(session, bakery.key, chosen=None, by=SYSTEM) == ([], [ours])


def test_hours_a_week_are_computed_and_untimed_tasks_are_counted_not_taken_as_nought(
    session: Session, seen: JobAnalysis
):
    make_task(session, seen, times_a_week=5, minutes_each=90)
    make_task(session, seen, "Label trays", times_a_week=10, minutes_each=15)
    make_task(session, seen, "Sweep", minutes_each=None)
    total = analysis_rows.total_of(analysis_rows.tasks(session, seen.key, by=SYSTEM))
    assert (total.hours, total.untimed) == (10.0, 1)


def test_the_skills_of_a_task_are_settled_when_saved_and_again_when_their_words_change(
    session: Session, seen: JobAnalysis
):
    task = make_task(session, seen, skills="kennel cleaning, Clean kennels and cages, zymurgy oversight")
    assert task.concept_ids == ["animals.clean-kennels-and-cages", "own:zymurgy oversight"]
    assert analysis_rows.meanings(session, task) == ["Clean kennels and cages", "zymurgy oversight"]
    edit = JobTaskInput(name="Fold boxes", skills=task.skills, done_by="Shift lead")
    analysis_rows.change_task(session, task.key, edit, version=1, by=SYSTEM)
    assert len(task.concept_ids) == 2
    analysis_rows.change_task(session, task.key, JobTaskInput(name="Fold boxes"), version=2, by=SYSTEM)
    assert task.concept_ids == []


def test_an_archived_task_leaves_the_total_and_can_be_brought_back(
    session: Session, seen: JobAnalysis, coach: Actor
):
    task = make_task(session, seen)
    analysis_rows.archive_task(session, task.key, why="A machine does it", version=1, by=coach)
    assert analysis_rows.tasks(session, seen.key, by=coach) == []
    assert analysis_rows.tasks(session, seen.key, is_archived=True, by=coach) == [task]
    with pytest.raises(NotAllowedError, match="archived"):
        analysis_rows.change_task(session, task.key, JobTaskInput(name="X"), version=2, by=coach)
    analysis_rows.bring_back_task(session, task.key, version=2, by=coach)
    assert analysis_rows.find_task(session, task.key, by=coach).archived_at is None


def support(**values: object) -> WorkplaceSupportInput:
    return WorkplaceSupportInput.model_validate({"kind": SupportKind.NAMED_BUDDY} | values)


def test_a_workplace_support_is_recorded_changed_archived_and_brought_back(
    session: Session, seen: JobAnalysis, coach: Actor
):
    row = analysis_rows.add_support(session, seen.key, support(), by=coach, today=TODAY)
    exists = support(state=SupportState.EXISTS, is_confirmed=True, confirmed_on=TODAY)
    analysis_rows.change_support(session, row.key, exists, version=1, by=coach, today=TODAY)
    assert analysis_rows.supports(session, seen.key, by=coach)[0].is_confirmed
    analysis_rows.archive_support(session, row.key, why="She left", version=2, by=coach)
    assert analysis_rows.supports(session, seen.key, is_archived=True, by=coach) == [row]
    analysis_rows.bring_back_support(session, row.key, version=3, by=coach)
    assert analysis_rows.find_support(session, row.key, by=coach).archived_at is None


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"state": "exists", "confirmed_on": date(2026, 12, 1)}, "confirmed_on"),
        ({"is_confirmed": True}, "state"),
    ],
)
def test_what_is_confirmed_is_known_and_lies_in_the_past(
    session: Session, seen: JobAnalysis, values: dict[str, object], field: str
):
    with pytest.raises(RuleBrokenError) as caught:
        analysis_rows.add_support(session, seen.key, support(**values), by=SYSTEM, today=TODAY)
    assert caught.value.field == field


def test_nothing_is_added_to_an_archived_analysis_or_by_an_auditor(session: Session, seen: JobAnalysis):
    auditor = make_actor(Role.AUDITOR)
    assert analyses.find(session, seen.key, by=auditor) is seen
    with pytest.raises(NotAllowedError):
        make_task(session, seen, by=auditor)
    analyses.archive(session, seen.key, why="Job is gone", version=1, by=SYSTEM)
    with pytest.raises(NotAllowedError, match="archived"):
        make_task(session, seen)
