"""A long calculation in a real browser: it is stopped while it goes on, and what was chosen stays."""

from collections.abc import Callable, Generator
from contextlib import contextmanager

import sqlalchemy as sa
from playwright.sync_api import expect
from sqlmodel import Session

from crm.db import make_engine, write_lock
from crm.models.analyses import JobTask
from crm.models.users import SYSTEM
from crm.policy import Role
from crm.services import employers
from tests.browser.conftest import Visitor
from tests.makers_carves import MOVABLE
from tests.makers_employers import make_employer
from tests.makers_jobs import make_analysis, make_task
from tests.serving import AppServer

MANY = 1_600


@contextmanager
def many_tasks(server: AppServer) -> Generator[int]:
    """An employer with so many movable tasks that choosing from them takes seconds; archived afterwards."""
    made = make_engine(server.database_url)
    with write_lock(made), Session(made) as session:
        employer = make_employer(session, "Endless Works")
        for post in range(8):
            analysis = make_analysis(session, employer, f"Post {post}", hours_week=80, going_rate=13)
            first = make_task(session, analysis, "Task", **MOVABLE).model_dump(exclude={"id"})
            rows = [first | {"name": f"Task {at}", "minutes_each": 3.0 + at % 17} for at in range(MANY // 8)]
            session.connection().execute(sa.insert(JobTask), rows)
        session.commit()
        employer_id = employer.key
    try:
        yield employer_id
    finally:
        with write_lock(made), Session(made) as session:
            version = employers.find(session, employer_id, by=SYSTEM).version
            employers.archive(session, employer_id, why="Tried", version=version, by=SYSTEM)
            session.commit()
        made.dispose()


def test_a_long_calculation_is_stopped_and_what_was_chosen_stays(
    visit: Callable[..., Visitor], ids: dict[str, int]
):
    visitor = visit(Role.JOB_COACH)
    with many_tasks(visitor.server) as employer_id:
        visitor.open("carve-person", employer=employer_id, person=ids["job_seeker"])
        page = visitor.page
        page.get_by_label("Pay in £ an hour").fill("14.50")
        page.get_by_label("Pay in £ an hour").press("Enter")
        visitor.settle()
        page.get_by_role("button", name="Build the job").click()
        page.get_by_test_id("stMain").get_by_role("button", name="Stop", exact=True).click()
        expect(page.get_by_text("Stopped. Nobody was left out of a list")).to_be_visible()
        expect(page.get_by_label("Pay in £ an hour")).to_have_value("14.50")
        expect(page.get_by_role("heading", name="What can be built")).to_have_count(0)
        visitor.expect_nothing_wrong()
