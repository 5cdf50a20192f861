"""A matching run counts what the shortlists show, for those who may see them, and says what changed since."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import event
from sqlmodel import Session, select

from crm.errors import NotAllowedError, NotFoundError
from crm.models.analyses import JobTask, JobTaskInput
from crm.models.base import utc_now
from crm.models.employers import Employer
from crm.models.matches import MatchSuggestion
from crm.models.profiles import Step
from crm.models.rankings import RankingRun, SeekerCount, VacancyCount
from crm.models.seekers import JobSeeker, SeekerStatus
from crm.models.users import SYSTEM, Actor
from crm.models.vacancies import OPEN_STATUSES, Vacancy, VacancyInput, VacancyStatus
from crm.policy import Role
from crm.services import (
    analysis_rows,
    ranking_counts,
    ranking_everybody,
    ranking_night,
    ranking_runs,
    shortlists,
    tidying,
    vacancies,
)
from crm.services.ranking_counts import Counts
from crm.services.shortlists import ShortlistView
from tests.makers import make_actor, make_service, make_user, make_weights
from tests.makers_employers import make_employer
from tests.makers_jobs import make_analysis, make_task, make_vacancy
from tests.makers_night import run_night
from tests.makers_people import make_criterion, make_profile, make_seeker, make_skill, make_step
from tests.makers_teams import make_people_around

TODAY = date(2026, 11, 23)


@pytest.fixture
def vacancy(session: Session) -> Vacancy:
    make_service(session)
    pattern = [{"day": day, "start": "09:00", "end": "13:00"} for day in range(4)]
    sure = {"hours_min": 16, "hours_max": 16, "guaranteed_hours": 16, "pattern": pattern}
    row = make_vacancy(session, make_employer(session), "Kitchen assistant", by=SYSTEM, **sure)
    make_criterion(session, row)
    return row


@pytest.fixture
def ready(session: Session, vacancy: Vacancy) -> JobSeeker:
    """Somebody for whom the vacancy is workable now; one more has a gap, of one nothing is known."""
    seeker, gap = make_seeker(session, "Ready"), make_seeker(session, "Gap")
    for one, level in ((seeker, 3), (gap, 0)):
        make_profile(session, one)
        make_skill(session, one, level=level)
    make_seeker(session, "Nothing recorded")
    return seeker


def run(session: Session, vacancy: Vacancy | None = None, by: Actor = SYSTEM) -> RankingRun:
    told: list[tuple[int, int]] = []
    key = vacancy.key if vacancy else None
    gathered = ranking_everybody.gather(session, vacancy_id=key, by=by)
    counted = ranking_everybody.count(gathered, lambda done, total: told.append((done, total)))
    assert not gathered.jobs or told[-1] == (len(gathered.jobs), len(gathered.jobs))
    return ranking_runs.keep(session, counted, by=by)


def counts_of(session: Session, vacancy: Vacancy, by: Actor = SYSTEM) -> Counts:
    return ranking_counts.of_vacancies(session, [vacancy.key], by=by)[vacancy.key]


def shown_on_shortlist(session: Session, vacancy: Vacancy, by: Actor) -> list[int]:
    found = shortlists.for_vacancy(session, vacancy.key, ShortlistView(), by=by, today=TODAY)
    return [group.total for group in found.groups]


def last_run(session: Session) -> ranking_counts.LastRun:
    found = ranking_counts.last_run(session, by=SYSTEM)
    assert found is not None
    return found


def test_the_counts_are_those_of_the_shortlist_and_of_the_jobs_of_a_person(
    session: Session, vacancy: Vacancy, ready: JobSeeker
):
    bare = make_vacancy(session, make_employer(session, "Mill Lane"), "Porter")
    kept = run(session)
    assert (kept.people, kept.vacancies) == (3, 2)
    for one in (vacancy, bare):
        found = counts_of(session, one)
        figures = [found.workable_now, found.with_measures, found.design_a_job]
        assert figures == shown_on_shortlist(session, one, SYSTEM)
    assert counts_of(session, vacancy).workable_now == counts_of(session, vacancy).design_a_job == 1
    for seeker in session.exec(select(JobSeeker)):
        rows = shortlists.for_seeker(session, seeker.key, shown=9, by=SYSTEM, today=TODAY).rows
        now = [row for row in rows if row.match.group == "workable_now"]
        found = ranking_counts.of_seeker(session, seeker.key, by=SYSTEM)
        assert found is not None
        assert (found.workable_now, found.vacancies) == (len(now), len(rows))


@pytest.mark.parametrize("role", Role)
def test_whoever_sees_no_shortlist_sees_no_count_and_the_others_see_the_same(
    session: Session, vacancy: Vacancy, role: Role
):
    by, people = make_people_around(session, role)
    run(session)
    try:
        expected = shown_on_shortlist(session, vacancy, by)
    except NotAllowedError:
        for ask in (
            lambda: ranking_counts.of_vacancies(session, [vacancy.key], by=by),
            lambda: ranking_counts.last_run(session, by=by),
            lambda: ranking_counts.of_seeker(session, next(iter(people.values())).key, by=by),
            lambda: ranking_runs.latest_job(session, by=by),
        ):
            with pytest.raises(NotAllowedError):
                ask()
    else:
        found = counts_of(session, vacancy, by)
        assert [found.workable_now, found.with_measures, found.design_a_job] == expected


def test_nothing_is_kept_of_who_stands_where(session: Session, vacancy: Vacancy, ready: JobSeeker):
    run(session)
    assert set(VacancyCount.model_fields) == {
        *("vacancy_id", "run_id", "workable_now", "with_measures", "design_a_job", "standing")
    }
    assert set(SeekerCount.model_fields) == {"seeker_id", "run_id", "workable_now", "standing"}


def edited(session: Session, vacancy: Vacancy) -> None:
    typed = {name: getattr(vacancy, name) for name in VacancyInput.model_fields} | {"hours_max": 20}
    vacancies.change(
        session, vacancy.key, VacancyInput.model_validate(typed), version=vacancy.version, by=SYSTEM
    )


def analysed(session: Session, vacancy: Vacancy) -> None:
    employer = session.get_one(Employer, vacancy.employer_id)
    make_task(session, make_analysis(session, employer, vacancy_id=vacancy.key))


def task_edited(session: Session, vacancy: Vacancy) -> None:
    analysed(session, vacancy)
    run(session)
    assert not counts_of(session, vacancy).has_changed
    task = session.exec(select(JobTask)).one()
    new = JobTaskInput(name="Fold more boxes", times_a_week=5, minutes_each=60)
    analysis_rows.change_task(session, task.key, new, version=task.version, by=SYSTEM)


def asked_more(session: Session, vacancy: Vacancy) -> None:
    make_criterion(session, vacancy, "Count boxes")


@pytest.mark.parametrize("change", [edited, analysed, task_edited, asked_more])
def test_a_vacancy_that_has_changed_since_is_told(
    session: Session, vacancy: Vacancy, change: Callable[[Session, Vacancy], None]
):
    other = make_vacancy(session, make_employer(session, "Mill Lane"), "Porter")
    run(session)
    assert not counts_of(session, vacancy).has_changed
    change(session, vacancy)
    assert counts_of(session, vacancy).has_changed
    assert not counts_of(session, other).has_changed


def test_people_who_have_changed_since_are_told(session: Session, vacancy: Vacancy, ready: JobSeeker):
    run(session)
    other = make_seeker(session, "Came later")
    assert last_run(session).have_people_changed
    run(session)
    assert not last_run(session).have_people_changed
    make_skill(session, ready, "Count boxes")
    assert last_run(session).have_people_changed
    found = {one.key: ranking_counts.of_seeker(session, one.key, by=SYSTEM) for one in (ready, other)}
    assert {key: row.has_changed for key, row in found.items() if row} == {ready.key: True, other.key: False}


def test_a_profile_that_has_changed_since_is_told(session: Session, vacancy: Vacancy, ready: JobSeeker):
    run(session)
    make_step(session, ready, Step.HOURS, version=1, hours_now_max=12)
    found = ranking_counts.of_seeker(session, ready.key, by=SYSTEM)
    assert found is not None
    assert found.has_changed


def test_other_weights_since_are_told(session: Session, vacancy: Vacancy):
    run(session)
    assert not last_run(session).has_matching_changed
    make_weights(session, skills=30, hours=35)
    assert last_run(session).has_matching_changed


def test_a_run_for_one_vacancy_replaces_its_counts_alone(
    session: Session, vacancy: Vacancy, ready: JobSeeker
):
    other = make_vacancy(session, make_employer(session, "Mill Lane"), "Porter")
    whole = run(session)
    make_seeker(session, "Came later")
    own = run(session, vacancy)
    assert (own.people, own.vacancies, own.vacancy_id) == (4, 1, vacancy.key)
    assert [counts_of(session, one).run_id for one in (vacancy, other)] == [own.key, whole.key]
    assert last_run(session).id == whole.key
    assert len(session.exec(select(SeekerCount)).all()) == 3


def test_who_looks_for_work_no_more_and_what_is_closed_has_no_count(
    session: Session, vacancy: Vacancy, ready: JobSeeker
):
    run(session)
    vacancy.status = next(status for status in VacancyStatus if status not in OPEN_STATUSES)
    ready.status = SeekerStatus.EXITED
    session.add_all([vacancy, ready])
    session.flush()
    assert ranking_counts.of_vacancies(session, [vacancy.key], by=SYSTEM) == {}
    assert ranking_counts.of_seeker(session, ready.key, by=SYSTEM) is None
    run(session)
    assert session.exec(select(VacancyCount)).all() == []
    assert {row.workable_now for row in session.exec(select(SeekerCount))} == {0}


def test_before_the_first_run_there_is_nothing_to_tell(session: Session, vacancy: Vacancy):
    assert ranking_counts.last_run(session, by=SYSTEM) is None
    assert ranking_counts.of_vacancies(session, [vacancy.key], by=SYSTEM) == {}


def test_the_counts_of_a_page_are_one_query(session: Session, vacancy: Vacancy):
    others = [make_vacancy(session, make_employer(session, f"Mill {n}"), "Porter") for n in range(3)]
    run(session)
    asked: list[str] = []

    def note(*call: object) -> None:
        asked.append(str(call[2]))

    bound = session.get_bind()
    event.listen(bound, "before_cursor_execute", note)
    found = ranking_counts.of_vacancies(session, [one.key for one in (vacancy, *others)], by=SYSTEM)
    event.remove(bound, "before_cursor_execute", note)
    assert (len(found), len(asked)) == (4, 1)


def test_a_run_that_waits_is_not_asked_for_twice(session: Session, vacancy: Vacancy):
    officer = make_user(session, Role.ENGAGEMENT_OFFICER).as_actor()
    whole = ranking_runs.ask(session, by=officer)
    assert ranking_runs.ask(session, by=SYSTEM).key == whole.key
    own = ranking_runs.ask(session, vacancy_id=vacancy.key, by=officer)
    assert own.key != whole.key
    assert ranking_runs.latest_job(session, vacancy_id=vacancy.key, by=officer) is own


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.ADMINISTRATOR])
def test_who_only_reads_or_sees_no_matches_has_no_run_made(session: Session, vacancy: Vacancy, role: Role):
    by = make_actor(role)
    for ask in (
        lambda: ranking_runs.ask(session, by=by),
        lambda: ranking_everybody.gather(session, by=by),
    ):
        with pytest.raises(NotAllowedError):
            ask()


def test_a_vacancy_that_is_not_there_cannot_be_asked_for(session: Session, vacancy: Vacancy):
    with pytest.raises(NotFoundError):
        ranking_runs.ask(session, vacancy_id=999, by=SYSTEM)


def test_a_run_is_tidied_away_a_month_after_its_last_count_was_replaced(session: Session, vacancy: Vacancy):
    first, second = run(session), run(session)
    later = utc_now() + tidying.MONTH + timedelta(days=1)
    assert tidying.tidy_up(session, now=utc_now())["matching runs"] == 0
    assert tidying.tidy_up(session, now=later)["matching runs"] == 1
    assert [row.id for row in session.exec(select(RankingRun))] == [second.key]
    assert first.key != second.key


def test_a_run_that_made_a_suggestion_or_is_gone_on_from_is_not_tidied_away(
    session: Session, vacancy: Vacancy, ready: JobSeeker
):
    first = run_night(session).run
    run_night(session)
    assert session.exec(select(MatchSuggestion.ranking_run_id)).first() == first.key
    make_skill(session, ready, "Count boxes")
    ranking_night.take_up(session, by=SYSTEM)
    assert tidying.tidy_up(session, now=utc_now() + tidying.MONTH + timedelta(days=1))["matching runs"] == 0
