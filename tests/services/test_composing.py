"""A job composed by hand: what can be chosen, what it comes to beside a person, and what is kept of it."""

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError
from sqlmodel import Session, col, select

from crm.audit import write_entries
from crm.errors import NotAllowedError, NotFoundError, RuleBrokenError, StaleFormError
from crm.models.analyses import JobAnalysis, JobTask, WorkplaceSupportInput
from crm.models.audit import AuditEntry
from crm.models.carves import CarveKind, CarveMade, CarveStage, CarveTask, HandChoice, JobCarve
from crm.models.employers import Employer
from crm.models.users import SYSTEM, Actor
from crm.policy import Answer, Role
from crm.services import (
    analysis_rows,
    carves,
    composing,
    composing_bank,
    composing_keeping,
    composing_pay,
    composing_people,
    composing_steps,
)
from crm.services.composing import Composed
from crm.services.composing_bank import HandBank
from crm.services.composing_people import Cover
from crm.services.composing_steps import Plan, Steps
from crm.services.overlays import Stand
from tests.makers import make_actor, make_service, make_user
from tests.makers_carves import make_agreed
from tests.makers_employers import make_employer
from tests.makers_jobs import TODAY, make_analysis, make_task
from tests.makers_people import WEEK, make_need, make_profile, make_seeker
from tests.makers_stages import edit_carve
from tests.services.test_task_bank import make_carve

MOVABLE: dict[str, Any] = {"need": "could_move", "nature": "social", "current_hourly_cost": 15}


@pytest.fixture
def coach(session: Session) -> Actor:
    make_service(session)
    return make_user(session, Role.JOB_COACH, name="Rosa Lind").as_actor()


@pytest.fixture
def bakery(session: Session, coach: Actor) -> Employer:
    return make_employer(session)


@pytest.fixture
def post(session: Session, bakery: Employer) -> JobAnalysis:
    return make_analysis(session, bakery, "Packer", going_rate=13, hours_week=40, demands={"noise": 2})


@pytest.fixture
def boxes(session: Session, post: JobAnalysis) -> JobTask:
    return make_task(session, post, "Fold boxes", **MOVABLE)


@pytest.fixture
def trays(session: Session, post: JobAnalysis) -> JobTask:
    return make_task(session, post, "Label trays", **MOVABLE)


def read(session: Session, employer: Employer) -> HandBank:
    return composing_bank.read(session, employer.key, by=SYSTEM)


def look(session: Session, employer: Employer, *tasks: JobTask, **choice: Any) -> Composed:
    chosen = HandChoice.model_validate({"task_ids": [task.key for task in tasks], **choice})
    return composing.look_again(session, employer.key, chosen, by=SYSTEM, today=TODAY)


def keep(session: Session, employer: Employer, *tasks: JobTask, by: Actor, **choice: Any) -> JobCarve:
    found = look(session, employer, *tasks, **choice)
    seen = found.bank.seen(found.choice.task_ids)
    return composing_keeping.keep(session, employer.key, found.choice, seen=seen, by=by, today=TODAY)


def change(session: Session, carve: JobCarve, *tasks: JobTask, by: Actor, **options: Any) -> JobCarve:
    choice = HandChoice(task_ids=[task.key for task in tasks])
    bank = composing_bank.read(session, carve.employer_id, by=by)
    version = options.pop("version", carve.version)
    return composing_keeping.change(
        session,
        carve.key,
        choice,
        seen=bank.seen(choice.task_ids),
        version=version,
        by=by,
        today=TODAY,
    )


