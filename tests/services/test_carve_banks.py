"""The tasks that jobs are built from: what another carved job has taken is in none of them."""

from datetime import date

import pytest
from sqlmodel import Session

from crm.errors import NotAllowedError, RuleBrokenError
from crm.models.analyses import JobAnalysis, JobTask
from crm.models.carves import CarveStage
from crm.models.employers import Employer
from crm.models.users import SYSTEM, Actor
from crm.policy import Role
from crm.services import analyses, carves, skills
from crm.services.carve_banks import EmployerBank, bank_of
from crm.services.matching_inputs import Meanings
from tests.makers import make_actor, make_service
from tests.makers_carves import MOVABLE, make_agreed
from tests.makers_employers import make_employer, make_site
from tests.makers_jobs import make_analysis, make_task


@pytest.fixture
def bakery(session: Session) -> Employer:
    make_service(session)
    return make_employer(session)


@pytest.fixture
def kitchen(session: Session, bakery: Employer) -> JobAnalysis:
    return make_analysis(session, bakery, going_rate=13, hours_week=40)


@pytest.fixture
def tasks(session: Session, kitchen: JobAnalysis) -> list[JobTask]:
    names = ("Fold boxes", "Label trays", "Greet drivers")
    return [make_task(session, kitchen, name, **MOVABLE) for name in names]


def bank(session: Session, bakery: Employer, *posts: JobAnalysis, by: Actor = SYSTEM) -> EmployerBank:
    meanings = Meanings(skills.vocabulary(session))
    wanted = [post.key for post in posts] or None
    return bank_of(session, bakery.key, wanted, meanings, by=by)


def names(found: EmployerBank) -> list[str]:
    return [task.name for task in found.bank.tasks]


def test_without_a_choice_the_tasks_of_every_live_analysis_are_in_it(
    session: Session, bakery: Employer, kitchen: JobAnalysis, tasks: list[JobTask]
):
    shop = make_analysis(session, bakery, "Shop floor")
    make_task(session, shop, "Fill shelves", **MOVABLE)
    gone = make_analysis(session, bakery, "Long gone")
    make_task(session, gone, "Wind the clock", **MOVABLE)
    analyses.archive(session, gone.key, why="Gone", version=gone.version, by=SYSTEM)
    assert set(names(bank(session, bakery))) == {"Fold boxes", "Label trays", "Greet drivers", "Fill shelves"}
    assert names(bank(session, bakery, shop)) == ["Fill shelves"]


def test_a_task_that_a_carved_job_has_taken_is_left_out_and_said(
    session: Session, bakery: Employer, kitchen: JobAnalysis, tasks: list[JobTask]
):
    carve = make_agreed(session, bakery, *tasks[:2])
    found = bank(session, bakery, kitchen)
    assert names(found) == ["Greet drivers"]
    assert found.taken == {task.key: carve.key for task in tasks[:2]}
    assert found.bank.left_out[0].startswith("2 tasks are in another carved job already")


def test_what_a_post_gave_before_counts_as_given(
    session: Session, bakery: Employer, kitchen: JobAnalysis, tasks: list[JobTask]
):
    make_agreed(session, bakery, tasks[0])
    assert bank(session, bakery, kitchen).bank.post_hours == {str(kitchen.key): 30}
    make_agreed(session, bakery, *tasks[1:])
    smaller = make_analysis(session, bakery, "Small post", hours_week=6)
    make_agreed(session, bakery, make_task(session, smaller, **MOVABLE))
    assert bank(session, bakery, smaller).bank.post_hours == {str(smaller.key): 0}


def test_a_carve_that_was_declined_after_all_takes_no_task(
    session: Session, bakery: Employer, kitchen: JobAnalysis, tasks: list[JobTask]
):
    declined = make_agreed(session, bakery, *tasks[:2])
    declined.stage = CarveStage.DECLINED
    session.add(declined)
    session.flush()
    assert len(names(bank(session, bakery, kitchen))) == 3


