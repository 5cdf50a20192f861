"""One goes through a list from employer to employer, in its order, and none is skipped or told twice."""

import pytest
from sqlmodel import Session

from crm.models.employers import Employer, RelationshipStage, StageMove
from crm.models.users import Actor
from crm.policy import Role
from crm.services import employer_filters, employer_neighbours, employers
from crm.services.employer_filters import EmployerFilter
from crm.services.employer_neighbours import neighbours
from crm.services.listing import SortKey, beyond
from tests.makers import make_user
from tests.makers_employers import TODAY, make_employer

NAMES = ("Bakery", "apple", "Bakery", "Café", "Zoo")


@pytest.fixture
def officer(session: Session) -> Actor:
    return make_user(session, Role.ENGAGEMENT_OFFICER).as_actor()


@pytest.fixture
def five(session: Session) -> list[Employer]:
    return [make_employer(session, name, stage=RelationshipStage.PARTNER) for name in NAMES]


def test_going_forward_passes_every_row_of_the_list_in_its_order_and_back_again(
    session: Session, officer: Actor, five: list[Employer]
):
    wanted = EmployerFilter()
    rows = employers.listing(session, wanted, offset=0, limit=25, by=officer, today=TODAY).rows
    ids = [row.id for row in rows]
    found = [neighbours(session, wanted, key, by=officer, today=TODAY) for key in ids]
    assert [one.after.id if one and one.after else None for one in found] == [*ids[1:], None]
    assert [one.before.id if one and one.before else None for one in found] == [None, *ids[:-1]]
    assert [(one.place, one.total) for one in found if one] == [(place, 5) for place in range(1, 6)]


def test_only_the_filtered_list_is_gone_through(session: Session, officer: Actor, five: list[Employer]):
    make_employer(session, "Barber")
    found = neighbours(session, EmployerFilter(stage="partner"), five[0].key, by=officer, today=TODAY)
    assert found is not None
    assert (found.before, found.after) == (
        employer_neighbours.Neighbour(five[1].key, "apple"),
        employer_neighbours.Neighbour(five[2].key, "Bakery"),
    )


def test_one_that_left_the_list_still_stands_between_those_beside_it(
    session: Session, officer: Actor, five: list[Employer]
):
    left = StageMove(to_stage=RelationshipStage.DORMANT, moved_on=TODAY, why="Nothing goes on")
    employers.move_stage(session, five[3].key, left, version=five[3].version, by=officer, today=TODAY)
    found = neighbours(session, EmployerFilter(stage="partner"), five[3].key, by=officer, today=TODAY)
    assert found is not None
    assert found.before is not None
    assert found.after is not None
    assert (found.before.id, found.after.name, found.place) == (five[2].key, "Zoo", None)


def test_in_a_long_list_the_place_is_not_counted(
    session: Session, officer: Actor, five: list[Employer], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(employer_neighbours, "COUNTED", 4)
    found = neighbours(session, EmployerFilter(), five[0].key, by=officer, today=TODAY)
    assert found is not None
    assert (found.place, found.total) == (None, None)


def test_an_unknown_employer_has_no_neighbours(session: Session, officer: Actor):
    assert neighbours(session, EmployerFilter(), 99, by=officer, today=TODAY) is None


def test_a_list_sorted_downwards_is_gone_through_downwards(session: Session, five: list[Employer]):
    keys = SortKey(Employer.name_key, is_descending=True), SortKey(Employer.id)
    query = employer_filters.all_rows().where(beyond(keys, ("bakery", five[0].key)))
    query = query.order_by(*(key.ordered() for key in keys))
    assert [row[0] for row in session.connection().execute(query)] == [five[2].key, five[1].key]
