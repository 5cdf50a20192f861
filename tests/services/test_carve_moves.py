"""Carved jobs move only where they can go, each move with what it needs, and agreed ones become vacancies."""

from datetime import date, timedelta
from threading import Thread
from typing import Any

import pytest
from sqlmodel import Session, select

from crm import db
from crm.errors import NotAllowedError, RuleBrokenError, StaleFormError
from crm.models.analyses import JobAnalysis, JobTask, TaskNeed
from crm.models.carve_cases import CarveCase
from crm.models.carve_stages import CarveMoveInput
from crm.models.carves import CarveStage as Stage
from crm.models.carves import CarveTask, JobCarve
from crm.models.employers import Employer
from crm.models.users import SYSTEM, Actor
from crm.models.vacancies import Vacancy, VacancyStatus
from crm.policy import Role
from crm.services import carve_checks, carve_moves, carves, task_bank
from crm.services.carve_stages import BACK, MOVES, ahead, asks
from crm.services.employer_parts import PEOPLE
from crm.units import carry_out
from tests.makers import make_actor, make_service, make_user
from tests.makers_duplicates import merge_two
from tests.makers_employers import make_employer, make_person
from tests.makers_jobs import TODAY, make_task
from tests.makers_people import make_decision, make_seeker
from tests.makers_stages import (
    TO_AGREED,
    edit_carve,
    make_bank,
    make_carve,
    make_consulted,
    move_carve,
)

HELD = {Stage.AGREED, Stage.TRIAL, Stage.LIVE}


@pytest.fixture
def officer(session: Session) -> Actor:
    make_service(session)
    return make_user(session, Role.ENGAGEMENT_OFFICER, name="Ines Marlow").as_actor()


@pytest.fixture
def coach(session: Session) -> Actor:
    return make_user(session, Role.JOB_COACH, name="Rosa Lind").as_actor()


@pytest.fixture
def bakery(session: Session, officer: Actor) -> Employer:
    return make_employer(session)


@pytest.fixture
def bank(session: Session, bakery: Employer) -> JobAnalysis:
    return make_bank(session, bakery)


@pytest.fixture
def idea(session: Session, bank: JobAnalysis) -> JobCarve:
    return make_carve(session, bank)


def test_every_stage_leads_somewhere_and_can_be_reached():
    assert set(MOVES) == set(Stage)
    assert {to for stages in MOVES.values() for to in stages} == set(Stage)


def test_a_job_is_declined_from_any_stage_before_it_is_live():
    assert {stage for stage, to in MOVES.items() if Stage.DECLINED in to} == set(Stage) - {
        Stage.LIVE,
        Stage.DECLINED,
    }


def test_nothing_is_tried_or_live_that_was_not_agreed():
    for stage, to in MOVES.items():
        assert stage in HELD or not HELD & set(to) or set(to) & HELD == {Stage.AGREED}


def test_each_move_back_is_the_other_way_of_one_that_leads_on():
    assert all(to in MOVES[now] for now, to in BACK)
    assert all(now in MOVES[to] for now, to in BACK)


@pytest.mark.parametrize("to", [stage for stage in Stage if stage not in MOVES[Stage.IDEA]])
def test_an_idea_goes_nowhere_but_to_the_stages_of_its_row(session: Session, idea: JobCarve, to: Stage):
    with pytest.raises(RuleBrokenError, match="cannot go there") as caught:
        move_carve(session, idea, to)
    assert (caught.value.field, idea.stage) == ("to_stage", Stage.IDEA)


@pytest.mark.parametrize(
    ("before", "to", "missing"),
    [
        ((), Stage.NEEDS_CONFIRMED, "contact_id"),
        ((), Stage.NEEDS_CONFIRMED, "words"),
        ((), Stage.DECLINED, "words"),
        (TO_AGREED[:1], Stage.IDEA, "words"),
        (TO_AGREED[:2], Stage.NEGOTIATING, "contact_id"),
        (TO_AGREED[:2], Stage.NEGOTIATING, "words"),
        (TO_AGREED[:2], Stage.AGREED, "contact_id"),
        (TO_AGREED[:2], Stage.AGREED, "starts_on"),
        (TO_AGREED, Stage.NEGOTIATING, "words"),
        (TO_AGREED, Stage.TRIAL, "starts_on"),
        (TO_AGREED, Stage.TRIAL, "ends_on"),
        (TO_AGREED, Stage.LIVE, "starts_on"),
    ],
)
def test_a_move_asks_for_what_its_stage_needs(
    session: Session, idea: JobCarve, before: tuple[Stage, ...], to: Stage, missing: str
):
    carve = move_carve(session, idea, *before)
    with pytest.raises(RuleBrokenError) as caught:
        move_carve(session, carve, to, said={missing: None})
    assert caught.value.field == missing


