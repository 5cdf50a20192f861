"""A day in the lists of employers, by keyboard alone: a card moved, a view kept, many changed, all undone."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect
from sqlmodel import Session

from crm.db import make_engine, write_lock
from crm.policy import Role
from tests.browser.conftest import Visitor
from tests.makers_employers import make_employer
from tests.serving import AppServer

pytestmark = pytest.mark.browser


def record(server: AppServer, *names: str) -> None:
    """Record employers of these names in the served database."""
    made = make_engine(server.database_url)
    with write_lock(made), Session(made.execution_options(is_write=True)) as session, session.begin():
        for name in names:
            make_employer(session, name)
    made.dispose()


def turn_to(visitor: Visitor, view: str) -> None:
    """Reach the switch with the Tab key, and this view in it with the arrow keys."""
    visitor.tab_to("List")
    for _ in range(["List", "Board", "Week"].index(view)):
        visitor.page.keyboard.press("ArrowRight")
    visitor.page.keyboard.press("Space")


def heading(page: Page) -> Locator:
    return page.get_by_role("heading", level=1)


@pytest.mark.parametrize("width", [1280, 320])
def test_a_card_is_moved_on_a_narrowed_board_and_one_is_back_on_it(visit: Callable[..., Visitor], width: int):
    visitor = visit(Role.ENGAGEMENT_OFFICER, width=width)
    page, name = visitor.page, f"Kestrel Joinery {width}"
    record(visitor.server, name)
    visitor.open("employers", q=name)
    turn_to(visitor, "Board")
    expect(page.get_by_role("region", name="Employers by stage")).to_contain_text(name)
    visitor.expect_nothing_wrong()
    visitor.press(f"Move {name} to another stage")
    expect(heading(page)).to_be_focused()
    visitor.press("Dormant")
    expect(heading(page)).to_have_text(f"Move to dormant: {name}")
    visitor.settle()
    expect(heading(page)).to_be_focused()
    visitor.press("Move to dormant")
    expect(page.get_by_role("alert").first).to_be_focused()
    visitor.expect_nothing_wrong()
    visitor.press("Why: Say why nothing is going on with them, so that nobody has to find out again.")
    expect(page.get_by_label("Why", exact=True)).to_be_focused()
    page.keyboard.type("The owner is abroad until spring")
    visitor.press("Move to dormant")
    expect(page.get_by_text(f"{name} has moved to: Dormant.")).to_be_visible()
    expect(page.get_by_text("1 employer in all")).to_be_visible()
    visitor.settle()
    expect(heading(page)).to_be_focused()
    visitor.keep_picture(f"board-after-a-move-{width}")
    turn_to(visitor, "Week")
    expect(page.get_by_text("Nothing is due and nothing was done")).to_be_visible()
    visitor.expect_nothing_wrong()


@pytest.mark.parametrize("width", [1280, 320])
def test_a_view_is_kept_and_what_it_shows_is_changed_at_once_and_put_back(
    visit: Callable[..., Visitor], width: int
):
    visitor = visit(Role.ENGAGEMENT_OFFICER, width=width)
    page, name = visitor.page, f"Plover {width}"
    record(visitor.server, f"{name} Laundry", f"{name} Print Shop")
    visitor.open("employers", q=name)
    page.get_by_text("Keep this view, or change one").click()
    visitor.settle()
    page.get_by_label("Name of the view").fill(f"Plovers at {width}")
    visitor.press("Keep this view")
    expect(page.get_by_text(f"The view “Plovers at {width}” is kept.")).to_be_visible()
    visitor.open("employers", q="nobody is called so")
    expect(page.get_by_text("No employer fits")).to_be_visible()
    visitor.expect_nothing_wrong()
    visitor.press(f"Plovers at {width}")
    expect(page.get_by_text("2 employers in all")).to_be_visible()
    visitor.settle()
    visitor.press("Change several of these")
    expect(heading(page)).to_have_text("Change several employers")
    visitor.settle()
    page.get_by_text("Give them a tag").click()
    visitor.settle()
    visitor.press("Look at the change")
    expect(page.get_by_text("Write the tag")).to_be_visible()
    visitor.expect_nothing_wrong()
    page.get_by_role("textbox", name="Tag", exact=True).fill("spring fair")
    visitor.press("Look at the change")
    expect(page.get_by_role("row", name=f"{name} Laundry Without it spring fair")).to_be_visible()
    visitor.expect_nothing_wrong()
    visitor.keep_picture(f"change-of-many-{width}")
    visitor.press("Change 2 employers")
    expect(page.get_by_text("2 employers changed.")).to_be_visible()
    visitor.settle()
    expect(page.locator(".st-key-crm-flash")).to_be_focused()
    page.get_by_role("button", name=re.compile("^Undo the change of")).first.press("Enter")
    expect(page.get_by_text("Undone for 2 employers.")).to_be_visible()
