"""An officer on the page of an employer, in a real browser: wide, narrow, and by the keyboard alone."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from crm.policy import Role
from tests.browser.conftest import Visitor

pytestmark = pytest.mark.browser

TABS = 60


def tab_to(page: Page, words: str) -> None:
    """Press Tab until what has the focus says this."""
    for _ in range(TABS):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.innerText || ''").startswith(words):
            return
    pytest.fail(f"“{words}” cannot be reached with the Tab key.")


def test_an_officer_goes_through_a_list_from_account_to_account(visit: Callable[..., Visitor]):
    visitor = visit(Role.ENGAGEMENT_OFFICER)
    visitor.open("employers", stage="Partner")
    page = visitor.page
    page.get_by_role("link", name="Gingerbread House Bakery").click()
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text("Gingerbread House Bakery")
    visitor.settle()
    expect(page.get_by_text("Strategy agreed from them")).to_be_visible()
    visitor.keep_picture("account")
    page.get_by_role("link", name=re.compile("^Next: ")).click()
    expect(heading).not_to_have_text("Gingerbread House Bakery")
    visitor.settle()
    page.get_by_role("link", name="Previous: Gingerbread House Bakery").click()
    expect(heading).to_have_text("Gingerbread House Bakery")


def test_the_timeline_is_narrowed_by_the_keyboard_and_the_address_keeps_it(visit: Callable[..., Visitor]):
    visitor = visit(Role.ENGAGEMENT_OFFICER, width=320)
    visitor.open("employer", id=1)
    page = visitor.page
    lines = page.locator(".crm-timeline > li")
    expect(lines.filter(has_text="vacancy").first).to_be_attached()
    tab_to(page, "Contacts")
    for _ in range(TABS):
        if page.evaluate("document.activeElement.innerText") == "Awareness sessions":
            break
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Space")
    expect(lines.filter(has_text="vacancy")).to_have_count(0)
    visitor.settle()
    expect(lines.first).to_contain_text("Disability-awareness session")
    visitor.keep_picture("account-narrow")
    page.reload()
    visitor.settle()
    expect(lines.filter(has_text="vacancy")).to_have_count(0)


def test_the_page_for_an_employer_is_printed_without_the_menu(visit: Callable[..., Visitor]):
    visitor = visit(Role.ENGAGEMENT_OFFICER)
    visitor.open("employer", id=1)
    page = visitor.page
    page.get_by_role("link", name="Page for the employer").click()
    expect(page.get_by_role("heading", name="What we agreed")).to_be_visible()
    visitor.settle()
    page.emulate_media(media="print")
    expect(page.get_by_test_id("stSidebar")).to_be_hidden()
    expect(page.get_by_text("Print this page with your browser")).to_be_hidden()
    visitor.keep_picture("employer-sheet")
    page.emulate_media(media="screen")


def test_who_saves_second_sees_what_changed_and_keeps_what_was_typed(visit: Callable[..., Visitor]):
    first, second = visit(Role.ENGAGEMENT_OFFICER), visit(Role.MANAGER)
    for visitor in (first, second):
        visitor.open("employer-edit", id=2)
        visitor.page.get_by_text("What they need", exact=True).click()
    needs = second.page.get_by_label("Needs that nobody meets yet")
    needs.fill("Somebody for the café")
    needs.press("Tab")
    second.settle()
    first.page.get_by_label("Strategy agreed from them").fill("A working interview")
    first.page.get_by_role("button", name="Save employer").click()
    expect(first.page.get_by_role("heading", level=1)).to_have_text("Beanstalk Garden Centre")
    second.page.get_by_role("button", name="Save employer").click()
    problem = second.page.get_by_role("alert").first
    expect(problem).to_contain_text("saved this record after you opened the form")
    expect(second.page.get_by_role("cell", name="A working interview")).to_be_visible()
    expect(needs).to_have_value("Somebody for the café")