def test_a_job_for_somebody_is_agreed_only_with_their_own_yes(session: Session, bank: JobAnalysis):
    carve = make_carve(session, bank, seeker_id=make_seeker(session).key)
    assert asks(carve, Stage.AGREED).endswith("the person’s own yes")
    move_carve(session, carve, *TO_AGREED[:2])
    with pytest.raises(RuleBrokenError, match="Nobody says yes for them") as caught:
        move_carve(session, carve, Stage.AGREED, said={"is_agreed_by_seeker": False})
    assert caught.value.field == "is_agreed_by_seeker"
    move_carve(session, carve, Stage.AGREED)
    assert carve_moves.history(session, carve.key, by=SYSTEM)[0].is_agreed_by_seeker


def test_nobodys_yes_is_kept_where_the_job_is_for_nobody_yet(session: Session, idea: JobCarve):
    move_carve(session, idea, *TO_AGREED, said={"is_agreed_by_seeker": True})
    assert not carve_moves.history(session, idea.key, by=SYSTEM)[0].is_agreed_by_seeker


def test_each_move_is_kept_with_its_day_and_words(session: Session, idea: JobCarve, officer: Actor):
    move_carve(session, idea, Stage.NEEDS_CONFIRMED, on=TODAY - timedelta(days=3), by=officer)
    move_carve(session, idea, Stage.DECLINED, said={"words": "Head office said no"}, by=officer)
    kept = carve_moves.history(session, idea.key, by=officer)
    assert [(one.from_stage, one.to_stage, one.moved_on, one.words) for one in kept] == [
        (Stage.NEEDS_CONFIRMED, Stage.DECLINED, TODAY, "Head office said no"),
        (Stage.IDEA, Stage.NEEDS_CONFIRMED, TODAY - timedelta(days=3), "The labels never get done"),
    ]
    assert idea.stage_since == TODAY


@pytest.mark.parametrize("on", [TODAY + timedelta(days=1), date(2026, 11, 1)])
def test_a_move_is_neither_in_the_future_nor_before_the_present_stage(
    session: Session, idea: JobCarve, on: date
):
    with pytest.raises(RuleBrokenError) as caught:
        move_carve(session, idea, Stage.NEEDS_CONFIRMED, said={"moved_on": on})
    assert caught.value.field == "moved_on"


def test_a_trial_does_not_end_before_it_begins_and_no_job_begins_in_the_future(
    session: Session, idea: JobCarve
):
    move_carve(session, idea, *TO_AGREED)
    with pytest.raises(RuleBrokenError, match="before the first"):
        move_carve(session, idea, Stage.TRIAL, said={"ends_on": TODAY - timedelta(days=1)})
    with pytest.raises(RuleBrokenError, match="in the future"):
        move_carve(session, idea, Stage.LIVE, said={"starts_on": TODAY + timedelta(days=1)})


def test_who_said_so_works_for_this_employer(session: Session, idea: JobCarve):
    stranger = make_person(session, make_employer(session, "Other"), "Ada Quill")
    with pytest.raises(RuleBrokenError, match="not one of this employer’s") as caught:
        move_carve(session, idea, Stage.NEEDS_CONFIRMED, said={"contact_id": stranger.key})
    assert caught.value.field == "contact_id"


def test_the_need_in_their_words_begins_the_business_case_and_overwrites_none(
    session: Session, bank: JobAnalysis, bakery: Employer
):
    first, second = make_carve(session, bank), make_carve(session, make_bank(session, bakery))
    make_consulted(session, second)
    for carve in (first, second):
        move_carve(session, carve, Stage.NEEDS_CONFIRMED, said={"words": "Vans wait"})
    needs = session.exec(select(CarveCase.need).order_by("carve_id")).all()
    assert needs == ["Labels pile up", "Labels pile up"]


