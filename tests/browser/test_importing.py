"""In the browser: an officer brings a list of people in, gets the bad row back, and undoes the import."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from crm.policy import Role
from tests.browser.conftest import Visitor

pytestmark = pytest.mark.browser
EMPLOYERS = "Name,Company number\nGorse Lane Dairy (invented),0999{width:04d}\n"
PEOPLE = (
    "Company number,Contact name,Job title,Telephone\n"
    "0999{width:04d},Wren Tarrant,Herd manager,0113 496 0000\n"
    "0999{width:04d},Ida Fell,Packer,not a number\n"
)


def bring_in(visitor: Visitor, address: str, text: str, **parameters: str) -> Page:
    page = visitor.page
    visitor.open(address, **parameters)
    page.locator('input[type="file"]').set_input_files(
        {"name": "list.csv", "mimeType": "text/csv", "buffer": text.encode()}
    )
    expect(page.get_by_role("heading", name="What will happen")).to_be_visible()
    visitor.expect_nothing_wrong()
    page.get_by_role("button", name="Import").press("Enter")
    expect(page.get_by_text("The import is done:")).to_be_visible()
    visitor.settle()
    return page


@pytest.mark.parametrize("width", [1280, 320])
def test_people_come_in_the_bad_row_comes_back_and_the_whole_is_undone(
    visit: Callable[..., Visitor], width: int
):
    visitor = visit(Role.ENGAGEMENT_OFFICER, width=width)
    bring_in(visitor, "import-employers", EMPLOYERS.format(width=width))
    page = bring_in(visitor, "import-list", PEOPLE.format(width=width), of="people")
    expect(page.get_by_text("1 added, 0 updated.")).to_be_visible()
    with page.expect_download() as download:
        page.locator('a[href*="files/refused"]').click()
    handed_back = download.value.path().read_text(encoding="utf-8-sig")
    assert "Ida Fell" in handed_back
    assert "does not look like a telephone number" in handed_back
    page.get_by_role("link", name="Undo the whole import").click()
    expect(page.get_by_role("heading", name="Undo the import of list.csv")).to_be_visible()
    visitor.expect_nothing_wrong()
    visitor.keep_picture(f"undo-an-import-{width}")
    page.get_by_role("button", name="Undo the import: archive 1 record").press("Enter")
    expect(
        page.get_by_text("The import is undone: 1 archived, 0 put back, 0 left as they are.")
    ).to_be_visible()
    expect(page.get_by_text("This import was undone by")).to_be_visible()
