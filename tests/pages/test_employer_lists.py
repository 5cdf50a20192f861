"""The list of employers as a list, a board and a week, its kept views, and changes of many at once."""

import pytest
from sqlmodel import select

from crm import db
from crm.models.employer_lists import SavedView
from crm.models.employers import Employer, RelationshipStage
from crm.models.users import User
from crm.policy import Role
from crm.ui.words import today
from tests.makers import make_service, make_user
from tests.makers_contacts import make_contact, make_task
from tests.makers_employers import make_employer
from tests.pages.opening import choose, open_page, press, shown, type_into

LIST, MANY = "employers/list.py", "employers/change_many.py"


@pytest.fixture
def officer(database: str) -> User:
    with db.transaction() as session:
        make_service(session)
        officer = make_user(session, Role.ENGAGEMENT_OFFICER, name="Ines Marlow")
        first = make_employer(session, "Ash <b>Bakery</b>", owner_id=officer.key)
        make_employer(session, "Birch Hotel", stage=RelationshipStage.PARTNER)
        make_contact(session, first, by=officer.as_actor(), held_on=today(), today=today())
        make_task(session, "Ring <i>again</i>", by=officer.as_actor(), employer_id=first.key, due_on=today())
        return officer


def employers() -> dict[str, Employer]:
    with db.reading() as session:
        return {row.name: row for row in session.exec(select(Employer))}


def test_the_list_says_when_one_was_last_in_contact_and_what_is_next(officer: User):
    said = shown(open_page(officer, LIST))
    assert "Ash &lt;b&gt;Bakery&lt;/b&gt;" in said
    assert "Never" in said


def test_a_board_has_a_column_a_stage_and_a_way_to_move_each_card(officer: User):
    said = shown(open_page(officer, LIST, view="Board"))
    assert (
        said.index("Identified") < said.index("Ash &lt;b&gt;") < said.index("Partner") < said.index("Birch")
    )
    assert "employer-move?id=" in said


def test_a_week_says_what_is_due_and_what_was_done(officer: User):
    said = shown(open_page(officer, LIST, view="Week"))
    assert "Ring &lt;i&gt;again&lt;/i&gt;" in said
    assert "Call" in said
    assert "Nothing is due" in shown(open_page(officer, LIST, view="Week", week="2020-01-06"))


def test_a_view_is_kept_under_a_name_and_put_aside_again(officer: User):
    app = open_page(officer, LIST, stage="Partner")
    type_into(app, "Name of the view", "Cold ones")
    press(app, "Keep this view")
    with db.reading() as session:
        view = session.exec(select(SavedView)).one()
    assert view.query == "stage=Partner"
    assert "Cold ones" in shown(open_page(officer, LIST))
    edit = open_page(officer, "views/edit.py", id=view.key)
    type_into(edit, "Why is it put aside?", "Not needed")
    press(edit, "Archive view")
    assert "Cold ones" not in shown(open_page(officer, LIST))


def test_many_are_changed_after_a_look_at_what_would_change_and_it_is_undone(officer: User):
    app = open_page(officer, MANY)
    choose(app, "New owner", officer.key)
    press(app, "Look at the change")
    assert "1 employer will change; nothing is changed yet." in shown(app)
    assert employers()["Birch Hotel"].owner_id is None
    press(app, "Change 1 employer")
    assert employers()["Birch Hotel"].owner_id == officer.key
    [undo] = [button.label for button in app.button if button.label.startswith("Undo the change")]
    press(app, undo)
    assert employers()["Birch Hotel"].owner_id is None


def test_a_change_of_many_that_lacks_something_is_refused_in_a_sentence(officer: User):
    app = open_page(officer, MANY)
    next(box for box in app.radio if box.label == "What changes?").set_value("stage")
    app.run()
    press(app, "Look at the change")
    assert "Say why they all move" in shown(app)


def test_an_employer_is_moved_to_a_stage_that_asks_why(officer: User):
    row = employers()["Birch Hotel"]
    assert "To which stage?" in shown(open_page(officer, "employers/move.py", id=row.key))
    app = open_page(officer, "employers/move.py", id=row.key, to="dormant")
    press(app, "Move to dormant")
    assert employers()["Birch Hotel"].stage is RelationshipStage.PARTNER
    type_into(app, "Why", "The owner is abroad until spring")
    press(app, "Move to dormant")
    assert employers()["Birch Hotel"].stage is RelationshipStage.DORMANT
