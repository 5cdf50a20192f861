"""Jobs composed at two employers, by hand and by the solver: on screen from the first task to the vacancy."""

import re
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from playwright.sync_api import expect
from sqlmodel import Session

from crm.models.carves import CarveStage
from crm.policy import Role
from crm.ui.words import day, say
from tests.browser.agreement_screens import Answer, Screens
from tests.browser.agreement_setting import change
from tests.browser.carve_answers import AGREED, CASE, CONFIRMED, CONTACT, FIRST_DAY, JOB, TALKED, TITLE
from tests.browser.conftest import Visitor
from tests.browser.proposal_files import expect_files
from tests.makers_carves import MOVABLE
from tests.makers_employers import make_employer, make_person
from tests.makers_jobs import make_analysis, make_task
from tests.makers_people import make_profile, make_seeker

pytestmark = pytest.mark.browser

PERSON = "Tamsin Orrell"
TASKS: dict[str, list[tuple[str, str]]] = {
    "Fold leaflets": [("09:00", "11:00")],
    "Pack orders": [("11:00", "13:00")],
    "Stamp forms": [],
    "Fill the paper store": [],
}
"""What could move from the post, with its times from Monday to Thursday where they are recorded."""

EIGHT_HOURS: dict[str, Any] = MOVABLE | {"times_a_week": 4, "minutes_each": 120}


def make_bank(session: Session, name: str) -> int:
    """A new employer where Dana Holt works, with a post of 64 hours of which half could move."""
    employer = make_employer(session, name)
    make_person(session, employer, CONTACT)
    post = make_analysis(session, employer, "Print finisher", going_rate=13, hours_week=64)
    for task, times in TASKS.items():
        slots = [{"day": on, "start": start, "end": end} for start, end in times for on in range(4)]
        make_task(session, post, task, **EIGHT_HOURS, slots=slots)
    return employer.key


def make_person_who_looks(session: Session) -> int:
    """Somebody who looks for work, free all week."""
    seeker = make_seeker(session, PERSON)
    make_profile(session, seeker)
    return seeker.key


def press(visitor: Visitor, name: str, said: str) -> None:
    """Press a button, and read what is said then."""
    visitor.settle()
    visitor.page.get_by_role("button", name=name, exact=True).click()
    expect(visitor.page.get_by_text(said).first).to_be_visible()
    visitor.settle()


def key_of(visitor: Visitor) -> int:
    """The id of the record that is open."""
    found = re.search(r"/carved-job\?id=(\d+)", visitor.page.url)
    assert found, visitor.page.url
    return int(found[1])


def tick(visitor: Visitor, label: str | re.Pattern[str]) -> None:
    """Tick a box with the keyboard."""
    visitor.settle()
    box = visitor.page.get_by_role("checkbox", name=label)
    box.focus()
    visitor.page.keyboard.press("Space")
    expect(box).to_be_checked()
    visitor.settle()


def describe(visitor: Visitor, key: int) -> None:
    """Say what the job is like, and write its business case."""
    visitor.follow("carve-edit", id=key)
    Screens(visitor).answer(JOB)
    press(visitor, "Save carved job", "The carved job is saved.")
    visitor.follow("carve-case", id=key)
    for section, answers in CASE.items():
        if section:
            visitor.settle()
            visitor.page.get_by_text(section, exact=True).click()
        Screens(visitor).answer(answers)
    visitor.expect_nothing_wrong()
    press(visitor, "Save business case", "The business case is saved.")


def move(visitor: Visitor, key: int, stage: CarveStage, answers: Sequence[Answer] = ()) -> None:
    """Move the job to a stage, saying what it asks for."""
    visitor.follow("carve-move", id=key, to=stage.value)
    Screens(visitor).answer(answers)
    press(visitor, f"Move to {say(stage).lower()}", f"The carved job has moved to: {say(stage)}.")


def give(visitor: Visitor, key: int) -> None:
    """Give the proposal to Dana Holt, and take away what she was given."""
    visitor.follow("carve-proposal", id=key)
    Screens(visitor).answer([("Who at the employer gets it", CONTACT)])
    press(visitor, "Record that it is given", "The proposal is kept word for word.")
    expect(visitor.page.get_by_role("img", name=re.compile("Hours a week by task"))).to_be_visible()
    visitor.expect_nothing_wrong()


