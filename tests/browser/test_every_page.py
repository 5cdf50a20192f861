"""Every page, in a real browser: nothing for axe-core to find, and nothing that only a mouse can reach."""

from collections.abc import Callable, Generator, Sequence
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from crm.policy import Role
from crm.policy_table import giving
from crm.ui.menu import SCREENS, Screen
from tests.browser.conftest import Visitor
from tests.serving import AppServer

pytestmark = pytest.mark.browser
Scheme = Literal["light", "dark"]

PARAMETERS: dict[str, dict[str, str]] = {
    "task": {"id": "task"},
    "task-change": {"employer": "employer"},
    "employer": {"id": "employer"},
    "employer-edit": {"id": "employer"},
    "employer-move": {"id": "employer"},
    "view-edit": {"id": "saved_view"},
    "site-edit": {"id": "employer_site"},
    "person-edit": {"id": "employer_person"},
    "merge": {"keep": "employer", "other": "=2"},
    "awareness-edit": {"id": "awareness_session"},
    "door-opener": {"employer": "employer"},
    "employer-sheet": {"id": "employer"},
    "log-contact": {"employer": "employer"},
    "contact": {"id": "employer_contact"},
    "agreement": {"id": "agreement"},
    "agreement-edit": {"id": "agreement"},
    "agreement-covers": {"id": "agreement"},
    "agreement-move": {"id": "agreement"},
    "agreement-paper": {"id": "agreement"},
    "clause-edit": {"of": "=no_health_questions"},
    "agreement-version": {"id": "agreement_version"},
    "agreement-signature": {"version": "agreement_version"},
    "renewal-pack": {"id": "agreement"},
    "placement-edit": {"id": "placement"},
    "promises": {"agreement": "agreement"},
    "promise": {"id": "agreement_use"},
    "promise-outcome": {"id": "agreement_use"},
    "refer": {"agreement": "agreement", "seeker": "job_seeker"},
    "session-edit": {"id": "promised_session"},
    "vacancy": {"id": "vacancy"},
    "vacancy-edit": {"id": "vacancy"},
    "criterion-edit": {"id": "vacancy_criterion"},
    "shortlist": {"id": "vacancy"},
    "runs": {"id": "vacancy"},
    "slots": {"id": "vacancy"},
    "compare": {"vacancy": "vacancy", "seeker": "job_seeker"},
    "analysis": {"id": "job_analysis"},
    "analysis-beside": {"analysis": "job_analysis", "seeker": "job_seeker"},
    "analysis-edit": {"id": "job_analysis"},
    "analysis-start": {"employer": "employer", "role": "=shelf-filler"},
    "task-edit": {"id": "job_task"},
    "risk-edit": {"id": "job_risk"},
    "workplace-support-edit": {"id": "workplace_support"},
    "seeker": {"id": "job_seeker"},
    "seeker-edit": {"id": "job_seeker"},
    "profile-edit": {"seeker": "job_seeker"},
    "profile-step": {"seeker": "job_seeker", "step": "=hours"},
    "profile-versions": {"seeker": "job_seeker"},
    "skill-edit": {"id": "profile_skill"},
    "need-edit": {"id": "support_need"},
    "restricted": {"seeker": "job_seeker"},
    "consent": {"id": "consent"},
    "consent-new": {"seeker": "job_seeker"},
    "share-sheet": {"seeker": "job_seeker", "employer": "employer"},
    "shared-sheet": {"id": "share_sheet"},
    "jobs": {"id": "job_seeker"},
    "with-person": {"id": "job_seeker", "vacancy": "vacancy"},
    "person-record": {"id": "job_seeker"},
    "dispute": {"id": "row_dispute"},
    "job-sharing": {"id": "vacancy"},
    "carve": {"employer": "employer"},
    "carve-bank": {"employer": "employer"},
    "carve-by-hand": {"employer": "employer"},
    "carve-person": {"employer": "employer", "person": "job_seeker"},
    "carve-everybody": {"employer": "employer"},
    "carve-team": {"employer": "employer"},
    "carved-job": {"id": "job_carve"},
    "carve-case": {"id": "job_carve"},
    "carve-proposal": {"id": "job_carve"},
    "carve-move": {"id": "job_carve"},
    "carve-edit": {"id": "job_carve"},
    "import": {"id": "import_batch"},
    "import-list": {"of": "=people"},
    "import-undo": {"id": "import_batch"},
    "history": {"of": "=employer", "id": "employer"},
    "colleague": {"id": "user"},
    "colleague-edit": {"id": "user"},
    "team-edit": {"id": "team"},
    "caseload": {"id": "user"},
    "hand-over": {"id": "user"},
    "lists": {"of": "=sector"},
    "choice-edit": {"id": "list_choice"},
    "programme": {"id": "programme"},
    "programme-edit": {"id": "programme"},
}
"""What a screen's address needs: the lowest id of a table, or with = before it, a word."""