def test_what_could_move_is_offered_once_and_what_is_not_is_counted_with_its_reason(
    session: Session, bakery: Employer, post: JobAnalysis, boxes: JobTask
):
    make_task(session, post, "Bake bread")
    make_task(session, post, "Sweep", need="could_move", times_a_week=None)
    again = make_analysis(session, bakery, "packer", analysed_on=date(2026, 11, 20))
    new = make_task(session, again, "Fold boxes", need="could_move", times_a_week=6)
    found = read(session, bakery)
    assert [(key, one.hours) for key, one in found.offers.items()] == [(new.key, 6.0)]
    assert found.left_out[:2] == [
        "Not offered: 1 task that nobody said could move out of the post.",
        "1 task recorded twice: chosen from as recorded last.",
    ]
    assert "Hours are missing for 1 task that could move" in found.left_out[2]
    assert list(found.posts.values()) == ["packer"]


def test_what_a_post_gave_before_counts_as_given_whoever_chooses(
    session: Session, bakery: Employer, post: JobAnalysis, boxes: JobTask
):
    long: dict[str, Any] = {**MOVABLE, "minutes_each": 180}
    big = make_task(session, post, "Sort deliveries", **long)
    (alone,) = look(session, bakery, big).measured.posts
    assert (alone.hours, alone.taken, alone.too_many) == (40, 15, 0)
    make_agreed(session, bakery, boxes, make_task(session, post, "Wash up", **MOVABLE))
    found = look(session, bakery, big)
    (left,) = found.measured.posts
    assert (left.hours, left.given, left.taken, left.left, left.too_many) == (40, 10, 15, 15, 5)
    assert any("leave 5 hours more with it" in sentence for sentence in found.broken)


def test_a_task_that_a_carved_job_has_taken_is_shown_and_cannot_be_chosen(
    session: Session, bakery: Employer, boxes: JobTask, trays: JobTask, coach: Actor
):
    carve = make_carve(session, bakery, boxes)
    found = look(session, bakery, boxes, trays)
    assert found.bank.offers[boxes.key].taken_by == carve.key
    assert [one.task.key for one in found.chosen] == [trays.key]
    with pytest.raises(RuleBrokenError, match="cannot be chosen any more"):
        keep(session, bakery, boxes, trays, by=coach)


def test_people_are_found_by_name_and_whoever_is_chosen_stays_in_the_list(session: Session, bakery: Employer):
    amara = make_seeker(session)
    make_seeker(session, "Zoë Kerr")
    make_seeker(session, "Gone Away", status="exited")
    everybody = composing_people.names(session, "", also=None, by=SYSTEM)
    assert list(everybody.values()) == ["Amara Nwosu", "Zoë Kerr"]
    found = composing_people.names(session, "zoe", also=amara.key, by=SYSTEM)
    assert list(found.values()) == ["Amara Nwosu", "Zoë Kerr"]


def test_somebody_of_whom_there_is_no_record_is_said_to_be_not_found(session: Session, bakery: Employer):
    assert composing_people.names(session, "zzz", also=999_999, by=SYSTEM) == {
        999_999: "Not found: choose somebody else"
    }


def test_nobody_is_composed_for_who_does_not_look_for_work(
    session: Session, bakery: Employer, boxes: JobTask
):
    gone = make_seeker(session, status="exited")
    with pytest.raises(NotFoundError, match="does not look for work"):
        look(session, bakery, boxes, seeker_id=gone.key)


def test_demands_stand_beside_what_works_for_the_person(
    session: Session, bakery: Employer, post: JobAnalysis, boxes: JobTask
):
    lifting = make_task(
        session,
        session.get_one(JobAnalysis, boxes.analysis_id),
        "Lift sacks",
        demands={"lifting": 3},
        **MOVABLE,
    )
    amara = make_seeker(session)
    make_profile(
        session, amara, abilities={"noise": 1, "reading": 2}, ability_supports={"noise": "Ear plugs"}
    )
    found = look(session, bakery, boxes, lifting, seeker_id=amara.key)
    assert [(row.key, row.asked, row.stand) for row in found.demands] == [
        ("noise", 2, Stand.MEASURE),
        ("lifting", 3, Stand.PERSON_NOT_ASKED),
    ]
    assert found.demands[0].measure.startswith("Ear plugs.")
    assert [row.asked for row in look(session, bakery, boxes).demands] == [2]


