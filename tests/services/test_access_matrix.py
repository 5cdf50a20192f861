"""The policy as it holds on the records of job seekers: each role, each relation, through the services."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlmodel import Session, select

from crm.errors import CrmError
from crm.models.base import folded
from crm.models.matches import MatchDecisionInput
from crm.models.profiles import AgreementWithMeInput, Step
from crm.models.restricted import RestrictedFacts, RestrictedFactsInput
from crm.models.seeker_inputs import JobSeekerInput
from crm.models.seekers import JobSeeker, ProfileSkillInput, SupportNeedInput
from crm.models.users import SYSTEM, Actor
from crm.policy import Relation, Role
from crm.services import matches, profile_skills, profile_versions, profiles, restricted, seekers, shortlists
from crm.services.access import NOT_SHOWN
from crm.services.seeker_rows import NEEDS
from crm.services.seekers import SeekerFilter
from crm.services.shortlists import ShortlistView
from tests.makers import make_service
from tests.makers_employers import make_employer
from tests.makers_jobs import make_vacancy
from tests.makers_people import make_need, make_profile, make_skill, make_step
from tests.makers_restricted import HERE, open_restricted
from tests.makers_teams import PHONE, TODAY, make_people_around

DIAGNOSIS = "A diagnosis of their own"
EXPECTED: dict[Role, dict[Relation, str]] = {
    Role.ENGAGEMENT_OFFICER: {
        Relation.OWN: "see contact, decide",
        Relation.CASELOAD: "see contact, decide",
        Relation.TEAM: "see contact, decide",
        Relation.SERVICE: "masked contact, decide",
        Relation.ARCHIVED: "see contact",
    },
    Role.JOB_COACH: {
        Relation.OWN: "see contact, see restricted, change, change restricted, decide",
        Relation.CASELOAD: "see contact, see restricted, change, change restricted, decide",
        Relation.TEAM: "see contact, see restricted, change, change restricted, decide",
        Relation.SERVICE: "masked contact",
        Relation.ARCHIVED: "see contact, see restricted",
    },
    Role.MANAGER: {
        Relation.OWN: "see contact, see restricted, change, change restricted, decide",
        Relation.CASELOAD: "see contact, see restricted, change, change restricted, decide",
        Relation.TEAM: "see contact, see restricted, change, change restricted, decide",
        Relation.SERVICE: "see contact, see restricted, change, change restricted, decide",
        Relation.ARCHIVED: "see contact, see restricted",
    },
    Role.ADMINISTRATOR: dict.fromkeys(Relation, ""),
    Role.AUDITOR: dict.fromkeys(Relation, "masked contact"),
}
"""Written by hand from the rules, not from the table."""


def allowed(work: Callable[[], Any]) -> bool:
    try:
        work()
    except CrmError:
        return False
    return True


def contact_of(session: Session, seeker: JobSeeker, by: Actor) -> str | None:
    try:
        return seekers.find(session, seeker.key, by=by).phone
    except CrmError:
        return None


def edit_of(seeker: JobSeeker) -> JobSeekerInput:
    return JobSeekerInput.model_validate(
        {**{name: getattr(seeker, name) for name in JobSeekerInput.model_fields}, "pause_reason": "Away"}
    )


def decide(session: Session, vacancy_id: int, seeker: JobSeeker, by: Actor) -> None:
    seen = matches.compare(session, vacancy_id, seeker.key, by=by).digest
    new = MatchDecisionInput.model_validate({"decision": "hold"})
    matches.decide(session, vacancy_id, seeker.key, new, seen=seen, by=by, today=TODAY)


def see_restricted(session: Session, seeker: JobSeeker, by: Actor) -> None:
    open_restricted(session, seeker, by)
    restricted.view(session, seeker.key, in_session=HERE, by=by)


def change_restricted(session: Session, seeker: JobSeeker, by: Actor) -> None:
    facts = session.exec(select(RestrictedFacts).where(RestrictedFacts.seeker_id == seeker.key)).first()
    typed = RestrictedFactsInput(health=DIAGNOSIS)
    version = facts.version if facts else 0
    restricted.save(session, seeker.key, typed, version=version, in_session=HERE, by=by)


def found(session: Session, seeker: JobSeeker, vacancy_id: int, by: Actor) -> str:
    """What somebody can see of a person and do to them, tried on the services."""
    key = seeker.key
    phone = contact_of(session, seeker, by)
    tried = {
        "see contact": phone == PHONE,
        "masked contact": phone == NOT_SHOWN,
        "see restricted": allowed(lambda: see_restricted(session, seeker, by)),
        "change": allowed(
            lambda: seekers.change(session, key, edit_of(seeker), version=seeker.version, by=by)
        ),
        "change restricted": allowed(lambda: change_restricted(session, seeker, by)),
        "decide": allowed(lambda: decide(session, vacancy_id, seeker, by)),
    }
    return ", ".join(name for name, is_so in tried.items() if is_so)


@pytest.fixture
def vacancy_id(session: Session) -> int:
    make_service(session)
    return make_vacancy(session, make_employer(session)).key


@pytest.mark.parametrize("role", Role)
def test_each_role_sees_and_does_in_each_relation_what_the_rules_say(
    session: Session, role: Role, vacancy_id: int
):
    by, people = make_people_around(session, role)
    assert {relation: found(session, one, vacancy_id, by) for relation, one in people.items()} == EXPECTED[
        role
    ]


@pytest.mark.parametrize("relation", [Relation.OWN, Relation.SERVICE])
def test_the_parts_of_a_person_are_changed_by_those_who_change_the_person(
    session: Session, relation: Relation
):
    by, people = make_people_around(session, Role.JOB_COACH)
    seeker = people[relation]
    skill, need = make_skill(session, seeker, "Fold boxes"), make_need(session, seeker)
    tries: list[Callable[[], Any]] = [
        lambda: seekers.for_form(session, seeker.key, by=by),
        lambda: profile_skills.change(
            session, skill.key, ProfileSkillInput(name=skill.name, level=4), version=1, by=by
        ),
        lambda: profiles.change_need(
            session, need.key, SupportNeedInput(kind=need.kind, who="A friend"), version=1, by=by
        ),
        lambda: make_step(session, seeker, Step.NEEDS, needs_asked="listed", by=by),
        lambda: profile_versions.agree(session, seeker.key, AgreementWithMeInput(), by=by, today=TODAY),
        lambda: NEEDS.archive(session, need.key, why="Over", version=need.version, by=by),
        lambda: NEEDS.bring_back(session, need.key, version=need.version, by=by),
        lambda: seekers.archive(session, seeker.key, why="Away", version=seeker.version, by=by),
        lambda: seekers.bring_back(session, seeker.key, version=seeker.version, by=by),
    ]
    assert {allowed(work) for work in tries} == {relation is Relation.OWN}


def test_an_archived_person_of_another_team_is_not_brought_back(session: Session):
    by, people = make_people_around(session, Role.JOB_COACH)
    far = people[Relation.SERVICE]
    seekers.archive(session, far.key, why="Away", version=far.version, by=SYSTEM)
    assert not allowed(lambda: seekers.bring_back(session, far.key, version=far.version, by=by))


@pytest.mark.parametrize("role", [Role.ENGAGEMENT_OFFICER, Role.JOB_COACH, Role.MANAGER])
def test_everybody_stands_in_every_list_and_shortlist_wherever_they_belong(
    session: Session, role: Role, vacancy_id: int
):
    by, people = make_people_around(session, role)
    for one in people.values():
        if one.archived_at is None:
            make_profile(session, one)
    listed = seekers.listing(session, SeekerFilter(), offset=0, limit=25, by=by, today=TODAY)
    names = sorted((one.preferred_name for one in people.values() if one.archived_at is None), key=folded)
    assert [row.name for row in listed.rows] == names
    view = ShortlistView(shown=dict.fromkeys(("workable_now", "with_measures", "design_a_job"), 9))
    shortlist = shortlists.for_vacancy(session, vacancy_id, view, by=by, today=TODAY)
    assert sorted(row.person.name for group in shortlist.groups for row in group.rows) == sorted(names)
