"""An officer's tasks in a real browser: wide, narrow, and by keyboard alone; nothing for axe-core to find."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from crm.policy import Role
from tests.browser.conftest import Visitor
from tests.browser.test_every_page import violations

pytestmark = pytest.mark.browser

FOCUSED = "document.activeElement.getAttribute('aria-label') || document.activeElement.innerText || ''"


def add(visitor: Visitor, title: str) -> None:
    """Add a task about the first employer, due on no day."""
    visitor.open("task-change", employer=1)
    visitor.page.get_by_label("What is to be done").fill(title)
    visitor.page.get_by_role("button", name="Save task").click()
    expect(visitor.page.get_by_role("heading", level=1)).to_have_text(title)
    visitor.settle()


def tab_to(page: Page, name: str) -> None:
    """Press Tab until what is called so has the focus."""
    for _ in range(120):
        page.keyboard.press("Tab")
        if str(page.evaluate(FOCUSED)).strip() == name:
            return
    pytest.fail(f"{name} was not reached.")


@pytest.mark.parametrize("width", [1280, 320])
def test_an_officer_adds_a_task_finishes_it_undoes_that_and_puts_it_off(
    visit: Callable[..., Visitor], width: int
):
    visitor = visit(Role.ENGAGEMENT_OFFICER, width=width)
    page, title = visitor.page, f"Ring the bakery from a screen of {width}"
    add(visitor, title)
    visitor.open("tasks", due="Without a day")
    page.get_by_role("button", name=f"Done: {title}").click()
    expect(page.get_by_text(f"“{title}” is done.")).to_be_visible()
    visitor.settle()
    assert violations(page) == []
    expect(page.get_by_role("link", name=title)).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("link", name=title)).to_be_visible()
    visitor.settle()
    page.get_by_role("button", name=f"To tomorrow: {title}").click()
    expect(page.get_by_text(f"“{title}” is due on")).to_be_visible()
    visitor.settle()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_same_goes_by_keyboard_alone_and_the_focus_comes_back_at_undo(visit: Callable[..., Visitor]):
    visitor = visit(Role.ENGAGEMENT_OFFICER)
    page, title = visitor.page, "Ring the bakery by keyboard"
    visitor.open("task-change", employer=1)
    tab_to(page, "What is to be done")
    page.keyboard.type(title)
    tab_to(page, "Save task")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    visitor.open("tasks", due="Without a day")
    tab_to(page, f"Done: {title}")
    page.keyboard.press("Enter")
    expect(page.get_by_text(f"“{title}” is done.")).to_be_visible()
    visitor.settle()
    expect(page.get_by_role("button", name="Undo")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name=title)).to_be_visible()
    visitor.settle()
    tab_to(page, f"To Monday: {title}")
    page.keyboard.press("Enter")
    expect(page.get_by_text(re.compile(f"“{title}” is due on"))).to_be_visible()


def test_each_number_of_today_leads_to_as_many_rows(visit: Callable[..., Visitor]):
    visitor = visit(Role.ENGAGEMENT_OFFICER)
    page = visitor.page
    visitor.open("")
    figures = page.get_by_role("list", name="My day").get_by_role("listitem")
    links = figures.get_by_role("link").evaluate_all("all => all.map(one => one.getAttribute('href'))")
    numbers = figures.locator("strong").all_inner_texts()
    assert len(numbers) == len(links) == 7
    for number, address in zip(numbers, links, strict=True):
        visitor.open(address)
        expect(page.locator(".crm-count")).to_have_text(re.compile(rf"^{number} \w+ in all$"))
