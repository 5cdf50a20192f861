"""Profiles in steps: each with a version of its own, kept whole when agreed, and careful at school age."""

from datetime import date

import pytest
from pydantic import ValidationError
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from crm.errors import NotAllowedError, RuleBrokenError, StaleFormError
from crm.models.audit import AuditEntry
from crm.models.profiles import (
    FIELDS_OF,
    AgreementWithMeInput,
    Connection,
    ConnectionInput,
    PastJobInput,
    ProfileStepInput,
    Qualification,
    QualificationInput,
    QualificationKind,
    Step,
    StepState,
)
from crm.models.restricted import SchoolAgeFactsInput
from crm.models.seekers import HoursIntent, JobSeeker, VocationalProfileInput
from crm.models.users import SYSTEM, Actor
from crm.policy import Role
from crm.services import profile_rows, profile_steps, profile_versions, profiles, school_age, seekers
from crm.services.access import NOT_SHOWN
from crm.services.profile_rows import CONNECTIONS, PAST_JOBS, QUALIFICATIONS
from tests.makers import make_actor, make_user
from tests.makers_people import make_profile, make_seeker, make_skill, make_step
from tests.makers_restricted import HERE, TODAY, make_restricted
from tests.makers_teams import make_team


@pytest.fixture
def coach(session: Session) -> Actor:
    return make_user(session, Role.JOB_COACH, name="Rosa Lind").as_actor()


@pytest.fixture
def amara(session: Session, coach: Actor) -> JobSeeker:
    return make_seeker(session, coach_id=coach.id)


def agree(session: Session, seeker: JobSeeker, by: Actor = SYSTEM, agreed_on: date | None = None):
    new = AgreementWithMeInput(agreed_on=agreed_on, how="Read out")
    return profile_versions.agree(session, seeker.key, new, by=by, today=TODAY)


def test_every_field_of_a_profile_is_asked_in_exactly_one_step():
    asked = [name for names in FIELDS_OF.values() for name in names]
    assert sorted(asked) == sorted(VocationalProfileInput.model_fields)
    assert set(FIELDS_OF) == set(Step)


def test_steps_are_saved_beside_one_another_and_a_second_saver_of_one_is_told(
    session: Session, amara: JobSeeker
):
    make_step(session, amara, Step.TRAVEL, travel_minutes=30)
    make_step(session, amara, Step.STRENGTHS, interests="baking")
    with pytest.raises(StaleFormError) as refusal:
        make_step(session, amara, Step.TRAVEL, travel_minutes=45)
    assert [(each.field, each.now) for each in refusal.value.changes] == [("travel_minutes", 30)]
    make_step(session, amara, Step.TRAVEL, version=refusal.value.version, travel_minutes=45)
    profile = profiles.of_seeker(session, amara.key, by=SYSTEM)
    assert profile is not None
    assert (profile.travel_minutes, profile.interests) == (45, "baking")
    with pytest.raises(StaleFormError):
        make_step(session, amara, Step.TRAVEL, version=1, travel_minutes=60)


def test_a_step_leaves_the_fields_of_others_as_they_are(session: Session, amara: JobSeeker):
    make_step(session, amara, Step.STRENGTHS, interests="baking")
    make_step(session, amara, Step.TRAVEL, travel_minutes=30, interests="trains")
    profile = profiles.of_seeker(session, amara.key, by=SYSTEM)
    assert profile is not None
    assert profile.interests == "baking"


def test_a_step_that_nobody_saved_has_begun_where_something_is_recorded(
    session: Session, amara: JobSeeker, coach: Actor
):
    make_skill(session, amara)
    make_profile(session, amara, interests="baking")
    assert profile_steps.states(session, amara.key, by=coach)[Step.SKILLS] is StepState.STARTED


def test_a_saved_step_says_how_far_it_has_come(session: Session, amara: JobSeeker, coach: Actor):
    for step, state in ((Step.TRAVEL, "started"), (Step.WEEK, "nothing_asked"), (Step.SKILLS, "done")):
        make_step(session, amara, step, state=state)
    found = profile_steps.states(session, amara.key, by=coach)
    assert [found[each].value for each in (Step.TRAVEL, Step.WEEK, Step.SKILLS, Step.PEOPLE)] == [
        *("started", "nothing_asked", "done", "not_started")
    ]
    with pytest.raises(ValidationError, match="how far"):
        ProfileStepInput(state=StepState.NOT_STARTED)


def test_rows_are_recorded_changed_and_kept_from_those_who_may_not(
    session: Session, amara: JobSeeker, coach: Actor
):
    row = profile_rows.add(session, PAST_JOBS, amara.key, PastJobInput(title="Baker’s help"), by=coach)
    edit = PastJobInput(title="Baker’s help", liked="The smell")
    changed = profile_rows.change(session, PAST_JOBS, row.key, edit, version=row.version, by=coach)
    assert changed.liked == "The smell"
    with pytest.raises(NotAllowedError):
        profile_rows.add(session, PAST_JOBS, amara.key, edit, by=make_actor(Role.ENGAGEMENT_OFFICER))


