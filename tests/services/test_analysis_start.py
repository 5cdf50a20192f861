"""What is recorded in the first five minutes: usual times stay apart, and nothing that counts sees them."""

import pytest
from sqlmodel import Session, select

from crm.errors import NotAllowedError, RuleBrokenError
from crm.models.analyses import JobAnalysis, JobTask, Nature, SupportState, WorkplaceSupport
from crm.models.analysis_start import AnalysisStart, TickedTask
from crm.models.carves import CarveWish
from crm.models.employers import Employer
from crm.models.users import SYSTEM
from crm.policy import Role
from crm.services import analysis_rows, analysis_start, carve_building, drafts
from crm.services.drafts import Draft
from tests.makers import make_actor, make_service, make_user
from tests.makers_employers import make_employer
from tests.makers_jobs import TODAY
from tests.makers_people import make_seeker


@pytest.fixture
def shop(session: Session) -> Employer:
    make_service(session)
    return make_employer(session)


def begin(session: Session, shop: Employer, *ticked: TickedTask, **values: object) -> JobAnalysis:
    new = AnalysisStart.model_validate({"title": "Filler", "tasks": list(ticked)} | values)
    return analysis_start.start(session, shop.key, "shelf-filler", new, by=SYSTEM, today=TODAY)


def ticked(place: int = 0, **values: object) -> TickedTask:
    return TickedTask.model_validate({"place": place, "times": 5, "minutes": 120} | values)


def tasks(session: Session) -> list[JobTask]:
    return list(session.exec(select(JobTask)))


def test_a_time_that_nobody_confirmed_is_unknown_whatever_was_typed(session: Session, shop: Employer):
    begin(session, shop, ticked(times=3))
    (task,) = tasks(session)
    assert (task.times_a_week, task.minutes_each, task.hours_week) == (None, None, None)
    assert task.is_assumed
    assert (task.usual_times, task.usual_minutes, task.usual_hours) == (5, 120, 10)


def test_hours_that_are_only_usual_are_told_and_never_added(session: Session, shop: Employer):
    analysis = begin(session, shop, ticked(), ticked(1, is_confirmed=True, minutes=60))
    total = analysis_rows.total_of(analysis_rows.tasks(session, analysis.key, by=SYSTEM))
    assert (total.hours, total.untimed, total.usual) == (5, 1, 10)


def test_nothing_is_carved_from_a_time_that_is_only_usual(session: Session, shop: Employer):
    person = make_seeker(session)
    analysis = begin(session, shop, ticked(is_confirmed=True), ticked(1, could_move=True))
    wish = CarveWish(analysis_ids=[analysis.key], goal=16, pay_hourly=12.71)
    for each in tasks(session):
        each.nature = Nature.SOCIAL
    session.flush()
    before = carve_building.for_one(session, shop.key, person.key, wish, by=SYSTEM, today=TODAY).jobs[0]
    assert not before.carve.tasks
    assert any("hours" in warning for warning in before.carve.warnings)
    task = next(one for one in tasks(session) if one.is_assumed)
    analysis_rows.confirm_usual(session, task.key, version=task.version, by=SYSTEM)
    after = carve_building.for_one(session, shop.key, person.key, wish, by=SYSTEM, today=TODAY).jobs[0]
    assert [round(one.hours_week, 2) for one in after.carve.tasks] == [2.5]


def test_a_confirmed_time_is_not_confirmed_twice(session: Session, shop: Employer):
    begin(session, shop, ticked(is_confirmed=True))
    with pytest.raises(RuleBrokenError, match="recorded already"):
        analysis_rows.confirm_usual(session, tasks(session)[0].key, version=1, by=SYSTEM)


def test_a_support_that_nobody_saw_is_not_recorded(session: Session, shop: Employer):
    begin(session, shop, ticked(), supports={"routine": "exists", "technology": "unknown"})
    (row,) = session.exec(select(WorkplaceSupport))
    assert (row.kind, row.state, row.is_confirmed) == ("routine", SupportState.EXISTS, False)


def test_an_analysis_without_tasks_or_with_one_that_is_not_the_roles_is_refused(
    session: Session, shop: Employer
):
    with pytest.raises(RuleBrokenError, match="at least one task"):
        begin(session, shop)
    with pytest.raises(RuleBrokenError, match="not in the library any more"):
        begin(session, shop, ticked(99))


def test_somebody_who_may_not_record_analyses_starts_none(session: Session, shop: Employer):
    new = AnalysisStart(title="Filler", tasks=[ticked()])
    auditor = make_actor(Role.AUDITOR)
    with pytest.raises(NotAllowedError):
        analysis_start.start(session, shop.key, "shelf-filler", new, by=auditor, today=TODAY)


def test_fields_of_the_page_become_the_tasks_that_are_ticked():
    typed = {"0:done": True, "0:times": 2.0, "1:done": False, "1:times": 5.0, "own0:name": "Sweep"}
    new = AnalysisStart.model_validate({"title": "A", "tasks": typed})
    assert [(one.place, one.name, one.times, one.is_confirmed) for one in new.tasks] == [
        (0, None, 2, False),
        (None, "Sweep", None, True),
    ]


def test_a_task_of_ones_own_needs_a_name():
    with pytest.raises(ValueError, match="Say what is done"):
        AnalysisStart.model_validate({"title": "A", "tasks": {"own0:times": 5.0}})


def test_what_somebody_began_is_told_to_them_alone(session: Session):
    me, other = make_user(session).as_actor(), make_user(session).as_actor()
    drafts.keep(session, "analysis-start-barista", "new-7", Draft({}, 0), by=me)
    drafts.keep(session, "task", "new-7", Draft({}, 0), by=me)
    session.flush()
    assert drafts.begun(session, "analysis-start-", by=me) == [("analysis-start-barista", "new-7")]
    assert drafts.begun(session, "analysis-start-", by=other) == []
