"""The pages of the ledger: its boards with rows and links, shares without a name, and how referrals end."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session, select

from crm import db
from crm.models.seekers import JobSeeker, ReferralEnd
from crm.models.users import User
from crm.policy import Role
from crm.ui.words import today
from tests.makers import make_service, make_user
from tests.makers_employers import make_employer
from tests.makers_jobs import make_vacancy
from tests.makers_people import make_decision, make_need, make_old_leaver, make_profile, make_seeker
from tests.pages.opening import checked, choose, open_page, press, shown, type_into

LEDGER, SHARES, EDIT = "seekers/ledger.py", "seekers/shares.py", "seekers/edit.py"


@pytest.fixture
def manager(database: str) -> User:
    with db.transaction() as session:
        make_service(session)
        return make_user(session, Role.MANAGER, name="Rosa Hill")


@pytest.fixture
def coach(manager: User) -> User:
    with db.transaction() as session:
        return make_user(session, Role.JOB_COACH, name="Iris Cole")


def crowded(session: Session) -> None:
    """A service that shortlists those with no support needs, and hardly anybody else."""
    vacancy = make_vacancy(session, make_employer(session))
    for kinds, chosen in (((), 10), (("routine", "induction", "technology"), 0)):
        for nth in range(16):
            one = make_seeker(session, f"Zuleika {nth}")
            if not kinds:
                make_profile(session, one)
            for kind in kinds:
                make_need(session, one, kind)
            if nth < chosen:
                make_decision(session, vacancy, one, decided_on=today())


@pytest.mark.parametrize(
    ("board", "words"),
    {
        "Waiting": "Nobody here is looking for work",
        "Not yet": "No “not yet” is past its date",
        "Open ends": "Of everybody who has left",
        "No next step": "Nobody here is without a next step",
    }.items(),
)
def test_an_empty_board_says_so(manager: User, board: str, words: str):
    assert words in shown(open_page(manager, LEDGER, board=board))


def test_every_row_of_a_board_opens_its_record(manager: User):
    with db.transaction() as session:
        vacancy = make_vacancy(session, make_employer(session))
        waits = make_seeker(session, "Ruth Lind", referred_on=today() - timedelta(days=80))
        late = today() - timedelta(days=3)
        put_off = make_decision(session, vacancy, waits, "not_yet", due_on=late, measure="A lift")
        gone = make_old_leaver(session, "Nkechi Obi")
    assert f'href="seeker?id={waits.key}"' in shown(open_page(manager, LEDGER))
    not_yet = shown(open_page(manager, LEDGER, board="Not yet"))
    assert f'href="compare?vacancy={put_off.vacancy_id}&seeker={waits.key}"' in not_yet.replace("&amp;", "&")
    assert "3 days overdue" in not_yet
    assert f'href="seeker-edit?id={gone.key}"' in shown(open_page(manager, LEDGER, board="Open ends"))
    assert f'href="task-change?seeker={waits.key}"' in shown(open_page(manager, LEDGER, board="No next step"))


def test_a_coach_sees_their_own_people_first_and_everybody_on_asking(coach: User):
    with db.transaction() as session:
        make_seeker(session, "Mine", coach_id=coach.key)
        make_seeker(session, "Theirs")
    assert "Theirs" not in shown(open_page(coach, LEDGER))
    assert "Theirs" in shown(open_page(coach, LEDGER, coach="Everybody"))
    assert "Who gets shortlisted" not in shown(open_page(coach, LEDGER))


def test_a_manager_is_warned_in_plain_words_and_sees_no_name_among_the_shares(manager: User):
    with db.transaction() as session:
        crowded(session)
    app = open_page(manager, SHARES)
    assert "The easiest to place crowd out the rest: 0 % of “3 kinds of support or more”" in shown(app)
    assert "32 people looked for work; 10 of them were shortlisted: 31 %." in shown(app)
    assert "Zuleika" not in shown(app)
    assert 'href="seeker' not in shown(app)


def test_few_people_are_not_told_in_shares(manager: User):
    with db.transaction() as session:
        make_decision(session, make_vacancy(session, make_employer(session)), make_seeker(session))
    page = shown(open_page(manager, SHARES))
    assert "Nothing can be shown for this period: only 1 to 4 people were shortlisted" in page


def test_who_leaves_is_asked_how_the_referral_ended(manager: User):
    with db.transaction() as session:
        gone = make_old_leaver(session, "Nkechi Obi")
    record = shown(open_page(manager, "seekers/record.py", id=gone.key))
    assert "Nobody has said how this referral ended" in record
    app = press(open_page(manager, EDIT, id=gone.key), "Save job seeker")
    assert "How the referral ended: Say how the referral ended" in shown(app)
    assert any(part.proto.expanded for part in app.expander if part.label.startswith("How the referral"))
    choose(app, "How the referral ended", ReferralEnd.REFERRED_ON.value)
    type_into(app, "Referred on to", "Aire Valley College")
    next(box for box in app.date_input if box.label == "On which day").set_value(today())
    press(app, "Save job seeker")
    with db.reading() as session:
        saved = session.exec(select(JobSeeker)).one()
    assert (saved.referral_end, saved.referred_on_to) == ("referred_on", "Aire Valley College")
    assert "Referred on to Aire Valley College on" in shown(
        open_page(manager, "seekers/record.py", id=gone.key)
    )


def test_how_a_referral_ended_stands_in_the_form_when_it_is_opened_again(manager: User):
    with db.transaction() as session:
        gone = make_seeker(session, "Nkechi Obi", status="exited")
    app = open_page(manager, EDIT, id=gone.key)
    assert (
        next(box for box in app.selectbox if box.label == "How the referral ended").value == gone.referral_end
    )
    press(app, "Save job seeker")
    assert "There is a problem" not in shown(app)


def test_another_board_begins_at_its_first_page(manager: User):
    with db.transaction() as session:
        for nth in range(26):
            make_seeker(session, f"Person {nth}")
        make_old_leaver(session, "Nkechi Obi")
    app = open_page(manager, LEDGER, page=2)
    assert "26 people in all" in shown(app)
    board: Any = app.get("button_group")[0]
    app = checked(board.set_value("Open ends").run())
    assert "Nkechi Obi" in shown(app)
