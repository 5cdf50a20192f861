"""In the browser, on a phone: parts of a day ticked, a scale answered, and the person laid over a job."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from crm.policy import Role
from tests.browser.conftest import Visitor

pytestmark = pytest.mark.browser
LEAST = 24
"""The least width and height in pixels of what one taps (WCAG 2.2, 2.5.8)."""


def tapped(target: Locator) -> None:
    """It is large enough for a thumb."""
    box = target.bounding_box()
    assert box is not None
    assert min(box["width"], box["height"]) >= LEAST


def test_a_profile_is_filled_in_on_a_phone_and_laid_over_a_job(
    visit: Callable[..., Visitor], ids: dict[str, int]
):
    visitor = visit(Role.MANAGER, width=360, height=740)
    page, seeker = visitor.page, ids["job_seeker"]
    visitor.open("profile-step", seeker=seeker, step="week")
    evening = page.get_by_role("toolbar", name="Free on Saturday").get_by_role("button", name="Evening")
    evening.click()
    visitor.settle()
    expect(evening).to_have_attribute("aria-pressed", "true")
    tapped(evening)
    page.get_by_role("button", name="Save and go on").click()
    page.get_by_text("is saved.").wait_for()
    visitor.open("profile-step", seeker=seeker, step="works")
    noise = page.get_by_role("radiogroup", name="Noise")
    if not noise.is_visible():
        page.get_by_text("Open another: the place", exact=True).click()
        visitor.settle()
    noise.get_by_text("You need quiet.").click()
    visitor.settle()
    tapped(noise.locator("label").nth(1))
    page.get_by_role("button", name="Save and go on").click()
    page.get_by_text("is saved.").wait_for()
    visitor.open("analysis-beside", analysis=ids["job_analysis"], seeker=seeker)
    row = page.get_by_role("row", name="Noise").first
    expect(row).to_contain_text("0: You need quiet.")
    expect(row).to_contain_text("Ask for ear protection or a quieter place")
