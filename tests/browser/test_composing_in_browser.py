"""A job is composed by hand with the keyboard alone, and is there again after the page was closed."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from crm.policy import Role
from tests.browser.conftest import Visitor

pytestmark = pytest.mark.browser
AT = {"employer": 2, "person": 3}


def meter(page: Page, words: str) -> None:
    expect(page.get_by_text(words).first).to_be_visible()


def test_tasks_are_ticked_undone_and_kept_without_a_mouse_and_outlive_the_page(
    visit: Callable[..., Visitor],
):
    visitor = visit(Role.JOB_COACH, width=320)
    visitor.open("carve-by-hand", **AT)
    boxes = visitor.page.get_by_role("checkbox")
    boxes.nth(0).focus()
    visitor.page.keyboard.press("Space")
    meter(visitor.page, "1 task chosen")
    visitor.settle()
    boxes.nth(1).focus()
    visitor.page.keyboard.press("Space")
    meter(visitor.page, "2 tasks chosen")
    visitor.expect_nothing_wrong()
    visitor.page.get_by_role("button", name="Undo").focus()
    visitor.page.keyboard.press("Enter")
    meter(visitor.page, "1 task chosen")
    visitor.settle()
    visitor.page.close()

    again = visit(Role.JOB_COACH)
    again.open("carve-by-hand", **AT)
    meter(again.page, "1 task chosen")
    expect(again.page.get_by_role("checkbox").nth(0)).to_be_checked()
    again.press("Redo")
    meter(again.page, "2 tasks chosen")
    again.settle()
    again.expect_nothing_wrong()
    again.keep_picture("carve-by-hand")
    again.press("Keep as an idea")
    expect(again.page.get_by_text("The carve is kept as an idea.")).to_be_visible()
    expect(again.page.get_by_role("link", name="Compose further by hand")).to_be_visible()