def test_supports_of_the_posts_stand_beside_what_the_person_needs(
    session: Session, bakery: Employer, post: JobAnalysis, boxes: JobTask
):
    for kind, state in (
        ("named_buddy", "could_be_facilitated"),
        ("routine", "exists"),
        ("induction", "not_available"),
    ):
        new = WorkplaceSupportInput.model_validate({"kind": kind, "state": state, "who": "Ada"})
        analysis_rows.add_support(session, post.key, new, by=SYSTEM, today=TODAY)
    amara = make_seeker(session)
    for kind, cover in (("named_buddy", "no"), ("technology", "no"), ("induction", "yes")):
        make_need(session, amara, kind, personal_cover=cover)
    found = look(session, bakery, boxes, seeker_id=amara.key).supports
    assert [(row.kind, row.cover, row.is_needed) for row in found] == [
        ("induction", Cover.OWN_CIRCLE, True),
        ("named_buddy", Cover.COULD_BE_FACILITATED, True),
        ("technology", Cover.NOT_ASKED, True),
        ("routine", Cover.EXISTS, False),
    ]
    assert (found[0].who, found[2].who) == ("Ada", None)
    assert [row.is_needed for row in look(session, bakery, boxes).supports] == [False, False, False]


def test_the_hours_of_the_person_come_before_the_goal_that_is_typed(
    session: Session, bakery: Employer, boxes: JobTask
):
    amara = make_seeker(session)
    make_profile(session, amara, hours_goal=4, build_up_plan="4 now", availability=WEEK[:1])
    found = look(session, bakery, boxes, seeker_id=amara.key, goal=20)
    assert (found.measured.goal, found.measured.short) == (4, 0)
    assert found.who is not None
    assert (found.who.build_up_plan, len(found.who.free)) == ("4 now", 1)
    assert look(session, bakery, boxes, goal=20).measured.short == 15


def test_facts_that_somebody_may_not_see_are_not_read_for_them(
    session: Session, bakery: Employer, boxes: JobTask, monkeypatch: pytest.MonkeyPatch
):
    amara = make_seeker(session)
    make_profile(session, amara, hours_goal=4, abilities={"noise": 1})
    monkeypatch.setattr(composing_people, "hidden_fields", lambda *_, **__: {"abilities": Answer.DENY})
    found = look(session, bakery, boxes, seeker_id=amara.key)
    assert found.who is not None
    assert (found.who.is_hidden, found.measured.goal) == (True, 16)
    assert [row.stand for row in found.demands] == [Stand.PERSON_NOT_ASKED]


@pytest.mark.parametrize(
    ("pay", "broken"),
    [
        (12.0, ["minimum wage of £12.71", "going rate of £13.00"]),
        (12.8, ["going rate of £13.00"]),
        (13, []),
    ],
)
def test_pay_below_the_minimum_wage_or_the_going_rate_holds_it_back(
    session: Session, bakery: Employer, boxes: JobTask, pay: float, broken: list[str]
):
    found = look(session, bakery, boxes, pay_hourly=pay)
    assert all(words in said for words, said in zip(broken, found.pay.broken, strict=True))
    assert set(found.pay.broken) <= set(found.broken)


def test_without_a_rate_loaded_or_recorded_it_cannot_be_judged(session: Session, bakery: Employer):
    task = make_task(session, make_analysis(session, bakery), **MOVABLE)
    chosen = read(session, bakery).chosen([task.key])
    found = composing_pay.check(5, chosen, date(2031, 1, 1))
    assert found.broken == ()
    assert "No minimum wage is loaded for 1 January 2031" in found.said[0]
    assert "No going rate is recorded" in found.said[1]
    assert "No pay is given yet" in composing_pay.check(None, chosen, TODAY).said[2]