def test_a_case_that_says_no_need_gets_the_employers_words(session: Session, idea: JobCarve):
    case = make_consulted(session, idea)
    case.need = None
    session.flush()
    move_carve(session, idea, Stage.NEEDS_CONFIRMED, said={"words": "Vans wait"})
    assert case.need == "Vans wait"


def test_what_was_agreed_is_not_changed_in_the_carved_job(session: Session, idea: JobCarve):
    move_carve(session, idea, *TO_AGREED)
    with pytest.raises(RuleBrokenError, match="Change the vacancy instead"):
        edit_carve(session, idea, title="Cheaper", pay_hourly=12.71)


def test_the_figures_follow_the_pay_over_what_colleagues_do_now(session: Session, bakery: Employer):
    bank = make_bank(session, bakery, "Fold boxes")
    make_task(session, bank, "Nobody does it", current_hourly_cost=20, backlog="undone")
    make_task(session, bank, "Nobody knows what it costs")
    carve = edit_carve(session, make_carve(session, bank), pay_hourly=14)
    assert (carve.new_wage_week, carve.cost_difference_week) == (210, 5)
    edit_carve(session, carve, pay_hourly=None)
    assert (carve.new_wage_week, carve.cost_difference_week) == (None, None)


def test_where_there_is_no_case_yet_the_need_begins_one(session: Session, idea: JobCarve, officer: Actor):
    wanted = CarveMoveInput(
        to_stage=Stage.NEEDS_CONFIRMED,
        moved_on=TODAY,
        contact_id=make_person(session, session.get_one(Employer, idea.employer_id)).key,
        words="Vans wait",
    )
    carve_moves.move(session, idea.key, wanted, version=idea.version, by=officer, today=TODAY)
    assert session.exec(select(CarveCase)).one().need == "Vans wait"


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"pay_hourly": None}, "Record what the job pays an hour"),
        ({"pay_hourly": 12.0, "going_rate": 12.0}, "minimum wage of £12.71 on 23 November 2026"),
        ({"going_rate": None}, "Record the going rate"),
        ({"pay_hourly": 12.8}, "below the going rate of £13.00"),
        ({"supervisor": None}, "Name who supervises"),
    ],
)
def test_a_proposal_names_the_field_that_it_lacks(
    session: Session, idea: JobCarve, changed: dict[str, Any], words: str
):
    move_carve(session, idea, Stage.NEEDS_CONFIRMED)
    edit_carve(session, idea, **changed)
    with pytest.raises(RuleBrokenError, match="cannot go there yet") as caught:
        move_carve(session, idea, Stage.PROPOSAL)
    assert words in str(caught.value)
    found = carve_checks.lacking(session, idea, Stage.PROPOSAL, by=SYSTEM, on=TODAY)
    assert {lack.page for lack in found} == {"carve-edit"}


def test_staff_are_consulted_before_a_job_is_proposed(session: Session, idea: JobCarve):
    found = carve_checks.lacking(session, idea, Stage.PROPOSAL, by=SYSTEM, on=TODAY)
    assert any("consulted" in lack.words and lack.page == "carve-case" for lack in found)


def test_what_the_pay_lacks_is_asked_again_on_the_first_day_and_in_a_trial(session: Session, idea: JobCarve):
    move_carve(session, idea, *TO_AGREED)
    idea.pay_hourly = 12.0
    with pytest.raises(RuleBrokenError, match="may not be paid"):
        move_carve(session, idea, Stage.TRIAL)
    with pytest.raises(RuleBrokenError, match="may not be paid"):
        move_carve(session, idea, Stage.LIVE)


@pytest.mark.parametrize("first", [date(2027, 4, 1), date(2015, 1, 5)])
def test_no_first_day_without_a_rate_makes_pay_lawful_that_is_not(
    session: Session, bakery: Employer, first: date
):
    carve = make_carve(session, make_bank(session, bakery, going_rate=None), going_rate=9.0)
    move_carve(session, carve, Stage.NEEDS_CONFIRMED, Stage.PROPOSAL)
    edit_carve(session, carve, pay_hourly=10.0)
    with pytest.raises(RuleBrokenError, match="may not be paid"):
        move_carve(session, carve, Stage.AGREED, said={"starts_on": first})