def test_somebody_of_their_circle_is_named_with_their_own_yes_only(session: Session, amara: JobSeeker):
    with pytest.raises(ValidationError, match="agreed"):
        ConnectionInput(tie="Uncle", name="Obi")
    new = ConnectionInput.model_validate({"tie": "Uncle", "name": "Obi", "agrees": "yes"})
    assert profile_rows.add(session, CONNECTIONS, amara.key, new, by=SYSTEM).name == "Obi"
    session.add(Connection(seeker_id=amara.key, tie="Uncle", name="Obi"))
    with pytest.raises(IntegrityError):
        session.flush()


def test_a_licence_runs_out_after_it_was_gained(session: Session, amara: JobSeeker):
    days = {"gained_on": "2026-01-02", "expires_on": "2026-01-02"}
    with pytest.raises(ValidationError, match="runs out"):
        QualificationInput.model_validate({"kind": "licence", "name": "Forklift", **days})
    session.add(
        Qualification(
            seeker_id=amara.key,
            kind=QualificationKind.LICENCE,
            name="Forklift",
            gained_on=TODAY,
            expires_on=TODAY,
        )
    )
    with pytest.raises(IntegrityError):
        session.flush()


def test_agreeing_keeps_the_whole_profile_and_two_versions_tell_what_changed(
    session: Session, amara: JobSeeker, coach: Actor
):
    make_profile(session, amara, interests="baking")
    first = agree(session, amara, coach, date(2026, 1, 5))
    make_step(session, amara, Step.STRENGTHS, version=1, interests="trains")
    make_skill(session, amara, "Fold boxes")
    licence = QualificationInput.model_validate({"kind": "licence", "name": "Forklift"})
    profile_rows.add(session, QUALIFICATIONS, amara.key, licence, by=coach)
    second = agree(session, amara, coach)
    found = profile_versions.differences((first.content, first.people), (second.content, second.people))
    assert [one.field for one in found] == ["interests", "skills", "qualifications"]
    assert (found[0].before, found[0].after) == ("baking", "trains")
    assert found[1].after[0]["name"] == "Fold boxes"
    profile = profiles.of_seeker(session, amara.key, by=SYSTEM)
    assert profile is not None
    assert profile.agreed_on == TODAY
    assert [row.key for row in profile_versions.of_seeker(session, amara.key, by=coach)] == [
        second.key,
        first.key,
    ]


def test_a_version_is_agreed_in_order_and_not_ahead_of_the_day(session: Session, amara: JobSeeker):
    agree(session, amara)
    for wrong in (date(2026, 1, 1), date(2027, 1, 1)):
        with pytest.raises(RuleBrokenError) as refusal:
            agree(session, amara, agreed_on=wrong)
        assert refusal.value.field == "agreed_on"


def test_a_version_is_never_changed(session: Session, amara: JobSeeker):
    version = agree(session, amara)
    version.how = "Otherwise"
    session.add(version)
    with pytest.raises(RuntimeError, match="never changed"):
        session.flush()


def test_what_a_field_was_not_asked_in_either_does_not_differ():
    assert profile_versions.differences(({"must": None}, []), ({"must": None, "no_go_jobs": ""}, [])) == []


def test_people_around_somebody_are_not_shown_to_those_who_are_far(session: Session, amara: JobSeeker):
    new = ConnectionInput.model_validate({"tie": "Uncle", "name": "Obi", "agrees": "yes"})
    profile_rows.add(session, CONNECTIONS, amara.key, new, by=SYSTEM)
    make_step(session, amara, Step.FAMILY, family_views="Her mother says so")
    agree(session, amara)
    far = make_user(session, Role.JOB_COACH, name="Far Away")
    make_team(session, "South", far)
    by = far.as_actor()
    (version,) = profile_versions.of_seeker(session, amara.key, by=by)
    assert version.people == NOT_SHOWN
    content, people = profile_versions.as_it_stands(session, amara.key, by=by)
    assert "Obi" not in str(people)
    assert "Her mother" not in str((content, people, version.content))
    before = (version.content, version.people)
    assert profile_versions.differences(before, (content, people)) == []


@pytest.mark.parametrize(
    ("born", "last"),
    [
        (date(2010, 8, 31), date(2026, 6, 26)),
        (date(2010, 9, 1), date(2027, 6, 25)),
        (date(2011, 3, 1), date(2027, 6, 25)),
    ],
)
def test_school_age_ends_on_the_last_friday_of_june_in_the_year_of_the_sixteenth_birthday(
    born: date, last: date
):
    assert school_age.ends_on(born) == last


