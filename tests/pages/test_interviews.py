"""The page on which interviews are shared out either way, and the vacancy decided otherwise than by rule."""

from datetime import timedelta

import pytest
from sqlmodel import select

from crm import db
from crm.models.agreement_choices import Covers, Oversubscription, Promise, Standing
from crm.models.agreement_uses import AgreementUse, ReferralInput
from crm.models.users import SYSTEM, User
from crm.models.vacancies import Vacancy
from crm.policy import Role
from crm.services import agreement_uses
from crm.ui.words import today
from tests.makers import make_service, make_user
from tests.makers_employers import TO_SIGNATURE, make_agreement, make_employer, move_to
from tests.makers_jobs import make_vacancy
from tests.makers_people import make_seeker
from tests.makers_promises import make_use
from tests.makers_restricted import make_consent
from tests.pages.opening import open_page, press, shown

PAGE = "agreements/interviews.py"


@pytest.fixture
def officer(database: str) -> User:
    with db.transaction() as session:
        make_service(session)
        return make_user(session, Role.ENGAGEMENT_OFFICER, name="Ines Marlow")


@pytest.fixture
def vacancy(officer: User) -> Vacancy:
    """One interview, for Ben by the rule as he has waited longest, though he was put forward before."""
    with db.transaction() as session:
        bakery = make_employer(session)
        clauses = {"most_interviews": 1, "oversubscription_rule": Oversubscription.LONGEST_WAIT}
        agreement = make_agreement(session, bakery, today=today(), covers=Covers.DISABLED_PEOPLE, **clauses)
        signed = move_to(session, agreement, *TO_SIGNATURE, on=today())
        row = make_vacancy(session, bakery, agreement_id=signed.key)
        for name, days in (("Ada Lorne", 10), ("Ben Marsh", 90)):
            seeker = make_seeker(session, name, referred_on=today() - timedelta(days=days))
            make_consent(session, seeker, "put_forward", today=today(), employer_id=bakery.key)
            wish = ReferralInput(employer_id=bakery.key, vacancy_id=row.key, promise=Promise.INTERVIEW)
            agreement_uses.ask(session, signed.key, seeker.key, wish, by=SYSTEM, today=today())
            if name == "Ben Marsh":
                make_use(session, signed, seeker)
        return row


def test_who_gains_and_who_loses_is_said_person_by_person(officer: User, vacancy: Vacancy):
    page = shown(open_page(officer, PAGE))
    assert "2 people want an interview at 1 vacancy; 1 left" in page
    assert page.index("Gain: have an interview") < page.index("Lose: have none now")
    assert "never before: 1, by the rules 0, by the proposal 1" in page


def test_without_a_wish_the_page_says_how_to_note_one(officer: User):
    app = open_page(officer, PAGE)
    assert "Note who wants one" in app.info[0].value


def test_the_proposal_stands_ready_at_the_vacancy_and_is_saved_with_its_reason(
    officer: User, vacancy: Vacancy
):
    app = open_page(officer, "vacancies/slots.py", id=vacancy.key, within=28)
    assert "the proposal is: Ada Lorne" in shown(app)
    press(app, "Put these people forward")
    with db.reading() as session:
        uses = {one.seeker_id: one for one in session.exec(select(AgreementUse)) if one.vacancy_id}
    assert sorted(one.standing for one in uses.values()) == [Standing.NOT_REFERRED, Standing.REFERRED]
    aside = next(one for one in uses.values() if one.standing is Standing.NOT_REFERRED)
    assert "those put forward least so far went first" in (aside.not_referred_why or "")


@pytest.mark.parametrize("within", [99999999999, 15])
def test_a_period_that_nobody_shares_out_for_proposes_nothing_at_the_vacancy(
    officer: User, vacancy: Vacancy, within: int
):
    page = shown(open_page(officer, "vacancies/slots.py", id=vacancy.key, within=within))
    assert "Going another way needs a reason" in page
    assert "the proposal is" not in page
