"""Job seekers, their profile, skills and needs: recorded, found again, put aside, brought back."""

from datetime import date

import pytest
from pydantic import ValidationError
from sqlmodel import Session

from crm.errors import NotAllowedError, NotFoundError, RuleBrokenError, StaleFormError
from crm.models.profiles import Step
from crm.models.seeker_inputs import JobSeekerInput
from crm.models.seekers import NeedsAsked, ProfileSkillInput, SupportNeedInput
from crm.models.users import SYSTEM, Actor
from crm.policy import Role
from crm.services import profile_skills, profiles, seekers, vocabularies
from crm.services.seeker_rows import NEEDS, SKILLS
from crm.services.seekers import SeekerFilter
from tests.makers import make_actor, make_user
from tests.makers_people import make_need, make_profile, make_seeker, make_skill, make_step

TODAY = date(2026, 11, 23)
ALL = {"offset": 0, "limit": 25, "by": SYSTEM, "today": TODAY}


@pytest.fixture
def coach(session: Session) -> Actor:
    return make_user(session, Role.JOB_COACH, name="Rosa Lind").as_actor()


def names(session: Session, **wanted: object) -> list[str]:
    found = seekers.listing(session, SeekerFilter(**wanted), **ALL)  # pyright: ignore[reportArgumentType]
    return [row.name for row in found.rows]


def test_the_list_finds_people_by_name_whatever_the_accents(session: Session):
    make_seeker(session, "Zoë Ångström")
    make_seeker(session, "Ben Ackroyd")
    assert names(session, words="zoe ang") == ["Zoë Ångström"]
    assert names(session) == ["Ben Ackroyd", "Zoë Ångström"]


def test_the_list_narrows_to_status_coach_and_the_archive(session: Session, coach: Actor):
    mine = make_seeker(session, "Mine", coach_id=coach.id)
    make_seeker(session, "Away", status="exited")
    assert names(session, coach_id=coach.id) == ["Mine"]
    assert names(session, status="exited") == ["Away"]
    seekers.archive(session, mine.key, why="Moved away", version=mine.version, by=coach)
    assert names(session, is_archived=True) == ["Mine"]
    assert names(session) == ["Away"]


def test_longest_wait_first_puts_unknown_waits_last_and_says_the_days(session: Session):
    make_seeker(session, "Unknown")
    make_seeker(session, "New", referred_on="2026-11-20")
    make_seeker(session, "Old", referred_on="2025-11-23")
    found = seekers.listing(session, SeekerFilter(is_longest_wait_first=True), **ALL)  # pyright: ignore
    assert [(row.name, row.days_waiting) for row in found.rows] == [
        ("Old", 365),
        ("New", 3),
        ("Unknown", None),
    ]


def test_a_list_counts_everybody_and_shows_one_page(session: Session):
    for number in range(3):
        make_seeker(session, f"Person {number}")
    page = seekers.listing(session, SeekerFilter(), offset=2, limit=2, by=SYSTEM, today=TODAY)
    assert (page.total, [row.name for row in page.rows]) == (3, ["Person 2"])


def test_a_pause_needs_a_reason_and_a_date():
    with pytest.raises(ValidationError, match="A pause needs a reason"):
        JobSeekerInput.model_validate({"preferred_name": "A", "status": "paused"})


def test_a_coach_who_does_not_work_here_is_refused(session: Session):
    with pytest.raises(RuleBrokenError, match="does not work here") as refusal:
        make_seeker(session, coach_id=999)
    assert refusal.value.field == "coach_id"


def test_a_person_whose_coach_has_left_can_still_be_changed(session: Session, coach: Actor):
    seeker = make_seeker(session, coach_id=coach.id)
    edit = JobSeekerInput(preferred_name="Amara N.", coach_id=coach.id)
    changed = seekers.change(session, seeker.key, edit, version=seeker.version, by=coach)
    assert (changed.preferred_name, changed.name_key) == ("Amara N.", "amara n.")


def test_a_second_saver_is_told(session: Session, coach: Actor):
    seeker = make_seeker(session)
    edit = JobSeekerInput(preferred_name="Other")
    with pytest.raises(StaleFormError):
        seekers.change(session, seeker.key, edit, version=seeker.version + 1, by=coach)


def test_an_archived_person_can_be_read_but_not_changed_until_brought_back(session: Session, coach: Actor):
    seeker = make_seeker(session)
    with pytest.raises(RuleBrokenError, match="why"):
        seekers.archive(session, seeker.key, why=" ", version=seeker.version, by=coach)
    seekers.archive(session, seeker.key, why="Moved away", version=seeker.version, by=coach)
    assert seekers.find(session, seeker.key, by=coach).archived_why == "Moved away"
    with pytest.raises(NotAllowedError):
        make_skill(session, seeker)
    seekers.bring_back(session, seeker.key, version=seeker.version, by=coach)
    assert make_skill(session, seeker).key


@pytest.mark.parametrize("role", [Role.ENGAGEMENT_OFFICER, Role.AUDITOR])
def test_only_those_who_may_record_people_do(session: Session, role: Role):
    with pytest.raises(NotAllowedError):
        make_seeker(session, by=make_actor(role))


def test_an_administrator_does_not_see_job_seekers(session: Session):
    with pytest.raises(NotAllowedError):
        seekers.listing(
            session, SeekerFilter(), offset=0, limit=1, by=make_actor(Role.ADMINISTRATOR), today=TODAY
        )