def test_a_going_rate_typed_with_the_job_does_not_undercut_that_of_the_posts(
    session: Session, bakery: Employer
):
    carve = make_carve(session, make_bank(session, bakery, going_rate=16))
    move_carve(session, carve, Stage.NEEDS_CONFIRMED)
    with pytest.raises(RuleBrokenError, match=r"below the going rate of £16\.00"):
        move_carve(session, carve, Stage.PROPOSAL)


def test_no_task_is_said_and_a_task_put_aside_since_too(session: Session, bakery: Employer):
    bank = make_bank(session, bakery, "Fold boxes")
    carve = make_carve(session, bank)
    task = session.exec(select(JobTask)).one()
    task.archived_at, task.archived_why = task.created_at, "Gone"
    session.flush()
    with pytest.raises(RuleBrokenError, match="“Fold boxes” was put aside"):
        move_carve(session, carve, Stage.NEEDS_CONFIRMED)
    for share in session.exec(select(CarveTask)):
        share.archived_at, share.archived_why = carve.created_at, "Taken out"
    session.flush()
    with pytest.raises(RuleBrokenError, match="There is no task in this job"):
        move_carve(session, carve, Stage.NEEDS_CONFIRMED)


def test_a_guard_rail_that_is_broken_holds_a_job_back_from_being_proposed(session: Session, bakery: Employer):
    carve = make_carve(session, make_bank(session, bakery, hours_week=15))
    move_carve(session, carve, Stage.NEEDS_CONFIRMED)
    with pytest.raises(RuleBrokenError, match="Kitchen assistant would keep 0% of its hours"):
        move_carve(session, carve, Stage.PROPOSAL)


def test_a_post_keeps_its_share_over_all_jobs_that_were_carved_out_of_it(session: Session, bakery: Employer):
    first = make_carve(session, make_bank(session, bakery, "Fold boxes", hours_week=10), title="One")
    again = make_bank(session, bakery, "Label trays", hours_week=10, analysed_on=TODAY)
    second = make_carve(session, again, title="Two")
    move_carve(session, first, *TO_AGREED)
    move_carve(session, second, Stage.NEEDS_CONFIRMED)
    with pytest.raises(RuleBrokenError, match="would keep 0% of its hours"):
        move_carve(session, second, Stage.PROPOSAL)


def test_a_task_that_cannot_move_any_more_holds_a_job_back(
    session: Session, bank: JobAnalysis, idea: JobCarve
):
    move_carve(session, idea, Stage.NEEDS_CONFIRMED)
    task = session.exec(select(JobTask).where(JobTask.name == "Fold boxes")).one()
    task.need = TaskNeed.ESSENTIAL
    session.flush()
    with pytest.raises(RuleBrokenError, match="“Fold boxes” cannot move any more"):
        move_carve(session, idea, Stage.PROPOSAL)


def test_a_task_that_was_recorded_again_since_is_still_that_of_the_agreed_job(
    session: Session, bakery: Employer, idea: JobCarve
):
    again = make_bank(session, bakery, "Fold boxes", analysed_on=TODAY)
    other = make_carve(session, again, title="The other job")
    move_carve(session, idea, *TO_AGREED)
    with pytest.raises(RuleBrokenError, match="“Fold boxes” belongs to another carved job"):
        move_carve(session, other, Stage.NEEDS_CONFIRMED)


def test_a_job_coach_is_told_whom_to_ask_and_cannot_make_a_vacancy(
    session: Session, idea: JobCarve, coach: Actor
):
    move_carve(session, idea, *TO_AGREED[:2], by=coach)
    assert Stage.AGREED not in carve_moves.possible(idea, by=coach)
    assert "Ask one of them to move it" in " ".join(carve_moves.whom_to_ask(idea, by=coach))
    with pytest.raises(NotAllowedError, match="An engagement officer or a manager"):
        move_carve(session, idea, Stage.AGREED, by=coach)
    move_carve(session, idea, Stage.AGREED)
    assert carve_moves.possible(idea, by=coach) == [Stage.TRIAL, Stage.LIVE]
    assert "not to be" in " ".join(carve_moves.whom_to_ask(idea, by=coach))
    assert session.exec(select(Vacancy)).one().title == idea.title


