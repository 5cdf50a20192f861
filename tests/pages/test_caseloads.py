"""The screens on who has whom: teams, caseloads, handing over and back."""

import pytest
from sqlmodel import select

from crm import db
from crm.models.seekers import JobSeeker
from crm.models.users import SYSTEM, Cover, Team, User
from crm.policy import Role
from crm.services import users
from crm.ui.words import today
from tests.makers import make_service, make_user
from tests.makers_employers import make_employer
from tests.makers_people import make_seeker
from tests.pages.opening import choose, open_page, press, shown, type_into


@pytest.fixture
def manager(database: str) -> User:
    with db.transaction() as session:
        make_service(session)
        return make_user(session, Role.MANAGER, name="Noor Aziz")


@pytest.fixture
def jo(manager: User) -> User:
    with db.transaction() as session:
        jo = make_user(session, Role.JOB_COACH, name="Jo <i>Marsh</i>")
        for name in ("Amara", "Ben"):
            make_seeker(session, name, coach_id=jo.key)
        make_employer(session, owner_id=jo.key)
        return jo


@pytest.fixture
def bea(manager: User) -> User:
    with db.transaction() as session:
        return make_user(session, Role.JOB_COACH, Role.ENGAGEMENT_OFFICER, name="Bea Holt")


def coaches() -> dict[str, int | None]:
    with db.reading() as session:
        return {row.preferred_name: row.coach_id for row in session.exec(select(JobSeeker))}


def hand_over(manager: User, jo: User, bea: User):
    app = open_page(manager, "colleagues/handover.py", id=jo.key)
    choose(app, "Hand over to", bea.key)
    next(box for box in app.date_input if box.label.startswith("Both can act")).set_value(today())
    return press(app, "Hand over")


def test_what_is_going_to_move_is_shown_before_it_does(manager: User, jo: User, bea: User):
    said = shown(open_page(manager, "colleagues/handover.py", id=jo.key))
    assert "What is going to move" in said
    assert "Amara, Ben" in said
    assert set(coaches().values()) == {jo.key}


def test_all_of_it_is_handed_over_told_and_handed_back(manager: User, jo: User, bea: User):
    app = hand_over(manager, jo, bea)
    assert set(coaches().values()) == {bea.key}
    app = open_page(manager, "colleagues/caseload.py", id=jo.key)
    assert "End the cover for Amara" in [button.label for button in app.button]
    back = next(button.label for button in app.button if button.label.startswith("Hand back"))
    app = press(app, back)
    assert "3 of them are back with Jo" in shown(app)
    assert set(coaches().values()) == {jo.key}


def test_only_what_is_ticked_moves(manager: User, jo: User, bea: User):
    app = open_page(manager, "colleagues/handover.py", id=jo.key)
    choose(app, "Hand over to", bea.key)
    which = {box.label.split("?")[0]: box for box in app.radio}
    which["Which employers"].set_value("None")
    which["Which job seekers"].set_value("Those I tick")
    app.run()
    next(box for box in app.checkbox if box.label == "Ben").check()
    press(app.run(), "Hand over")
    assert coaches() == {"Amara": jo.key, "Ben": bea.key}


def test_without_a_colleague_to_take_it_nothing_moves(manager: User, jo: User, bea: User):
    app = press(open_page(manager, "colleagues/handover.py", id=jo.key), "Hand over")
    assert "Choose a colleague to hand it over to" in shown(app)
    assert set(coaches().values()) == {jo.key}


def test_cover_is_ended_early_from_the_page(manager: User, jo: User, bea: User):
    hand_over(manager, jo, bea)
    app = open_page(manager, "colleagues/caseload.py", id=jo.key)
    app = press(app, "End all 3 covers")
    assert "3 covers have ended" in shown(app)
    with db.reading() as session:
        assert all(row.until < today() for row in session.exec(select(Cover)))


def test_whoever_shuts_a_colleague_out_is_offered_to_hand_their_work_over(jo: User):
    with db.transaction() as session:
        administrator = make_user(session, Role.ADMINISTRATOR)
        users.disable(session, jo.key, version=1, by=SYSTEM)
    said = shown(open_page(administrator, "colleagues/record.py", id=jo.key))
    assert "Still theirs: 2 job seekers, 1 employer" in said
    assert f'href="hand-over?id={jo.key}"' in said


def test_an_administrator_sees_names_and_no_way_to_the_cases(jo: User, manager: User):
    with db.transaction() as session:
        administrator = make_user(session, Role.ADMINISTRATOR)
    said = shown(open_page(administrator, "colleagues/caseload.py", id=jo.key))
    assert "Amara" in said
    assert 'href="seeker' not in said
    assert 'href="seeker?id=' in shown(open_page(manager, "colleagues/caseload.py", id=jo.key))


def test_the_list_shows_who_has_how_much_with_names_as_typed(manager: User, jo: User):
    said = shown(open_page(manager, "colleagues/caseloads.py"))
    assert "Jo &lt;i&gt;Marsh&lt;/i&gt;" in said


def test_a_team_is_made_and_a_colleague_put_into_it(jo: User):
    with db.transaction() as session:
        administrator = make_user(session, Role.ADMINISTRATOR)
    app = open_page(administrator, "colleagues/team.py")
    type_into(app, "Name of the team", "North")
    press(app, "Save team")
    with db.reading() as session:
        team = session.exec(select(Team)).one()
    app = open_page(administrator, "colleagues/edit.py", id=jo.key)
    choose(app, "Team", team.key)
    press(app, "Save colleague")
    with db.reading() as session:
        assert session.get_one(User, jo.key).team_id == team.key
    assert "Jo &lt;i&gt;" in shown(open_page(administrator, "colleagues/team.py", id=team.key))


def test_a_team_is_archived_and_brought_back(manager: User):
    with db.transaction() as session:
        administrator = make_user(session, Role.ADMINISTRATOR)
        session.add(Team(name="North"))
    app = open_page(administrator, "colleagues/team.py", id=1)
    type_into(app, "Why is it put aside?", "Merged")
    app = press(app, "Archive team")
    assert "This team was archived" in shown(app)
    assert "The team is back" in shown(press(app, "Bring this team back"))
