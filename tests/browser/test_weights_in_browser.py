"""Other weights in a real browser: what they would change is on the page, before they are saved."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from crm.policy import Role
from tests.browser.conftest import Visitor

pytestmark = pytest.mark.browser


def test_the_effect_of_weights_is_seen_before_they_are_saved(visit: Callable[..., Visitor]):
    visitor = visit(Role.ADMINISTRATOR, width=400)
    page = visitor.page
    visitor.open("weights")
    page.get_by_label("Weight of skills", exact=True).fill("10")
    page.get_by_label("Why these weights", exact=True).fill("A try")
    page.get_by_label("Why these weights", exact=True).blur()
    visitor.settle()
    expect(page.get_by_role("heading", name="What these weights would change")).to_be_visible()
    expect(page.get_by_role("table", name="What these weights would change")).to_contain_text("first five")
    visitor.expect_nothing_wrong()
