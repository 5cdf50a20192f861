"""The interviews of a vacancy: proposed by the agreement's rule, decided by a person, nobody in silence."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session

from crm.errors import ConsentNeededError, NotAllowedError, RuleBrokenError, StaleFormError
from crm.models.agreement_choices import Covers, Given, Oversubscription, Promise, Standing
from crm.models.agreement_uses import AgreementUse, ReferralInput
from crm.models.agreements import Agreement
from crm.models.consents import ConsentInput, GivenBy, Purpose
from crm.models.employers import Employer
from crm.models.seekers import JobSeeker
from crm.models.users import SYSTEM, Actor
from crm.models.vacancies import Vacancy
from crm.policy import Role
from crm.services import agreement_uses, consent_giving, records, slot_deciding, slots
from tests.makers import make_user
from tests.makers_employers import TODAY, make_active, make_employer
from tests.makers_jobs import make_vacancy
from tests.makers_people import make_seeker
from tests.makers_promises import make_use
from tests.makers_teams import make_team

CLAUSES = {"most_interviews": 2, "oversubscription_rule": Oversubscription.LONGEST_WAIT}


@pytest.fixture
def officer(session: Session) -> Actor:
    return make_user(session, Role.ENGAGEMENT_OFFICER, name="Ines Marlow").as_actor()


@pytest.fixture
def agreement(session: Session) -> Agreement:
    row = make_active(session, make_employer(session))
    return records.change(session, row, {**CLAUSES, "covers": Covers.DISABLED_PEOPLE}, version=row.version)


@pytest.fixture
def vacancy(session: Session, agreement: Agreement) -> Vacancy:
    row = make_vacancy(session, session.get_one(Employer, agreement.employer_id))
    values = {"agreement_id": agreement.key}
    return records.change(session, row, values, version=row.version)


def wanting(
    session: Session, vacancy: Vacancy, name: str, days: int | None, *, says_yes: bool = True
) -> JobSeeker:
    """Somebody who has waited so many days and wants an interview."""
    since = None if days is None else TODAY - timedelta(days=days)
    seeker = make_seeker(session, name=name, referred_on=since)
    if says_yes:
        said = ConsentInput(
            purpose=Purpose.PUT_FORWARD,
            employer_id=vacancy.employer_id,
            given_by=GivenBy.THE_PERSON,
            how_explained="Read out",
            given_on=TODAY,
        )
        consent_giving.give(session, seeker.key, said, by=SYSTEM, today=TODAY)
    wish = ReferralInput(employer_id=vacancy.employer_id, vacancy_id=vacancy.key, promise=Promise.INTERVIEW)
    assert vacancy.agreement_id is not None
    agreement_uses.ask(session, vacancy.agreement_id, seeker.key, wish, by=SYSTEM, today=TODAY)
    return seeker


def names(found: list[slots.Candidate]) -> list[str]:
    return [one.name for one in found]


def looked_at(session: Session, vacancy: Vacancy, by: Actor = SYSTEM) -> slots.Slots:
    return slots.of_vacancy(session, vacancy.key, by=by, today=TODAY)


def test_the_rule_proposes_as_many_as_there_are_interviews_left(session: Session, vacancy: Vacancy):
    for name, days in (("Ada", 10), ("Ben", 90), ("Cai", None), ("Dee", 40)):
        wanting(session, vacancy, name, days)
    found = looked_at(session, vacancy)
    assert names(found.candidates) == ["Ben", "Dee", "Ada", "Cai"]
    assert (names(found.proposed), found.left) == (["Ben", "Dee"], 2)


def test_whoever_has_not_said_yes_is_passed_over_and_stays_in_the_list(session: Session, vacancy: Vacancy):
    wanting(session, vacancy, "Ada", 90, says_yes=False)
    wanting(session, vacancy, "Ben", 10)
    found = looked_at(session, vacancy)
    assert [(one.name, one.has_said_yes, one.is_proposed) for one in found.candidates] == [
        ("Ada", False, False),
        ("Ben", True, True),
    ]


def test_an_interview_that_somebody_could_not_attend_is_free_again(
    session: Session, vacancy: Vacancy, agreement: Agreement
):
    make_use(session, agreement, vacancy_id=vacancy.key)
    make_use(session, agreement, vacancy_id=vacancy.key, given=Given.COULD_NOT_ATTEND)
    found = looked_at(session, vacancy)
    assert (found.taken, found.left) == (1, 1)


def test_where_the_employer_chooses_nobody_is_left_out(
    session: Session, vacancy: Vacancy, agreement: Agreement
):
    chosen = {"oversubscription_rule": Oversubscription.EMPLOYER_CHOOSES}
    records.change(session, agreement, chosen, version=agreement.version)
    for name in ("Ada", "Ben", "Cai"):
        wanting(session, vacancy, name, 5)
    assert len(looked_at(session, vacancy).proposed) == 3


def test_deciding_puts_forward_who_is_proposed_and_gives_the_others_their_reason(
    session: Session, vacancy: Vacancy, officer: Actor
):
    for name, days in (("Ada", 10), ("Ben", 90), ("Dee", 40)):
        wanting(session, vacancy, name, days)
    seen = looked_at(session, vacancy).seen
    gone = slot_deciding.decide_by_rule(session, vacancy.key, seen=seen, by=officer, today=TODAY)
    after = looked_at(session, vacancy)
    assert (gone, after.taken, after.left, after.candidates) == (2, 2, 0, [])
    (aside,) = after.set_aside
    assert aside.name == "Ada"
    assert aside.why == (
        "2 interviews left and 3 people who wanted one: those who have waited longest went first."
    )


def test_a_list_that_changed_since_it_was_looked_at_is_looked_at_again(
    session: Session, vacancy: Vacancy, officer: Actor
):
    wanting(session, vacancy, "Ada", 10)
    seen = looked_at(session, vacancy).seen
    wanting(session, vacancy, "Ben", 90)
    with pytest.raises(RuleBrokenError, match="changed since you looked"):
        slot_deciding.decide_by_rule(session, vacancy.key, seen=seen, by=officer, today=TODAY)
    assert looked_at(session, vacancy).taken == 0


def test_nobody_is_put_forward_past_the_most_that_was_agreed(
    session: Session, vacancy: Vacancy, agreement: Agreement, officer: Actor
):
    for _ in range(2):
        make_use(session, agreement, vacancy_id=vacancy.key)
    seeker = wanting(session, vacancy, "Ada", 10)
    use = session.get_one(AgreementUse, looked_at(session, vacancy).candidates[0].use_id)
    with pytest.raises(RuleBrokenError, match="All 2 interviews of this vacancy are taken") as caught:
        agreement_uses.refer_asked(session, use.key, version=use.version, by=officer, today=TODAY)
    assert caught.value.field == "vacancy_id"
    assert (use.standing, use.seeker_id) == (Standing.ASKED, seeker.key)


def test_without_a_yes_nobody_can_be_put_forward_past_the_list(
    session: Session, vacancy: Vacancy, officer: Actor
):
    wanting(session, vacancy, "Ada", 10, says_yes=False)
    found = looked_at(session, vacancy)
    with pytest.raises(RuleBrokenError, match="nobody has said yes"):
        slot_deciding.decide_by_rule(session, vacancy.key, seen=found.seen, by=officer, today=TODAY)
    (one,) = found.candidates
    with pytest.raises(ConsentNeededError):
        agreement_uses.refer_asked(session, one.use_id, version=one.version, by=officer, today=TODAY)


def test_whoever_was_set_aside_can_be_taken_up_again_once(session: Session, vacancy: Vacancy, officer: Actor):
    wanting(session, vacancy, "Ada", 10)
    (one,) = looked_at(session, vacancy).candidates
    agreement_uses.set_aside(session, one.use_id, "The lot fell so", version=one.version, by=officer)
    (aside,) = looked_at(session, vacancy).set_aside
    slot_deciding.take_up_again(session, aside.use_id, version=aside.version, by=officer)
    assert names(looked_at(session, vacancy).candidates) == ["Ada"]
    with pytest.raises(RuleBrokenError, match="not set aside"):
        slot_deciding.take_up_again(session, aside.use_id, version=aside.version + 1, by=officer)


def test_nobody_is_taken_up_again_who_was_promised_the_same_meanwhile(
    session: Session, vacancy: Vacancy, agreement: Agreement, officer: Actor
):
    seeker = wanting(session, vacancy, "Ada", 10)
    (one,) = looked_at(session, vacancy).candidates
    use = agreement_uses.set_aside(session, one.use_id, "The lot fell so", version=one.version, by=officer)
    make_use(session, agreement, seeker, vacancy_id=vacancy.key)
    with pytest.raises(RuleBrokenError, match="open promise of the same"):
        slot_deciding.take_up_again(session, use.key, version=use.version, by=officer)


def test_nothing_is_brought_back_past_the_most_interviews(
    session: Session, vacancy: Vacancy, agreement: Agreement, officer: Actor
):
    first, _second = (make_use(session, agreement, vacancy_id=vacancy.key) for _ in range(2))
    agreement_uses.archive(session, first.key, why="Wrong person", version=1, by=officer)
    third = make_use(session, agreement, vacancy_id=vacancy.key)
    with pytest.raises(RuleBrokenError, match="All 2 interviews of this vacancy are taken"):
        agreement_uses.bring_back(session, first.key, version=first.version, by=officer)
    agreement_uses.archive(session, third.key, why="Wrong person", version=1, by=officer)
    assert agreement_uses.bring_back(session, first.key, version=first.version, by=officer) is first


def test_a_page_that_is_stale_takes_nobody_up(session: Session, vacancy: Vacancy, officer: Actor):
    wanting(session, vacancy, "Ada", 10)
    (one,) = looked_at(session, vacancy).candidates
    agreement_uses.set_aside(session, one.use_id, "The lot fell so", version=one.version, by=officer)
    with pytest.raises(StaleFormError):
        slot_deciding.take_up_again(session, one.use_id, version=one.version, by=officer)


def test_a_coach_decides_only_where_everybody_is_theirs_and_an_auditor_only_looks(
    session: Session, vacancy: Vacancy
):
    wanting(session, vacancy, "Ada", 10)
    other = make_user(session, Role.JOB_COACH, name="Rosa Tam")
    (one,) = looked_at(session, vacancy).candidates
    row = session.get_one(JobSeeker, one.seeker_id)
    records.change(session, row, {"coach_id": other.key}, version=row.version)
    stranger = make_user(session, Role.JOB_COACH, name="Imran Holt")
    make_team(session, "North", other)
    make_team(session, "South", stranger)
    auditor = make_user(session, Role.AUDITOR, name="Sheila Poe").as_actor()
    found = looked_at(session, vacancy, by=auditor)
    people = (other.as_actor(), stranger.as_actor(), auditor)
    can = {who.name: slot_deciding.can_decide(looked_at(session, vacancy, who)) for who in people}
    assert can == {"Rosa Tam": True, "Imran Holt": False, "Sheila Poe": False}
    with pytest.raises(NotAllowedError):
        slot_deciding.decide_by_rule(session, vacancy.key, seen=found.seen, by=auditor, today=TODAY)


def test_a_vacancy_under_no_agreement_has_no_promised_interviews(session: Session, officer: Actor):
    with pytest.raises(RuleBrokenError, match="under no agreement"):
        slots.of_vacancy(session, make_vacancy(session, make_employer(session)).key, by=officer, today=TODAY)


def test_whoever_finished_training_has_their_interview_whatever_the_rule(
    session: Session, vacancy: Vacancy, agreement: Agreement
):
    trained = make_use(session, agreement, promise=Promise.TRAINING, vacancy_id=vacancy.key)
    wish: dict[str, Any] = {"standing": Standing.ASKED, "referred_on": None, "after_use_id": trained.key}
    make_use(session, agreement, vacancy_id=vacancy.key, **wish)
    assert looked_at(session, vacancy).candidates == []
