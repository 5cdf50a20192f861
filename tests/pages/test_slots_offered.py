"""The screen of a vacancy's interviews: how many are taken, who gets one, and what only some may press."""

from typing import Any

import pytest

from crm import db
from crm.models.agreement_choices import Given, Oversubscription, Standing
from crm.models.users import User
from crm.models.vacancies import Vacancy
from crm.policy import Role
from crm.services import records
from crm.ui.words import today
from tests.makers import make_service, make_user
from tests.makers_employers import TO_SIGNATURE, make_agreement, make_employer, move_to
from tests.makers_jobs import make_vacancy
from tests.makers_people import make_seeker
from tests.makers_promises import make_use
from tests.pages.opening import open_page, press, shown

SLOTS = "vacancies/slots.py"
CLAUSES = {"most_interviews": 2, "oversubscription_rule": Oversubscription.LONGEST_WAIT}


@pytest.fixture
def manager(database: str) -> User:
    with db.transaction() as session:
        make_service(session)
        return make_user(session, Role.MANAGER, name="Ines Marlow")


@pytest.fixture
def vacancy(manager: User) -> Vacancy:
    """One interview taken, one that somebody could not attend, and one person who was set aside."""
    with db.transaction() as session:
        employer = make_employer(session)
        made = make_agreement(session, employer, today=today(), **CLAUSES)
        agreement = move_to(session, made, *TO_SIGNATURE, on=today())
        row = make_vacancy(session, employer)
        records.change(session, row, {"agreement_id": agreement.key}, version=row.version)
        make_use(session, agreement, vacancy_id=row.key)
        missed: dict[str, Any] = {"given": Given.COULD_NOT_ATTEND, "given_why": "Was ill"}
        make_use(session, agreement, vacancy_id=row.key, **missed)
        aside: dict[str, Any] = {"standing": Standing.NOT_REFERRED, "not_referred_why": "Lots were drawn"}
        aside["referred_on"] = None
        make_use(session, agreement, make_seeker(session, "Amara"), vacancy_id=row.key, **aside)
        return row


def test_an_interview_that_somebody_could_not_attend_is_not_said_to_be_taken(manager: User, vacancy: Vacancy):
    page = shown(open_page(manager, SLOTS, id=vacancy.key))
    assert "Taken, without those who withdrew or could not attend</dt><dd>1</dd>" in page
    assert f"promises?vacancy={vacancy.key}" in page


def test_whoever_was_set_aside_is_taken_up_from_the_page(manager: User, vacancy: Vacancy):
    app = open_page(manager, SLOTS, id=vacancy.key)
    assert "Amara: Lots were drawn" in shown(app)
    assert "among those who want an interview again" in shown(press(app, "Take Amara up again"))


def test_an_auditor_reads_who_was_set_aside_and_is_offered_nothing_to_press(manager: User, vacancy: Vacancy):
    with db.transaction() as session:
        auditor = make_user(session, Role.AUDITOR)
    app = open_page(auditor, SLOTS, id=vacancy.key)
    assert "Amara: Lots were drawn" in shown(app)
    assert not app.button
    assert "refer?" not in shown(app)
