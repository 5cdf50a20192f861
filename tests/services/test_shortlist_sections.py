"""A shortlist is parted by how far people wish to travel and by group: each stands in one section, once."""

from dataclasses import dataclass, field
from datetime import date
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session

from crm.models.matches import JobMatch, MatchDecision, SeekerView
from crm.models.seekers import JobSeeker
from crm.models.users import SYSTEM, Actor
from crm.models.vacancies import Vacancy
from crm.policy import Action, Role
from crm.services import own_views, records, shortlists
from crm.services.access import ensure
from crm.services.ranked_people import RankedPeople, ShortlistView
from crm.services.shortlists import Shortlist
from matching.ranking import Ranking
from tests.makers import make_service, make_user
from tests.makers_employers import make_employer
from tests.makers_jobs import make_vacancy
from tests.makers_people import make_criterion, make_decision, make_profile, make_seeker, make_skill

TODAY = date(2026, 11, 26)
VIEWS = [(False, False), (True, False), (False, True), (True, True)]


@dataclass(frozen=True)
class Groups:
    """Everybody's group, as a ranking asks for it."""

    numbers: list[int] = field(default_factory=list[int])

    def groups(self) -> Any:
        return np.array(self.numbers, dtype=np.int8)

    def uses_strengths(self) -> Any:
        return np.zeros(len(self.numbers))


PEOPLE = st.lists(
    st.tuples(
        st.integers(0, 2),
        st.booleans(),
        st.booleans(),
        st.none() | st.dates(date(2020, 1, 1), date(2026, 1, 1)),
        st.integers(0, 100),
    ),
    max_size=40,
)


@given(PEOPLE, st.sampled_from(VIEWS))
def test_everybody_stands_in_exactly_one_section(
    people: list[tuple[int, bool, bool, date | None, int]], view: tuple[bool, bool]
):
    count = len(people)
    zeros = np.zeros(count)
    ids = tuple(map(str, range(count)))
    keys = np.array([row[4] for row in people], dtype=np.int64)
    places = np.arange(count, dtype=np.int64)
    ranking = Ranking(ids, places, zeros, zeros, zeros, {}, keys, Groups([row[0] for row in people]))
    known = {number: SimpleNamespace(referred_on=row[3]) for number, row in enumerate(people)}
    ready: Any = SimpleNamespace(known=known)
    mine, further = (np.array([row[at] for row in people], dtype=np.bool_) for at in (1, 2))
    ranked = RankedPeople(ready, None, ranking, mine, further)  # pyright: ignore[reportArgumentType]
    sections = list(ranked.sections(ShortlistView(*view)))
    assert len(sections) == 6
    assert sorted(int(place) for *_, chosen in sections for place in chosen) == list(range(count))
    for group, is_further, chosen in sections:
        assert {("workable_now", "with_measures", "design_a_job")[people[at][0]] for at in chosen} <= {group}
        assert {people[at][2] for at in chosen} <= {is_further}


@pytest.fixture
def coach(session: Session) -> Actor:
    make_service(session)
    return make_user(session, Role.JOB_COACH).as_actor()


@pytest.fixture
def vacancy(session: Session, coach: Actor) -> Vacancy:
    row = make_vacancy(session, make_employer(session), postcode="LS1 4DY", guaranteed_hours=16)
    make_criterion(session, row)
    return row


def sections_of(found: Shortlist) -> dict[str, list[int]]:
    return {each.section: [row.person.id for row in each.rows] for each in (*found.groups, *found.further)}


def people_of_all_kinds(session: Session, coach: Actor) -> set[int]:
    """Near, far and with nothing known of the way; with the skill, without it, and with nothing recorded."""
    made: set[int] = set()
    for number in range(18):
        mine = coach.id if number % 2 else None
        one = make_seeker(
            session, f"Person {number}", coach_id=mine, postcode=("LS1 4DY", "YO1 7HH")[number % 2]
        )
        made.add(one.key)
        if number % 3:
            make_profile(session, one, travel_mode="bus", travel_minutes=30, hours_now_max=16)
        if number % 4:
            make_skill(session, one, level=number % 3)
    return made


def test_paging_never_loses_anybody_whatever_the_order(session: Session, vacancy: Vacancy, coach: Actor):
    everybody = people_of_all_kinds(session, coach)
    for is_mine_first, is_wait_first in VIEWS:
        shown: dict[str, int] = {}
        before: dict[str, list[int]] = {}
        while True:
            view = ShortlistView(is_mine_first, is_wait_first, shown)
            found = shortlists.for_vacancy(session, vacancy.key, view, by=coach, today=TODAY)
            now = sections_of(found)
            assert all(now[name][: len(rows)] == rows for name, rows in before.items())
            left = [each for each in (*found.groups, *found.further) if len(each.rows) < each.total]
            if not left:
                break
            shown = {name: len(rows) + 3 for name, rows in now.items()}
            before = now
        listed = [key for rows in now.values() for key in rows]
        assert sorted(listed) == sorted(everybody)
        assert found.total == len(everybody)
        assert any(name.endswith("-further") and rows for name, rows in now.items())


def make_view(session: Session, vacancy: Vacancy, one: JobSeeker, view: str, said_on: date) -> JobMatch:
    ensure(session, SYSTEM, Action.MATCHES_DECIDE)
    return records.add(
        session,
        JobMatch(
            vacancy_id=vacancy.key,
            seeker_id=one.key,
            inputs_digest="0",
            opened_on=said_on,
            seeker_view=SeekerView(view),
            view_said_on=None if view == "not_asked" else said_on,
        ),
    )


@pytest.mark.parametrize(
    ("view", "said_on", "expected"),
    [
        ("no", date(2026, 11, 25), "no"),
        ("no", date(2026, 11, 20), "no"),
        ("no", date(2026, 11, 1), "keen"),
        ("not_asked", date(2026, 11, 25), "keen"),
    ],
)
def test_the_newest_view_of_the_person_is_shown_wherever_it_was_written_down(
    session: Session, vacancy: Vacancy, coach: Actor, view: str, said_on: date, expected: str
):
    one = make_seeker(session)
    decided: MatchDecision = make_decision(session, vacancy, one)
    make_view(session, vacancy, one, view, said_on)
    found = shortlists.for_vacancy(session, vacancy.key, ShortlistView(), by=coach, today=TODAY)
    row = next(row for each in found.groups for row in each.rows)
    assert row.own_view is not None
    assert (row.own_view.view, row.decision) == (expected, decided)


def test_nobody_has_a_view_before_they_are_asked(session: Session, vacancy: Vacancy, coach: Actor):
    one = make_seeker(session)
    said = own_views.of_pairs(session, [vacancy.key], [one.key], by=coach)
    assert (said.decisions, said.views) == ({}, {})
