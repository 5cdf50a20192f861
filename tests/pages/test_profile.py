"""The vocational profile as a list of short steps: left, resumed, agreed, compared."""

from typing import Any

import pytest
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from crm import db
from crm.models.audit import AuditEntry
from crm.models.profiles import Connection, PastJob, ProfileVersion, Step
from crm.models.restricted import SchoolAgeFacts
from crm.models.seekers import JobSeeker, VocationalProfile
from crm.models.users import User
from crm.policy import Role
from tests.makers import make_service, make_user
from tests.makers_people import make_need, make_profile, make_seeker, make_skill, make_step
from tests.makers_restricted import make_consent, make_restricted
from tests.pages.opening import checked, choose, open_page, pick, press, shown, type_into


@pytest.fixture
def coach(database: str) -> User:
    with db.transaction() as session:
        make_service(session)
        return make_user(session, Role.JOB_COACH, name="Rosa Lind")


@pytest.fixture
def amara(coach: User) -> JobSeeker:
    with db.transaction() as session:
        return make_seeker(session, "Amara", coach_id=coach.key)


def open_step(user: User, seeker: JobSeeker, step: Step, **more: int) -> AppTest:
    return open_page(user, "seekers/profile_step.py", seeker=seeker.key, step=step.value, **more)


def listed(user: User, seeker: JobSeeker) -> str:
    """The list of steps as HTML, each part once."""
    app = open_page(user, "seekers/profile.py", seeker=seeker.key)
    parts: list[Any] = [*app.get("html")]
    return " ".join(str(part.value) for part in parts)


def write(app: AppTest, label: str, text: str) -> None:
    next(box for box in app.text_area if box.label == label).set_value(text)


def stored() -> VocationalProfile:
    with db.reading() as session:
        return session.exec(select(VocationalProfile)).one()


def test_the_list_shows_every_step_with_how_far_it_has_come(coach: User, amara: JobSeeker):
    with db.transaction() as session:
        make_step(session, amara, Step.STRENGTHS, strengths="Patient")
        make_step(session, amara, Step.FAMILY, state="nothing_asked")
        make_step(session, amara, Step.TRAVEL, state="started")
    page = listed(coach, amara)
    assert "2 of 19 steps are done" in page
    assert page.count("step=") == len(Step)
    assert [page.count(f">{words}<") for words in ("Done", "Started", "Nothing asked", "Not started")] == [
        *(1, 1, 1, 16)
    ]


def test_steps_are_saved_one_after_the_other_and_the_next_one_opens(coach: User, amara: JobSeeker):
    app = open_step(coach, amara, Step.HOURS)
    type_into(app, "Hours a week now, at most", "11.5")
    app = press(app, "Save and go on")
    assert app.title[0].value == "My week"
    type_into(app, "Free: Monday", "9-1pm")
    next(group for group in app.pills if group.label == "Free on Tuesday").set_value(["morning", "evening"])
    press(app, "Save and go on")
    pick(app := open_step(coach, amara, Step.WORKS), "Reading", 2)
    with db.transaction() as session:
        make_step(session, amara, Step.CONDITIONS)
    assert press(app, "Save and go on").title[0].value.startswith("Support at work")
    profile = stored()
    assert (profile.hours_now_max, profile.abilities) == (11.5, {"reading": 2})
    assert profile.availability == [
        {"day": 0, "start": "09:00", "end": "13:00"},
        {"day": 1, "start": "07:00", "end": "12:00"},
        {"day": 1, "start": "17:00", "end": "22:00"},
    ]
    assert "Monday 09:00-13:00" in shown(open_page(coach, "seekers/record.py", id=amara.key))


def test_the_last_step_leads_back_to_the_list(coach: User, amara: JobSeeker):
    app = open_step(coach, amara, Step.FAMILY)
    assert "They have not agreed that you talk with their family" in shown(app)
    write(app, "What they say", "She needs an early bus home")
    type_into(app, "Who says so", "Her sister")
    assert press(app, "Save and go on").title[0].value == "Vocational profile of Amara"
    with db.transaction() as session:
        make_consent(session, amara, "contact_family")
    assert "They have not agreed" not in shown(open_step(coach, amara, Step.FAMILY))
    assert "Her sister: She needs an early bus home" in shown(
        open_page(coach, "seekers/record.py", id=amara.key)
    )


