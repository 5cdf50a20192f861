"""Logging a contact in a real browser: from anywhere, by keyboard alone, on a phone, and over a lost page."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from crm.policy import Role
from tests.browser.conftest import Visitor
from tests.browser.test_every_page import draw, violations

pytestmark = pytest.mark.browser

SAID = "What was said"


def be_in(page: Page, label: str) -> None:
    expect(page.get_by_label(label, exact=True)).to_be_focused()


def tab_to(page: Page, name: str) -> None:
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.innerText.trim()") == name:
            return
    pytest.fail(f"The Tab key does not reach “{name}”.")


def test_an_officer_logs_a_contact_with_the_keyboard_alone(visit: Callable[..., Visitor]):
    visitor = visit(Role.ENGAGEMENT_OFFICER)
    visitor.open("vacancies")
    page = visitor.page
    page.keyboard.press("Alt+l")
    expect(page.get_by_role("heading", level=1)).to_have_text("Log a contact")
    be_in(page, "Which employer?")
    page.keyboard.type("cobbler")
    expect(page.get_by_role("link", name="Elves and Cobbler Shoe Repairs")).to_be_visible()
    visitor.settle()
    tab_to(page, "Elves and Cobbler Shoe Repairs")
    page.keyboard.press("Enter")
    be_in(page, SAID)
    page.keyboard.type("Stefan wants to hand on the polishing.")
    visitor.settle()
    tab_to(page, "Ring in 2 weeks")
    page.keyboard.press("Enter")
    visitor.settle()
    visitor.keep_picture("contact-form")
    tab_to(page, "Save contact")
    page.keyboard.press("Enter")
    expect(page.get_by_text(re.compile("Contact saved. .*Next step: Ring again"))).to_be_visible()
    visitor.settle()
    visitor.keep_picture("contact-logged")
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("The contact is undone")).to_be_visible()


def test_three_taps_and_a_sentence_log_a_contact_on_a_phone(visit: Callable[..., Visitor]):
    visitor = visit(Role.ENGAGEMENT_OFFICER, width=320, height=640)
    visitor.open("employer", id=1)
    page = visitor.page
    page.get_by_role("link", name="Log a contact", exact=True).click()
    be_in(page, SAID)
    page.keyboard.type("Two more starters before Christmas.")
    visitor.settle()
    visitor.keep_picture("contact-on-a-phone")
    page.get_by_role("button", name="Visit in a month").or_(
        page.get_by_role("radio", name="Visit in a month")
    ).click()
    visitor.settle()
    page.get_by_role("button", name="Save contact").click()
    expect(page.get_by_text("Contact saved.")).to_be_visible()


def test_what_is_being_typed_is_kept_though_the_page_is_lost_and_escape_goes_back(
    visit: Callable[..., Visitor],
):
    visitor = visit(Role.ENGAGEMENT_OFFICER)
    visitor.open("employer", id=3)
    page = visitor.page
    page.keyboard.press("Alt+l")
    be_in(page, SAID)
    page.keyboard.type("Half a sentence, and then the battery")
    unsent = page.get_by_text("Press Ctrl+Enter to apply")
    expect(unsent).to_be_visible()
    expect(unsent).to_have_count(0)
    visitor.settle()
    page.reload()
    visitor.settle()
    expect(page.get_by_label(SAID, exact=True)).to_have_value("Half a sentence, and then the battery")
    page.get_by_label(SAID, exact=True).press("End")
    page.keyboard.type(" went")
    page.keyboard.press("Escape")
    expect(page.get_by_role("heading", level=1)).to_have_text("Old King Cole Care Homes")
    visitor.settle()
    page.keyboard.press("Alt+l")
    expect(page.get_by_label(SAID, exact=True)).to_have_value("Half a sentence, and then the battery went")


def test_axe_finds_nothing_on_the_filled_form(visit: Callable[..., Visitor]):
    visitor = visit(Role.ENGAGEMENT_OFFICER)
    visitor.open("log-contact", employer=16)
    page = visitor.page
    for title in page.locator("summary").all():
        title.click()
    visitor.settle()
    assert violations(draw(visitor)) == []
    assert violations(draw(visitor, scheme="dark")) == []
    assert violations(draw(visitor, width=320)) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    visitor.keep_picture("contact-form-open")
