"""The task bank of an employer: one list, duplicates joined in it, totals by role, nothing taken twice."""

from datetime import date
from typing import Any

import pytest
from sqlmodel import Session, col, select

from crm.errors import NotAllowedError
from crm.models.analyses import JobAnalysis, JobTask
from crm.models.carves import CarveStage, CarveTask, JobCarve
from crm.models.employers import Employer, EmployerSite
from crm.models.users import SYSTEM, Actor
from crm.services import (
    analyses,
    analysis_rows,
    records,
    task_bank,
    task_bank_list,
    task_bank_totals,
)
from crm.services.task_bank_filters import NOBODY, NOT_SAID, BankFilter, BankSort, BankTaken
from crm.services.task_bank_list import BankedTask
from crm.services.task_bank_totals import RoleTotal
from tests.makers import make_service
from tests.makers_employers import make_employer, make_site
from tests.makers_jobs import TODAY, make_analysis, make_task, make_vacancy

NOBODY_KNOWN = Actor(id=99, name="Nobody", email="nobody@example.org", roles=frozenset())


@pytest.fixture
def bakery(session: Session) -> Employer:
    make_service(session)
    return make_employer(session)


@pytest.fixture
def site(session: Session, bakery: Employer) -> EmployerSite:
    return make_site(session, bakery, "Main bakery")


@pytest.fixture
def post(session: Session, bakery: Employer, site: EmployerSite) -> JobAnalysis:
    return make_analysis(session, bakery, "Packer", site_id=site.key)


def make_carve(
    session: Session, employer: Employer, *tasks: JobTask, stage: CarveStage = CarveStage.AGREED
) -> JobCarve:
    """A carved job with these tasks; one that is agreed is a vacancy with an analysis of its own."""
    became: dict[str, Any] = {}
    if stage in task_bank.HELD:
        new = make_analysis(session, employer, "Carved job")
        make_task(session, new, "Everything at once")
        became = {"vacancy_id": make_vacancy(session, employer).key, "analysis_id": new.key}
    carve = JobCarve(
        **became,
        employer_id=employer.key,
        title="Boxes and labels",
        stage=stage,
        stage_since=TODAY,
        hours_week=5,
        hours_short=0,
        skilled_hours_freed=5,
        undone_work_hours=0,
        engine_version="1",
    )
    records.add(session, carve)
    for task in tasks:
        records.add(session, CarveTask(carve_id=carve.key, task_id=task.key, hours_week=5))
    return carve


def found(session: Session, employer: Employer, **wanted: Any) -> list[BankedTask]:
    taking = task_bank.taking(session, employer.key, by=SYSTEM)
    page = task_bank_list.listing(
        session, employer.key, BankFilter(**wanted), taking, offset=0, limit=50, by=SYSTEM, today=TODAY
    )
    assert page.total == len(page.rows)
    return page.rows


def names(session: Session, employer: Employer, **wanted: Any) -> list[str]:
    return [row.task.name for row in found(session, employer, **wanted)]


def totals(session: Session, employer: Employer, **wanted: Any) -> list[RoleTotal]:
    taking = task_bank.taking(session, employer.key, by=SYSTEM)
    return task_bank_totals.totals(
        session, employer.key, BankFilter(**wanted), taking, by=SYSTEM, today=TODAY
    )


def test_the_bank_holds_the_live_tasks_of_live_analyses_of_one_employer(
    session: Session, bakery: Employer, post: JobAnalysis
):
    make_task(session, post)
    gone = make_task(session, post, "Polish brass")
    analysis_rows.archive_task(session, gone.key, why="A machine does it", version=1, by=SYSTEM)
    closed = make_analysis(session, bakery, "Porter")
    make_task(session, closed, "Carry flour")
    analyses.archive(session, closed.key, why="Closed", version=1, by=SYSTEM)
    make_task(session, make_analysis(session, make_employer(session, "Other")), "Theirs")
    (row,) = found(session, bakery)
    assert (row.task.name, row.analysis.title, row.site) == ("Fold boxes", "Packer", "Main bakery")
    assert (row.earlier, row.carve) == ((), None)