def test_what_is_typed_and_not_saved_is_there_again_and_the_step_has_begun(coach: User, amara: JobSeeker):
    app = open_step(coach, amara, Step.CONDITIONS)
    write(app, "What has to be right for it to go well", "A quiet start")
    checked(app.run())
    assert listed(coach, amara).count(">Started<") == 1
    with db.transaction() as session:
        make_step(session, amara, Step.TRAVEL, travel_minutes=30)
    again = open_step(coach, amara, Step.CONDITIONS)
    assert "did not save" in shown(again)
    press(again, "Save and go on")
    assert stored().conditions_for_success == "A quiet start"


def test_what_was_ticked_is_ticked_again_and_exact_times_stand_open(coach: User, amara: JobSeeker):
    with db.transaction() as session:
        slots = [{"day": 0, "start": "07:00", "end": "12:00"}, {"day": 0, "start": "12:30", "end": "14:00"}]
        make_profile(session, amara, availability=slots)
    app = open_step(coach, amara, Step.WEEK)
    assert next(group for group in app.pills if group.label == "Free on Monday").value == ["morning"]
    assert next(box for box in app.text_input if box.label == "Free: Monday").value == "12:30-14:00"
    is_open = {part.label: part.proto.expanded for part in app.expander}
    assert is_open["Free: exact times"]
    press(app, "Save and go on")
    assert stored().availability == slots


def test_scales_that_the_profile_makes_relevant_stand_open_with_their_support(coach: User, amara: JobSeeker):
    with db.transaction() as session:
        make_profile(session, amara, avoid="loud places", needs_asked="none")
    app = open_step(coach, amara, Step.WORKS)
    is_open = {part.label: part.proto.expanded for part in app.expander}
    assert not is_open["Open another: the place"]
    assert app.radio[0].label == "Noise"
    assert "You need quiet." in app.radio[0].options
    pick(app, "Noise", 0)
    type_into(app, "With what support: noise", "Ear defenders")
    press(app, "Save and go on")
    profile = stored()
    assert (profile.abilities, profile.ability_supports) == ({"noise": 0}, {"noise": "Ear defenders"})
    page = shown(open_page(coach, "seekers/record.py", id=amara.key))
    assert "You need quiet. With: Ear defenders" in page


def test_minutes_that_are_no_whole_number_are_refused_in_words(coach: User, amara: JobSeeker):
    app = open_step(coach, amara, Step.TRAVEL)
    type_into(app, "Most minutes one way", "half an hour")
    assert "Most minutes one way: This is not a whole number" in shown(press(app, "Save and go on"))


def test_work_that_somebody_has_done_is_added_changed_and_put_aside(coach: User, amara: JobSeeker):
    app = open_step(coach, amara, Step.WORK_HISTORY, add=1)
    type_into(app, "What the work was", "Baker’s help")
    write(app, "What I liked", "The smell of bread")
    app = press(app, "Save")
    assert "The smell of bread" in shown(app)
    with db.reading() as session:
        row = session.exec(select(PastJob)).one()
    assert "row=1" in shown(open_step(coach, amara, Step.WORK_HISTORY))
    app = open_step(coach, amara, Step.WORK_HISTORY, row=row.key)
    type_into(app, "Why it ended", "The bakery closed")
    assert "The bakery closed" in shown(press(app, "Save"))
    app = open_step(coach, amara, Step.WORK_HISTORY, row=row.key)
    type_into(app, "Why is it put aside?", "Typed twice")
    assert "Reason: Typed twice" in shown(press(app, "Archive job of the past"))


def test_somebody_known_is_named_only_with_their_yes(coach: User, amara: JobSeeker):
    app = open_step(coach, amara, Step.PEOPLE, add=1)
    type_into(app, "How I know them", "Uncle")
    type_into(app, "Their name", "Obi")
    app = press(app, "Save")
    assert "only when they have agreed" in shown(app)
    next(one for one in app.radio if one.label.startswith("Have they agreed")).set_value("yes")
    press(app, "Save")
    with db.reading() as session:
        assert session.exec(select(Connection.name)).one() == "Obi"


