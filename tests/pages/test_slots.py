"""The page of a vacancy's interviews: proposed with the reason, decided by a person, taken up again."""

from datetime import timedelta

import pytest
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from crm import db
from crm.models.agreement_choices import Covers, Oversubscription, Promise, Standing
from crm.models.agreement_uses import AgreementUse, ReferralInput
from crm.models.seekers import JobSeeker
from crm.models.users import SYSTEM, User
from crm.models.vacancies import Vacancy
from crm.policy import Role
from crm.services import agreement_uses
from crm.ui.words import today
from tests.makers import make_service, make_user
from tests.makers_employers import TO_SIGNATURE, make_agreement, make_employer, move_to
from tests.makers_jobs import make_vacancy
from tests.makers_people import make_seeker
from tests.makers_restricted import make_consent
from tests.pages.opening import open_page, press, shown

PAGE = "vacancies/slots.py"
WHY = "1 interview left and 2 people who wanted one: those who have waited longest went first."


@pytest.fixture
def officer(database: str) -> User:
    with db.transaction() as session:
        make_service(session)
        return make_user(session, Role.ENGAGEMENT_OFFICER, name="Ines Marlow")


@pytest.fixture
def vacancy(officer: User) -> Vacancy:
    """One interview, for which the longest wait comes first, under an agreement for disabled people."""
    with db.transaction() as session:
        bakery = make_employer(session)
        agreement = make_agreement(
            session,
            bakery,
            today=today(),
            covers=Covers.DISABLED_PEOPLE,
            most_interviews=1,
            oversubscription_rule=Oversubscription.LONGEST_WAIT,
        )
        signed = move_to(session, agreement, *TO_SIGNATURE, on=today())
        return make_vacancy(session, bakery, agreement_id=signed.key)


def want(vacancy: Vacancy, name: str, days: int, *, says_yes: bool = True) -> JobSeeker:
    """Somebody who has waited so many days wants an interview."""
    with db.transaction() as session:
        seeker = make_seeker(session, name, referred_on=today() - timedelta(days=days))
        if says_yes:
            employer_id = vacancy.employer_id
            make_consent(session, seeker, "put_forward", today=today(), employer_id=employer_id)
        wish = ReferralInput(
            employer_id=vacancy.employer_id, vacancy_id=vacancy.key, promise=Promise.INTERVIEW
        )
        assert vacancy.agreement_id is not None
        agreement_uses.ask(session, vacancy.agreement_id, seeker.key, wish, by=SYSTEM, today=today())
        return seeker


def standings() -> dict[int, Standing]:
    with db.reading() as session:
        return {use.seeker_id: use.standing for use in session.exec(select(AgreementUse))}


def labels(app: AppTest) -> set[str]:
    return {button.label for button in app.button if "forward" in button.label or "up again" in button.label}


def test_who_is_proposed_stands_first_and_the_others_learn_why_not(officer: User, vacancy: Vacancy):
    want(vacancy, "Ada Lorne", 10)
    want(vacancy, "Ben Marsh", 90)
    want(vacancy, "Cai Reed", 200, says_yes=False)
    app = open_page(officer, PAGE, id=vacancy.key)
    page = shown(app)
    assert page.index("Cai Reed") < page.index("Ben Marsh") < page.index("Ada Lorne")
    assert "Has not said yes to this employer yet" in page
    assert "1 person will be recorded as not put forward: 1 interview left and 3 people" in page
    assert "tells the employer by that alone" in app.warning[0].value
    assert labels(app) == {"Put 1 person forward by the rule", "Put these people forward"}


def test_deciding_puts_forward_and_sets_aside_and_who_is_set_aside_is_taken_up_again(
    officer: User, vacancy: Vacancy
):
    ada, ben = want(vacancy, "Ada Lorne", 10), want(vacancy, "Ben Marsh", 90)
    app = open_page(officer, PAGE, id=vacancy.key)
    page = shown(press(app, "Put 1 person forward by the rule"))
    assert standings() == {ada.key: Standing.NOT_REFERRED, ben.key: Standing.REFERRED}
    assert f"Ada Lorne: {WHY}" in page
    assert "1 person is put forward" in page
    page = shown(press(app, "Take Ada Lorne up again"))
    assert standings()[ada.key] is Standing.ASKED
    assert "Ada Lorne is among those who want an interview again" in page
    assert "no interview is left" in page


def test_a_list_that_changed_meanwhile_is_drawn_anew_and_nobody_is_put_forward(
    officer: User, vacancy: Vacancy
):
    ada = want(vacancy, "Ada Lorne", 10)
    app = open_page(officer, PAGE, id=vacancy.key)
    ben = want(vacancy, "Ben Marsh", 90)
    page = shown(press(app, "Put 1 person forward by the rule"))
    assert page.index("Ben Marsh") < page.index("Ada Lorne")
    assert standings() == {ada.key: Standing.ASKED, ben.key: Standing.ASKED}


def test_an_auditor_sees_the_list_and_decides_nothing(vacancy: Vacancy):
    want(vacancy, "Ada Lorne", 10)
    with db.transaction() as session:
        auditor = make_user(session, Role.AUDITOR)
    app = open_page(auditor, PAGE, id=vacancy.key)
    assert "Ada Lorne" in shown(app)
    assert labels(app) == set()


def test_the_shortlist_leads_to_the_interviews_of_a_vacancy_under_an_agreement(
    officer: User, vacancy: Vacancy
):
    page = shown(open_page(officer, "vacancies/shortlist.py", id=vacancy.key))
    assert f"slots?id={vacancy.key}" in page
    assert f"refer?vacancy={vacancy.key}" in page
    with db.transaction() as session:
        other = make_vacancy(session, make_employer(session, "Millbank"))
    page = shown(open_page(officer, "vacancies/shortlist.py", id=other.key))
    assert "slots?id=" not in page
    assert "refer?" not in page
