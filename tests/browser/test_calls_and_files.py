"""Whom to call next and the list of it, documents, and dates for a calendar: wide, narrow and by keyboard."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from crm.policy import Role
from tests.browser.conftest import Visitor

pytestmark = pytest.mark.browser
NOTE = "Hi-vis in the yard.\n"


def downloaded(page: Page, press: Callable[[], None]) -> str:
    """The text of the file that pressing something brings."""
    with page.expect_download() as file:
        press()
    return file.value.path().read_text(encoding="utf-8-sig")


@pytest.mark.parametrize("width", [1280, 320])
def test_whom_to_call_next_is_found_from_the_employers_and_taken_away_as_a_list(
    visit: Callable[..., Visitor], width: int
):
    visitor = visit(Role.ENGAGEMENT_OFFICER, width=width)
    page = visitor.page
    visitor.open("employers")
    visitor.press("Who to call next")
    first = page.get_by_role("list", name="Employers worth a call").locator("> li").first
    expect(first).to_contain_text("Warm link")
    visitor.settle()
    visitor.tab_to("Postcode begins with")
    page.keyboard.type("zz")
    page.keyboard.press("Enter")
    expect(page.get_by_text("No employer suits")).to_be_visible()
    visitor.expect_nothing_wrong()
    page.keyboard.press("Control+a")
    page.keyboard.type("BD10")
    page.keyboard.press("Enter")
    expect(first).to_be_visible()
    visitor.settle()
    people = first.get_by_role("link").all_inner_texts()[1:-2]
    assert people
    visitor.press("Download as spreadsheet")
    expect(page.get_by_text("the link works once")).to_be_visible()
    visitor.expect_nothing_wrong()
    visitor.keep_picture(f"calls-{width}")
    listed = downloaded(page, lambda: visitor.press("CSV file"))
    assert "Old King Cole Care Homes" in listed
    assert not [name for name in people if name in listed]


@pytest.mark.parametrize("width", [1280, 320])
def test_a_document_is_attached_to_an_employer_and_opened(visit: Callable[..., Visitor], width: int):
    visitor = visit(Role.ENGAGEMENT_OFFICER, width=width)
    page, name = visitor.page, f"site-rules-{width}.txt"
    visitor.open("employer", id=9)
    page.get_by_text("Attach a document to this employer").click()
    visitor.settle()
    attach = page.get_by_role("button", name="Attach document")
    attach.press("Enter")
    expect(page.get_by_text("Choose a file first.")).to_be_visible()
    visitor.expect_nothing_wrong()
    content = f"{width}\n{NOTE}".encode()
    page.locator('input[type="file"]').set_input_files(
        {"name": name, "mimeType": "text/plain", "buffer": content}
    )
    visitor.settle()
    visitor.tab_to("What it is, in a few words")
    page.keyboard.type("The rules of the yard")
    visitor.press("Attach document")
    row = page.get_by_role("region", name="Documents").get_by_role("row", name=name)
    expect(row).to_contain_text("The rules of the yard")
    visitor.expect_nothing_wrong()
    row.scroll_into_view_if_needed()
    visitor.keep_picture(f"documents-{width}")
    assert NOTE in downloaded(page, lambda: row.get_by_role("link", name=name).press("Enter"))


@pytest.mark.parametrize("width", [1280, 320])
def test_dates_are_taken_one_by_one_or_by_a_private_address_until_it_is_stopped(
    visit: Callable[..., Visitor], width: int
):
    visitor = visit(Role.ENGAGEMENT_OFFICER, width=width)
    page = visitor.page
    visitor.open("agreement", id=1)
    assert "BEGIN:VEVENT" in downloaded(page, lambda: visitor.press("Add its dates to my calendar"))
    visitor.open("account")
    visitor.press("Make a calendar address")
    address = page.get_by_text(re.compile(r"/calendar/\S+\.ics"))
    expect(address).to_be_visible()
    visitor.expect_nothing_wrong()
    address.scroll_into_view_if_needed()
    visitor.keep_picture(f"calendar-address-{width}")
    url = address.inner_text()
    assert page.request.get(url).text().startswith("BEGIN:VCALENDAR")
    visitor.press("Stop the address")
    expect(page.get_by_text("The calendar address has stopped working.")).to_be_visible()
    assert page.request.get(url).status == 404
