"""Lists of employers are narrowed, sorted, kept as views, drawn as a board or a week, and changed at once."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlmodel import Session

from crm.errors import NotAllowedError, RuleBrokenError
from crm.models.employer_lists import BulkChange, BulkWhat, ListPage, SavedViewInput
from crm.models.employers import Employer, RelationshipStage
from crm.models.users import Actor
from crm.policy import Role
from crm.services import bulk_changes, employer_stages, employer_tags, employers, saved_views
from crm.services import employer_pipeline as pipeline
from crm.services.bulk_changes import Wanted
from crm.services.employer_filters import MINE, NOBODYS, EmployerFilter, EmployerSort, LastContact, NextStep
from crm.services.employer_neighbours import neighbours
from tests.makers import make_user
from tests.makers_contacts import make_contact, make_task
from tests.makers_employers import TODAY, make_employer, make_site

SOON = TODAY + timedelta(days=2)


@pytest.fixture
def officer(session: Session) -> Actor:
    return make_user(session, Role.ENGAGEMENT_OFFICER, name="Ines Marlow").as_actor()


@pytest.fixture
def found(session: Session, officer: Actor) -> Callable[..., list[str]]:
    def names(**wanted: object) -> list[str]:
        narrowed = EmployerFilter(**wanted)  # pyright: ignore[reportArgumentType]
        page = employers.listing(session, narrowed, offset=0, limit=25, by=officer, today=TODAY)
        return [row.name for row in page.rows]

    return names


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("LS", ["Leeds"]),
        ("l", ["Liverpool"]),
        ("LS1", ["Leeds"]),
        ("LS14DY", ["Leeds"]),
        ("L1 8", ["Liverpool"]),
        ("L1", ["Liverpool"]),
        ("%", []),
    ],
)
def test_an_area_is_no_part_of_a_longer_one(
    session: Session, found: Callable[..., list[str]], typed: str, names: list[str]
):
    make_site(session, make_employer(session, "Leeds"), postcode="LS1 4DY")
    make_site(session, make_employer(session, "Liverpool"), postcode="L1 8JQ")
    make_employer(session, "Nowhere")
    assert found(area=typed) == names


def test_mine_are_those_i_own_or_share_and_nobodys_those_without_an_owner(
    session: Session, officer: Actor, found: Callable[..., list[str]]
):
    other = make_user(session, Role.JOB_COACH, name="Bo Lind").as_actor()
    make_employer(session, "Own", owner_id=officer.id)
    make_employer(session, "Second", owner_id=other.id, second_owner_id=officer.id)
    make_employer(session, "Free")
    assert found(owner=MINE) == ["Own", "Second"]
    assert found(owner=NOBODYS) == ["Free"]
    assert found(owner=str(other.id)) == ["Second"]
    assert found(owner="x'; --") == []


def test_employers_are_found_by_their_last_contact(session: Session, found: Callable[..., list[str]]):
    for days in (0, 29, 30, 90):
        make_contact(session, make_employer(session, f"{days:02}"), held_on=TODAY - timedelta(days=days))
    make_employer(session, "Never")
    assert found(last_contact=LastContact.THIS_WEEK) == ["00"]
    assert found(last_contact=LastContact.WITHIN_30_DAYS) == ["00", "29"]
    assert found(last_contact=LastContact.NOT_FOR_30_DAYS) == ["30", "90", "Never"]
    assert found(last_contact=LastContact.NOT_FOR_90_DAYS) == ["90", "Never"]
    assert found(last_contact=LastContact.NEVER) == ["Never"]
    assert found(sort=EmployerSort.LONGEST_WITHOUT_CONTACT) == ["Never", "90", "30", "29", "00"]


def test_employers_are_found_by_their_next_step(session: Session, found: Callable[..., list[str]]):
    for name, days in (("Late", -1), ("Now", 0), ("Week", 6), ("Later", 7)):
        make_task(session, employer_id=make_employer(session, name).key, due_on=TODAY + timedelta(days=days))
    make_employer(session, "Idle")
    assert found(next_step=NextStep.OVERDUE) == ["Late"]
    assert found(next_step=NextStep.TODAY) == ["Now"]
    assert found(next_step=NextStep.THIS_WEEK) == ["Now", "Week"]
    assert found(next_step=NextStep.LATER) == ["Later"]
    assert found(next_step=NextStep.NONE_PLANNED) == ["Idle"]
    assert found(sort=EmployerSort.NEXT_STEP_FIRST) == ["Late", "Now", "Week", "Later", "Idle"]


@pytest.mark.parametrize("sort", EmployerSort)
def test_the_employers_beside_one_are_those_of_the_list_in_its_order(
    session: Session, officer: Actor, sort: EmployerSort
):
    made = [make_employer(session, name) for name in ("B", "A", "C")]
    make_contact(session, made[0])
    make_task(session, employer_id=made[2].key, due_on=SOON)
    wanted = EmployerFilter(sort=sort)
    page = employers.listing(session, wanted, offset=0, limit=9, by=officer, today=TODAY)
    beside = neighbours(session, wanted, page.rows[1].id, by=officer, today=TODAY)
    assert beside is not None
    assert beside.before is not None
    assert beside.after is not None
    assert [beside.before.id, beside.after.id] == [page.rows[0].id, page.rows[2].id]


def test_a_board_shows_the_first_cards_of_each_stage_and_how_many_there_are(session: Session, officer: Actor):
    for name in ("C", "B", "A"):
        make_employer(session, name, stage=RelationshipStage.PARTNER)
    make_task(session, employer_id=make_employer(session, "Due", stage="partner").key, due_on=SOON)
    make_employer(session, "New")
    columns = pipeline.board(session, EmployerFilter(), cards=2, by=officer, today=TODAY)
    shown = {one.stage: ([card.name for card in one.cards], one.total) for one in columns}
    assert shown[RelationshipStage.PARTNER] == (["Due", "A"], 4)
    assert shown[RelationshipStage.IDENTIFIED] == (["New"], 1)
    assert shown[RelationshipStage.DORMANT] == ([], 0)
    only = EmployerFilter(stage="partner", words="a")
    [column] = pipeline.board(session, only, cards=2, by=officer, today=TODAY)
    assert [card.name for card in column.cards] == ["A"]


def test_a_week_tells_what_is_due_and_what_was_done_and_overdue_steps_today(session: Session, officer: Actor):
    employer, monday = make_employer(session, owner_id=officer.id), TODAY - timedelta(days=TODAY.weekday())
    make_contact(session, employer, by=officer, held_on=monday)
    make_task(session, "Late", by=officer, employer_id=employer.key, due_on=monday - timedelta(days=9))
    make_task(session, "Next week", by=officer, employer_id=employer.key, due_on=monday + timedelta(days=7))
    make_task(session, "Elsewhere", by=officer, employer_id=make_employer(session, "B").key, due_on=TODAY)

    def week(first: date) -> list[tuple[date, str]]:
        wanted = EmployerFilter(owner=MINE)
        found = pipeline.week(session, wanted, monday=first, by=officer, today=TODAY)
        return [(one.on, one.words) for one in found]

    assert sorted(week(monday)) == sorted([(monday, "call"), (TODAY, "Late")])
    assert week(monday + timedelta(days=7)) == [(monday + timedelta(days=7), "Next week")]


def test_a_view_is_kept_without_the_page_one_stood_on_and_seen_by_others_only_when_shared(
    session: Session, officer: Actor
):
    other = make_user(session, Role.MANAGER).as_actor()
    own = saved_views.keep(
        session, ListPage.EMPLOYERS, "stage=Partner&page=3", SavedViewInput(name="Mine"), by=officer
    )
    shared = SavedViewInput(name="Ours", is_shared=True, is_pinned=False)
    saved_views.keep(session, ListPage.EMPLOYERS, "q=a%26b", shared, by=officer)
    assert own.query == "stage=Partner"
    assert [one.name for one in saved_views.listing(session, ListPage.EMPLOYERS, by=officer)] == [
        "Mine",
        "Ours",
    ]
    assert [one.name for one in saved_views.listing(session, ListPage.EMPLOYERS, by=other)] == ["Ours"]
    assert saved_views.listing(session, ListPage.TASKS, by=officer) == []
    with pytest.raises(RuleBrokenError, match="colleague’s own"):
        saved_views.find(session, own.key, by=other)
    with pytest.raises(NotAllowedError):
        saved_views.change(session, own.key, SavedViewInput(name="X"), version=own.version, by=other)


def test_two_views_of_one_name_are_refused(session: Session, officer: Actor):
    new = SavedViewInput(name="Cold")
    first = saved_views.keep(session, ListPage.EMPLOYERS, "", new, by=officer)
    saved_views.keep(session, ListPage.TASKS, "", new, by=officer)
    with pytest.raises(RuleBrokenError, match="already"):
        saved_views.keep(session, ListPage.EMPLOYERS, "", new, by=officer)
    saved_views.archive(session, first.key, why="Old", version=first.version, by=officer)
    assert saved_views.keep(session, ListPage.EMPLOYERS, "", new, by=officer).key != first.key


def ids_of(session: Session, by: Actor, **wanted: object) -> list[int]:
    narrowed = EmployerFilter(**wanted)  # pyright: ignore[reportArgumentType]
    return bulk_changes.chosen(session, narrowed, by=by, today=TODAY)


def undone(session: Session, made: BulkChange, by: Actor) -> tuple[int, int]:
    day = made.created_at.date()
    return bulk_changes.undo(session, made.key, version=made.version, by=by, today=day)


def refreshed(session: Session, *rows: Employer) -> list[Employer]:
    for row in rows:
        session.refresh(row)
    return list(rows)


def test_many_get_an_owner_and_each_gets_its_own_back(session: Session, officer: Actor):
    other = make_user(session, Role.JOB_COACH, name="Bo Lind").as_actor()
    first, second = make_employer(session, "A"), make_employer(session, "B", owner_id=other.id)
    has = make_employer(session, "C", owner_id=officer.id)
    wanted, ids = Wanted(BulkWhat.OWNER, str(officer.id)), ids_of(session, officer)
    seen = bulk_changes.preview(session, ids, wanted, by=officer)
    assert (len(seen.changing), seen.same, seen.first[1]) == (2, 1, ("B", str(other.id)))
    made = bulk_changes.make(session, ids, wanted, by=officer, today=TODAY)
    assert [one.owner_id for one in refreshed(session, first, second, has)] == [officer.id] * 3
    assert bulk_changes.latest(session, by=officer, today=made.created_at.date()) == [made]
    back = bulk_changes.undo(
        session, made.key, version=made.version, by=officer, today=made.created_at.date()
    )
    assert back == (2, 0)
    assert [one.owner_id for one in refreshed(session, first, second, has)] == [None, other.id, officer.id]
    with pytest.raises(RuleBrokenError, match="undone already"):
        undone(session, made, officer)


def test_undoing_leaves_what_somebody_changed_since(session: Session, officer: Actor):
    first, second = make_employer(session, "A"), make_employer(session, "B")
    wanted = Wanted(BulkWhat.STAGE, "dormant", "The fair was called off")
    made = bulk_changes.make(session, [first.key, second.key], wanted, by=officer, today=TODAY)
    [moved] = employer_stages.history(session, first.key, by=officer)
    assert (moved.to_stage, moved.why) == (RelationshipStage.DORMANT, "The fair was called off")
    changed = Wanted(BulkWhat.STAGE, "partner", "They rang")
    bulk_changes.make(session, [second.key], changed, by=officer, today=TODAY)
    back = bulk_changes.undo(
        session, made.key, version=made.version, by=officer, today=made.created_at.date()
    )
    assert back == (1, 1)
    assert [one.stage for one in refreshed(session, first, second)] == ["identified", "partner"]


def test_a_tag_is_given_taken_and_given_back(
    session: Session, officer: Actor, found: Callable[..., list[str]]
):
    row = make_employer(session, "A")
    make_employer(session, "B")
    give = Wanted(BulkWhat.ADD_TAG, "Autumn fair")
    bulk_changes.make(session, [row.key], give, by=officer, today=TODAY)
    assert found(tag="autumn FAIR") == ["A"]
    assert employer_tags.all_tags(session, by=officer) == ["Autumn fair"]
    take = Wanted(BulkWhat.REMOVE_TAG, "Autumn fair")
    taken = bulk_changes.make(session, [row.key], take, by=officer, today=TODAY)
    assert (found(tag="Autumn fair"), employer_tags.of(session, row.key, by=officer)) == ([], [])
    undone(session, taken, officer)
    assert employer_tags.of(session, row.key, by=officer) == ["Autumn fair"]


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        (Wanted(BulkWhat.OWNER, "4711"), "still works here"),
        (Wanted(BulkWhat.STAGE, None), "Choose the stage"),
        (Wanted(BulkWhat.STAGE, "dormant"), "Say why"),
        (Wanted(BulkWhat.ADD_TAG, "  "), "Write the tag"),
        (Wanted(BulkWhat.ADD_TAG, "x" * 41), "40 are the most"),
        (Wanted(BulkWhat.REMOVE_TAG, "Nothing"), "Nothing would change"),
    ],
)
def test_a_change_of_many_that_makes_no_sense_is_refused(
    session: Session, officer: Actor, wanted: Wanted, words: str
):
    row = make_employer(session)
    with pytest.raises(RuleBrokenError, match=words):
        bulk_changes.make(session, [row.key], wanted, by=officer, today=TODAY)


def test_archived_employers_are_left_out_of_a_change_and_nobody_undoes_a_colleagues(
    session: Session, officer: Actor
):
    row, live = make_employer(session, "A"), make_employer(session, "B")
    employers.archive(session, row.key, why="Closed", version=row.version, by=officer)
    wanted = Wanted(BulkWhat.ADD_TAG, "Fair")
    assert bulk_changes.preview(session, [row.key, live.key], wanted, by=officer).refused == 1
    made = bulk_changes.make(session, [row.key, live.key], wanted, by=officer, today=TODAY)
    manager = make_user(session, Role.MANAGER).as_actor()
    with pytest.raises(NotAllowedError, match="colleague’s"):
        bulk_changes.undo(session, made.key, version=made.version, by=manager, today=TODAY)


def test_a_change_of_more_than_can_be_looked_at_is_refused(
    session: Session, officer: Actor, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(bulk_changes, "MOST", 1)
    for name in ("A", "B"):
        make_employer(session, name)
    assert len(ids_of(session, officer, words="a")) == 1
    with pytest.raises(RuleBrokenError, match="Narrow it first"):
        ids_of(session, officer)
