"""Jobs for several people at once: no task in two of them, and kept all together or not at all."""

import pytest
from sqlmodel import Session, select

from crm.errors import NotFoundError, RuleBrokenError
from crm.models.analyses import JobAnalysis
from crm.models.carves import CarveMade, JobCarve
from crm.models.employers import Employer
from crm.models.seekers import JobSeeker
from crm.models.users import SYSTEM
from crm.services import analysis_rows, carve_team_building
from crm.services.carve_team_building import ForTeam
from tests.makers import make_service
from tests.makers_carves import make_agreed, make_kitchen, make_wish
from tests.makers_employers import make_employer
from tests.makers_jobs import TODAY
from tests.makers_people import make_profile, make_seeker


@pytest.fixture
def bakery(session: Session) -> Employer:
    make_service(session)
    return make_employer(session)


@pytest.fixture
def kitchen(session: Session, bakery: Employer) -> JobAnalysis:
    return make_kitchen(session, bakery)


@pytest.fixture
def people(session: Session, bakery: Employer) -> list[JobSeeker]:
    return [make_seeker(session, name) for name in ("Zita", "Amara", "Mo")]


def build(session: Session, bakery: Employer, post: JobAnalysis, *people: JobSeeker) -> ForTeam:
    return carve_team_building.for_team(
        session,
        bakery.key,
        [each.key for each in people],
        make_wish(post, goal=10),
        by=SYSTEM,
        today=TODAY,
    )


def kept(session: Session) -> list[JobCarve]:
    return list(session.exec(select(JobCarve).order_by("id")))


def test_no_task_is_in_two_jobs_and_every_post_says_what_it_keeps(
    session: Session, bakery: Employer, kitchen: JobAnalysis, people: list[JobSeeker]
):
    team = build(session, bakery, kitchen, *people[:2])
    assert [job.name for job in team.jobs] == ["Amara", "Zita"]
    tasks = [task.task_id for job in team.jobs for task in job.carve.tasks]
    assert len(tasks) == len(set(tasks)) == 4
    assert team.is_optimal
    [post] = team.posts
    assert (post.title, post.hours, post.given, post.left) == ("Kitchen assistant", 60, 20, 40)


def test_what_a_post_gave_before_is_no_longer_its_own(
    session: Session, bakery: Employer, kitchen: JobAnalysis, people: list[JobSeeker]
):
    make_agreed(session, bakery, analysis_rows.tasks(session, kitchen.key, by=SYSTEM)[0])
    [post] = build(session, bakery, kitchen, *people[:2]).posts
    assert (post.given_before, post.left) == (5, 55 - post.given)


def test_all_are_kept_at_once_and_who_got_no_task_is_left_out(
    session: Session, bakery: Employer, kitchen: JobAnalysis, people: list[JobSeeker]
):
    team = build(session, bakery, kitchen, *people)
    with_tasks = {job.seeker_id for job in team.jobs if job.carve.tasks}
    assert len(with_tasks) == 2
    carve_team_building.keep_team(session, team, by=SYSTEM)
    assert {row.seeker_id for row in kept(session)} == with_tasks
    assert {row.made for row in kept(session)} == {CarveMade.AS_TEAM}


def test_none_is_kept_when_something_of_one_of_them_has_changed(
    session: Session, bakery: Employer, kitchen: JobAnalysis, people: list[JobSeeker]
):
    team = build(session, bakery, kitchen, *people[:2])
    make_profile(session, people[0], hours_now_min=2, hours_now_max=5)
    with pytest.raises(RuleBrokenError, match="Build the jobs again"):
        carve_team_building.keep_team(session, team, by=SYSTEM)
    assert kept(session) == []


def test_a_team_is_of_two_to_eight_people_who_look_for_work(
    session: Session, bakery: Employer, kitchen: JobAnalysis, people: list[JobSeeker]
):
    with pytest.raises(RuleBrokenError, match="between 2 and 8 people"):
        build(session, bakery, kitchen, people[0], people[0])
    with pytest.raises(RuleBrokenError, match="between 2 and 8 people"):
        build(session, bakery, kitchen, *(make_seeker(session, f"P{at}") for at in range(9)))
    with pytest.raises(NotFoundError, match="does not look for work"):
        build(session, bakery, kitchen, people[0], make_seeker(session, status="exited"))


def test_a_team_is_built_from_fewer_tasks_than_one_job(
    session: Session,
    bakery: Employer,
    kitchen: JobAnalysis,
    people: list[JobSeeker],
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setattr(carve_team_building, "MOST_TEAM_TASKS", 3)
    with pytest.raises(RuleBrokenError, match="with 3 tasks at most"):
        build(session, bakery, kitchen, *people)