def test_an_idea_is_kept_with_figures_worked_out_here_and_with_what_it_breaks(
    session: Session, bakery: Employer, boxes: JobTask, trays: JobTask, coach: Actor
):
    amara = make_seeker(session, "Very Findable")
    kept = keep(session, bakery, boxes, trays, by=coach, seeker_id=amara.key, pay_hourly=12.8)
    assert (kept.made, kept.kind, kept.stage) == (CarveMade.BY_HAND, CarveKind.CARVED, CarveStage.IDEA)
    assert (kept.hours_week, kept.skilled_hours_freed, kept.cost_difference_week) == (10, 10, 22)
    assert (kept.new_wage_week, kept.going_rate, kept.seeker_id) == (128, 13, amara.key)
    assert any("going rate" in warning for warning in kept.warnings)
    assert "Findable" not in kept.title + repr(kept.carve_seen)
    assert {task.name for task, _, _ in carves.tasks(session, kept.key, by=coach)} == {
        "Fold boxes",
        "Label trays",
    }


def test_work_that_nobody_does_makes_a_job_that_is_created(
    session: Session, bakery: Employer, post: JobAnalysis, coach: Actor
):
    needs = make_analysis(session, bakery, "Left undone", is_unmet_needs=True)
    sort = make_task(session, needs, "Sort stock", **MOVABLE)
    late = make_task(session, post, "Clean racks", backlog="undone", **MOVABLE)
    kept = keep(session, bakery, sort, late, by=coach)
    assert (kept.kind, kept.seeker_id, kept.undone_work_hours) == (CarveKind.CREATED, None, 10)
    found = look(session, bakery, sort)
    assert (found.measured.posts, found.supports, found.chosen[0].has_holder) == ((), [], False)


def test_a_choice_without_a_task_or_with_a_senseless_goal_is_refused(
    session: Session, bakery: Employer, coach: Actor
):
    with pytest.raises(RuleBrokenError, match="No task is chosen"):
        keep(session, bakery, by=coach)
    with pytest.raises(ValidationError, match="between 1 and 80"):
        HandChoice(goal=0)


def test_a_bank_that_has_changed_is_refused_with_what_changed(
    session: Session, bakery: Employer, post: JobAnalysis, boxes: JobTask, trays: JobTask, coach: Actor
):
    gone, taken = (make_task(session, post, name, **MOVABLE) for name in ("Mop", "Wash"))
    found = look(session, bakery, boxes, trays, gone, taken)
    seen = found.bank.seen(found.choice.task_ids)
    assert composing_bank.changes_since(found.bank, seen) == []
    boxes.minutes_each, trays.done_by = 30, "Ada"
    session.flush()
    analysis_rows.archive_task(session, gone.key, why="Gone", version=gone.version, by=SYSTEM)
    make_carve(session, bakery, taken)
    with pytest.raises(RuleBrokenError) as refused:
        composing_keeping.keep(session, bakery.key, found.choice, seen=seen, by=coach, today=TODAY)
    assert str(refused.value) == (
        "Fold boxes takes 2.5 hours a week now, not 5 hours. "
        "Label trays, or the post that it comes from, was changed. "
        "Mop is not among the tasks that could move any more. "
        "Wash now belongs to another carved job. "
        "Look at what it comes to now, then keep it again."
    )


def test_an_idea_is_composed_further_and_its_tasks_change_with_a_trace(
    session: Session, bakery: Employer, boxes: JobTask, trays: JobTask, coach: Actor
):
    kept = keep(session, bakery, boxes, by=coach, pay_hourly=13)
    assert composing_keeping.plan_of(session, kept, by=coach) == Plan(None, "16", "13.00", (boxes.key,))
    change(session, kept, trays, by=coach)
    assert [task.key for task, _, _ in carves.tasks(session, kept.key, by=coach)] == [trays.key]
    assert composing_keeping.plan_of(session, kept, by=coach) == Plan(None, "16", "", (trays.key,))
    assert change(session, kept, trays, by=coach).version == 2
    changed = change(session, kept, boxes, trays, by=coach)
    assert (changed.hours_week, changed.version) == (10, 3)
    rows = session.exec(select(CarveTask).where(CarveTask.carve_id == kept.key).order_by(col(CarveTask.id)))
    assert [(row.task_id, row.archived_at) for row in rows] == [(boxes.key, None), (trays.key, None)]
    write_entries(session)
    told = session.exec(
        select(AuditEntry.action)
        .where(col(AuditEntry.record_kind) == "CarveTask")
        .order_by(col(AuditEntry.id))
    )
    assert sorted(told) == ["add", "add", "archive", "change"]


