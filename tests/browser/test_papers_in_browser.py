"""An agreement as a document: taken away as a Word file, and as a page to print on a narrow screen."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from crm.policy import Role
from tests.browser.conftest import Visitor

pytestmark = pytest.mark.browser


def test_an_agreement_is_taken_away_and_printed_by_keyboard(
    visit: Callable[..., Visitor], ids: dict[str, int]
):
    visitor = visit(Role.ENGAGEMENT_OFFICER, width=320)
    page = visitor.page
    visitor.open("agreement-paper", id=ids["agreement"])
    visitor.expect_nothing_wrong()
    with page.expect_download() as file:
        visitor.press("Easy Read: Word file")
    assert file.value.suggested_filename == f"agreement-{ids['agreement']}-draft-easy-read.docx"
    visitor.press("Page to print")
    page.wait_for_url("**/print/agreement/**")
    expect(page.get_by_role("table").first).to_contain_text("What is agreed")
    assert Axe().run(page).violations_count == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    visitor.press("Back to the agreement")
    page.wait_for_url(f"**/agreement?id={ids['agreement']}")
    visitor.settle()
