"""What somebody may not see changes nothing that they see: two databases that differ in it look the same.

The sector of a home (LS1 4) is used to estimate journeys, so that it may show; its door (4DY) may not.
"""

import shutil
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from sqlmodel import Session, SQLModel

from crm import db
from crm.errors import CrmError
from crm.models.restricted import RestrictedFactsInput
from crm.models.seeker_inputs import JobSeekerInput
from crm.models.users import SYSTEM, Actor
from crm.policy import Action, Relation, Role
from crm.policy_table import allows
from crm.services import (
    consents,
    history,
    home,
    match_index,
    match_runs,
    matches,
    profile_skills,
    profiles,
    ranking_counts,
    ranking_everybody,
    ranking_runs,
    restricted,
    restricted_views,
    run_looks,
    search,
    seekers,
    shortlists,
    waiting,
)
from crm.services.permissions import permissions
from crm.services.seeker_rows import NEEDS
from crm.services.seekers import SeekerFilter
from crm.services.shortlists import ShortlistView
from tests.conftest import at_least, use_address, use_database
from tests.makers import make_service, make_user
from tests.makers_employers import make_employer
from tests.makers_jobs import make_vacancy
from tests.makers_people import make_need, make_profile, make_skill
from tests.makers_restricted import HERE, make_restricted
from tests.makers_teams import make_people_around

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
TODAY = NOW.date()
WRITTEN = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12
).filter(str.strip)


@dataclass(frozen=True)
class Secrets:
    """What the others may not see of somebody in the rest of the service."""

    email: str | None
    phone: str | None
    door: str
    health: str
    benefits: str


SECRETS = st.builds(
    Secrets,
    email=st.sampled_from(["amara@example.org", "a.nwosu@example.net"]),
    phone=st.sampled_from(["+441134960111", "+441134960999"]),
    door=st.text(st.sampled_from("ABDEFGHJ"), min_size=2, max_size=2),
    health=WRITTEN,
    benefits=WRITTEN,
)
BARE = st.builds(Secrets, st.none(), st.none(), st.just("AA"), WRITTEN, WRITTEN)


@dataclass(frozen=True)
class World:
    """A database before anything secret is in it, who looks at it, and whom the secrets are about."""

    path: Path
    by: Actor
    seeker_id: int
    vacancy_id: int


def make_world(template: Path, path: Path, role: Role) -> World:
    with time_machine.travel(NOW, tick=False), use_database(template, path), db.transaction() as session:
        make_service(session)
        vacancy = make_vacancy(session, make_employer(session))
        by, people = make_people_around(session, role)
        for one in people.values():
            if one.archived_at is None:
                make_profile(session, one, travel_minutes=30, travel_mode="bus")
                make_skill(session, one)
                make_need(session, one)
        return World(path, by, people[Relation.SERVICE].key, vacancy.key)