def test_tasks_of_one_site_are_at_that_site_and_of_two_at_none(session: Session, bakery: Employer):
    mill, shop = make_site(session, bakery, "Mill"), make_site(session, bakery, "Shop")
    first = make_analysis(session, bakery, "Miller", site_id=mill.key, going_rate=12)
    second = make_analysis(session, bakery, "Seller", site_id=shop.key, going_rate=14)
    grind, sweep, sell = (
        make_task(session, post, name, **MOVABLE)
        for post, name in ((first, "Grind"), (first, "Sweep"), (second, "Sell"))
    )
    found = bank(session, bakery)
    assert found.site_of([grind.key, sweep.key]) == mill.key
    assert found.site_of([grind.key, sell.key]) is None
    assert found.going_rate_of([grind.key]) == 12
    assert found.going_rate_of([grind.key, sell.key]) == 14
    assert found.going_rate_of([]) is None


def test_only_this_employers_analyses_can_be_named(session: Session, bakery: Employer, kitchen: JobAnalysis):
    foreign = make_analysis(session, make_employer(session, "Other"))
    with pytest.raises(RuleBrokenError, match="not this employer’s"):
        bank(session, bakery, kitchen, foreign)
    with pytest.raises(RuleBrokenError, match="Choose at least one"):
        bank_of(session, bakery.key, [], Meanings(skills.vocabulary(session)), by=SYSTEM)


def test_who_may_not_see_carved_jobs_sees_no_bank(session: Session, bakery: Employer):
    with pytest.raises(NotAllowedError):
        bank(session, bakery, by=make_actor(Role.ADMINISTRATOR))


def test_a_list_of_unmet_needs_has_no_post_that_has_to_keep_anything(session: Session, bakery: Employer):
    needs = make_analysis(session, bakery, "What nobody gets to", is_unmet_needs=True)
    make_task(session, needs, "Sort the store", **MOVABLE)
    found = bank(session, bakery, needs)
    assert [(task.has_post, task.is_undone) for task in found.bank.tasks] == [(False, True)]
    assert not found.posts[needs.key].is_held


def test_of_a_task_recorded_on_two_visits_the_last_counts_and_that_is_said(
    session: Session, bakery: Employer, kitchen: JobAnalysis, tasks: list[JobTask]
):
    again = make_analysis(session, bakery, analysed_on=date(2026, 11, 9))
    later = make_task(session, again, "Fold boxes", **MOVABLE)
    found = bank(session, bakery)
    assert [task.task_id for task in found.bank.tasks if task.name == "Fold boxes"] == [str(later.key)]
    assert "1 task recorded twice: chosen from as recorded last." in found.bank.left_out
    assert "Fold boxes" in names(bank(session, bakery, kitchen))


def test_a_task_taken_as_it_was_recorded_before_is_taken_as_recorded_now(
    session: Session, bakery: Employer, kitchen: JobAnalysis, tasks: list[JobTask]
):
    carve = make_agreed(session, bakery, tasks[0])
    again = make_analysis(session, bakery, analysed_on=date(2026, 11, 9))
    later = make_task(session, again, "Fold boxes", **MOVABLE)
    assert names(bank(session, bakery, again)) == []
    assert bank(session, bakery, again).taken == {later.key: carve.key}
    assert "Fold boxes" not in names(bank(session, bakery, kitchen))


def test_what_an_agreed_job_became_is_no_further_bank(
    session: Session, bakery: Employer, kitchen: JobAnalysis, tasks: list[JobTask]
):
    carve = make_agreed(session, bakery, tasks[0])
    _, offered = carves.sources(session, bakery.key, by=SYSTEM)
    assert [source.id for source in offered] == [kitchen.key]
    assert carve.analysis_id not in bank(session, bakery).analyses
    carve.stage = CarveStage.DECLINED
    session.add(carve)
    session.flush()
    assert carve.analysis_id not in bank(session, bakery).analyses


def test_a_post_that_was_analysed_twice_is_one_post_with_the_hours_of_the_last_visit(
    session: Session, bakery: Employer, kitchen: JobAnalysis, tasks: list[JobTask]
):
    again = make_analysis(session, bakery, analysed_on=date(2026, 11, 9), hours_week=20)
    make_task(session, again, "Sweep", **MOVABLE)
    found = bank(session, bakery)
    assert {task.job_id for task in found.bank.tasks} == {str(again.key)}
    assert found.bank.post_hours == {str(again.key): 20}
    assert len(found.bank.tasks) == 4


def test_posts_of_one_title_at_two_sites_are_two(session: Session, bakery: Employer):
    for label in ("Mill", "Shop"):
        post = make_analysis(session, bakery, "Cleaner", site_id=make_site(session, bakery, label).key)
        make_task(session, post, "Sweep", **MOVABLE)
    assert len(bank(session, bakery).posts) == 2
