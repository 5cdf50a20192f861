"""A shortlist in a real browser: a row opens in place, and what was shown is there again on coming back."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from crm.policy import Role
from tests.browser.conftest import Visitor

pytestmark = pytest.mark.browser


def test_a_row_opens_by_the_keyboard_and_the_rows_shown_outlast_a_look_at_somebody(
    visit: Callable[..., Visitor],
):
    visitor = visit(Role.JOB_COACH, width=320)
    visitor.open("shortlist", id=1)
    page = visitor.page
    rows = page.locator(".crm-card")
    before = rows.count()
    more = page.get_by_role("button", name="Show 25 more of").first
    more.click()
    expect(rows).not_to_have_count(before)
    visitor.settle()
    grown = rows.count()
    opener = rows.first.locator("summary")
    opener.focus()
    page.keyboard.press("Enter")
    expect(rows.first.get_by_role("link", name="The whole comparison with")).to_be_visible()
    visitor.expect_nothing_wrong()
    rows.first.get_by_role("link").first.click()
    expect(page.get_by_role("heading", name="What you could say to the employer")).to_be_visible()
    visitor.settle()
    page.get_by_role("link", name="Shortlist", exact=True).click()
    expect(page.get_by_role("heading", name="Shortlist:")).to_be_visible()
    visitor.settle()
    expect(rows).to_have_count(grown)
