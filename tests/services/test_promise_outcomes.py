"""What became of a promise: checked by field, put right again, with the task and interview that follow."""

from datetime import timedelta
from typing import Any

import pytest
from pydantic import ValidationError
from sqlmodel import Session, select

from crm.errors import NotAllowedError, RuleBrokenError, StaleFormError
from crm.models.agreement_choices import AgreementKind, CriteriaMet, Given, Promise, Standing
from crm.models.agreement_uses import AgreementUse, OutcomeInput
from crm.models.agreements import Agreement
from crm.models.base import Known
from crm.models.consents import WithdrawalInput
from crm.models.seekers import JobSeeker
from crm.models.tasks import Task, TaskStatus
from crm.models.users import SYSTEM, Actor
from crm.policy import Role
from crm.services import agreement_uses, consent_giving, promise_outcomes, records, tasks
from crm.services.promises import Count, count_of
from tests.makers import make_user
from tests.makers_employers import TODAY, make_agreement
from tests.makers_people import make_seeker
from tests.makers_promises import broken, disputed, kept, make_use
from tests.makers_restricted import make_consent
from tests.makers_teams import make_team

DAY = timedelta(days=1)
LAST_WEEK = TODAY - 7 * DAY
FINISHED: dict[str, Any] = {**kept(), "finished": Known.YES, "finished_on": TODAY}


def outcome(
    session: Session, use: AgreementUse, *, by: Actor = SYSTEM, version: int | None = None, **said: Any
) -> AgreementUse:
    edit = OutcomeInput.model_validate({"due_on": use.due_on, **said})
    kept_version = use.version if version is None else version
    return promise_outcomes.record(session, use.key, edit, version=kept_version, by=by, today=TODAY)


def all_tasks(session: Session) -> list[Task]:
    return list(session.exec(select(Task)))


def make_training(
    session: Session, *, interview: Known = Known.YES, days: int | None = 10
) -> tuple[AgreementUse, JobSeeker]:
    """Somebody with a place on a training, who said yes to being put forward to its employer."""
    agreement = make_agreement(
        session,
        kind=AgreementKind.PRE_EMPLOYMENT_TRAINING,
        training_interview=interview,
        interview_days=days,
    )
    seeker = make_seeker(session)
    yes = make_consent(session, seeker, "put_forward", employer_id=agreement.employer_id)
    use = make_use(session, agreement, seeker, promise=Promise.TRAINING, consent_id=yes.key)
    return use, seeker


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"happens_on": TODAY - 30 * DAY}, "happens_on"),
        ({**kept(TODAY + DAY)}, "given"),
        ({"due_on": TODAY - 30 * DAY}, "due_on"),
        ({"due_on": None}, "due_on"),
        ({**kept(), "feedback_on": TODAY + DAY}, "feedback_on"),
        ({**kept(), "feedback_on": LAST_WEEK - DAY}, "feedback_on"),
        ({**kept(), "result_on": TODAY + DAY}, "result_on"),
        ({**kept(), "finished": Known.YES, "finished_on": TODAY}, "finished"),
    ],
)
def test_days_that_cannot_be_are_refused_by_their_field(session: Session, said: dict[str, Any], field: str):
    use = make_use(session, make_agreement(session))
    with pytest.raises(RuleBrokenError) as refusal:
        outcome(session, use, **said)
    assert refusal.value.field == field


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"finished": Known.YES, "finished_on": TODAY}, "given"),
        ({**kept(), "finished": Known.YES}, "finished_on"),
    ],
)
def test_training_is_finished_on_a_day_by_somebody_who_had_the_place(
    session: Session, said: dict[str, Any], field: str
):
    use, _ = make_training(session)
    with pytest.raises(RuleBrokenError) as refusal:
        outcome(session, use, **said)
    assert refusal.value.field == field


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"given": "yes"}, "Say on which day"),
        ({"given": "not_given_by_the_employer", "given_why": "Filled"}, "met what was asked"),
        ({"criteria_met": "disputed"}, "which of the criteria"),
        ({"given": "withdrew"}, "Say why it did not happen"),
    ],
)
def test_an_answer_says_all_that_it_needs(said: dict[str, Any], words: str):
    with pytest.raises(ValidationError, match=words):
        OutcomeInput.model_validate(said)


def test_what_was_said_by_mistake_is_put_right_and_counts_anew(session: Session):
    use = make_use(session, make_agreement(session))
    outcome(session, use, **broken())
    assert count_of(use, today=TODAY) is Count.BROKEN
    outcome(session, use, **kept())
    assert (count_of(use, today=TODAY), use.given_why) == (Count.KEPT, None)
    with pytest.raises(StaleFormError):
        outcome(session, use, version=1, **broken())


@pytest.mark.parametrize("said", [broken(), disputed()])
def test_what_is_broken_or_disputed_gives_the_owner_of_the_agreement_one_task(
    session: Session, said: dict[str, Any]
):
    owner, coach = make_user(session), make_user(session, Role.JOB_COACH)
    agreement = make_agreement(session, owner_id=owner.key)
    seeker = make_seeker(session, "Amara", coach_id=coach.key)
    use = make_use(session, agreement, seeker)
    outcome(session, use, by=coach.as_actor(), **said)
    outcome(session, use, by=coach.as_actor(), **said, feedback="They rang")
    (task,) = all_tasks(session)
    assert (task.owner_id, task.agreement_id, task.seeker_id) == (owner.key, agreement.key, None)
    assert task.title.startswith(f"Promise {use.key} ")
    assert "Amara" not in f"{task.title} {task.notes}"
    assert promise_outcomes.tasks_of(session, use, by=coach.as_actor()) == [task]


