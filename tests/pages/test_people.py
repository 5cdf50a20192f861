"""The screens of job seekers: filled, empty, refused, with what was typed kept."""

from typing import TypeVar

import pytest
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from crm import db
from crm.models.base import Record
from crm.models.restricted import RestrictedFacts
from crm.models.seekers import JobSeeker, ProfileSkill, SupportNeed
from crm.models.skills import LearntWords
from crm.models.users import SYSTEM, User
from crm.policy import Role
from crm.services import seekers
from tests.makers import make_service, make_user
from tests.makers_people import make_need, make_profile, make_seeker, make_skill
from tests.pages.opening import checked, choose, open_page, press, shown, type_into

R = TypeVar("R", bound=Record)
CLEANING = "cleaning.look-after-cleaning-equipment"


@pytest.fixture
def coach(database: str) -> User:
    with db.transaction() as session:
        make_service(session)
        return make_user(session, Role.JOB_COACH, name="Rosa Lind")


@pytest.fixture
def amara(coach: User) -> JobSeeker:
    with db.transaction() as session:
        return make_seeker(session, "Amara <b>*Nwosu*</b>", coach_id=coach.key)


def only(table: type[R]) -> R:
    with db.reading() as session:
        return session.exec(select(table)).one()


def test_an_empty_list_says_what_to_do_first(coach: User):
    assert "add the first job seeker" in shown(open_page(coach, "seekers/list.py"))


def test_the_list_shows_names_as_typed_and_finds_my_people(coach: User, amara: JobSeeker):
    with db.transaction() as session:
        make_seeker(session, "Somebody else")
    app = open_page(coach, "seekers/list.py")
    assert "Amara &lt;b&gt;*Nwosu*&lt;/b&gt;" in shown(app)
    choose(app, "Coach", "mine")
    app.run()
    assert "Somebody else" not in shown(app)
    choose(app, "Coach", str(coach.key))
    app.run()
    assert "1 job seeker in all" in shown(app)


def test_somebody_is_added_and_their_record_says_what_to_do_next(coach: User):
    app = open_page(coach, "seekers/edit.py")
    type_into(app, "Preferred name", "Ben")
    press(app, "Save job seeker")
    page = shown(open_page(coach, "seekers/record.py", id=only(JobSeeker).key))
    assert "No skill is recorded yet" in page
    assert "There is no vocational profile yet" in page
    assert "They have not been asked yet" in page


def test_a_bad_postcode_is_refused_and_kept(coach: User):
    app = open_page(coach, "seekers/edit.py")
    type_into(app, "Preferred name", "Ben")
    type_into(app, "Postcode", "nowhere")
    app = press(app, "Save job seeker")
    assert "does not look like a UK postcode" in shown(app)
    assert next(box for box in app.text_input if box.label == "Postcode").value == "nowhere"


def test_the_record_says_kindly_what_to_ask_next_with_the_form_for_it(coach: User, amara: JobSeeker):
    with db.transaction() as session:
        make_profile(session, amara, hours_now_max=None)
        make_skill(session, amara)
    page = shown(open_page(coach, "seekers/record.py", id=amara.key))
    assert "Next, ask about hours. " in page
    assert f'href="profile-step?seeker={amara.key}&step=hours" target="_self">Record hours</a>' in page
    assert page.index(">Hours</a>") < page.index(">Interests</a>") < page.index(">Travel</a>")
    assert "up to 31 of 100" in page  # 25 of the 80 that are left where no support is needed


def test_those_who_may_not_record_are_not_told_what_to_ask(coach: User, amara: JobSeeker):
    with db.transaction() as session:
        officer = make_user(session, Role.ENGAGEMENT_OFFICER, name="Ola Berg")
    assert "ask about" not in shown(open_page(officer, "seekers/record.py", id=amara.key))


def test_a_skill_is_added_and_shows_what_it_means(coach: User, amara: JobSeeker):
    app = open_page(coach, "seekers/skill.py", seeker=amara.key)
    type_into(app, "Skill", "Juggling cats")
    choose(app, "Level", 0)
    press(app, "Save skill")
    stored = only(ProfileSkill)
    assert stored.level == 0
    page = shown(open_page(coach, "seekers/skill.py", id=stored.key))
    assert "it counts as: juggling cat" in page


