"""Two databases that differ in restricted facts alone rank, compare and carve the same, whoever looks."""

import shutil
from collections.abc import Generator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from sqlmodel import Session

from crm import db
from crm.models.carves import CarveWish
from crm.models.restricted import RestrictedFacts, SchoolAgeFactsInput, WhyUnder16
from crm.models.seekers import JobSeeker
from crm.models.users import Actor
from crm.policy import Role
from crm.services import (
    carve_building,
    carve_ranking,
    match_index,
    matches,
    ranking_everybody,
    restricted,
    school_age,
    shortlists,
)
from crm.services.shortlists import ShortlistView
from tests.conftest import at_least, use_address, use_database
from tests.makers import make_service, make_user
from tests.makers_employers import make_employer
from tests.makers_jobs import make_analysis, make_task, make_vacancy
from tests.makers_people import make_criterion, make_need, make_profile, make_seeker, make_skill
from tests.makers_restricted import HERE, make_restricted

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
TODAY = NOW.date()
EVERYBODY = ShortlistView(shown={"workable_now": 9, "with_measures": 9, "design_a_job": 9})
SAID = st.one_of(st.none(), st.sampled_from(["Epilepsy", "Claims UC and PIP", "Has a learning disability"]))
FACTS = st.fixed_dictionaries(
    {
        "date_of_birth": st.sampled_from([None, date(1961, 2, 3), date(2004, 5, 6), date(2010, 12, 30)]),
        "disability": SAID,
        "health": SAID,
        "benefits": SAID,
        "why_under_16": st.sampled_from(WhyUnder16),
    }
)
PERMITS = st.one_of(st.none(), st.sampled_from([date(2026, 1, 1), date(2027, 1, 1)]))


@dataclass(frozen=True)
class Place:
    """A database without restricted facts, and what can be asked of it."""

    path: Path
    by: Actor
    people: list[int]
    vacancy_id: int
    employer_id: int
    analysis_id: int


def make_place(path: Path) -> Place:
    """Three people who differ in all that matching may read, a vacancy and a bank of tasks."""
    with db.transaction() as session:
        make_service(session)
        by = make_user(session, Role.MANAGER, name="Mo Manager").as_actor()
        employer = make_employer(session)
        vacancy = make_vacancy(session, employer, hours_min=12, hours_max=20, guaranteed_hours=16)
        make_criterion(session, vacancy)
        analysis = make_analysis(session, employer, going_rate=13, hours_week=60)
        for name in ("Fold boxes", "Label trays", "Greet drivers", "Water plants"):
            make_task(session, analysis, name, need="could_move", nature="social", current_hourly_cost=15)
        people = [make_seeker(session, name) for name in ("Ann", "Bo", "Cy")]
        make_profile(session, people[0], hours_intent="aims_for_16", needs_asked="listed")
        make_skill(session, people[0])
        make_need(session, people[0])
        make_profile(session, people[1], hours_now_max=10, hours_intent="prefers_fewer")
        return Place(path, by, [one.key for one in people], vacancy.key, employer.key, analysis.key)


@pytest.fixture(scope="module")
def place(template_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Generator[Place]:
    """A database as it was made, and a copy of it in use as the service's."""
    folder = tmp_path_factory.mktemp("restricted")
    with time_machine.travel(NOW, tick=False), use_database(template_database, folder / "made.db"):
        made = make_place(folder / "made.db")
    with use_address(f"sqlite:///{folder / 'crm.db'}"):
        yield made


def put_in_place(place: Place) -> None:
    """Have the service's database be the one without restricted facts."""
    db.engine().dispose()
    used = Path(str(db.engine().url.database))
    for beside in used.parent.glob(f"{used.name}-*"):
        beside.unlink()
    shutil.copyfile(place.path, used)
    for index in (match_index.PEOPLE, match_index.OPENINGS):
        index._ready = None


def keep(session: Session, place: Place, facts: list[dict[str, Any]], permit: date | None) -> None:
    """Record restricted facts of everybody, and of each what school age asks for."""
    for key, told in zip(place.people, facts, strict=True):
        seeker = session.get_one(JobSeeker, key)
        make_restricted(session, seeker, place.by, **told)
        typed = SchoolAgeFactsInput(parent_agreed_on=permit, permit_until=permit)
        school_age.save(session, key, typed, version=0, in_session=HERE, by=place.by)


def built_for(session: Session, place: Place, key: int, wish: CarveWish) -> object:
    found = carve_building.for_one(session, place.employer_id, key, wish, by=place.by, today=TODAY)
    return found.jobs, found.blocks


def looks(session: Session, place: Place) -> list[str]:
    """Everything that the engine says, as a manager sees it, who may see restricted facts too."""
    by, job = place.by, place.vacancy_id
    counted = ranking_everybody.count(ranking_everybody.gather(session, by=by), lambda done, total: None)
    wish = CarveWish(analysis_ids=[place.analysis_id], pay_hourly=13)
    return [
        repr(shortlists.for_vacancy(session, job, EVERYBODY, by=by, today=TODAY)),
        *(repr(shortlists.for_seeker(session, key, shown=9, by=by, today=TODAY)) for key in place.people),
        *(repr(matches.compare(session, job, key, by=by)) for key in place.people),
        repr(carve_ranking.rank(session, place.employer_id, wish, by=by, today=TODAY).rows(0, 9)),
        *(repr(built_for(session, place, key, wish)) for key in place.people),
        repr((counted.groups, counted.gathered.people.known)),
    ]


def seen(place: Place, facts: list[dict[str, Any]] | None, permit: date | None = None) -> list[str]:
    """What the engine says in a database with these restricted facts, or with none."""
    put_in_place(place)
    with time_machine.travel(NOW, tick=False):
        if facts is not None:
            with db.transaction() as session:
                keep(session, place, facts, permit)
        with db.reading() as session:
            return looks(session, place)


@settings(max_examples=at_least(6), phases=[Phase.generate])
@given(facts=st.lists(FACTS, min_size=3, max_size=3), permit=PERMITS)
def test_restricted_facts_change_no_ranking_no_comparison_and_no_carve(
    place: Place, facts: list[dict[str, Any]], permit: date | None
):
    assert seen(place, facts, permit) == seen(place, None)


def test_what_matching_may_read_does_change_them_so_that_the_test_bites(place: Place):
    before = seen(place, None)
    with time_machine.travel(NOW, tick=False):
        with db.transaction() as session:
            make_skill(session, session.get_one(JobSeeker, place.people[1]))
        with db.reading() as session:
            after = looks(session, place)
    assert before[0] != after[0]
    assert "Fold boxes" in before[-2]


def test_the_restricted_facts_were_there_all_along(place: Place):
    facts = {"health": "Epilepsy", "date_of_birth": date(1961, 2, 3), "why_under_16": WhyUnder16.BENEFITS}
    seen(place, [facts] * 3)
    with db.reading() as session:
        found = restricted._of_seeker(session, place.people[0])
    assert isinstance(found, RestrictedFacts)
    assert (found.health, found.date_of_birth, found.why_under_16) == tuple(facts.values())