def test_the_steps_of_skills_and_needs_show_what_is_listed(coach: User, amara: JobSeeker):
    with db.transaction() as session:
        make_skill(session, amara)
        make_need(session, amara)
    assert "Fold boxes" in shown(open_step(coach, amara, Step.SKILLS))
    assert "Named buddy" in shown(open_step(coach, amara, Step.NEEDS))
    app = press(open_step(coach, amara, Step.SKILLS), "Save and go on")
    assert app.title[0].value.startswith("Education")


def test_a_step_that_is_not_there_is_told_politely(coach: User, amara: JobSeeker):
    app = open_page(coach, "seekers/profile_step.py", seeker=amara.key, step="shoe_size")
    assert app.title[0].value == "This cannot be shown"


def test_agreeing_keeps_a_version_and_two_are_compared_field_by_field(coach: User, amara: JobSeeker):
    empty = open_page(coach, "seekers/profile_versions.py", seeker=amara.key)
    assert "No version is kept yet" in shown(empty)
    with db.transaction() as session:
        make_profile(session, amara, interests="baking")
    press(open_page(coach, "seekers/profile.py", seeker=amara.key), "Keep this version")
    assert "the same in every field" in shown(
        open_page(coach, "seekers/profile_versions.py", seeker=amara.key)
    )
    with db.transaction() as session:
        make_step(session, amara, Step.STRENGTHS, version=1, interests="baking, radio")
        make_step(session, amara, Step.WORKS, abilities={"reading": 2})
        make_step(session, amara, Step.PASSPORT, adjustments_looked_at="2026-11-02")
        make_skill(session, amara)
    page = shown(open_page(coach, "seekers/profile_versions.py", seeker=amara.key))
    for words in (
        "They differ in 4 fields",
        "baking, radio",
        "Reading 2",
        "2 November 2026",
        "Fold boxes (3",
    ):
        assert words in page
    assert "Last agreed on" in listed(coach, amara)


def test_somebody_of_school_age_has_no_goal_of_16_hours_and_is_told_what_is_missing(
    coach: User, amara: JobSeeker
):
    with db.transaction() as session:
        make_profile(session, amara)
        make_restricted(session, amara, coach.as_actor(), date_of_birth="2012-01-01")
    app = open_step(coach, amara, Step.HOURS)
    type_into(app, "Hours a week I aim for", "16")
    app = press(app, "Save and go on")
    assert "no goal of 16 hours" in shown(app)
    assert "a parent’s consent and the council’s work permit" in shown(app)
    looked = press(
        open_page(coach, "seekers/profile.py", seeker=amara.key), "Look whether the rules of school age hold"
    )
    assert "The step “Hours a week” says more than that" in shown(looked)
    with db.reading() as session:
        asked = session.exec(select(AuditEntry.action)).all().count("asked_whether_of_school_age")
    assert asked == 2
    assert "2012" not in shown(looked)


def test_a_parents_consent_and_the_permit_are_kept_with_the_restricted_facts(coach: User, amara: JobSeeker):
    app = open_page(coach, "seekers/restricted.py", seeker=amara.key)
    choose(app, "Why do you need to see them?", "review_due")
    app = press(app, "Open for 15 minutes")
    press(app, "Save for school age")
    with db.reading() as session:
        assert session.exec(select(SchoolAgeFacts)).one().seeker_id == amara.key


def test_who_only_reads_sees_versions_and_no_way_to_the_steps(coach: User, amara: JobSeeker):
    with db.transaction() as session:
        auditor = make_user(session, Role.AUDITOR)
    press(open_page(coach, "seekers/profile.py", seeker=amara.key), "Keep this version")
    page = shown(open_page(auditor, "seekers/profile_versions.py", seeker=amara.key))
    assert "Rosa Lind" in page
    assert "profile-edit" not in page
    with db.reading() as session:
        assert session.exec(select(ProfileVersion)).one().seeker_id == amara.key
