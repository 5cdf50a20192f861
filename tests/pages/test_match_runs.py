"""What is kept because somebody looked, and the page that shows it; never at the cost of the page itself."""

import pytest
from sqlalchemy.exc import OperationalError
from sqlmodel import Session, col, func, select
from streamlit.testing.v1 import AppTest
from structlog.testing import capture_logs

from crm import db
from crm.models.base import Table
from crm.models.matches import JobMatch, MatchRun
from crm.models.users import SYSTEM, Actor, User
from crm.models.vacancies import Vacancy
from crm.policy import Role
from crm.services import match_runs, seekers
from tests.makers import make_service, make_user
from tests.makers_employers import make_employer
from tests.makers_jobs import make_vacancy
from tests.makers_people import make_criterion, make_profile, make_seeker, make_skill
from tests.pages.opening import open_page, press, shown


@pytest.fixture
def coach(database: str) -> User:
    with db.transaction() as session:
        make_service(session)
        return make_user(session, Role.JOB_COACH, name="Rosa Lind")


@pytest.fixture
def vacancy(coach: User) -> Vacancy:
    """A vacancy, and eight people of whom one is known."""
    with db.transaction() as session:
        row = make_vacancy(session, make_employer(session), "Packer <b>")
        make_criterion(session, row)
        for number in range(7):
            make_seeker(session, f"Person {number} <i>")
        known = make_seeker(session, "Amara Nwosu")
        make_profile(session, known)
        make_skill(session, known)
        return row


def shortlist(user: User, vacancy: Vacancy) -> AppTest:
    return open_page(user, "vacancies/shortlist.py", id=vacancy.key)


def compare(user: User, vacancy: Vacancy) -> AppTest:
    return open_page(user, "vacancies/compare.py", vacancy=vacancy.key, seeker=8)


def more(app: AppTest) -> AppTest:
    """The page with more rows of the one group that has more."""
    return press(app, next(button.label for button in app.button if button.label.startswith("Show ")))


def stored(table: type[Table]) -> int:
    with db.reading() as session:
        return session.exec(select(func.count()).select_from(table)).one()


def test_a_shortlist_leaves_one_run_until_something_changes(coach: User, vacancy: Vacancy):
    for _ in range(2):
        assert f"runs?id={vacancy.key}" in shown(shortlist(coach, vacancy))
        assert stored(MatchRun) == 1
    with db.transaction() as session:
        make_seeker(session, "Came later")
    shortlist(coach, vacancy)
    assert stored(MatchRun) == 2
    with db.reading() as session:
        newest = match_runs.newest(session, vacancy.key)
        assert newest is not None
        assert newest.created_by == coach.key


def test_a_comparison_leaves_the_pair_that_was_opened_and_no_other(coach: User, vacancy: Vacancy):
    for _ in range(2):
        compare(coach, vacancy)
    with db.reading() as session:
        row = session.exec(select(JobMatch)).one()
    assert (row.seeker_id, row.version, row.opened_by) == (8, 1, coach.key)


def test_an_auditor_leaves_nothing_behind(coach: User, vacancy: Vacancy):
    with db.transaction() as session:
        auditor = make_user(session, Role.AUDITOR)
    assert "8 job seekers compared" in shown(shortlist(auditor, vacancy))
    compare(auditor, vacancy)
    assert (stored(MatchRun), stored(JobMatch)) == (0, 0)
    assert "No run is kept yet" in shown(open_page(auditor, "vacancies/runs.py", id=vacancy.key))


def test_a_page_stands_though_its_run_cannot_be_kept(
    coach: User, vacancy: Vacancy, monkeypatch: pytest.MonkeyPatch
):
    def fail(_session: Session, _vacancy_id: int, *, by: Actor) -> MatchRun:
        raise OperationalError("INSERT", {}, Exception("the records are busy"))

    monkeypatch.setattr(match_runs, "keep", fail)
    with capture_logs() as logged:
        assert "8 job seekers compared" in shown(shortlist(coach, vacancy))
    assert {"event": "a look was not kept", "kind": "OperationalError", "log_level": "error"} in logged


def test_a_run_is_looked_at_as_it_was_and_made_again(coach: User, vacancy: Vacancy):
    shortlist(coach, vacancy)
    with db.transaction() as session:
        gone = seekers.find(session, 1, by=SYSTEM)
        seekers.archive(session, gone.key, why="Moved away", version=gone.version, by=SYSTEM)
        make_seeker(session, "Came later")
    shortlist(coach, vacancy)
    with db.reading() as session:
        first, last = session.exec(select(col(MatchRun.id)).order_by(col(MatchRun.id))).all()
    app = open_page(coach, "vacancies/runs.py", id=vacancy.key, run=first or 0)
    page = shown(app)
    assert "2 runs in all" in page
    assert f"run={last}" in page
    assert "Person 0 &lt;i&gt;" in page
    assert "Came later" not in page
    assert "Person 6 &lt;i&gt;" not in page
    app = more(app)
    assert "Person 6 &lt;i&gt;" in shown(app)
    assert "byte for byte" in shown(press(app, "Make it again and compare"))
    assert "Came later" in shown(more(open_page(coach, "vacancies/runs.py", id=vacancy.key)))


@pytest.mark.parametrize("run", [99, 0])
def test_a_run_that_is_not_one_of_this_vacancy_is_refused_politely(coach: User, vacancy: Vacancy, run: int):
    shortlist(coach, vacancy)
    with db.transaction() as session:
        other = make_vacancy(session, make_employer(session, "Mill Lane"), "Porter")
        kept = match_runs.keep(session, other.key, by=SYSTEM)
    app = open_page(coach, "vacancies/runs.py", id=vacancy.key, run=run or kept.key)
    assert "This cannot be shown" in [title.value for title in app.title]