def propose(visitor: Visitor, key: int) -> None:
    """Bring an idea to where the employer has the proposal and talks about it."""
    describe(visitor, key)
    move(visitor, key, CarveStage.NEEDS_CONFIRMED, CONFIRMED)
    move(visitor, key, CarveStage.PROPOSAL)
    give(visitor, key)


def expect_vacancy(visitor: Visitor, tasks: Sequence[str]) -> None:
    """The agreed job that is open leads to its vacancy, and that to its job analysis with these tasks."""
    page = visitor.page
    visitor.expect_nothing_wrong()
    page.get_by_role("link", name="Its vacancy", exact=True).click()
    visitor.settle()
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    expect(page.get_by_text(day(FIRST_DAY)).first).to_be_visible()
    visitor.expect_nothing_wrong()
    page.get_by_role("link", name=re.compile(f"^{TITLE}")).first.click()
    visitor.settle()
    table = page.get_by_role("table", name="Tasks")
    for task in tasks:
        expect(table).to_contain_text(task)
    expect(table.get_by_role("row")).to_have_count(len(tasks) + 1)


def test_a_job_is_composed_by_hand_proposed_and_agreed(visit: Callable[..., Visitor]):
    visitor = visit(Role.ENGAGEMENT_OFFICER)
    page, tasks = visitor.page, list(TASKS)[:2]
    employer_id = change(visitor.server, lambda session: make_bank(session, "Fulmar Print"))
    visitor.open("carve-by-hand", employer=employer_id)
    for task in tasks:
        tick(visitor, re.compile(f"^{task}"))
    expect(page.get_by_text("2 tasks chosen, 16 hours of 16: the goal is reached.")).to_be_visible()
    grid, days = page.locator(".crm-hand-week"), page.get_by_role("list", name="The week, day by day")
    expect(grid).to_be_visible()
    expect(days).to_have_css("width", "1px")
    visitor.keep_picture("composed-by-hand")
    page.set_viewport_size({"width": 320, "height": 800})
    expect(grid).to_be_hidden()
    expect(days.get_by_role("listitem").first).to_contain_text("Monday: 09:00–11:00 Fold leaflets")
    expect(days).not_to_have_css("width", "1px")
    visitor.expect_nothing_wrong()
    visitor.press("Keep as an idea")
    expect(page.get_by_text("The carve is kept as an idea.")).to_be_visible()
    page.set_viewport_size({"width": 1280, "height": 800})
    visitor.settle()
    key = key_of(visitor)
    propose(visitor, key)
    expect_files(visitor, tasks)
    move(visitor, key, CarveStage.NEGOTIATING, TALKED)
    move(visitor, key, CarveStage.AGREED, AGREED)
    expect_vacancy(visitor, tasks)


def test_a_job_is_built_for_a_person_proposed_and_agreed_with_their_own_yes(visit: Callable[..., Visitor]):
    visitor = visit(Role.ENGAGEMENT_OFFICER)
    page = visitor.page
    employer_id = change(visitor.server, lambda session: make_bank(session, "Gannet Print"))
    seeker_id = change(visitor.server, make_person_who_looks)
    visitor.open("carve-person", employer=employer_id, person=seeker_id)
    press(visitor, "Build the job", "It is proven that nothing better keeps the guard rails.")
    expect(page.get_by_role("heading", name="What blocks a better one")).to_be_visible()
    beside = page.get_by_role("table", name=re.compile("^The best job and the next best ones"))
    expect(beside.get_by_role("row").nth(2)).to_contain_text("of its hours are in the best too")
    visitor.expect_nothing_wrong()
    visitor.keep_picture("built-for-a-person")
    built = page.get_by_role("table", name="Tasks of this job").get_by_role("rowheader")
    tasks = built.all_inner_texts()
    press(visitor, "Keep this carve", "The carve is kept as an idea.")
    key = key_of(visitor)
    propose(visitor, key)
    expect_files(visitor, tasks)
    visitor.follow("carve-move", id=key, to=CarveStage.AGREED.value)
    Screens(visitor).answer(AGREED)
    press(visitor, "Move to agreed", "Nobody says yes for them.")
    tick(visitor, f"{PERSON} said yes to this job")
    press(visitor, "Move to agreed", "The carved job has moved to: Agreed.")
    expect(page.get_by_text("The person said yes themselves.")).to_be_visible()
    expect_vacancy(visitor, tasks)