def test_from_disputed_to_broken_is_one_task_and_a_second_break_after_it_was_done_another(session: Session):
    use = make_use(session, make_agreement(session))
    outcome(session, use, **disputed())
    outcome(session, use, **broken())
    outcome(session, use, **kept())
    outcome(session, use, **broken())
    assert len(all_tasks(session)) == 1
    tasks.settle(session, all_tasks(session)[0].key, TaskStatus.DONE, version=1, by=SYSTEM, today=TODAY)
    outcome(session, use, **kept())
    outcome(session, use, **disputed())
    assert len(all_tasks(session)) == 2


def test_a_dispute_gives_its_task_at_once_though_the_promise_is_not_due_yet(session: Session):
    use = make_use(session, make_agreement(session))
    said: dict[str, Any] = {"criteria_met": CriteriaMet.DISPUTED, "criteria_missing": "Forklift licence"}
    outcome(session, use, **said)
    assert count_of(use, today=TODAY) is Count.NOT_DUE
    outcome(session, use, **said, due_on=TODAY - DAY)
    assert count_of(use, today=TODAY) is Count.DISPUTED
    assert [task.title for task in all_tasks(session)] == [
        f"Promise {use.key} is disputed: settle with the employer what was owed"
    ]


def test_an_owner_who_has_left_is_given_no_task(session: Session):
    owner, officer = make_user(session), make_user(session)
    use = make_use(session, make_agreement(session, owner_id=owner.key))
    owner.disabled_at = owner.created_at
    outcome(session, use, by=officer.as_actor(), **broken())
    assert all_tasks(session)[0].owner_id == officer.key


def test_what_is_not_the_employers_break_gives_no_task(session: Session):
    agreement = make_agreement(session)
    withdrew: dict[str, Any] = {"given": Given.WITHDREW, "given_why": "Found another job"}
    unmet: dict[str, Any] = {
        **broken(),
        "criteria_met": CriteriaMet.NO,
        "criteria_missing": "Forklift licence",
    }
    for said in (withdrew, unmet, kept()):
        outcome(session, make_use(session, agreement), **said)
    assert all_tasks(session) == []


def test_whoever_finishes_training_is_promised_the_interview_on_the_same_yes(session: Session):
    use, seeker = make_training(session)
    outcome(session, use, **FINISHED)
    interview = promise_outcomes.after_training(session, use, by=SYSTEM)
    assert interview is not None
    assert (interview.seeker_id, interview.promise) == (seeker.key, Promise.INTERVIEW)
    assert (interview.standing, interview.consent_id) == (Standing.REFERRED, use.consent_id)
    assert interview.due_on == TODAY + 10 * DAY
    outcome(session, use, **FINISHED, feedback="Did well")
    assert len(list(session.exec(select(AgreementUse)))) == 2


def test_without_days_agreed_the_finishers_interview_is_due_in_28(session: Session):
    use, _ = make_training(session, days=None)
    outcome(session, use, **FINISHED)
    interview = promise_outcomes.after_training(session, use, by=SYSTEM)
    assert interview is not None
    assert interview.due_on == TODAY + 28 * DAY


def test_a_finisher_whose_yes_was_withdrawn_only_counts_as_wanting_the_interview(session: Session):
    use, seeker = make_training(session)
    consent_giving.withdraw(session, use.consent_id or 0, WithdrawalInput(), by=SYSTEM, today=TODAY)
    outcome(session, use, **FINISHED)
    interview = promise_outcomes.after_training(session, use, by=SYSTEM)
    assert interview is not None
    assert (interview.standing, interview.referred_on) == (Standing.ASKED, None)
    make_consent(session, seeker, "put_forward", employer_id=use.employer_id)
    agreement_uses.refer_asked(session, interview.key, version=1, by=SYSTEM, today=TODAY)
    assert (interview.standing, interview.due_on) == (Standing.REFERRED, TODAY + 10 * DAY)


def test_training_that_guarantees_no_interview_brings_none(session: Session):
    use, _ = make_training(session, interview=Known.NO)
    outcome(session, use, **FINISHED)
    assert promise_outcomes.after_training(session, use, by=SYSTEM) is None


def test_a_finish_that_was_a_slip_takes_its_interview_back_unless_something_came_of_it(session: Session):
    use, _ = make_training(session)
    outcome(session, use, **FINISHED)
    outcome(session, use, **kept())
    assert promise_outcomes.after_training(session, use, by=SYSTEM) is None
    outcome(session, use, **FINISHED)
    second = promise_outcomes.after_training(session, use, by=SYSTEM)
    assert second is not None
    records.change(session, second, kept(TODAY), version=1)
    outcome(session, use, **kept())
    assert promise_outcomes.after_training(session, use, by=SYSTEM) == second


def test_nothing_is_said_of_somebody_whom_the_employer_has_not_been_told_of(session: Session):
    use = make_use(session, make_agreement(session), standing=Standing.ASKED, referred_on=None)
    with pytest.raises(RuleBrokenError, match="Put them forward first"):
        outcome(session, use, **kept())


def test_a_coach_says_what_became_of_their_own_people_only(session: Session):
    coach, other, auditor = (make_user(session, role) for role in (Role.JOB_COACH,) * 2 + (Role.AUDITOR,))
    make_team(session, "North", coach)
    make_team(session, "South", other)
    agreement: Agreement = make_agreement(session)
    use = make_use(session, agreement, make_seeker(session, coach_id=coach.key))
    outcome(session, use, by=coach.as_actor(), **kept())
    for user in (other, auditor):
        with pytest.raises(NotAllowedError):
            outcome(session, use, by=user.as_actor(), **kept())
