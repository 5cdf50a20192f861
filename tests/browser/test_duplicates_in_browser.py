"""Duplicates in a real browser: warned of, found, merged side by side, undone, on a desk and on a phone."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from crm.db import make_engine
from crm.policy import Role
from tests.browser.conftest import Visitor
from tests.browser.test_every_page import violations
from tests.makers_duplicates import stored_twins

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [1280, 320])
def test_an_officer_finds_a_pair_merges_it_and_undoes_it(visit: Callable[..., Visitor], width: int):
    visitor = visit(Role.ENGAGEMENT_OFFICER, width=width)
    kept, loser = stored_twins(make_engine(visitor.server.database_url), f"Quillfeather {width}")
    page = visitor.page
    visitor.open("employers")
    page.get_by_role("link", name="Possible duplicates").click()
    visitor.settle()
    expect(page.get_by_text("same telephone, name alike, same address").first).to_be_visible()
    visitor.keep_picture(f"possible-duplicates-{width}")
    page.get_by_role("link", name=f"{kept.name} and {loser.name}").click()
    visitor.settle()
    expect(page.get_by_text("1 site, 1 person")).to_be_visible()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    visitor.keep_picture(f"merge-{width}")
    page.get_by_role("button", name="Merge them").click()
    expect(page.get_by_text("It can be undone for 30 days")).to_be_visible()
    visitor.open("employer", id=loser.key)
    expect(page.get_by_role("heading", level=1)).to_have_text(kept.name)
    page.get_by_role("link", name=re.compile("look, or undo it")).click()
    visitor.settle()
    assert violations(page) == []
    visitor.keep_picture(f"merged-{width}")
    page.get_by_role("button", name="Undo the merge").click()
    expect(page.get_by_text(f"{loser.name} is back")).to_be_visible()
    visitor.open("employer", id=loser.key)
    expect(page.get_by_role("heading", level=1)).to_have_text(loser.name)


def test_what_may_be_here_already_is_told_while_typing_and_opens_beside(visit: Callable[..., Visitor]):
    visitor = visit(Role.MANAGER)  # whose draft is in no other test's way
    kept, _ = stored_twins(make_engine(visitor.server.database_url), "Thistledown")
    visitor.open("employer-edit")
    page = visitor.page
    page.get_by_label("Name of the organisation").fill(kept.name)
    page.get_by_label("Name of the organisation").press("Tab")
    expect(page.get_by_text("This may already be here")).to_be_visible()
    visitor.settle()
    assert violations(page) == []
    visitor.keep_picture("may-be-here-already")
    with page.context.expect_page() as beside:
        page.get_by_role("link", name=re.compile(f"^{kept.name}")).click()
    beside.value.close()
    expect(page.get_by_label("Name of the organisation")).to_have_value(kept.name)