def test_who_only_looks_is_offered_nothing(session: Session, idea: JobCarve):
    auditor = make_actor(Role.AUDITOR)
    assert carve_moves.possible(idea, by=auditor) == []
    assert carve_moves.whom_to_ask(idea, by=auditor) == []


def test_what_somebody_else_saved_since_is_not_overwritten(session: Session, idea: JobCarve):
    was = idea.version
    edit_carve(session, idea, title="Something else")
    with pytest.raises(StaleFormError):
        move_carve_at(session, idea, was)


def move_carve_at(session: Session, carve: JobCarve, version: int) -> None:
    wanted = CarveMoveInput(to_stage=Stage.DECLINED, moved_on=TODAY, words="No")
    carve_moves.move(session, carve.key, wanted, version=version, by=SYSTEM, today=TODAY)


def test_the_tasks_of_an_agreed_job_are_taken_and_another_is_told_which_has_them(
    session: Session, bank: JobAnalysis, idea: JobCarve
):
    other = make_carve(session, bank, title="The other job")
    move_carve(session, other, *TO_AGREED[:2])
    move_carve(session, idea, *TO_AGREED)
    assert set(task_bank.taken(session, bank.employer_id, by=SYSTEM).values()) == {idea.key}
    assert [one.title for one in carve_checks.taken_by_others(session, other, by=SYSTEM)] == [
        "Packing and labels"
    ] * 3
    with pytest.raises(RuleBrokenError, match="belongs to another carved job, “Packing and labels”"):
        move_carve(session, other, Stage.AGREED)
    assert carve_checks.taken_by_others(session, idea, by=SYSTEM) == []


def test_declining_an_agreed_job_withdraws_its_vacancy_and_frees_its_tasks(
    session: Session, bank: JobAnalysis, idea: JobCarve
):
    move_carve(session, idea, *TO_AGREED, Stage.TRIAL, Stage.DECLINED)
    vacancy = session.get_one(Vacancy, idea.vacancy_id)
    assert (vacancy.status, vacancy.archived_at) == (VacancyStatus.WITHDRAWN, None)
    assert task_bank.taken(session, bank.employer_id, by=SYSTEM) == {}
    move_carve(session, idea, Stage.IDEA)
    assert (idea.vacancy_id, idea.analysis_id) == (None, None)
    move_carve(session, idea, *TO_AGREED)
    assert idea.vacancy_id != vacancy.key


@pytest.mark.parametrize("is_archived", [False, True])
def test_a_vacancy_that_is_over_already_is_left_as_it_is(session: Session, idea: JobCarve, is_archived: bool):
    move_carve(session, idea, *TO_AGREED)
    vacancy = session.get_one(Vacancy, idea.vacancy_id)
    vacancy.status = VacancyStatus.OPEN if is_archived else VacancyStatus.FILLED_BY_US
    vacancy.archived_at = vacancy.created_at if is_archived else None
    session.flush()
    move_carve(session, idea, Stage.DECLINED)
    assert vacancy.status is not VacancyStatus.WITHDRAWN


def test_what_was_agreed_by_mistake_goes_back_with_its_vacancy_and_analysis_put_aside(
    session: Session, idea: JobCarve
):
    move_carve(session, idea, *TO_AGREED)
    made = session.get_one(Vacancy, idea.vacancy_id), session.get_one(JobAnalysis, idea.analysis_id)
    move_carve(session, idea, Stage.NEGOTIATING, said={"words": "Wrong button"})
    assert all(row.archived_why == "The carved job was agreed by mistake: Wrong button" for row in made)
    assert (idea.stage, idea.vacancy_id) == (Stage.NEGOTIATING, None)


def test_a_mistake_stays_where_the_vacancy_is_in_use(session: Session, idea: JobCarve):
    move_carve(session, idea, *TO_AGREED)
    vacancy = session.get_one(Vacancy, idea.vacancy_id)
    make_decision(session, vacancy, make_seeker(session))
    with pytest.raises(RuleBrokenError, match="somebody was decided on"):
        move_carve(session, idea, Stage.NEGOTIATING)


