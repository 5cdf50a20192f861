"""How records stand to somebody, looked up one by one and in SQL."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlmodel import Session, col

from crm.models.base import Record
from crm.models.employers import Employer
from crm.models.seekers import JobSeeker, ProfileSkill
from crm.models.users import SYSTEM, User
from crm.models.vacancies import Vacancy
from crm.policy import Relation, Role
from crm.policy_table import ANYWHERE
from crm.services import records
from crm.services.relations import in_relation, of_record
from tests.makers import make_user
from tests.makers_employers import make_agreement, make_employer, make_site
from tests.makers_jobs import make_analysis, make_task, make_vacancy
from tests.makers_people import make_criterion, make_seeker, make_skill
from tests.makers_teams import TODAY, make_cover, make_people_around, make_team


@pytest.fixture
def coach(session: Session) -> User:
    return make_user(session, Role.JOB_COACH, name="Rosa Lind")


def test_people_stand_in_the_relation_that_their_coach_their_team_and_covers_give(session: Session):
    by, people = make_people_around(session, Role.JOB_COACH)
    for relation in ANYWHERE:
        assert of_record(session, by, people[relation]) is relation


def test_colleagues_without_a_team_are_one_team(session: Session, coach: User):
    mine = make_seeker(session, coach_id=make_user(session, Role.JOB_COACH).id)
    assert of_record(session, coach.as_actor(), mine) is Relation.TEAM
    make_team(session, "North", coach)
    assert of_record(session, coach.as_actor(), mine) is Relation.SERVICE


def test_whom_nobody_looks_after_is_every_teams(session: Session, coach: User):
    make_team(session, "North", coach)
    assert of_record(session, coach.as_actor(), make_seeker(session)) is Relation.TEAM


@pytest.mark.parametrize(("days", "relation"), [(0, Relation.CASELOAD), (-1, Relation.SERVICE)])
def test_a_cover_is_in_force_up_to_and_with_its_day(
    session: Session, coach: User, days: int, relation: Relation
):
    make_team(session, "North", coach)
    seeker = make_seeker(session, coach_id=make_user(session, Role.JOB_COACH).id)
    make_cover(session, coach, seeker, until=TODAY + timedelta(days=days))
    assert of_record(session, coach.as_actor(), seeker) is relation


def test_an_archived_cover_is_not_in_force(session: Session, coach: User):
    make_team(session, "North", coach)
    seeker = make_seeker(session, coach_id=make_user(session, Role.JOB_COACH).id)
    cover = make_cover(session, coach, seeker)
    records.archive(session, cover, why="Back from leave", version=cover.version)
    assert of_record(session, coach.as_actor(), seeker) is Relation.SERVICE


def test_a_cover_of_one_kind_of_record_says_nothing_of_another_with_the_same_id(
    session: Session, coach: User
):
    make_team(session, "North", coach)
    other = make_user(session, Role.JOB_COACH).id
    seeker, employer = make_seeker(session, coach_id=other), make_employer(session, owner_id=other)
    assert seeker.id == employer.id
    make_cover(session, coach, employer)
    assert of_record(session, coach.as_actor(), seeker) is Relation.SERVICE
    assert of_record(session, coach.as_actor(), employer) is Relation.CASELOAD


def test_what_belongs_to_a_record_stands_as_it_does(session: Session, coach: User):
    employer = make_employer(session, owner_id=coach.id)
    vacancy, analysis = make_vacancy(session, employer), make_analysis(session, employer)
    parts: list[Record] = [
        make_site(session, employer),
        vacancy,
        make_criterion(session, vacancy),
        make_task(session, analysis),
        make_skill(session, make_seeker(session, coach_id=coach.id)),
    ]
    assert {of_record(session, coach.as_actor(), part) for part in parts} == {Relation.OWN}
    assert of_record(session, coach.as_actor(), make_agreement(session, employer)) is Relation.TEAM


def test_a_colleague_is_oneself_of_ones_team_or_of_another(session: Session, coach: User):
    mate, other = make_user(session), make_user(session)
    make_team(session, "South", other)
    by = coach.as_actor()
    assert [of_record(session, by, one) for one in (coach, mate, other)] == [
        Relation.OWN,
        Relation.TEAM,
        Relation.SERVICE,
    ]


def ids_in(session: Session, table: type[Record], user: User, relation: Relation) -> set[int]:
    query = sa.select(col(table.id)).where(in_relation(table, user.as_actor(), relation))
    return {key for (key,) in session.connection().execute(query) if key is not None}


def test_sql_says_of_every_record_what_is_said_of_it_alone(session: Session, coach: User):
    mate, other, free = (make_user(session, Role.JOB_COACH) for _ in range(3))
    make_team(session, "North", coach, mate)
    make_team(session, "South", other)
    people: list[Record] = []
    kept: dict[type[Record], list[Record]] = {JobSeeker: people, Employer: [], Vacancy: [], ProfileSkill: []}
    for owner in (coach, mate, other, free, None):
        for is_covered in (False, True):
            owner_id = owner.id if owner else None
            seeker, employer = (
                make_seeker(session, coach_id=owner_id),
                make_employer(session, owner_id=owner_id),
            )
            kept[JobSeeker].append(seeker)
            kept[Employer].append(employer)
            kept[Vacancy].append(make_vacancy(session, employer))
            kept[ProfileSkill].append(make_skill(session, seeker))
            if is_covered:
                make_cover(session, coach, seeker)
                make_cover(session, coach, employer)
    for user in (coach, free):
        for table, rows in kept.items():
            for relation in ANYWHERE:
                wanted = {row.key for row in rows if of_record(session, user.as_actor(), row) is relation}
                assert ids_in(session, table, user, relation) == wanted, (table, relation)


def test_the_system_owns_nothing(session: Session):
    make_seeker(session)
    query = sa.select(col(JobSeeker.id)).where(in_relation(JobSeeker, SYSTEM, Relation.OWN))
    assert session.connection().execute(query).all() == []