def test_what_words_may_mean_is_offered_as_one_types_and_a_choice_is_saved_and_learnt(
    coach: User, amara: JobSeeker
):
    app = open_page(coach, "seekers/skill.py", seeker=amara.key)
    type_into(app, "Skill", "Cleaning things")
    offered = checked(app.run()).radio[0]
    assert offered.options[0].startswith("Not sure yet")
    assert any("shares words" in option for option in offered.options)
    offered.set_value(CLEANING)
    press(checked(app.run()), "Save skill")
    stored = only(ProfileSkill)
    assert (stored.name, stored.concept_id) == ("Cleaning things", CLEANING)
    assert only(LearntWords).times == 1


def test_words_that_wait_are_settled_and_a_choice_can_be_set_aside(coach: User, amara: JobSeeker):
    with db.transaction() as session:
        make_skill(session, amara, "Juggling cats")
    app = open_page(coach, "vocabulary/words.py")
    assert "Juggling cats" in shown(app)
    app = press(app, "Settle these words")
    assert "from now on" in shown(app)
    assert not only(ProfileSkill).concept_id.startswith("own:")
    type_into(app, "Why is it put aside?", "Wrong")
    press(app, "Archive choice")
    assert only(LearntWords).archived_why == "Wrong"


def test_a_support_need_has_to_be_chosen(coach: User, amara: JobSeeker):
    app = open_page(coach, "seekers/need.py", seeker=amara.key)
    app = press(app, "Save support need")
    assert "Support at work: Choose one of the list." in shown(app)
    choose(app, "Support at work", "routine")
    press(app, "Save support need")
    assert only(SupportNeed).kind == "routine"


def test_rows_can_be_archived_with_a_reason_and_brought_back(coach: User, amara: JobSeeker):
    with db.transaction() as session:
        need, skill = make_need(session, amara), make_skill(session, amara)
    for script, key, called in (("need", need.key, "support need"), ("skill", skill.key, "skill")):
        app = open_page(coach, f"seekers/{script}.py", id=key)
        type_into(app, "Why is it put aside?", "Typed twice")
        app = press(app, f"Archive {called}")
        assert "Reason: Typed twice" in shown(app)
    page = open_page(coach, "seekers/record.py", id=amara.key)
    assert "Archived skills and support needs" in [one.label for one in page.expander]
    press(open_page(coach, "seekers/skill.py", id=skill.key), "Bring this skill back")
    assert only(ProfileSkill).archived_at is None


def open_restricted(user: User, seeker: JobSeeker) -> AppTest:
    """The page of restricted facts, once a reason was given."""
    app = open_page(user, "seekers/restricted.py", seeker=seeker.key)
    choose(app, "Why do you need to see them?", "review_due")
    return press(app, "Open for 15 minutes")


def test_restricted_facts_have_a_page_of_their_own(coach: User, amara: JobSeeker):
    app = open_restricted(coach, amara)
    next(box for box in app.text_area if box.label == "Health").set_value("Private words")
    press(app, "Save restricted facts")
    assert only(RestrictedFacts).health == "Private words"
    assert "Private words" not in shown(open_page(coach, "seekers/record.py", id=amara.key))


def test_an_archived_person_can_be_read_everywhere_and_changed_nowhere(coach: User, amara: JobSeeker):
    with db.transaction() as session:
        row = seekers.find(session, amara.key, by=SYSTEM)
        make_profile(session, row)
        seekers.archive(session, row.key, why="Moved away", version=row.version, by=SYSTEM)
    page = open_page(coach, "seekers/record.py", id=amara.key)
    assert "Reason: Moved away" in shown(page)
    assert "profile-edit" not in shown(page)
    assert "nothing can be added" in shown(open_restricted(coach, amara))
    assert "nothing can be added" in shown(open_page(coach, "seekers/consent_new.py", seeker=amara.key))


def test_an_auditor_reads_a_record_without_forms_or_restricted_facts(coach: User, amara: JobSeeker):
    with db.transaction() as session:
        auditor = make_user(session, Role.AUDITOR)
    page = shown(open_page(auditor, "seekers/record.py", id=amara.key))
    assert "Jobs for this person" in page
    assert "restricted?" not in page
    assert "seeker-edit" not in page