def test_what_was_put_aside_by_hand_before_does_not_hinder_taking_the_mistake_back(
    session: Session, idea: JobCarve
):
    move_carve(session, idea, *TO_AGREED)
    for row in (session.get_one(Vacancy, idea.vacancy_id), session.get_one(JobAnalysis, idea.analysis_id)):
        row.archived_at, row.archived_why = row.created_at, "By hand"
    session.flush()
    assert move_carve(session, idea, Stage.NEGOTIATING).stage is Stage.NEGOTIATING


def test_an_agreed_job_is_not_put_aside_beside_its_vacancy(session: Session, idea: JobCarve, officer: Actor):
    move_carve(session, idea, *TO_AGREED)
    with pytest.raises(RuleBrokenError, match="Decline it first"):
        carves.archive(session, idea.key, why="Old", version=idea.version, by=officer)


def test_going_back_asks_for_nothing_but_the_words(session: Session, idea: JobCarve):
    move_carve(session, idea, *TO_AGREED[:2])
    edit_carve(session, idea, pay_hourly=None)
    move_carve(session, idea, Stage.NEEDS_CONFIRMED, Stage.IDEA)
    assert idea.stage is Stage.IDEA
    assert asks(idea, Stage.IDEA) == "nothing but the day"
    assert ahead(idea) == (Stage.NEEDS_CONFIRMED,)


def test_a_task_of_another_employer_is_nobodys_business(session: Session, idea: JobCarve):
    elsewhere = make_bank(session, make_employer(session, "Other"), "Fold boxes")
    make_task(session, elsewhere, "More")
    move_carve(session, idea, *TO_AGREED)
    assert task_bank.taken(session, elsewhere.employer_id, by=SYSTEM) == {}


def test_of_two_jobs_with_the_same_task_agreed_at_once_one_is_and_the_other_is_told_which(database: str):
    with db.transaction() as session:
        make_service(session)
        bank = make_bank(session, make_employer(session))
        two = [make_carve(session, bank, title=title) for title in ("One", "Other")]
        for carve in two:
            move_carve(session, carve, *TO_AGREED[:2])
    told: list[str] = []

    def agree(key: int) -> None:
        def work(session: Session) -> None:
            move_carve(session, session.get_one(JobCarve, key), Stage.AGREED)

        try:
            carry_out(work)
        except RuleBrokenError as problem:
            told.append(str(problem))

    both = [Thread(target=agree, args=(carve.key,)) for carve in two]
    for one in both:
        one.start()
    for one in both:
        one.join()
    with db.reading() as session:
        agreed = session.exec(select(JobCarve).where(JobCarve.stage == Stage.AGREED)).one()
        vacancies = session.exec(select(Vacancy.id)).all()
        shares = session.exec(select(CarveTask).where(CarveTask.carve_id == agreed.key)).all()
        moves = carve_moves.history(session, agreed.key, by=SYSTEM)
    assert (len(vacancies), len(shares), moves[0].to_stage) == (1, 3, Stage.AGREED)
    assert len(told) == 1
    assert f"belongs to another carved job, “{agreed.title}”" in told[0]


def test_a_merge_of_employers_takes_the_carved_job_along_with_whom_its_moves_name(
    session: Session, bakery: Employer, idea: JobCarve
):
    move_carve(session, idea, *TO_AGREED)
    kept = make_employer(session, "Fernside Bakers")
    merge_two(session, kept, bakery)
    session.refresh(idea)
    session.expire_all()
    assert idea.employer_id == kept.key
    named = {move.contact_id for move in carve_moves.history(session, idea.key, by=SYSTEM) if move.contact_id}
    assert named <= {person.key for person in PEOPLE.of(session, kept.key, by=SYSTEM)}
    assert set(task_bank.taken(session, kept.key, by=SYSTEM).values()) == {idea.key}
    assert session.get_one(Vacancy, idea.vacancy_id).employer_id == kept.key
    assert move_carve(session, idea, Stage.LIVE).stage is Stage.LIVE