def test_a_person_who_is_not_there_is_said_to_be_not_found(session: Session):
    with pytest.raises(NotFoundError, match="This job seeker was not found"):
        seekers.find(session, 99, by=SYSTEM)


def test_the_first_save_of_a_profile_adds_it_and_the_next_changes_it(session: Session):
    seeker = make_seeker(session)
    assert profiles.of_seeker(session, seeker.key, by=SYSTEM) is None
    first = make_profile(session, seeker, interests="baking")
    make_step(session, seeker, Step.STRENGTHS, version=1, interests="trains")
    again = profiles.of_seeker(session, seeker.key, by=SYSTEM)
    assert again is not None
    assert (again.key, again.interests, again.hours_now_min) == (first.key, "trains", 8)


def test_two_people_who_both_record_the_first_profile_do_not_overwrite_each_other(session: Session):
    seeker = make_seeker(session)
    make_profile(session, seeker)
    with pytest.raises(StaleFormError):
        make_profile(session, seeker, interests="mine")


def test_a_listed_need_makes_the_profile_say_so_and_none_is_refused_while_it_stands(session: Session):
    seeker = make_seeker(session)
    need = make_need(session, seeker)
    profile = profiles.of_seeker(session, seeker.key, by=SYSTEM)
    assert profile is not None
    assert profile.needs_asked is NeedsAsked.LISTED
    with pytest.raises(RuleBrokenError, match="Support needs are listed"):
        make_step(session, seeker, Step.NEEDS, needs_asked="not_asked")
    NEEDS.archive(session, need.key, why="Not so", version=need.version, by=SYSTEM)
    make_step(session, seeker, Step.NEEDS, needs_asked="none")
    assert profile.needs_asked is NeedsAsked.NONE
    NEEDS.bring_back(session, need.key, version=need.version, by=SYSTEM)
    assert [row.key for row in NEEDS.of(session, seeker.key, by=SYSTEM)] == [need.key]


def test_a_need_added_beside_a_profile_that_said_none_corrects_it(session: Session):
    seeker = make_seeker(session)
    profile = make_profile(session, seeker, needs_asked="none")
    make_need(session, seeker, "routine")
    assert profile.needs_asked is NeedsAsked.LISTED


def test_a_kind_of_support_is_listed_once(session: Session):
    seeker = make_seeker(session)
    make_need(session, seeker, "routine")
    other = make_need(session, seeker, "induction")
    with pytest.raises(RuleBrokenError, match="listed for the person already"):
        make_need(session, seeker, "routine")
    edit = SupportNeedInput.model_validate({"kind": "routine"})
    with pytest.raises(RuleBrokenError):
        profiles.change_need(session, other.key, edit, version=other.version, by=SYSTEM)
    same = SupportNeedInput.model_validate({"kind": "induction", "who": "Her sister"})
    assert (
        profiles.change_need(session, other.key, same, version=other.version, by=SYSTEM).who == "Her sister"
    )


def test_a_skill_is_settled_when_it_is_saved_and_listed_once_by_its_meaning(session: Session):
    seeker = make_seeker(session)
    concept = next(iter(vocabularies.shipped().values()))
    row = make_skill(session, seeker, concept.label.upper())
    assert row.concept_id == concept.concept_id
    assert profile_skills.of_seeker(session, seeker.key, by=SYSTEM)[0].meaning == concept.label
    with pytest.raises(RuleBrokenError, match="listed for this person already"):
        make_skill(session, seeker, concept.label)


def test_new_words_are_settled_anew_and_the_same_words_keep_a_chosen_meaning(session: Session):
    seeker = make_seeker(session)
    first, second, third = list(vocabularies.shipped().values())[-3:]
    row = make_skill(session, seeker, "Something of my own")
    profile_skills.choose(session, row.key, first.concept_id, version=row.version, by=SYSTEM)
    level = ProfileSkillInput(name="Something of my own", level=1)
    profile_skills.change(session, row.key, level, version=row.version, by=SYSTEM)
    assert profile_skills.find(session, row.key, by=SYSTEM).meaning == first.label
    words = ProfileSkillInput(name=second.label)
    profile_skills.change(session, row.key, words, version=row.version, by=SYSTEM)
    assert row.concept_id == second.concept_id
    make_skill(session, seeker, third.label)
    with pytest.raises(RuleBrokenError):
        profile_skills.choose(session, row.key, third.concept_id, version=row.version, by=SYSTEM)
    taken = ProfileSkillInput(name=third.label)
    with pytest.raises(RuleBrokenError):
        profile_skills.change(session, row.key, taken, version=row.version, by=SYSTEM)
    with pytest.raises(NotFoundError, match="not in the vocabulary"):
        profile_skills.choose(session, row.key, "no.such", version=row.version, by=SYSTEM)


def test_an_archived_skill_can_be_seen_apart_and_brought_back(session: Session):
    seeker = make_seeker(session)
    row = make_skill(session, seeker)
    SKILLS.archive(session, row.key, why="Typed twice", version=row.version, by=SYSTEM)
    assert profile_skills.of_seeker(session, seeker.key, by=SYSTEM) == []
    old = profile_skills.of_seeker(session, seeker.key, by=SYSTEM, is_archived=True)
    assert [one.skill.key for one in old] == [row.key]
    SKILLS.bring_back(session, row.key, version=row.version, by=SYSTEM)
    assert len(profile_skills.of_seeker(session, seeker.key, by=SYSTEM)) == 1
