"""A whole profile at a kitchen table: on a phone, with the keyboard, over a restart of the server."""

from collections.abc import Generator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, expect
from sqlmodel import Session

from crm.models.profiles import Step
from crm.policy import Role
from tests.browser.conftest import Visitor
from tests.browser.kept import expect_kept, last_kept
from tests.browser.test_every_page import violations
from tests.conftest import copy_of
from tests.makers_people import make_seeker, make_step
from tests.serving import AppServer, serve

pytestmark = [pytest.mark.browser, pytest.mark.timeout(480)]

SMALL = """() => [...document.querySelectorAll(
    '[data-testid="stMain"] :is(a[href], button, textarea, input:not([type="radio"]), label:has(input))')]
    .filter(e => e.getClientRects().length && !e.closest('[inert]'))
    .filter(e => { const at = e.getBoundingClientRect(); return Math.min(at.width, at.height) < 24; })
    .map(e => e.outerHTML.slice(0, 120))"""
"""What a thumb may miss: less than 24 pixels wide or high."""


@pytest.fixture(scope="module")
def folder(template_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_of(template_database, tmp_path_factory.mktemp("phone"))


@pytest.fixture
def phone(browser: Browser) -> Generator[BrowserContext]:
    context = browser.new_context(
        viewport={"width": 360, "height": 740}, reduced_motion="reduce", has_touch=True
    )
    yield context
    context.close()


LEFT_OUT = (
    *(Step.STRENGTHS, Step.SKILLS, Step.EDUCATION, Step.JOBS, Step.ENVIRONMENT, Step.CONDITIONS),
    *(Step.COMMUNICATION, Step.DISCLOSURE, Step.FAMILY),
)
"""Steps that ask in the same ways as those that are filled in; this person was not asked about them."""


def fill(session: Session) -> None:
    seeker = make_seeker(session, "Amara Nwosu")
    for step in LEFT_OUT:
        make_step(session, seeker, step, state="nothing_asked")


def first_half(phone: BrowserContext, server: AppServer) -> None:
    """From the list into the first step with the keyboard, saved; the second is left half typed."""
    page = phone.new_page()
    server.sign_in(page, Role.JOB_COACH, "/profile-edit?seeker=1")
    visitor = Visitor(page, server)
    visitor.settle()
    assert violations(page) == []
    assert page.evaluate(SMALL) == []
    visitor.keep_picture("profile-on-a-phone")
    page.get_by_role("link", name="How I describe myself").focus()
    page.keyboard.press("Enter")
    page.get_by_role("heading", level=1, name="How I describe myself").wait_for()
    visitor.settle()
    page.get_by_role("textbox", name="How I describe myself").focus()
    page.keyboard.type("I learn best when I am shown.")
    go_on_by_keyboard(visitor)
    page.get_by_role("heading", level=1, name="What I want to do").wait_for()
    visitor.settle()
    before = last_kept(server)
    page.get_by_label("My dream job").fill("A cake stall")
    page.get_by_label("My dream job").press("Tab")
    expect_kept(visitor, before)
    page.close()


def go_on_by_keyboard(visitor: Visitor) -> None:
    """On with Tab to the button that saves, and Enter."""
    page = visitor.page
    for _ in range(12):
        page.keyboard.press("Tab")
        visitor.settle()
        if page.evaluate("document.activeElement.innerText") == "Save and go on":
            page.keyboard.press("Enter")
            return
    pytest.fail("The Tab key does not lead to “Save and go on”.")


def second_half(phone: BrowserContext, server: AppServer) -> None:
    """The half-typed step is there again; from it every step left is saved, to the end."""
    visitor = Visitor(phone.new_page(), server)
    visitor.open("profile-edit", seeker=1)
    page = visitor.page
    expect(page.get_by_text("10 of 19 steps are done")).to_be_visible()
    page.get_by_role("link", name="What I want to do").click()
    visitor.settle()
    expect(page.get_by_label("My dream job")).to_have_value("A cake stall")
    small: list[str] = []
    for _ in range(9):
        before = page.get_by_role("heading", level=1).inner_text()
        small += page.evaluate(SMALL)
        page.get_by_role("button", name="Save and go on").click()
        expect(page.get_by_role("heading", level=1)).not_to_have_text(before)
        visitor.settle()
    assert small == []
    expect(page.get_by_text("19 of 19 steps are done")).to_be_visible()
    page.get_by_role("button", name="Keep this version").click()
    expect(page.get_by_text("This version is kept")).to_be_visible()
    visitor.open("seeker", id=1)
    page.get_by_text("In their own words").click()
    expect(page.get_by_text("I learn best when I am shown.")).to_be_visible()
    expect(page.get_by_text("A cake stall")).to_be_visible()


def test_a_profile_is_completed_on_a_phone_over_a_restart_of_the_server(phone: BrowserContext, folder: Path):
    with serve(folder, fill=fill) as server:
        first_half(phone, server)
    with serve(folder, is_set_up=False) as again:
        second_half(phone, again)
