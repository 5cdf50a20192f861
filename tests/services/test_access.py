"""Masks, scopes and refusals: what the one gate does beside yes and no."""

from datetime import date

import pytest
import sqlalchemy as sa
from sqlmodel import Session, col, select

from crm import db
from crm.audit import write_entries
from crm.errors import NotAllowedError
from crm.models.restricted import RestrictedFacts, RestrictedFactsInput
from crm.models.seeker_inputs import JobSeekerInput
from crm.models.seekers import JobSeeker
from crm.models.users import SYSTEM
from crm.policy import Action, Relation, Role
from crm.services import agreements, employers, history, matches, restricted, seekers, shortlists
from crm.services.access import NOT_SHOWN, ensure, may, scoped, shown
from crm.services.employer_parts import PEOPLE
from crm.services.permissions import permissions
from tests.makers import make_actor, make_service
from tests.makers_employers import make_employer, make_person
from tests.makers_jobs import make_vacancy
from tests.makers_people import make_seeker
from tests.makers_restricted import HERE, open_restricted
from tests.makers_teams import PHONE, make_people_around

READ = Action.SEEKERS_READ
AUDITOR = make_actor(Role.AUDITOR)


def test_a_masked_copy_says_so_whether_or_not_anything_is_recorded(session: Session):
    bare, known = make_seeker(session), make_seeker(session, email="amara@example.org", phone=PHONE)
    for one in (bare, known):
        seen = seekers.find(session, one.key, by=AUDITOR)
        assert (seen.email, seen.phone, seen.postcode) == (NOT_SHOWN,) * 3
        assert (seen.preferred_name, seen.version, seen.key) == (one.preferred_name, one.version, one.key)


def test_nothing_of_a_mask_is_ever_saved(session: Session):
    seeker = make_seeker(session, phone=PHONE)
    seen = seekers.find(session, seeker.key, by=AUDITOR)
    session.flush()
    assert seen is not seeker
    assert seen not in session
    kept = sa.select(col(JobSeeker.phone)).where(col(JobSeeker.id) == seeker.key)
    assert session.connection().execute(kept).scalar() == PHONE


def test_a_record_with_nothing_to_hide_is_handed_out_itself(session: Session):
    seeker = make_seeker(session, phone=PHONE)
    assert shown(session, seeker, by=make_actor(Role.MANAGER), action=READ) is seeker


def test_whoever_hands_out_a_person_masks_them(session: Session):
    make_service(session)
    employer, seeker = make_employer(session), make_seeker(session, phone=PHONE)
    vacancy = make_vacancy(session, employer)
    compared = matches.compare(session, vacancy.key, seeker.key, by=AUDITOR).seeker
    listed = shortlists.for_seeker(session, seeker.key, shown=1, by=AUDITOR, today=date(2026, 11, 23)).seeker
    assert (compared.phone, listed.phone) == (NOT_SHOWN, NOT_SHOWN)


def test_an_auditor_is_not_shown_how_to_reach_an_employers_people(session: Session):
    employer = make_employer(session)
    person = make_person(session, employer, phone=PHONE)
    seen = [
        PEOPLE.find(session, person.key, by=AUDITOR),
        *PEOPLE.of(session, employer.key, by=AUDITOR),
        *agreements.people_to_name(session, employer.key, chosen=None, by=AUDITOR),
    ]
    assert [(one.name, one.phone) for one in seen] == [(person.name, NOT_SHOWN)] * 3


def test_a_history_leaves_out_what_the_record_hides_even_that_it_was_changed(session: Session):
    seeker = make_seeker(session, phone=PHONE)
    edit = JobSeekerInput(preferred_name="Amara N", phone="+441134960999")
    seekers.change(session, seeker.key, edit, version=1, by=SYSTEM)
    write_entries(session)
    changed, added = history.history(session, "seeker", seeker.key, offset=0, limit=9, by=AUDITOR).rows
    assert changed.values["preferred_name"] == ("Amara Nwosu", "Amara N")
    assert "phone" not in changed.values
    assert "phone" not in {*changed.fields, *added.fields}
    assert "preferred_name" in added.fields


