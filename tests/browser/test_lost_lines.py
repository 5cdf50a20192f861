"""Writing a contact while the line is cut, or the service is started again: no word is lost."""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlmodel import Session

from crm.policy import Role
from tests.browser.conftest import Visitor
from tests.browser.kept import expect_kept, last_kept
from tests.browser.test_every_page import violations
from tests.conftest import copy_of
from tests.makers_employers import make_employer
from tests.serving import serve

pytestmark = pytest.mark.browser

SAID = "What was said"
KEPT = """const Was = window.WebSocket; window.lines = [];
window.WebSocket = class extends Was { constructor(...a) { super(...a); window.lines.push(this); } };"""
CUT = "window.lines.forEach(line => line.close())"


def expect_connected(page: Page, *, is_so: bool = True) -> None:
    state = expect(page.get_by_test_id("stApp"))
    name, connected = "data-test-connection-state", "CONNECTED"
    state.to_have_attribute(name, connected) if is_so else state.not_to_have_attribute(name, connected)


def begin_a_contact(visitor: Visitor, employer: int, words: str) -> None:
    """Open the form and write these words; then wait until the service has them as a draft."""
    visitor.open("log-contact", employer=employer)
    visitor.page.get_by_label(SAID, exact=True).click()
    visitor.page.keyboard.type(words)
    unsent = visitor.page.get_by_text("Press Ctrl+Enter to apply")
    expect(unsent).to_be_visible()
    expect(unsent).to_have_count(0)


def test_whoever_writes_goes_on_while_the_line_is_cut_and_every_word_is_kept(visit: Callable[..., Visitor]):
    visitor = visit(Role.ENGAGEMENT_OFFICER, width=320)
    page = visitor.page
    page.add_init_script(KEPT)
    begin_a_contact(visitor, 9, "They want a hand on Tuesdays.")
    page.keyboard.type(" Not sent yet.")
    page.context.set_offline(True)
    try:
        page.evaluate(CUT)
        expect_connected(page, is_so=False)
        page.keyboard.type(" Typed without a line.")
        expect(page.locator(".crm-lost")).to_contain_text("you can go on writing")
        expect(page.get_by_role("dialog")).to_have_count(0)
        assert violations(page) == []
        visitor.keep_picture("line-is-lost")
    finally:
        page.context.set_offline(False)
    expect_connected(page)
    visitor.settle()
    before = last_kept(visitor.server)
    page.keyboard.type(" And after.")
    said = page.get_by_label(SAID, exact=True)
    whole = "They want a hand on Tuesdays. Not sent yet. Typed without a line. And after."
    expect(said).to_have_value(whole)
    said.press("Tab")
    expect_kept(visitor, before)
    visitor.settle()
    page.reload()
    visitor.settle()
    expect(said).to_have_value(whole)


def add_employer(session: Session) -> None:
    make_employer(session, "Quarry Lane Nursery (invented)")


def test_what_was_typed_outlives_a_restart_of_the_service_and_is_saved(
    browser: Browser, template_database: Path, tmp_path_factory: pytest.TempPathFactory
):
    folder = copy_of(template_database, tmp_path_factory.mktemp("restarted"))
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    with serve(folder, fill=add_employer) as server:
        server.sign_in(page, Role.ENGAGEMENT_OFFICER)
        begin_a_contact(Visitor(page, server), 1, "Said before.")
        page.keyboard.type(" Said as it stopped.")
    expect_connected(page, is_so=False)
    page.keyboard.type(" Said while it was down.")
    with serve(folder, is_set_up=False, port=urlsplit(server.url).port):
        expect_connected(page)
        whole = "Said before. Said as it stopped. Said while it was down."
        expect(page.get_by_text("This is what you typed before and did not save.")).to_be_visible()
        expect(page.get_by_label(SAID, exact=True)).to_have_value(whole)
        Visitor(page, server).settle()
        page.get_by_text("Ring in 2 weeks").click()
        Visitor(page, server).settle()
        page.get_by_role("button", name="Save contact").click()
        expect(page.get_by_text("Contact saved.")).to_be_visible()
        expect(page.get_by_text(whole)).to_be_visible()
        context.close()
