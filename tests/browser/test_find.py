"""Find, in a real browser and by keyboard alone: a slip of the keys, an arrow, Enter, and one is there."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from crm.policy import Role
from tests.browser.conftest import Visitor
from tests.browser.test_every_page import violations

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [1280, 320])
def test_an_employer_is_found_with_a_slip_and_opened_with_the_keyboard_alone(
    visit: Callable[..., Visitor], width: int
):
    visitor = visit(Role.ENGAGEMENT_OFFICER, width=width)
    visitor.open("vacancies")
    page = visitor.page
    box = page.get_by_role("combobox", name="Find", exact=True)
    page.keyboard.press("Alt+k")
    expect(box).to_be_focused()
    page.keyboard.type("gignerbraed")
    option = page.get_by_role("option", name="Gingerbread House Bakery").first
    expect(option).to_be_visible()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    visitor.keep_picture(f"find-{width}")
    page.keyboard.press("Escape")
    expect(box).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("ArrowDown")
    expect(option).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Gingerbread House Bakery")
    visitor.settle()
    expect(page.get_by_role("heading", level=1)).to_be_focused()


def test_enter_without_a_choice_shows_everything_and_keeps_the_words_out_of_the_address(
    visit: Callable[..., Visitor],
):
    visitor = visit(Role.ENGAGEMENT_OFFICER)
    visitor.open("")
    page = visitor.page
    page.keyboard.press("Alt+k")
    page.keyboard.type("gingerbread")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Employers (1)")).to_be_visible()
    expect(page.get_by_label("Name, number or postcode")).to_have_value("gingerbread")
    assert "gingerbread" not in page.url
    visitor.settle()
    assert violations(page) == []