def test_a_query_is_narrowed_to_the_relations_in_which_the_action_is_allowed(session: Session):
    by, people = make_people_around(session, Role.JOB_COACH)
    query = scoped(session, sa.select(col(JobSeeker.id)), JobSeeker, by=by, action=Action.RESTRICTED_READ)
    found = set(session.connection().execute(query).scalars())
    assert found == {one.id for relation, one in people.items() if relation is not Relation.SERVICE}


def test_a_query_without_any_relation_is_refused(session: Session):
    with pytest.raises(NotAllowedError, match="do not let you see job seekers"):
        scoped(
            session, sa.select(col(JobSeeker.id)), JobSeeker, by=make_actor(Role.ADMINISTRATOR), action=READ
        )


def test_a_page_may_ask_of_a_record_whose_session_has_ended(database: str):
    with db.transaction() as session:
        by, people = make_people_around(session, Role.JOB_COACH)
    far, own = people[Relation.SERVICE], people[Relation.OWN]
    assert may(by, Action.SEEKERS_RECORD, own)
    assert not may(by, Action.SEEKERS_RECORD, far)


def test_a_refusal_for_want_of_a_role_says_which_role_and_whom_to_ask(session: Session):
    with pytest.raises(NotAllowedError) as refusal:
        ensure(session, make_actor(Role.ENGAGEMENT_OFFICER), Action.RESTRICTED_READ)
    assert "that takes the role of job coach or manager" in str(refusal.value)
    assert "Ask an administrator for it" in str(refusal.value)


def test_a_refusal_for_want_of_a_relation_says_which_and_who_looks_after_the_person(session: Session):
    by, people = make_people_around(session, Role.JOB_COACH)
    with pytest.raises(NotAllowedError) as refusal:
        open_restricted(session, people[Relation.SERVICE], by)
    said = str(refusal.value)
    assert "only where they are your own, in your caseload, your team’s or nobody’s" in said
    assert "Ask Olga Other, who looks after this one," in said
    assert "manager" in said


def test_a_refusal_for_being_an_auditor_says_so(session: Session):
    both = make_actor(Role.AUDITOR, Role.MANAGER)
    with pytest.raises(NotAllowedError, match="while you are an auditor: an auditor only reads"):
        employers.archive(session, make_employer(session).key, why="Shut", version=1, by=both)


def test_refused_facts_are_not_saved(session: Session):
    by, people = make_people_around(session, Role.JOB_COACH)
    far = people[Relation.SERVICE]
    facts = RestrictedFactsInput(date_of_birth=date(2000, 1, 1))
    with pytest.raises(NotAllowedError):
        restricted.save(session, far.key, facts, version=0, in_session=HERE, by=by)
    assert session.exec(select(RestrictedFacts)).first() is None


def told(session: Session, action: str, *roles: Role) -> tuple[bool, str, str]:
    one = next(one for one in permissions(session, by=make_actor(*roles)) if one.what == action)
    return one.is_allowed, one.whose, one.why


def test_the_permissions_say_whose_records_and_what_is_not_shown(session: Session):
    assert told(session, "See job seekers", Role.JOB_COACH) == (
        True,
        "All. Not shown: e-mail address, telephone and postcode, unless they are your own, in your caseload, "
        "your team’s or nobody’s",
        "As job coach",
    )
    assert told(session, "Record or change job seekers", Role.JOB_COACH)[1] == (
        "What is your own, in your caseload, your team’s or nobody’s"
    )
    assert told(session, "See job seekers", Role.AUDITOR)[1] == (
        "All. Not shown: e-mail address, telephone and postcode"
    )
    assert told(session, "See job seekers", Role.ADMINISTRATOR) == (
        False,
        "",
        "Only as engagement officer, job coach, manager, auditor",
    )
    assert told(session, "Approve agreements", Role.MANAGER, Role.AUDITOR) == (
        False,
        "",
        "An auditor only reads",
    )
