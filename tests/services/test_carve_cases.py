"""The business case of a carved job: kept, versioned, figures traced to tasks, and what it still needs."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from pydantic import ValidationError
from sqlmodel import Session, select

from crm.errors import NotAllowedError, NotFoundError, RuleBrokenError, StaleFormError
from crm.models.analyses import JobTask
from crm.models.carve_cases import CarveCase, CarveCaseInput
from crm.models.carves import JobCarve
from crm.models.users import SYSTEM, Actor
from crm.policy import Role
from crm.services import analysis_rows, carve_case_words, carve_cases, carve_figures, carves, records
from crm.services.carve_ranges import Printed
from crm.services.carve_sums import Figure
from tests.makers import make_actor, make_service, make_user
from tests.makers_cases import TASKS, TODAY, make_carve


@pytest.fixture
def coach(session: Session) -> Actor:
    make_service(session)
    return make_user(session, Role.JOB_COACH, name="Rosa Lind").as_actor()


@pytest.fixture
def carve(session: Session, coach: Actor) -> JobCarve:
    """Two tasks with a guess in them, one without a cost, and one that nobody gets to."""
    return make_carve(session, *TASKS)


def case_of(**values: object) -> CarveCaseInput:
    return CarveCaseInput.model_validate(values)


def save(
    session: Session, carve: JobCarve, by: Actor = SYSTEM, version: int = 0, **values: object
) -> CarveCase:
    return carve_cases.save(session, carve.key, case_of(**values), version=version, by=by, today=TODAY)


def ends(figure: Figure) -> tuple[Decimal, Decimal]:
    assert figure.value is not None
    return figure.value.least, figure.value.most


def test_a_case_is_begun_kept_and_changed(session: Session, carve: JobCarve, coach: Actor):
    assert carve_cases.find(session, carve.key, by=coach) is None
    begun = save(session, carve, coach, need="Boxes pile up.")
    assert carve_cases.find(session, carve.key, by=coach) == begun
    save(session, carve, coach, begun.version, need="Boxes and labels.", risks="None found")
    found = carve_cases.find(session, carve.key, by=coach)
    assert found is not None
    assert (found.id, found.need, found.risks) == (begun.id, "Boxes and labels.", "None found")


def test_two_who_begin_a_case_at_once_do_not_write_over_each_other(
    session: Session, carve: JobCarve, coach: Actor
):
    save(session, carve, coach, need="First")
    with pytest.raises(StaleFormError) as stale:
        save(session, carve, coach, need="Second")
    assert [change.field for change in stale.value.changes] == ["need"]


def test_staff_are_not_consulted_in_the_future(session: Session, carve: JobCarve):
    with pytest.raises(RuleBrokenError, match="still to come"):
        save(session, carve, consulted_on=date(2026, 11, 27))
    save(session, carve, consulted_on=TODAY)


def test_an_archived_carved_job_keeps_its_case_as_it_is(session: Session, carve: JobCarve, coach: Actor):
    carves.archive(session, carve.key, why="No", version=carve.version, by=coach)
    with pytest.raises(NotAllowedError):
        save(session, carve, coach, need="More")


def test_there_is_no_case_of_a_carved_job_that_does_not_exist(session: Session):
    with pytest.raises(NotFoundError):
        carve_cases.save(session, 99, case_of(), version=0, by=SYSTEM, today=TODAY)


@pytest.mark.parametrize("act", [carve_cases.find, carve_figures.figures])
def test_who_may_not_see_carved_jobs_sees_no_case(
    session: Session, carve: JobCarve, act: Callable[..., object]
):
    of = carve.key if act is carve_cases.find else carve
    with pytest.raises(NotAllowedError):
        act(session, of, by=make_actor(Role.ADMINISTRATOR))


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"overtime_hours": 3, "overtime_hours_most": 2}, "upper end"),
        ({"agency_rate_most": 2}, "upper end"),
        ({"on_costs_percent": 101}, "percent"),
        ({"once_cost": -1}, "£100,000"),
    ],
)
def test_a_range_that_is_none_is_refused(values: dict[str, object], words: str):
    with pytest.raises(ValidationError, match=words):
        case_of(**values)


def test_the_figures_are_what_a_calculator_says(session: Session, carve: JobCarve, coach: Actor):
    save(
        session,
        carve,
        overtime_hours=2,
        overtime_hours_most=4,
        overtime_rate=20,
        on_costs_percent=10,
        on_costs_percent_most=20,
        once_cost=60,
        once_for="Shoes",
    )
    found = carve_figures.figures(session, carve, by=coach)
    assert ends(found.freed_hours) == (Decimal("8.67"), Decimal("9.50"))
    # 1.67 to 2.5 hours × £15.50, and 4 hours × £15.50 to £18.00
    assert ends(found.freed_cost) == (Decimal("87.83"), Decimal("110.75"))
    # The same hours × £2.50, and × £2.50 to £5.00
    assert ends(found.difference) == (Decimal("14.17"), Decimal("26.25"))
    assert ends(found.wage) == (Decimal("138.67"), Decimal("149.50"))
    assert ends(found.wage_with_on_costs) == (Decimal("152.54"), Decimal("179.40"))
    assert ends(found.undone_hours) == (2, 2)
    assert ends(found.overtime) == (40, 80)
    assert found.agency.value is None
    assert ends(found.once) == (60, 60)
    assert [(line.name, line.value.least) for line in found.by_who.lines] == [
        ("Packers", Decimal("8.67")),
        ("Nobody", Decimal("2.00")),
    ]


def test_a_cost_that_is_not_recorded_is_named_and_the_figure_is_from(
    session: Session, carve: JobCarve, coach: Actor
):
    found = carve_figures.figures(session, carve, by=coach)
    assert found.freed_cost.left_out == found.difference.left_out == ("Greet drivers",)
    assert found.freed_cost.is_from
    assert "Greet drivers" not in [line.name for line in found.freed_cost.lines]


def test_a_cost_of_nothing_is_a_cost_not_recorded(session: Session, coach: Actor):
    carve = make_carve(session, {"name": "Fold boxes", "current_hourly_cost": 0})
    found = carve_figures.figures(session, carve, by=coach)
    assert (found.freed_cost.value, found.freed_cost.left_out) == (None, ("Fold boxes",))


def test_a_new_pay_above_the_cost_makes_a_difference_below_nothing(session: Session, coach: Actor):
    carve = make_carve(session, {"name": "Fold boxes", "current_hourly_cost": 12.8}, pay_hourly=13.0)
    found = carve_figures.figures(session, carve, by=coach)
    assert ends(found.difference) == (-1, -1)
    assert carve_case_words.difference_a_week(found.difference.value) == "£1.00 a week more than now"


def test_every_line_of_a_task_leads_to_its_job_analysis(session: Session, carve: JobCarve, coach: Actor):
    found = carve_figures.figures(session, carve, by=coach)
    for figure in (found.freed_hours, found.freed_cost, found.difference, found.wage, found.undone_hours):
        assert all(line.analysis_id for line in figure.lines)
    assert found.freed_cost.lines[0].working == "5 times × 20 to 30 minutes × £15.50 an hour"
    assert found.freed_cost.lines[1].who == "Packers"


def test_hours_that_are_no_longer_those_of_the_task_are_said_as_kept(
    session: Session, carve: JobCarve, coach: Actor
):
    task = session.exec(select(JobTask).where(JobTask.name == "Wash baskets")).one()
    records.change(session, task, {"minutes_each": 60.0}, version=task.version)
    found = carve_figures.figures(session, carve, by=coach)
    assert (found.undone_hours.lines[0].working, ends(found.undone_hours)) == ("2 hours, as kept", (2, 2))


def test_a_task_that_lost_its_times_counts_with_the_hours_kept(
    session: Session, carve: JobCarve, coach: Actor
):
    task = session.exec(select(JobTask).where(JobTask.name == "Wash baskets")).one()
    records.change(session, task, {"minutes_each": None}, version=task.version)
    assert ends(carve_figures.figures(session, carve, by=coach).undone_hours) == (2, 2)


def test_work_of_a_list_of_unmet_needs_frees_nobody(session: Session, coach: Actor):
    carve = make_carve(session, {"name": "Water plants", "backlog": "unknown"})
    (task, post, _), *_ = carves.tasks(session, carve.key, by=coach)
    records.change(session, post, {"is_unmet_needs": True}, version=post.version)
    found = carve_figures.figures(session, carve, by=coach)
    assert (ends(found.freed_hours), ends(found.undone_hours)) == ((0, 0), (5, 5))
    assert found.freed_cost.value is None
    assert task.name in found.by_who.lines[0].working


def test_a_carved_job_without_tasks_or_pay_has_no_figures(session: Session, coach: Actor):
    carve = make_carve(session, pay_hourly=None)
    found = carve_figures.figures(session, carve, by=coach)
    assert all(getattr(found, name).value is None for name in type(found).__slots__)


def test_without_pay_there_is_neither_wage_nor_difference_and_the_rest_stays(session: Session, coach: Actor):
    found = carve_figures.figures(session, make_carve(session, *TASKS, pay_hourly=None), by=coach)
    assert (found.wage.value, found.difference.value) == (None, None)
    assert found.freed_cost.value is not None


def test_a_task_that_is_put_aside_stays_in_the_figures_of_what_was_kept(
    session: Session, carve: JobCarve, coach: Actor
):
    task = session.exec(select(JobTask).where(JobTask.name == "Wash baskets")).one()
    analysis_rows.archive_task(session, task.key, why="Gone", version=task.version, by=coach)
    assert ends(carve_figures.figures(session, carve, by=coach).undone_hours) == (2, 2)


def test_a_proposal_needs_everything_of_a_case_that_was_not_begun(session: Session, carve: JobCarve):
    said = carve_cases.missing(None, carve)
    assert len(said) == 8
    assert all(sentence.endswith(".") for sentence in said)
    assert not [sentence for sentence in said if "pays an hour" in sentence]


def test_a_case_that_says_everything_leaves_nothing_to_record(session: Session, coach: Actor):
    facts = {"going_rate": 13.0, "supervisor": "Shift leader", "coworker_contact": "Beside the packers"}
    carve = make_carve(session, *TASKS, **facts)
    texts = dict.fromkeys(("need", "support", "support_fades", "risks", "consulted_who"), "Said")
    assert carve_cases.missing(save(session, carve, **texts, consulted_on=TODAY), carve) == ()
    case = save(session, carve, version=1, **texts)
    assert carve_cases.missing(case, carve) == (
        "Say who of the staff who work there was consulted, and on which day.",
    )


@pytest.mark.parametrize(
    ("least", "most", "is_from", "words"),
    [
        ("31.5", "36", False, "£31.50 to £36.00 a week"),
        ("31.5", "31.5", False, "£31.50 a week"),
        ("31.5", "36", True, "from £31.50 a week"),
        ("-5", "-3", False, "£3.00 to £5.00 a week more than now"),
        ("-3", "5", False, "between £3.00 a week more than now and £5.00 less"),
        ("-3", "5", True, "from £3.00 a week more than now"),
        ("-5", "-3", True, "from £5.00 a week more than now"),
    ],
)
def test_a_difference_is_said_with_its_direction(least: str, most: str, is_from: bool, words: str):
    value = Printed(Decimal(least), Decimal(most))
    assert carve_case_words.difference_a_week(value, is_from=is_from) == words


def test_nothing_recorded_is_never_nothing_to_pay():
    words = carve_case_words
    said = (words.difference_a_week(None), words.pounds_a_week(None), words.hours_a_week(None))
    assert set(said) == {"Not recorded"}


def test_hours_and_pounds_are_said_without_needless_decimals():
    words, value = carve_case_words, Printed(Decimal("1.00"), Decimal("1.50"))
    assert words.hours(value) == "1 to 1.5 hours"
    assert words.hours(Printed(Decimal(1), Decimal(1))) == "1 hour"
    assert words.pounds(Printed(Decimal(-2), Decimal(1200))) == "-£2.00 to £1,200.00"


def test_tasks_that_are_not_counted_are_named():
    assert carve_case_words.left_out(()) == ""
    assert carve_case_words.left_out(("Fold",)).startswith("1 task is not counted")
    assert "2 tasks are not counted" in carve_case_words.left_out(("Fold", "Cut"))
