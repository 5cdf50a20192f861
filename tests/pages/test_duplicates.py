"""The screens of duplicates: pairs answered, two records merged, a merge undone."""

import pytest

from crm import db
from crm.models.duplicates import DuplicatePair, PairState
from crm.models.employers import Employer
from crm.models.users import SYSTEM, User
from crm.policy import Role
from crm.services import employers
from tests.makers import make_service, make_user
from tests.makers_duplicates import find_pairs, make_twins, merge_two
from tests.makers_employers import make_employer
from tests.pages.opening import checked, open_page, press, shown


@pytest.fixture
def officer(database: str) -> User:
    with db.transaction() as session:
        make_service(session)
        return make_user(session, Role.ENGAGEMENT_OFFICER, name="Ines Marlow")


@pytest.fixture
def twins(officer: User) -> tuple[Employer, Employer]:
    with db.transaction() as session:
        made = make_twins(session, website="fernside.example", stage="partner")
        find_pairs(session)
    return made


def test_a_pair_is_shown_with_its_reasons_and_answered_for_good(
    officer: User, twins: tuple[Employer, Employer]
):
    app = open_page(officer, "employers/duplicates.py")
    page = shown(app)
    assert "same telephone, name alike, same address" in page
    assert f"merge?keep={twins[0].key}&amp;other={twins[1].key}" in page.replace("&other", "&amp;other")
    press(app, "They are not the same")
    assert "The pair does not come back" in shown(app)
    with db.reading() as session:
        assert session.get_one(DuplicatePair, 1).state is PairState.NOT_THE_SAME
    next(box for box in app.checkbox if box.label == "Those kept as two").check()
    checked(app.run())
    press(app, "Ask again")
    with db.reading() as session:
        assert session.get_one(DuplicatePair, 1).state is PairState.OPEN


def test_two_records_are_merged_as_chosen_and_the_merge_is_undone(
    officer: User, twins: tuple[Employer, Employer]
):
    kept, loser = twins
    app = open_page(officer, "employers/merge.py", keep=kept.key, other=loser.key)
    assert "1 site, 1 person" in shown(app)
    next(radio for radio in app.radio if radio.label == "Relationship stage").set_value("kept")
    press(app, "Merge them")
    with db.reading() as session:
        now = employers.find(session, kept.key, by=SYSTEM)
        assert (now.name, now.website, now.stage) == (kept.name, "fernside.example", kept.stage)
    page = shown(open_page(officer, "employers/record.py", id=loser.key))
    assert f"{loser.name} was merged into this employer" in page
    assert "merged?id=1" in page
    undoing = open_page(officer, "employers/merged.py", id=1)
    assert "1 site, 1 person" in shown(undoing)
    press(undoing, "Undo the merge")
    assert "Undone on" in shown(undoing)
    assert "Undone on" in shown(open_page(officer, "employers/merged.py"))


def test_what_cannot_be_merged_says_why(officer: User, twins: tuple[Employer, Employer]):
    kept, loser = twins
    app = open_page(officer, "employers/merge.py", keep=kept.key, other=loser.key)
    with db.transaction() as session:
        row = employers.find(session, loser.key, by=SYSTEM)
        merge_two(session, employers.find(session, kept.key, by=SYSTEM), row)
    press(app, "Merge them")
    said = " ".join(str(one.value) for one in app.error) + shown(app)
    assert "archived" in said
    with db.transaction() as session:
        colleague = make_user(session, name="Sam Okafor")
        theirs = make_employer(session, "Fernside", owner_id=colleague.key)
    app = open_page(officer, "employers/merge.py", keep=kept.key, other=theirs.key)
    assert "Sam Okafor" in shown(app)
    assert [button.label for button in app.button] == ["They are not the same"]


def test_two_records_can_be_kept_apart_from_their_comparison(officer: User, twins: tuple[Employer, Employer]):
    app = open_page(officer, "employers/merge.py", keep=twins[0].key, other=twins[1].key)
    press(app, "They are not the same")
    with db.reading() as session:
        assert session.get_one(DuplicatePair, 1).state is PairState.NOT_THE_SAME


def test_nothing_to_look_at_is_said(officer: User):
    assert "No pair of employers waits" in shown(open_page(officer, "employers/duplicates.py"))
    assert "Nothing was merged yet" in shown(open_page(officer, "employers/merged.py"))