TABBABLE = """() => [...document.querySelectorAll(
    '[data-testid="stMain"] :is(a[href], button, input, textarea, select, [tabindex="0"])')]
    .filter(e => e.tabIndex >= 0 && !e.disabled && e.getClientRects().length && !e.closest('[inert]')
        && e.checkVisibility()
        && [null, e].includes(e.closest('[role="toolbar"], [role="radiogroup"]:has(> button)')
            ?.querySelector('button') ?? null)
        && !(e.type === 'radio' && !e.checked && document.querySelector(`input[name="${e.name}"]:checked`)))
    .length"""
"""How many stops the Tab key makes in a page; a row of chips is one, in which the arrow keys go on.

What is folded away is no stop until it is opened.
"""

RULES_OF_COLOUR = ("color-contrast", "link-in-text-block")
"""What axe-core can find in one scheme of colours and not in the other, the page being the same."""

FOCUS = """() => { const e = document.activeElement;
    if (!e || e === document.body) return null;
    if (!e.dataset.seen) e.dataset.seen = String(window.seen = (window.seen || 0) + 1);
    return [e.dataset.seen, Boolean(e.closest('[data-testid="stMain"]')), e.getClientRects().length > 0]; }"""


def parameters_of(screen: Screen, ids: dict[str, int]) -> dict[str, str]:
    """What stands behind the screen's address, as text."""
    wanted = PARAMETERS.get(screen.address, {}).items()
    return {name: said[1:] if said.startswith("=") else str(ids[said]) for name, said in wanted}


def address_of(screen: Screen, ids: dict[str, int]) -> tuple[str, dict[str, Any]]:
    address = "" if screen.address == "home" else screen.address
    return address, dict(parameters_of(screen, ids))


def role_for(screen: Screen) -> Role:
    """A role that may open the screen: the manager wherever possible, who sees most on it."""
    return next(role for role in (Role.MANAGER, *Role) if role in giving(screen.action))


def violations(page: Page, *, of: Sequence[str] = ()) -> list[str]:
    """What axe-core finds by these rules, or by all: which rule, where, and why it matters, one line each."""
    options: dict[str, Any] = {"resultTypes": ["violations"]}
    if of:
        options["runOnly"] = {"type": "rule", "values": list(of)}
    found = Axe().run(page, options=options).response["violations"]
    return [f"{rule['id']}: {node['html'][:160]}" for rule in found for node in rule["nodes"]]


def draw(visitor: Visitor, *, width: int = 1280, scheme: Scheme = "light") -> Page:
    """Have the open page drawn at this width, in light or dark, and wait until it is."""
    visitor.page.set_viewport_size({"width": width, "height": 800})
    visitor.page.emulate_media(color_scheme=scheme)
    expect(visitor.page.get_by_test_id("stApp")).to_have_css("color-scheme", scheme)
    visitor.settle()
    return visitor.page


@pytest.fixture(scope="module")
def window_of(
    demonstration_server: AppServer, signed_in: Callable[[Role], BrowserContext]
) -> Generator[Callable[[Role], Visitor]]:
    """The one window in which somebody with this role goes from screen to screen."""
    opened: dict[Role, Visitor] = {}

    def window(role: Role) -> Visitor:
        if role not in opened:
            opened[role] = Visitor(signed_in(role).new_page(), demonstration_server)
            opened[role].open("")
        return opened[role]

    yield window
    for visitor in opened.values():
        visitor.page.close()


@pytest.fixture(scope="module", params=SCREENS, ids=lambda screen: screen.address)
def opened(
    request: pytest.FixtureRequest, window_of: Callable[[Role], Visitor], ids: dict[str, int]
) -> Visitor:
    """A screen that was opened by its link, drawn afresh once for all that is tried on it."""
    screen: Screen = request.param
    visitor = window_of(role_for(screen))
    address, parameters = address_of(screen, ids)
    visitor.follow(address, **parameters)
    return visitor


def test_everything_on_a_page_can_be_reached_with_the_tab_key_and_left_again(opened: Visitor):
    page = draw(opened)
    wanted = page.evaluate(TABBABLE)
    page.locator("a").first.focus()
    reached: set[str] = set()
    for _ in range(wanted + 60):
        page.keyboard.press("Tab")
        focus = page.evaluate(FOCUS)
        if focus is None:
            break
        seen, is_in_main, is_visible = focus
        assert is_visible
        if is_in_main:
            reached.add(seen)
        elif reached:
            break
    else:
        pytest.fail(f"The Tab key never leaves the page again; {len(reached)} of {wanted} were reached.")
    assert len(reached) >= wanted


def test_axe_finds_nothing_in_light(opened: Visitor):
    assert violations(draw(opened)) == []


def test_axe_finds_nothing_on_a_screen_of_320_pixels_where_nothing_has_to_be_scrolled_sideways(
    opened: Visitor,
):
    page = draw(opened, width=320)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_axe_finds_nothing_in_dark_in_what_the_colours_change(opened: Visitor):
    assert violations(draw(opened, scheme="dark"), of=RULES_OF_COLOUR) == []