def test_a_task_that_was_recorded_on_two_visits_is_one_row_and_the_latest_counts(
    session: Session, bakery: Employer, post: JobAnalysis, site: EmployerSite
):
    again = make_analysis(session, bakery, "packer", site_id=site.key, analysed_on=date(2026, 11, 20))
    old = make_task(session, post, need="could_move", times_a_week=9)
    new = make_task(session, again, times_a_week=6)
    (row,) = found(session, bakery)
    assert row.task is new
    assert [(one.name, one.post, one.analysed_on) for one in row.earlier] == [
        ("Fold boxes", "Packer", date(2026, 11, 2))
    ]
    assert task_bank.joined(session, bakery.key, by=SYSTEM) == {old.key: new.key}
    assert task_bank.joined(session, bakery.key, by=SYSTEM, among=[post.key]) == {}
    assert names(session, bakery, need="could_move") == []
    assert [(one.tasks, one.hours) for one in totals(session, bakery)] == [(1, 6.0)]


def test_the_same_task_at_two_sites_or_of_two_roles_stays_two(
    session: Session, bakery: Employer, post: JobAnalysis
):
    make_task(session, post, done_by="Packers")
    make_task(session, post, "Sweep", done_by="Packers")
    shop = make_site(session, bakery, "Shop")
    there = make_analysis(session, bakery, "Packer", site_id=shop.key)
    make_task(session, there, done_by="Packers")
    make_task(session, make_analysis(session, bakery, "Packer"), "Sweep", done_by="Cleaners")
    assert task_bank.joined(session, bakery.key, by=SYSTEM) == {}
    assert len(found(session, bakery)) == 4


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({"words": "LABEL"}, ["Label trays"]),
        ({"words": "shift lead"}, ["Label trays"]),
        ({"words": "packer"}, ["Label trays", "Sweep"]),
        ({"words": "100%"}, []),
        ({"need": "could_move"}, ["Water plants", "Label trays"]),
        ({"backlog": "late"}, ["Label trays"]),
        ({"backlog": NOBODY}, ["Water plants"]),
        ({"nature": "isolated"}, ["Sweep"]),
        ({"role": "shift leader"}, ["Label trays"]),
        ({"role": NOBODY}, ["Water plants"]),
        ({"role": NOT_SAID}, ["Sweep"]),
        ({"role": "no such"}, []),
        ({"is_old": True}, ["Water plants"]),
        ({"taken": BankTaken.TAKEN}, ["Sweep"]),
        ({"taken": BankTaken.FREE}, ["Water plants", "Label trays"]),
        ({"sort": BankSort.MOST_HOURS}, ["Sweep", "Label trays", "Water plants"]),
    ],
)
def test_the_bank_is_narrowed_and_sorted(
    session: Session, bakery: Employer, post: JobAnalysis, wanted: dict[str, Any], expected: list[str]
):
    unmet = make_analysis(session, bakery, "Needs", is_unmet_needs=True, analysed_on=date(2025, 1, 9))
    make_task(session, unmet, "Water plants", need="could_move", backlog="undone", times_a_week=None)
    make_task(session, post, "Label trays", need="could_move", backlog="late", done_by="Shift Leader")
    sweep = make_task(session, post, "Sweep", nature="isolated", times_a_week=9)
    make_carve(session, bakery, sweep)
    assert names(session, bakery, **wanted) == expected


def test_the_bank_is_narrowed_to_a_site_and_to_a_post(
    session: Session, bakery: Employer, post: JobAnalysis, site: EmployerSite
):
    make_task(session, post)
    other = make_analysis(session, bakery, "Driver")
    make_task(session, other, "Load the van", done_by="Drivers")
    assert names(session, bakery, site_id=site.key) == ["Fold boxes"]
    assert names(session, bakery, analysis_id=other.key) == ["Load the van"]
    offered = task_bank_list.choices(session, bakery.key, by=SYSTEM)
    assert offered.sites == {site.key: "Main bakery"}
    assert {title for title, _ in offered.posts.values()} == {"Driver", "Packer"}
    assert offered.roles == {NOT_SAID: "", "drivers": "Drivers"}