@pytest.fixture(scope="module")
def worlds(template_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Generator[dict[Role, World]]:
    """A world for each role, and one place in use as the service's database, where each is put in turn."""
    folder = tmp_path_factory.mktemp("worlds")
    made = {role: make_world(template_database, folder / f"{role}.db", role) for role in Role}
    with use_address(f"sqlite:///{folder / 'crm.db'}"):
        yield made


def put_in_place(world: World) -> None:
    """Have the service's database be this world, as it was made."""
    db.engine().dispose()
    place = Path(str(db.engine().url.database))
    for beside in place.parent.glob(f"{place.name}-*"):
        beside.unlink()
    shutil.copyfile(world.path, place)
    for index in (match_index.PEOPLE, match_index.OPENINGS):
        index._ready = None


def keep(session: Session, world: World, secrets: Secrets) -> None:
    seeker = seekers.find(session, world.seeker_id, by=SYSTEM)
    typed = {name: getattr(seeker, name) for name in JobSeekerInput.model_fields}
    typed |= {"email": secrets.email, "phone": secrets.phone, "postcode": f"LS1 4{secrets.door}"}
    edit = JobSeekerInput.model_validate(typed)
    seekers.change(session, seeker.key, edit, version=seeker.version, by=SYSTEM)
    manager = make_user(session, Role.MANAGER, name="Mo Manager").as_actor()
    make_restricted(session, seeker, manager, health=secrets.health, benefits=secrets.benefits)


def plain(value: Any) -> str:
    if isinstance(value, list):
        return "\n".join(map(plain, value))
    return repr(value.model_dump()) if isinstance(value, SQLModel) else repr(value)


def looks(world: World, session: Session, words: list[str]) -> Iterator[Callable[[], Any]]:
    """Everything that somebody can ask about people."""
    by, key, job = world.by, world.seeker_id, world.vacancy_id
    page: Any = {"offset": 0, "limit": 50, "by": by}
    edit, mine = JobSeekerInput(preferred_name="Changed"), RestrictedFactsInput(health="Mine")
    for typed in ("", *words):
        yield lambda typed=typed: seekers.listing(session, SeekerFilter(typed), today=TODAY, **page)
        yield lambda typed=typed: search.find(session, typed, limit=20, by=by)
    yield lambda: search.find(session, "in service", limit=20, by=by)
    yield lambda: [seekers.find(session, key, by=by)]
    yield lambda: [profiles.of_seeker(session, key, by=by)]
    yield lambda: profile_skills.of_seeker(session, key, by=by)
    yield lambda: NEEDS.of(session, key, by=by)
    yield lambda: history.history(session, "seeker", key, **page)
    yield lambda: shortlists.for_vacancy(
        session, job, ShortlistView(shown={"workable_now": 9, "design_a_job": 9}), by=by, today=TODAY
    )
    yield lambda: shortlists.for_seeker(session, key, shown=9, by=by, today=TODAY)
    yield lambda: matches.compare(session, job, key, by=by)
    yield lambda: matches.decisions(session, seeker_id=key, by=by)
    yield lambda: restricted.view(session, key, in_session=HERE, by=by)
    yield lambda: restricted.save(session, key, mine, version=1, in_session=HERE, by=by)
    yield lambda: restricted_views.looks(session, key, limit=50, by=by).total
    yield lambda: consents.of_seeker(session, key, by=by, today=TODAY)
    yield lambda: seekers.change(session, key, edit, version=1, by=by)
    yield lambda: seekers.for_form(session, key, by=by)
    yield lambda: home.figures(session, by=by, today=TODAY)
    yield lambda: home.recent_changes(session, limit=50, by=by)
    yield lambda: waiting.without_shortlist(session, coach_id=None, limit=50, by=by, today=TODAY)
    yield lambda: ranking_counts.of_vacancies(session, [job], by=by)
    yield lambda: ranking_counts.of_seeker(session, key, by=by)
    yield lambda: ranking_counts.last_run(session, by=by)
    yield lambda: run_looks.of_vacancy(session, job, offset=0, limit=9, by=by).rows
    yield lambda: run_looks.look(session, 1, job, shown={}, by=by)
    yield lambda: permissions(session, by=by)


def answered(ask: Callable[[], Any]) -> str:
    try:
        return plain(ask())
    except CrmError as refusal:
        return f"{type(refusal).__name__}: {refusal}"


def seen(world: World, secrets: Secrets, words: list[str]) -> list[str]:
    """What somebody sees of a world in which these secrets are."""
    put_in_place(world)
    with time_machine.travel(NOW, tick=False):
        with db.transaction() as session:
            keep(session, world, secrets)
            gathered = ranking_everybody.gather(session, by=SYSTEM)
            counted = ranking_everybody.count(gathered, lambda done, total: None)
            ranking_runs.keep(session, counted, by=SYSTEM)
            match_runs.keep(session, world.vacancy_id, by=SYSTEM)
        with db.reading() as session:
            return [answered(ask) for ask in looks(world, session, words)]


def words_of(*secrets: Secrets) -> list[str]:
    return [word for one in secrets for word in (one.phone, one.email, one.health) if word]


@settings(max_examples=at_least(25), phases=[Phase.generate])
@given(
    role=st.sampled_from(sorted(set(Role) - {Role.MANAGER})),
    one=SECRETS,
    other=st.one_of(SECRETS, BARE),
)
def test_what_somebody_may_not_see_changes_nothing_that_they_see(
    worlds: dict[Role, World], role: Role, one: Secrets, other: Secrets
):
    world = worlds[role]
    if allows(world.by.roles, Action.AUDIT_READ) and other.phone is None:
        other = one  # Which fields were changed, they may see.
    words = words_of(one, other)
    assert seen(world, one, words) == seen(world, other, words)


def test_what_a_manager_sees_does_differ_so_that_the_test_bites(worlds: dict[Role, World]):
    one = Secrets("amara@example.org", "+441134960111", "DA", "Health one", "Benefits")
    other = Secrets("amara@example.org", "+441134960999", "DB", "Health two", "Benefits")
    first, second = (seen(worlds[Role.MANAGER], each, []) for each in (one, other))
    assert sum(a != b for a, b in zip(first, second, strict=True)) >= 3
