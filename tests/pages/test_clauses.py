"""The screens of clauses and of agreements in words."""

import json

import pytest
from streamlit.testing.v1 import AppTest

from crm import db
from crm.models.agreement_choices import ClauseKey
from crm.models.users import SYSTEM, User
from crm.policy import Role
from crm.services import clause_library
from crm.services.clause_library import Wording
from tests.makers import make_service, make_user
from tests.makers_employers import make_agreement
from tests.pages.opening import open_page, press, shown, type_into
from tests.pages.test_naughty_strings import STRINGS


@pytest.fixture
def administrator(database: str) -> User:
    with db.transaction() as session:
        make_service(session)
        return make_user(session, Role.ADMINISTRATOR, name="Ada Quill")


@pytest.fixture
def officer(administrator: User) -> User:
    with db.transaction() as session:
        return make_user(session, Role.ENGAGEMENT_OFFICER, name="Ines Marlow")


def feedback() -> Wording:
    with db.transaction() as session:
        return clause_library.in_force(session, by=SYSTEM)[ClauseKey.FEEDBACK]


def write(app: AppTest, label: str, text: str) -> None:
    next(box for box in app.text_area if box.label == label).set_value(text)


def test_a_clause_is_worded_anew_with_its_preview_and_taken_back(administrator: User, officer: User):
    app = open_page(administrator, "agreements/clause_edit.py", of="feedback")
    assert "Fernside Bakery tells each person how it went within 5 days" in shown(app)
    write(app, "Words", "{employer} rings within {feedback_days}, <b>always</b>.")
    app.run()
    assert "Fernside Bakery rings within 5 days, &lt;b&gt;always&lt;/b&gt;." in shown(app)
    type_into(app, "Why it is changed", "Shorter")
    press(app, "Save as edition 2")
    assert (feedback().edition, feedback().why) == (2, "Shorter")
    assert "Ada Quill" in shown(open_page(officer, "agreements/clauses.py"))
    page = shown(open_page(officer, "agreements/clauses.py", of="feedback"))
    assert "What edition 2 changed" in page
    assert "Word it anew" not in page
    app = open_page(administrator, "agreements/clause_edit.py", of="feedback")
    app = press(app, "Take back to edition 1")
    assert "in force again, as edition 3" in shown(app)
    assert (feedback().edition, feedback().heading) == (3, "Feedback")


@pytest.mark.reference
def test_strings_that_break_other_software_are_worded_exactly_as_typed(administrator: User):
    strings = json.loads(STRINGS.read_text(encoding="utf-8"))
    naughty = "\n".join(text for text in strings if text.strip() and not set(text) & set("{}\0\r"))[:19_000]
    app = open_page(administrator, "agreements/clause_edit.py", of="feedback")
    write(app, "Words", naughty)
    press(app, "Save as edition 2")
    assert (feedback().edition, feedback().words) == (2, naughty)


def test_what_cannot_be_filled_in_is_said_as_one_types_and_refused(administrator: User):
    app = open_page(administrator, "agreements/clause_edit.py", of="feedback")
    write(app, "Words", "{employer} rings within {feedback_weeks}.")
    app.run()
    assert "nothing to fill in for" in shown(app)
    press(app, "Save as edition 2")
    assert "Words: There is nothing to fill in for {feedback_weeks}" in shown(app).replace("\\", "")
    assert feedback().edition == 1


def test_long_sentences_and_what_is_left_unsaid_are_hinted_at_and_not_refused(administrator: User):
    app = open_page(administrator, "agreements/clause_edit.py", of="feedback")
    write(app, "Easy Read", f"They will ring {'and tell you how it all went ' * 3}confidentially.")
    write(app, "Words", "{employer} rings.")
    app.run()
    said = shown(app).replace("\\", "")
    assert "more than 15" in said
    assert "Long words: confidentially" in said
    assert "does not say {feedback_days}, {service} any more" in said
    press(app, "Save as edition 2")
    assert feedback().edition == 2


def test_an_agreement_is_read_in_words_and_in_easy_read(officer: User):
    with db.transaction() as session:
        key = make_agreement(session, job_families="{employer} <i>baking</i>", feedback_days=5).key
    page = shown(open_page(officer, "agreements/record.py", id=key))
    assert f"agreement-paper?id={key}" in page
    assert 'href="clauses"' in page
    page = shown(open_page(officer, "agreements/paper.py", id=key))
    assert "about these jobs: {employer} &lt;i&gt;baking&lt;/i&gt;." in page
    assert "tells each person how it went within 5 days" in page
    assert "Wording: edition 1" in page
    easy = shown(open_page(officer, "agreements/paper.py", id=key, style="Easy Read"))
    assert "You hear within 5 days." in easy
    assert "pictograms/stop.svg" in easy
    assert "tells each person" not in easy
    large = shown(open_page(officer, "agreements/paper.py", id=key, style="Large print"))
    assert "<li>Sites: Every site</li>" in large
    assert "tells each person how it went within 5 days" in large


def test_a_clause_that_there_is_not_is_said_so(administrator: User):
    app = open_page(administrator, "agreements/clause_edit.py", of="penalties")
    assert "There is no such clause" in shown(app)


def test_the_clauses_are_reached_from_the_settings_and_from_ones_account(administrator: User, officer: User):
    assert 'href="clauses"' in shown(open_page(administrator, "settings/settings.py"))
    assert 'href="clauses"' in shown(open_page(officer, "account/account.py"))