def ask_and_save(session: Session, seeker: JobSeeker, by: Actor, **said: object) -> None:
    edit = ProfileStepInput.model_validate(said)
    told = school_age.ask(session, seeker.key, on=TODAY, by=by)
    profile_steps.save(session, seeker.key, Step.HOURS, edit, version=0, school=told, by=by)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"hours_goal": 16}, "hours_goal"),
        ({"hours_intent": "aims_for_16"}, "hours_intent"),
        ({"hours_goal": 12.5}, "hours_goal"),
        ({"hours_now_max": 13}, "hours_now_max"),
    ],
)
def test_hours_beyond_those_of_school_age_are_refused_with_what_is_missing(
    session: Session, amara: JobSeeker, coach: Actor, said: dict[str, object], field: str
):
    make_restricted(session, amara, coach, date_of_birth="2011-03-01")
    with pytest.raises(RuleBrokenError, match="parent’s consent and the council’s work permit") as refusal:
        ask_and_save(session, amara, coach, **said)
    assert refusal.value.field == field


def test_a_parents_consent_and_a_permit_that_holds_are_not_missing(
    session: Session, amara: JobSeeker, coach: Actor
):
    make_restricted(session, amara, coach, date_of_birth="2011-03-01")
    edit = SchoolAgeFactsInput(parent_agreed_on=TODAY, permit_until=date(2026, 11, 22))
    kept = school_age.save(session, amara.key, edit, version=0, in_session=HERE, by=coach)
    asked = [school_age.ask(session, amara.key, on=TODAY, by=coach).missing]
    later = SchoolAgeFactsInput(parent_agreed_on=TODAY, permit_until=TODAY)
    school_age.save(session, amara.key, later, version=kept.version, in_session=HERE, by=coach)
    asked.append(school_age.ask(session, amara.key, on=TODAY, by=coach).missing)
    assert asked == [("the council’s work permit",), ()]
    assert school_age.view(session, amara.key, in_session=HERE, by=coach) == kept


def test_up_to_12_hours_need_no_look_at_the_age(session: Session, amara: JobSeeker, coach: Actor):
    make_restricted(session, amara, coach, date_of_birth="2011-03-01")
    edit = ProfileStepInput(hours_goal=12, hours_intent=HoursIntent.BUILDING_UP)
    assert not school_age.has_to_be_asked(edit)
    assert profile_steps.save(session, amara.key, Step.HOURS, edit, version=0, by=coach).key
    over = ProfileStepInput(hours_goal=16)
    with pytest.raises(RuntimeError, match="was not asked"):
        profile_steps.save(session, amara.key, Step.HOURS, over, version=1, by=coach)


@pytest.mark.parametrize("born", [None, "2010-03-01"])
def test_hours_are_saved_for_others_and_where_no_birth_is_known(
    session: Session, amara: JobSeeker, coach: Actor, born: str | None
):
    if born:
        make_restricted(session, amara, coach, date_of_birth=born)
    ask_and_save(session, amara, coach, hours_goal=16)
    actions = session.exec(select(AuditEntry.action)).all()
    assert actions.count("asked_whether_of_school_age") == 1
    profile = profiles.of_seeker(session, amara.key, by=coach)
    assert school_age.has_too_many_hours(profile)


def test_what_is_needed_at_school_age_is_closed_like_all_restricted_facts(
    session: Session, amara: JobSeeker, coach: Actor
):
    edit = SchoolAgeFactsInput()
    for by in (make_actor(Role.ENGAGEMENT_OFFICER), make_actor(Role.AUDITOR)):
        with pytest.raises(NotAllowedError):
            school_age.ask(session, amara.key, on=TODAY, by=by)
        with pytest.raises(NotAllowedError):
            school_age.view(session, amara.key, in_session=HERE, by=by)
    with pytest.raises(RuleBrokenError, match="not open"):
        school_age.save(session, amara.key, edit, version=0, in_session=HERE, by=coach)
    seekers.archive(session, amara.key, why="Moved", version=amara.version, by=coach)
    with pytest.raises(NotAllowedError, match="archived"):
        school_age.save(session, amara.key, edit, version=0, in_session=HERE, by=coach)


def test_what_is_needed_at_school_age_closes_when_the_person_goes_to_another_coach_meanwhile(
    session: Session, amara: JobSeeker, coach: Actor
):
    make_restricted(session, amara, coach, date_of_birth="2011-03-01")
    assert school_age.view(session, amara.key, in_session=HERE, by=coach) is None
    other = make_user(session, Role.JOB_COACH)
    make_team(session, "Southside", other)
    amara.coach_id = other.key
    session.flush()
    with pytest.raises(NotAllowedError):
        school_age.view(session, amara.key, in_session=HERE, by=coach)
