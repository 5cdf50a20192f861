"""Pages about people for employers: what they say, what stops them, how long they hold, and their record."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from pydantic import ValidationError
from sqlmodel import Session, select

from crm import db
from crm.errors import ConsentNeededError, NotAllowedError, NotFoundError, RuleBrokenError, StaleFormError
from crm.models.consents import SharedFact, WithdrawalInput
from crm.models.employers import Employer
from crm.models.seekers import JobSeeker
from crm.models.sharing import RecallInput, ShareSheet
from crm.models.tasks import Task
from crm.models.users import SYSTEM
from crm.policy import Role
from crm.services import consent_giving, employers, seekers, share_sheets, sheet_log
from crm.services.sheet_log import Standing
from crm.services.sheet_stops import unwanted_words
from tests.makers import make_actor, make_service, make_user
from tests.makers_employers import make_employer
from tests.makers_people import WEEK, make_need, make_profile, make_seeker, make_skill
from tests.makers_restricted import TODAY, make_consent
from tests.makers_sharing import make_sheet, sheet_input
from tests.makers_teams import make_team

DAY = timedelta(days=1)
ALL = [fact.value for fact in SharedFact]
PRINTED = [fact for fact in SharedFact if fact is not SharedFact.DISABILITY]


@pytest.fixture
def bakery(session: Session) -> Employer:
    make_service(session)
    return make_employer(session)


@pytest.fixture
def amara(session: Session) -> JobSeeker:
    return make_seeker(session, phone="07700 900401", email="amara@example.org")


def agree(session: Session, amara: JobSeeker, bakery: Employer, *facts: str, **said: object) -> int:
    told = {"employer_id": bakery.key, "facts": list(facts) or ["name", "skills"], **said}
    return make_consent(session, amara, "share_facts", **told).key  # pyright: ignore[reportArgumentType]


def read(session: Session, amara: JobSeeker, bakery: Employer, *facts: str) -> str:
    told = [SharedFact(fact) for fact in facts] or PRINTED
    return share_sheets.preview(session, amara.key, bakery.key, told, by=SYSTEM, today=TODAY)


def standing(session: Session, sheet: ShareSheet, on: date = TODAY) -> Standing:
    return sheet_log.find(session, sheet.key, by=SYSTEM, today=on).standing


def test_the_page_says_what_was_agreed_strengths_first_in_the_persons_voice(
    session: Session, amara: JobSeeker, bakery: Employer
):
    agree(session, amara, bakery, *ALL)
    make_profile(
        session,
        amara,
        strengths="Never misses a bus\n\nNotices a crooked label",
        conditions_for_success="One thing at a time",
        own_description="I like radios.",
        travel_mode="bus",
        travel_minutes=45,
        availability=[*WEEK[:2], {"day": 5, "start": "06:00", "end": "13:00"}],
    )
    make_skill(session, amara, "fold boxes")
    make_skill(session, amara, "Drive a van", level=0)
    make_need(session, amara)
    assert read(session, amara, bakery).split("\n\n")[:-1] == [
        "About me\nMy name is Amara Nwosu.",
        "What I am good at\nNever misses a bus\nNotices a crooked label\nFold boxes",
        "What helps me\nOne thing at a time\nOne person at work I can ask.",
        "What I would like you to know\nI like radios.",
        "When I can work\nI can work 8 to 20 hours a week.\nMonday and Tuesday: 09:00 to 17:00\n"
        "Saturday: 06:00 to 13:00",
        "How I travel\nI come by bus.\nI can travel 45 minutes each way.",
        "How to reach me\n+447700900401\namara@example.org",
    ]


@pytest.mark.parametrize(
    ("least", "most", "words"),
    [
        (16, 16, "16 hours"),
        (12, None, "12 or more hours"),
        (None, 9.5, "up to 9.5 hours"),
        (None, None, None),
    ],
)
def test_hours_are_said_as_far_as_they_are_known(
    session: Session, amara: JobSeeker, bakery: Employer, least: float, most: float, words: str
):
    agree(session, amara, bakery, "hours_and_days")
    make_profile(session, amara, hours_now_min=least, hours_now_max=most, availability=[])
    page = read(session, amara, bakery, "hours_and_days")
    assert f"I can work {words} a week." in page if words else "When I can work" not in page


def test_the_page_says_for_whom_until_when_and_that_it_puts_nobody_forward(
    session: Session, amara: JobSeeker, bakery: Employer
):
    agree(session, amara, bakery, until=TODAY + 20 * DAY)
    page = read(session, amara, bakery, "skills")
    assert "I would like to stay without a name for now." in page
    assert "Amara" not in page
    assert "I said yes to this page for Fernside Bakery." in page
    assert "Please put it away after 13 December 2026." in page
    assert "This page does not put me forward for a job." in page


def test_a_consent_to_the_page_is_not_the_yes_to_being_put_forward(
    session: Session, amara: JobSeeker, bakery: Employer
):
    agree(session, amara, bakery)
    found = share_sheets.sharable(session, amara.key, bakery.key, by=SYSTEM, today=TODAY)
    assert (found.facts, found.is_put_forward) == ([SharedFact.NAME, SharedFact.SKILLS], False)
    make_consent(session, amara, "put_forward", employer_id=bakery.key)
    assert share_sheets.sharable(session, amara.key, bakery.key, by=SYSTEM, today=TODAY).is_put_forward


def test_what_was_not_agreed_to_stops_the_page_and_is_named(
    session: Session, amara: JobSeeker, bakery: Employer
):
    agree(session, amara, bakery, "name")
    with pytest.raises(ConsentNeededError, match="is told what they can do"):
        make_sheet(session, amara, bakery, "name", "skills")


@pytest.mark.parametrize(
    ("facts", "sentence"), [((), "Tick what"), (("disability",), "never tells of a disab")]
)
def test_a_page_tells_something_and_never_of_a_disability(facts: tuple[str, ...], sentence: str):
    with pytest.raises(ValidationError, match=sentence):
        sheet_input(facts=facts)


@pytest.mark.parametrize(
    ("not_to_use", "field", "said", "named"),
    [
        ("suffers from, special", "strengths", "She suffered from noise", "“suffered from” in “Strengths”"),
        ("suffers from, special", "communication", "Special signs", "“special” in “How they communicate"),
        ("Please do not say “carer’s pet” or “brave”", "strengths", "A carer's pet", "“carer's pet”"),
        ("high-functioning", "own_description", "High functioning", "in “How they describe themselves”"),
    ],
)
def test_words_not_to_use_stop_the_page_with_the_words_and_the_field(
    session: Session, amara: JobSeeker, bakery: Employer, not_to_use: str, field: str, said: str, named: str
):
    agree(session, amara, bakery, *ALL)
    make_profile(session, amara, words_not_to_use=not_to_use, **{field: said})
    with pytest.raises(RuleBrokenError, match="does not want these words used") as refusal:
        make_sheet(session, amara, bakery, *[fact.value for fact in PRINTED])
    assert named in str(refusal.value)
    assert read(session, amara, bakery, "name", "travel")


def test_words_not_to_use_stand_for_whole_words_only():
    assert unwanted_words("special needs; victim or brave") == ["special needs", "victim", "brave"]
    assert unwanted_words(None) == []


def test_words_inside_other_words_stop_nothing(session: Session, amara: JobSeeker, bakery: Employer):
    agree(session, amara, bakery)
    make_profile(session, amara, words_not_to_use="art, ace", strengths="Starts early, sets the pace")
    assert "Starts early" in read(session, amara, bakery, "skills")


def test_words_of_health_stop_the_page_before_any_offer(session: Session, amara: JobSeeker, bakery: Employer):
    agree(session, amara, bakery, *ALL)
    make_profile(session, amara, own_description="I have epilepsy.", strengths="Health and safety, blinds")
    with pytest.raises(RuleBrokenError, match="“epilepsy” in “How they describe themselves”"):
        read(session, amara, bakery)
    assert "blinds" in read(session, amara, bakery, "skills")


def test_a_page_holds_90_days_and_no_longer_than_what_was_agreed(
    session: Session, amara: JobSeeker, bakery: Employer
):
    agree(session, amara, bakery)
    assert make_sheet(session, amara, bakery).expires_on == TODAY + 90 * DAY
    for wrong in (TODAY, TODAY + 400 * DAY):
        with pytest.raises(RuleBrokenError, match="Choose a day from tomorrow to 24 November 2027"):
            make_sheet(session, amara, bakery, expires_on=wrong)
    other = make_employer(session, "Other")
    agree(session, amara, other, until=TODAY + 5 * DAY)
    agree(session, amara, other, "skills", until=TODAY + 9 * DAY)
    assert make_sheet(session, amara, other).expires_on == TODAY + 5 * DAY
    assert (
        share_sheets.sharable(session, amara.key, other.key, by=SYSTEM, today=TODAY).until == TODAY + 5 * DAY
    )


def test_the_record_says_who_gave_whom_what_when_in_the_very_words(
    session: Session, amara: JobSeeker, bakery: Employer
):
    coach = make_user(session, Role.JOB_COACH, name="Rosa Lind").as_actor()
    agree(session, amara, bakery)
    make_skill(session, amara)
    given = make_sheet(session, amara, bakery, by=coach)
    words = read(session, amara, bakery, "name", "skills")
    make_skill(session, amara, "Ice cakes")
    (row,) = sheet_log.of_seeker(session, amara.key, by=coach, today=TODAY)
    assert (row.employer, row.shared_by, row.sheet.given_to) == ("Fernside Bakery", "Rosa Lind", "Gemma Hart")
    assert (row.sheet.words, row.sheet.shared_on, row.sheet.facts) == (words, TODAY, ["name", "skills"])
    assert sheet_log.words_for_employer(session, given.key, by=coach, today=TODAY) == words


def test_its_words_are_encrypted_at_rest_and_never_changed(database: str):
    with db.transaction() as session:
        make_service(session)
        amara, bakery = make_seeker(session), make_employer(session)
        agree(session, amara, bakery)
        given = make_sheet(session, amara, bakery)
    with db.reading() as session:
        kept = session.connection().execute(sa.text("SELECT words FROM share_sheet")).scalar_one()
    assert "Amara" not in kept

    def change() -> None:
        with db.transaction() as session:
            sheet_log.find(session, given.key, by=SYSTEM, today=TODAY).sheet.words = "Other"

    with pytest.raises(RuntimeError, match="never changed after it was given"):
        change()


def test_a_page_holds_no_more_once_a_consent_is_withdrawn_and_is_still_out(
    session: Session, amara: JobSeeker, bakery: Employer
):
    agree(session, amara, bakery, "name")
    skills = agree(session, amara, bakery, "skills")
    given = make_sheet(session, amara, bakery)
    assert standing(session, given) is Standing.HOLDS
    assert sheet_log.still_out(session, amara.key, bakery.key, by=SYSTEM, today=TODAY) == []
    consent_giving.withdraw(session, skills, WithdrawalInput(), by=SYSTEM, today=TODAY)
    assert standing(session, given) is Standing.WITHDRAWN
    assert sheet_log.still_out(session, amara.key, bakery.key, by=SYSTEM, today=TODAY) == [given]
    with pytest.raises(ConsentNeededError):
        sheet_log.words_for_employer(session, given.key, by=SYSTEM, today=TODAY)


def test_a_page_holds_through_its_last_day(session: Session, amara: JobSeeker, bakery: Employer):
    agree(session, amara, bakery)
    given = make_sheet(session, amara, bakery, expires_on=TODAY + DAY)
    assert standing(session, given, TODAY + DAY) is Standing.HOLDS
    assert standing(session, given, TODAY + 2 * DAY) is Standing.EXPIRED
    with pytest.raises(RuleBrokenError, match="has expired"):
        sheet_log.words_for_employer(session, given.key, by=SYSTEM, today=TODAY + 2 * DAY)


def recall(session: Session, sheet: ShareSheet, version: int = 1, **said: object) -> ShareSheet:
    typed = RecallInput.model_validate(said)
    return share_sheets.recall(session, sheet.key, typed, version=version, by=SYSTEM, today=TODAY)


def test_a_recalled_page_holds_no_more_and_somebody_is_to_tell_the_employer(
    session: Session, amara: JobSeeker, bakery: Employer
):
    agree(session, amara, bakery)
    given = make_sheet(session, amara, bakery)
    recall(session, given, recalled_why="A word was wrong")
    assert standing(session, given) is Standing.RECALLED
    (task,) = session.exec(select(Task)).all()
    assert (task.employer_id, task.due_on, "Amara" in task.title) == (bakery.key, TODAY, False)
    with pytest.raises(RuleBrokenError, match="recalled already"):
        recall(session, given, version=2)


def test_a_recall_of_which_the_employer_knows_makes_no_task(
    session: Session, amara: JobSeeker, bakery: Employer
):
    agree(session, amara, bakery)
    given = make_sheet(session, amara, bakery)
    with pytest.raises(RuleBrokenError, match="cannot have been told on that day"):
        recall(session, given, told_on=TODAY + DAY)
    with pytest.raises(StaleFormError):
        recall(session, given, version=0)
    assert recall(session, given, told_on=TODAY).told_on == TODAY
    assert session.exec(select(Task)).all() == []


def test_those_near_the_person_give_pages_and_others_only_see_that_they_were_given(
    session: Session, bakery: Employer
):
    rosa = make_user(session, Role.JOB_COACH, name="Rosa Lind")
    far = make_user(session, name="Far")
    make_team(session, "Elsewhere", far)
    other_team = far.as_actor()
    mine = make_seeker(session, coach_id=rosa.key)
    agree(session, mine, bakery)
    given = make_sheet(session, mine, bakery, by=rosa.as_actor())
    assert sheet_log.find(session, given.key, by=other_team, today=TODAY).sheet is given
    with pytest.raises(NotAllowedError):
        make_sheet(session, mine, bakery, by=other_team)
    with pytest.raises(NotAllowedError):
        sheet_log.of_seeker(session, mine.key, by=make_actor(Role.ADMINISTRATOR), today=TODAY)
    with pytest.raises(NotFoundError):
        sheet_log.find(session, 999, by=rosa.as_actor(), today=TODAY)


def test_nothing_is_given_to_an_archived_employer(session: Session, amara: JobSeeker, bakery: Employer):
    agree(session, amara, bakery)
    employers.archive(session, bakery.key, why="Closed", version=bakery.version, by=SYSTEM)
    with pytest.raises(RuleBrokenError, match="employer is archived"):
        make_sheet(session, amara, bakery)


def test_nothing_is_given_of_an_archived_person(session: Session, amara: JobSeeker, bakery: Employer):
    agree(session, amara, bakery)
    given = make_sheet(session, amara, bakery)
    seekers.archive(session, amara.key, why="Moved", version=amara.version, by=SYSTEM)
    assert standing(session, given) is Standing.WITHDRAWN
    with pytest.raises(NotAllowedError, match="archived"):
        make_sheet(session, amara, bakery)