def test_a_page_is_cut_and_counted_by_the_database(session: Session, bakery: Employer, post: JobAnalysis):
    for number in range(5):
        make_task(session, post, f"Task {number}")
    taking = task_bank.taking(session, bakery.key, by=SYSTEM)
    page = task_bank_list.listing(
        session, bakery.key, BankFilter(), taking, offset=2, limit=2, by=SYSTEM, today=TODAY
    )
    assert ([row.task.name for row in page.rows], page.total) == (["Task 2", "Task 3"], 5)


def test_a_task_is_taken_by_an_agreed_job_and_by_no_idea(
    session: Session, bakery: Employer, post: JobAnalysis
):
    boxes, sweep = make_task(session, post), make_task(session, post, "Sweep")
    make_carve(session, bakery, sweep, stage=CarveStage.IDEA)
    carve = make_carve(session, bakery, boxes)
    assert [row.carve for row in found(session, bakery)] == [(carve.key, "Boxes and labels"), None]
    assert "Everything at once" in session.exec(select(col(JobTask.name))).all()


def test_what_was_taken_as_it_was_recorded_before_is_taken(
    session: Session, bakery: Employer, post: JobAnalysis, site: EmployerSite
):
    old = make_task(session, post)
    again = make_analysis(session, bakery, "Packer", site_id=site.key, analysed_on=date(2026, 11, 20))
    new = make_task(session, again)
    carve = make_carve(session, bakery, old)
    assert task_bank.taking(session, bakery.key, by=SYSTEM).taken == {new.key: carve.key}
    assert names(session, bakery, taken=BankTaken.FREE) == []


def test_totals_by_role_part_the_hours_and_take_no_spelling_for_another_role(
    session: Session, bakery: Employer, post: JobAnalysis
):
    make_task(session, post, done_by="Packers", need="could_move", minutes_most=90)
    make_task(session, post, "Label trays", done_by="packers ", backlog="undone", need="could_move")
    taken_one = make_task(session, post, "Check weights", done_by="Packers", times_a_week=2)
    make_task(session, post, "Sweep", done_by="Packers", times_a_week=None)
    make_task(session, post, "Ring suppliers", times_a_week=1)
    make_carve(session, bakery, taken_one)
    packers, unsaid = totals(session, bakery)
    assert (packers.role.strip().lower(), packers.tasks, packers.untimed) == ("packers", 4, 1)
    assert (packers.hours, packers.more) == (12.0, 2.5)
    assert (packers.movable, packers.staying, packers.undone, packers.taken) == (5.0, 2.0, 5.0, 2.0)
    assert (unsaid.role, unsaid.hours, unsaid.staying) == (NOT_SAID, 1.0, 1.0)
    assert [one.role for one in totals(session, bakery, words="suppliers")] == [NOT_SAID]


def test_lists_of_unmet_needs_have_no_post(session: Session, bakery: Employer, post: JobAnalysis):
    unmet = make_analysis(session, bakery, "Needs", is_unmet_needs=True)
    assert task_bank.without_post([post, unmet]) == {str(unmet.key)}


@pytest.mark.parametrize(
    ("today", "first"),
    [
        (date(2026, 11, 26), date(2025, 11, 26)),
        (date(2024, 2, 29), date(2023, 3, 1)),
        (date(2026, 1, 31), date(2025, 1, 31)),
    ],
)
def test_queries_and_records_mean_the_same_by_old(today: date, first: date):
    assert analyses.old_before(today) == first
    assert not analyses.was_long_ago(first, today=today)
    assert analyses.was_long_ago(first.fromordinal(first.toordinal() - 1), today=today)


def test_nobody_sees_a_bank_without_leave(session: Session, bakery: Employer):
    taking = task_bank.taking(session, bakery.key, by=SYSTEM)
    for look in (
        lambda: task_bank.joined(session, bakery.key, by=NOBODY_KNOWN),
        lambda: task_bank_list.choices(session, bakery.key, by=NOBODY_KNOWN),
        lambda: task_bank_totals.totals(
            session, bakery.key, BankFilter(), taking, by=NOBODY_KNOWN, today=TODAY
        ),
    ):
        with pytest.raises(NotAllowedError):
            look()
