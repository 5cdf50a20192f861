"""The main job in a real browser: import, record, shortlist, decide, carve, with a picture of each."""

import json
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from crm.policy import Role
from tests.browser.conftest import Visitor

pytestmark = pytest.mark.browser

EMPLOYERS = (
    "Name,Postcode,Company number\n"
    "Marlow Street Bakery (invented),LS1 4MK,09990001\n"
    "Quayside Laundry (invented),not a postcode,09990002\n"
)
ADVERT = {
    "@type": "JobPosting",
    "title": "Linen sorter",
    "hiringOrganization": {"@type": "Organization", "name": "Harbour Light Linen (invented)"},
    "description": "<p>16 hours a week, Monday to Thursday.</p>",
    "baseSalary": "£12.90 an hour",
}


def test_an_officer_imports_employers_and_gets_back_the_row_that_does_not_fit(visit: Callable[..., Visitor]):
    visitor = visit(Role.ENGAGEMENT_OFFICER)
    visitor.open("import-employers")
    page = visitor.page
    page.locator('input[type="file"]').set_input_files(
        {"name": "employers.csv", "mimeType": "text/csv", "buffer": EMPLOYERS.encode()}
    )
    page.get_by_role("button", name="Import 2 rows").click()
    expect(page.get_by_text("The import is done: 1 added, 0 updated.")).to_be_visible(timeout=20_000)
    expect(page.get_by_text("This does not look like a UK postcode").first).to_be_visible()
    visitor.keep_picture("import-of-employers")
    with page.expect_download() as download:
        page.locator('a[href*="files/refused"]').click()
    assert "Quayside Laundry" in download.value.path().read_text(encoding="utf-8-sig")


def test_an_officer_imports_an_advert_with_the_origin_of_its_hours(visit: Callable[..., Visitor]):
    visitor = visit(Role.ENGAGEMENT_OFFICER)
    visitor.open("import-vacancies")
    page = visitor.page
    advert = json.dumps(ADVERT).encode()
    page.locator('input[type="file"]').set_input_files(
        {"name": "advert.json", "mimeType": "application/json", "buffer": advert}
    )
    page.get_by_role("button", name="Read the adverts").click()
    page.get_by_role("button", name="Import 1 vacancy").click()
    expect(page.get_by_text("The import is done: 1 added")).to_be_visible(timeout=20_000)
    visitor.open("vacancies", q="Linen sorter")
    page.get_by_role("link", name="Linen sorter", exact=True).click()
    expect(page.get_by_text("16 hours a week").first).to_be_visible()
    visitor.keep_picture("imported-vacancy")


def test_an_officer_records_an_employer_and_what_was_typed_survives_a_reload(visit: Callable[..., Visitor]):
    visitor = visit(Role.ENGAGEMENT_OFFICER)
    visitor.open("employer-edit")
    page = visitor.page
    page.get_by_role("button", name="Save employer").click()
    expect(page.get_by_role("alert").first).to_contain_text("There is a problem")
    expect(page).to_have_title(re.compile("^Error: "))
    visitor.settle()
    page.get_by_label("Sector").fill("Timber")
    page.get_by_label("Name of the organisation").fill("Sawdust and Sons (invented)")
    page.get_by_label("Sector").press("Tab")
    visitor.settle()
    page.reload()
    visitor.settle()
    expect(page.get_by_label("Name of the organisation")).to_have_value("Sawdust and Sons (invented)")
    page.get_by_role("button", name="Save employer").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sawdust and Sons (invented)")
    visitor.keep_picture("employer")


def test_a_coach_records_a_job_seeker_with_the_keyboard_alone(visit: Callable[..., Visitor]):
    visitor = visit(Role.JOB_COACH)
    visitor.open("seeker-edit")
    page = visitor.page
    page.get_by_role("textbox", name="Preferred name").focus()
    page.keyboard.type("Tilly Invented")
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.innerText").startswith("Save"):
            break
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Tilly Invented")
    visitor.keep_picture("job-seeker")


def test_a_coach_opens_the_shortlist_and_decides(visit: Callable[..., Visitor]):
    visitor = visit(Role.JOB_COACH)
    visitor.open("shortlist", id=1)
    page = visitor.page
    expect(page.get_by_text("nobody left out")).to_be_visible()
    for group in ("Workable now", "Workable with these measures", "Let’s design a job"):
        expect(page.get_by_role("heading", name=re.compile(group), level=2)).to_be_visible()
    visitor.keep_picture("shortlist")
    page.locator(".crm-card", has_text="One of my people").locator("a").first.click()
    expect(page.get_by_role("button", name="Save decision")).to_be_visible()
    visitor.choose("Decision", "Not yet")
    page.get_by_role("button", name="Save decision").click()
    expect(page.get_by_role("alert").first).to_contain_text("needs a reason")
    visitor.choose("Decision", "Shortlist")
    page.get_by_role("button", name="Save decision").click()
    expect(page.get_by_role("row", name=re.compile("^Shortlist .*Alex Job_Coach"))).to_be_visible()
    expect(page.get_by_role("alert").filter(has_text="There is a problem")).to_have_count(0)
    visitor.keep_picture("decision")


def test_an_officer_carves_a_job_and_keeps_it(visit: Callable[..., Visitor]):
    visitor = visit(Role.ENGAGEMENT_OFFICER)
    visitor.open("carve", employer=1)
    page = visitor.page
    page.get_by_role("link", name="Everybody").click()
    visitor.settle()
    page.get_by_role("button", name="Build the jobs").click()
    expect(page.get_by_text("What can be built; all figures are a week").first).to_be_attached(timeout=60_000)
    visitor.keep_picture("carve")
    page.get_by_role("button", name="Keep this carve").click()
    expect(page.get_by_text("The carve is kept as an idea.")).to_be_visible(timeout=30_000)
    visitor.keep_picture("carved-job")


def test_a_manager_sees_agreements_by_stage_as_a_chart_and_as_a_table(visit: Callable[..., Visitor]):
    visitor = visit(Role.MANAGER)
    visitor.open("agreements", view="By stage")
    page = visitor.page
    expect(page.get_by_role("figure").first).to_be_visible(timeout=30_000)
    page.get_by_text("Show as a table").click()
    expect(page.get_by_role("row", name=re.compile("^Active")).first).to_be_visible()
    visitor.keep_picture("agreements-by-stage")