def test_a_title_and_a_going_rate_that_staff_typed_stay_when_it_is_composed_further(
    session: Session, bakery: Employer, coach: Actor
):
    post = make_analysis(session, bakery, "Porter", hours_week=40, going_rate=None)
    lift, carry = (make_task(session, post, name, **MOVABLE) for name in ("Lift", "Carry"))
    kept = keep(session, bakery, lift, by=coach)
    assert change(session, kept, carry, by=coach).title == "Carry"
    edit_carve(session, kept, by=coach, title="Goods assistant", going_rate=14.0)
    changed = change(session, kept, lift, carry, by=coach)
    assert (changed.title, changed.going_rate) == ("Goods assistant", 14.0)


def test_whoever_saves_second_is_told_and_nothing_is_overwritten(
    session: Session, bakery: Employer, boxes: JobTask, trays: JobTask, coach: Actor
):
    kept = keep(session, bakery, boxes, by=coach)
    change(session, kept, trays, by=coach)
    with pytest.raises(StaleFormError):
        change(session, kept, boxes, by=coach, version=1)


def test_what_is_past_needs_confirmed_or_archived_is_not_composed_further(
    session: Session, bakery: Employer, boxes: JobTask, coach: Actor
):
    proposed = make_carve(session, bakery, boxes, stage=CarveStage.PROPOSAL)
    with pytest.raises(RuleBrokenError, match="past “needs confirmed”"):
        composing_keeping.open_carve(session, proposed.key, by=coach)
    idea = make_carve(session, bakery, boxes, stage=CarveStage.IDEA)
    carves.archive(session, idea.key, why="Twice", version=idea.version, by=coach)
    with pytest.raises(NotAllowedError):
        composing_keeping.open_carve(session, idea.key, by=coach)


def test_an_auditor_keeps_nothing(session: Session, bakery: Employer, boxes: JobTask):
    with pytest.raises(NotAllowedError):
        keep(session, bakery, boxes, by=make_actor(Role.AUDITOR))


def test_steps_go_back_and_forth_and_a_new_step_forgets_what_was_undone():
    steps = Steps((Plan(),)).ticked(1, is_chosen=True).ticked(2, is_chosen=True)
    assert steps.undone().now.task_ids == (1,)
    assert steps.undone().redone() == steps
    assert steps.undone().then(goal="8").can_redo is False
    assert steps.ticked(1, is_chosen=False).now.task_ids == (2,)
    assert steps.then(goal="16") is steps
    assert (steps.undone().undone().undone().can_undo, steps.redone().can_redo) == (False, False)


def test_steps_are_the_same_after_they_were_kept_as_a_draft():
    steps = Steps((Plan(3, "8", "a lot"),)).ticked(1, is_chosen=True).undone()
    seen = {1: ["Fold boxes", 5.0, 1, 1]}
    assert composing_steps.from_draft(steps.as_draft(seen)) == (steps, seen)


def test_only_so_many_steps_are_kept():
    steps = Steps((Plan(),))
    for number in range(composing_steps.MOST_STEPS + 5):
        steps = steps.ticked(number, is_chosen=True)
    assert len(steps.plans) == composing_steps.MOST_STEPS
    assert len(steps.now.task_ids) == composing_steps.MOST_STEPS + 5
