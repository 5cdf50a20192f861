"""A carved job in a real browser: from an idea to agreed, and the vacancy and analysis that it becomes."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import expect
from sqlmodel import Session

from crm.db import make_engine, write_lock
from crm.models.carves import CarveStage
from crm.policy import Role
from crm.ui.words import say, today
from tests.browser.agreement_screens import Answer, Screens, typed
from tests.browser.conftest import Visitor
from tests.makers_employers import make_employer, make_person
from tests.makers_stages import make_bank, make_carve, make_consulted
from tests.serving import AppServer

pytestmark = pytest.mark.browser

FIRST_DAY = date(2026, 12, 14)


def keep_an_idea(server: AppServer) -> int:
    """A carved job of a new employer where Dana Holt works, whose staff were consulted; its id."""
    made = make_engine(server.database_url)
    with write_lock(made), Session(made.execution_options(is_write=True)) as session, session.begin():
        employer = make_employer(session, "Wren Packaging")
        make_person(session, employer)
        carve = make_carve(session, make_bank(session, employer), stage_since=today())
        make_consulted(session, carve)
        key = carve.key
    made.dispose()
    return key


def move(visitor: Visitor, key: int, stage: CarveStage, *answers: Answer) -> None:
    """Move a carved job to a stage from its own page, saying what the stage needs."""
    page = visitor.page
    visitor.follow("carve-move", id=key, to=stage.value)
    Screens(visitor).answer(answers)
    visitor.expect_nothing_wrong()
    page.get_by_role("button", name=f"Move to {say(stage).lower()}", exact=True).click()
    expect(page.get_by_text(f"The carved job has moved to: {say(stage)}.")).to_be_visible()
    visitor.settle()


def test_an_idea_becomes_an_agreed_job_with_its_vacancy_and_its_analysis(visit: Callable[..., Visitor]):
    visitor = visit(Role.ENGAGEMENT_OFFICER)
    page, key = visitor.page, keep_an_idea(visitor.server)
    visitor.open("carved-job", id=key)
    expect(page.get_by_text("Needs confirmed asks for who at the employer")).to_be_visible()
    confirmed = (
        ("Who at the employer confirmed it", "Dana Holt"),
        (
            "What the employer needs, in their words",
            "The labels never get done",
        ),
    )
    move(visitor, key, CarveStage.NEEDS_CONFIRMED, *confirmed)
    move(visitor, key, CarveStage.PROPOSAL)
    agreed = ("Who at the employer agreed", "Dana Holt"), ("First day of the job", typed(FIRST_DAY))
    move(visitor, key, CarveStage.AGREED, *agreed)
    expect(page.get_by_role("row", name=re.compile("Proposal Agreed Dana Holt"))).to_be_visible()
    visitor.keep_picture("carved-job-agreed")
    page.get_by_role("link", name="Its vacancy").click()
    visitor.settle()
    expect(page.get_by_role("heading", level=1)).to_have_text("Packing and labels")
    expect(page.get_by_text("14 December 2026").first).to_be_visible()
    page.get_by_role("link", name=re.compile("^Packing and labels")).first.click()
    visitor.settle()
    expect(page.get_by_role("table", name="Tasks")).to_contain_text("Greet drivers")
    visitor.keep_picture("analysis-of-an-agreed-job")
