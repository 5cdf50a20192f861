"""In a warehouse, on a telephone: a job analysis started with the keys alone, over a stop of the service."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlmodel import Session

from crm.policy import Role
from tests.browser.conftest import Visitor
from tests.browser.test_every_page import violations
from tests.conftest import copy_of
from tests.makers_employers import make_employer
from tests.serving import AppServer, free_port, serve

pytestmark = pytest.mark.browser
TASK = "Fill shelves from cages"
FOCUS = """() => { const e = document.activeElement;
    return (e.getAttribute('aria-label') || e.closest('label')?.innerText || e.innerText || '').trim(); }"""
TAPPED = '[data-testid="stMain"] :is(a[href], button, label:has(input))'
SMALL = """tapped => [...document.querySelectorAll(tapped)]
    .map(e => [e, e.getBoundingClientRect()])
    .filter(([e, at]) => at.width && (at.width < 24 || at.height < 24))
    .map(([e, at]) => `${e.outerHTML.slice(0, 90)}: ${at.width} × ${at.height}`)"""


def fill(session: Session) -> None:
    make_employer(session, "Fernside Stores")


def tab_to(page: Page, name: str) -> None:
    """Press Tab until what has this name has the focus."""
    for _ in range(90):
        if page.evaluate(FOCUS) == name:
            return
        page.keyboard.press("Tab")
    pytest.fail(f"The Tab key does not come to “{name}”.")


def begin(page: Page, visitor: Visitor) -> None:
    """Find the role by another name of it, tick a task, and put its minutes up by a step."""
    tab_to(page, "Which role is nearest?")
    page.keyboard.type("shelf staker")
    page.get_by_role("link", name="Shelf filler").wait_for()
    tab_to(page, "Shelf filler")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="What is done here").wait_for()
    visitor.settle()
    tab_to(page, TASK)
    page.keyboard.press("Space")
    page.get_by_label(f"Minutes each time: {TASK}").wait_for()
    visitor.settle()
    tab_to(page, f"Minutes each time: {TASK}")
    page.keyboard.press("ArrowUp")
    expect(page.get_by_text("The timed tasks take 10.42 hours")).to_be_visible()
    visitor.settle()


def finish(page: Page, visitor: Visitor) -> None:
    """Say that there is an induction, how many hours the post has, and save."""
    tab_to(page, "Is there")
    page.keyboard.press("Space")
    visitor.settle()
    tab_to(page, "Hours of the post a week")
    page.keyboard.type("16")
    page.keyboard.press("Tab")
    expect(page.get_by_text("the post has 16 hours, 5.58 hours more")).to_be_visible()
    visitor.settle()
    tab_to(page, "Save job analysis")
    page.keyboard.press("Enter")


def opened(browser: Browser, server: AppServer) -> Page:
    """A coach's telephone, on the page that asks which job it is."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, reduced_motion="reduce")
    page = context.new_page()
    server.sign_in(page, Role.JOB_COACH)
    page.goto(f"{server.url}/analysis-start?employer=1")
    return page


def test_an_analysis_is_made_by_keyboard_on_a_telephone_and_outlives_a_stop_of_the_service(
    browser: Browser, template_database: Path, tmp_path: Path
):
    folder, port = copy_of(template_database, tmp_path), free_port()
    with serve(folder, fill=fill, port=port) as server:
        page = opened(browser, server)
        visitor = Visitor(page, server)
        visitor.settle()
        begin(page, visitor)
        assert violations(page) == []
        assert page.evaluate(SMALL, TAPPED) == []
    expect(page.locator(".crm-lost")).to_contain_text("The connection to the service is lost")
    with serve(folder, is_set_up=False, port=port):
        expect(page.locator(".crm-lost")).to_be_empty()
        visitor.settle()
        minutes = page.get_by_label(f"Minutes each time: {TASK}")
        expect(minutes).to_have_value("125")
        page.reload()
        visitor.settle()
        expect(minutes).to_have_value("125")
        finish(page, visitor)
        expect(page.get_by_text("is saved. It can be matched and carved from")).to_be_visible()
        visitor.settle()
        supports = page.get_by_role("table", name="Natural supports at this workplace")
        expect(supports).to_contain_text("Induction")
        page.context.close()
