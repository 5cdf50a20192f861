"""Nobody left waiting, in a real browser: a referral left open is found, told, and gone from its board."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from crm.policy import Role
from crm.ui.words import today
from tests.browser.conftest import Visitor

pytestmark = pytest.mark.browser


def test_a_referral_left_open_is_found_told_and_gone_from_the_board(visit: Callable[..., Visitor]):
    visitor = visit(Role.MANAGER, width=320)
    page = visitor.page
    visitor.open("ledger", board="Open ends")
    page.get_by_role("link", name="How did it end?").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Edit Nkechi Obi")
    visitor.settle()
    page.get_by_text("How the referral ended, once somebody has left").click()
    visitor.choose("How the referral ended", "Chose not to")
    page.get_by_role("group", name="On which day").get_by_role("spinbutton").first.focus()
    page.get_by_test_id("stDateInputCalendar").wait_for()
    page.keyboard.type(f"{today():%d%m%Y}")
    visitor.settle()
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("stDateInputCalendar")).to_have_count(0)
    page.get_by_role("button", name="Save job seeker").click()
    expect(page.get_by_text("Nkechi Obi is saved.")).to_be_visible()
    expect(page.get_by_text("The referral ended: chose not to, on")).to_be_visible()
    visitor.open("ledger", board="Open ends")
    expect(page.get_by_text("Of everybody who has left")).to_be_visible()
    visitor.keep_picture("open-ends-320")
