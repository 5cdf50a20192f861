"""What became of promises on the pages of agreements and employers, and the pack for an employer."""

from typing import Any

import pytest

from crm import db
from crm.models.agreement_choices import Promise
from crm.models.agreements import Agreement
from crm.models.users import User
from crm.policy import Role
from crm.services.promise_counts import FIELD_OF
from crm.services.promise_words import COUNT_WORDS
from crm.ui.words import say
from tests.makers import make_service, make_user
from tests.makers_employers import make_active, make_agreement, make_employer
from tests.makers_people import make_seeker
from tests.makers_placements import make_session
from tests.makers_promises import broken, disputed, kept, make_use
from tests.pages.opening import open_page, shown


@pytest.fixture
def officer(database: str) -> User:
    with db.transaction() as session:
        make_service(session)
        return make_user(session, Role.ENGAGEMENT_OFFICER, name="Ines Marlow")


@pytest.fixture
def agreement(officer: User) -> Agreement:
    """One for whom it was kept, one for whom it was broken, one in dispute."""
    with db.transaction() as session:
        made = make_active(session)
        for facts in (kept(), broken(), disputed()):
            make_use(session, made, **facts)
        return made


def test_the_page_of_an_agreement_says_what_became_of_it(officer: User, agreement: Agreement):
    app = open_page(officer, "agreements/record.py", id=agreement.key)
    page = shown(app)
    assert "Interviews: 1 of 2 due were kept (50 %; 33 % to 67 % with 1 in dispute)." in page
    assert "what became of 3 promises to people: kept 1, broken by the employer 1, disputed 1" in page
    assert f"renewal-pack?id={agreement.key}" in page


def test_an_agreement_that_nobody_used_says_so(officer: User):
    with db.transaction() as session:
        key = make_agreement(session).key
    page = shown(open_page(officer, "agreements/record.py", id=key))
    assert "Nobody has been put forward here yet." in page
    assert "What became of it" not in page
    assert "renewal-pack" not in page


def test_the_page_of_an_employer_says_its_honour_in_a_line_a_kind(officer: User, agreement: Agreement):
    page = shown(open_page(officer, "employers/record.py", id=agreement.employer_id))
    assert "Interviews promised here: 1 of 2 due were kept (50 %" in page
    with db.transaction() as session:
        key = make_employer(session, "Nobody’s").key
    assert "promised here" not in shown(open_page(officer, "employers/record.py", id=key))


def test_the_page_of_an_employer_tells_interviews_after_training_apart(officer: User, agreement: Agreement):
    with db.transaction() as session:
        trained = make_use(session, agreement, promise=Promise.TRAINING, **kept())
        make_use(session, agreement, after_use_id=trained.key, **kept())
    page = shown(open_page(officer, "employers/record.py", id=agreement.employer_id))
    assert "Interviews promised here: 1 of 2 due were kept (50 %" in page
    assert "Interviews after training promised here: 1 of 1 due was kept (100 %)." in page
    assert "Training promised here: 1 of 1 due was kept (100 %)." in page


def test_what_became_of_it_comes_before_the_clauses_once_it_is_signed(officer: User, agreement: Agreement):
    page = shown(open_page(officer, "agreements/record.py", id=agreement.key))
    assert page.index("What became of it") < page.index("What was agreed")
    with db.transaction() as session:
        draft = make_agreement(session, make_employer(session, "Idea Only")).key
    page = shown(open_page(officer, "agreements/record.py", id=draft))
    assert page.index("What was agreed") < page.index("Nobody has been put forward here yet.")


def test_the_renewal_pack_names_nobody_and_tells_no_small_number(officer: User):
    with db.transaction() as session:
        clauses: dict[str, Any] = {"kind": "combined", "mock_sessions": 4, "mock_places": 6}
        clauses |= {"training_weeks": 3, "training_places": 8, "training_hours": 12, "trial_weeks": 2}
        made = make_agreement(session, **clauses)
        people = [make_seeker(session, f"Zebedee {number}") for number in "ABC"]
        for person, facts in zip(people, (kept(), broken(), disputed()), strict=True):
            make_use(session, made, person, **facts, promise=Promise.TRAINING)
        make_session(session, made)
    page = shown(open_page(officer, "agreements/renewal_pack.py", id=made.key))
    for words in (
        "4 sessions a year, 6 places",
        "3 weeks, 12 hours a week, 8 places",
        "Mock interview sessions: 1 held",
        "fewer than 5 of fewer than 5 who started by then",
        "Finished the training",
        "50 %",
    ):
        assert words in page
    assert f"files/renewal-pack/{made.key}.docx" in page
    assert f"print/renewal-pack/{made.key}" in page
    assert "Zebedee" not in page
    assert "Dana Holt" not in page


def test_figures_say_of_promises_what_the_list_behind_them_says():
    assert {name: say(told) for told, name in FIELD_OF.items()} == COUNT_WORDS
