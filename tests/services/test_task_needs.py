"""Tasks that belong together, guesses as ranges, and work that nobody does yet."""

from datetime import date

import pytest
from pydantic import ValidationError
from sqlmodel import Session

from crm.errors import NotAllowedError, RuleBrokenError
from crm.models.analyses import AnalysisMethod, JobAnalysis, JobAnalysisInput, JobTaskInput, UnmetNeedsInput
from crm.models.employers import Employer
from crm.models.users import SYSTEM
from crm.policy import Role
from crm.services import analyses, analysis_rows, task_needs, unmet_needs
from tests.makers import make_actor
from tests.makers_employers import make_employer, make_site
from tests.makers_jobs import TODAY, make_analysis, make_task


@pytest.fixture
def bakery(session: Session) -> Employer:
    return make_employer(session)


@pytest.fixture
def seen(session: Session, bakery: Employer) -> JobAnalysis:
    return make_analysis(session, bakery)


def test_a_task_names_the_tasks_that_it_needs_and_they_know_it(session: Session, seen: JobAnalysis):
    weigh = make_task(session, seen, "Weigh")
    label = make_task(session, seen, "Label", needs_task_ids=[weigh.key])
    assert task_needs.needing(session, weigh, by=SYSTEM) == [label]
    assert task_needs.needing(session, label, by=SYSTEM) == []
    assert task_needs.others(session, seen.key, chosen_by=label, by=SYSTEM) == {weigh.key: "Weigh"}
    assert set(task_needs.others(session, seen.key, chosen_by=None, by=SYSTEM)) == {weigh.key, label.key}


def test_a_task_needs_no_task_of_another_analysis_nor_one_that_is_archived_nor_itself(
    session: Session, bakery: Employer, seen: JobAnalysis
):
    foreign = make_task(session, make_analysis(session, bakery, "Porter"))
    with pytest.raises(RuleBrokenError, match="another job analysis") as caught:
        make_task(session, seen, needs_task_ids=[foreign.key])
    assert caught.value.field == "needs_task_ids"
    own = make_task(session, seen)
    edit = JobTaskInput(name="Fold boxes", needs_task_ids=[own.key])
    with pytest.raises(RuleBrokenError, match="itself"):
        analysis_rows.change_task(session, own.key, edit, version=1, by=SYSTEM)
    analysis_rows.archive_task(session, own.key, why="Gone", version=1, by=SYSTEM)
    with pytest.raises(RuleBrokenError, match="“Fold boxes” is archived"):
        make_task(session, seen, "Label", needs_task_ids=[own.key])


def test_an_archived_task_is_offered_only_where_it_is_needed_already(session: Session, seen: JobAnalysis):
    weigh = make_task(session, seen, "Weigh")
    label = make_task(session, seen, "Label", needs_task_ids=[weigh.key])
    analysis_rows.archive_task(session, weigh.key, why="Gone", version=1, by=SYSTEM)
    assert task_needs.others(session, seen.key, chosen_by=label, by=SYSTEM) == {weigh.key: "Weigh (archived)"}
    assert task_needs.others(session, seen.key, chosen_by=None, by=SYSTEM) == {label.key: "Label"}


def test_a_guess_is_a_range_and_the_total_says_by_how_much_more(session: Session, seen: JobAnalysis):
    guessed = make_task(session, seen, minutes_most=90)
    known = make_task(session, seen, "Label")
    untimed = make_task(session, seen, "Sweep", times_a_week=None, minutes_most=90)
    assert (guessed.hours_week, guessed.hours_most) == (5.0, 7.5)
    assert (known.hours_most, untimed.hours_most) == (5.0, None)
    total = analysis_rows.total_of([guessed, known, untimed])
    assert (total.hours, total.more, total.untimed) == (10.0, 2.5, 1)


def test_the_upper_end_of_a_guess_has_a_lower_end():
    with pytest.raises(ValidationError, match="lower end"):
        JobTaskInput(name="X", hourly_cost_most=14)


def test_unmet_needs_are_a_list_without_a_post_and_stay_one(session: Session, bakery: Employer):
    site = make_site(session, bakery)
    new = UnmetNeedsInput(title="Work nobody does yet", site_id=site.key, analysed_on=TODAY)
    row = unmet_needs.start(session, bakery.key, new, by=SYSTEM, today=TODAY)
    assert (row.is_unmet_needs, row.method, row.site_id) == (True, AnalysisMethod.INTERVIEWED, site.key)
    whole = JobAnalysisInput(title="Renamed", analysed_on=TODAY, conditions="Cold")
    analyses.change(session, row.key, whole, version=1, by=SYSTEM, today=TODAY)
    assert row.is_unmet_needs
    edit = UnmetNeedsInput(title="Again", analysed_on=TODAY)
    unmet_needs.change(session, row.key, edit, version=2, by=SYSTEM, today=TODAY)
    assert (row.title, row.site_id, row.conditions, row.is_unmet_needs) == ("Again", None, "Cold", True)


def test_a_post_does_not_become_a_list_of_unmet_needs(session: Session, seen: JobAnalysis):
    edit = JobAnalysisInput(title="X", analysed_on=TODAY, is_unmet_needs=True)
    assert not analyses.change(session, seen.key, edit, version=1, by=SYSTEM, today=TODAY).is_unmet_needs


def test_unmet_needs_are_asked_in_the_past_and_by_those_who_may(session: Session, bakery: Employer):
    later = UnmetNeedsInput(title="X", analysed_on=date(2027, 1, 1))
    with pytest.raises(RuleBrokenError):
        unmet_needs.start(session, bakery.key, later, by=SYSTEM, today=TODAY)
    new = UnmetNeedsInput(title="X", analysed_on=TODAY)
    with pytest.raises(NotAllowedError):
        unmet_needs.start(session, bakery.key, new, by=make_actor(Role.AUDITOR), today=TODAY)
