"""An agreement written on a telephone with the keys alone, as the last of its kind, and its checks."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from crm.policy import Role
from tests.browser.conftest import Visitor

pytestmark = pytest.mark.browser
IS_RADIO = "document.activeElement.type === 'radio'"


def test_an_agreement_is_started_as_the_last_one_and_its_changes_are_said(
    visit: Callable[..., Visitor], ids: dict[str, int]
):
    visitor = visit(Role.MANAGER, width=320)
    page = visitor.page
    visitor.open("agreement-edit", employer=ids["employer"])
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate(IS_RADIO):
            break
    page.keyboard.press("Space")
    expect(page.get_by_role("heading", name="Guaranteed interviews")).to_be_visible()
    visitor.settle()
    visitor.press("Start as our last agreement of this kind")
    expect(page.get_by_text("Started from guaranteed interview")).to_be_visible()
    visitor.settle()
    visitor.tab_to("Feedback within how many days")
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("21")
    page.keyboard.press("Shift+Tab")
    expect(page.get_by_text("Changed from:")).to_be_visible()
    visitor.expect_nothing_wrong()
    expect(page.get_by_role("heading", name="Checks")).to_be_visible()
    visitor.keep_picture("agreement-form-320")
    page.set_viewport_size({"width": 1280, "height": 800})
    visitor.settle()
    visitor.keep_picture("agreement-form-1280")
