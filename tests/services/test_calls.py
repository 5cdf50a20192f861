"""Who to call next: for whom, why, by which warm link, what to mind before, and what never gets out."""

from datetime import date, timedelta

import pytest
from sqlalchemy import event
from sqlmodel import Session

from crm import db
from crm.errors import NotAllowedError
from crm.models.exports import ExportKind
from crm.models.users import SYSTEM, Actor
from crm.policy import Role
from crm.services import call_people, call_words, calls, door_openers
from crm.services.calls import CallFilter, CallList
from crm.services.task_list import Whose
from tests.makers import make_actor, make_user
from tests.makers_contacts import make_contact, make_task
from tests.makers_employers import (
    TODAY,
    make_active,
    make_agreement,
    make_door_opener,
    make_employer,
    make_site,
)
from tests.makers_jobs import make_analysis, make_vacancy
from tests.makers_jobs import make_task as make_job_task
from tests.makers_people import make_criterion, make_profile, make_seeker, make_skill
from tests.services.test_exports import Taker

RETAIL = {"sic_codes": "47110"}


def found(session: Session, *, by: Actor = SYSTEM, today: date = TODAY, **wanted: object) -> CallList:
    """The first page, as somebody sees it."""
    return calls.listing(
        session,
        CallFilter(**wanted),  # pyright: ignore[reportArgumentType]
        offset=0,
        limit=25,
        by=by,
        today=today,
    )


def names(listed: CallList) -> list[str]:
    return [row.name for row in listed.rows]


def test_an_employer_of_the_register_is_proposed_by_its_sic_code_for_whom_its_usual_work_suits(
    session: Session,
):
    make_skill(session, make_seeker(session, postcode="LS1 4DY"), "Stock shelves")
    make_site(session, make_employer(session, "Corner Shop", **RETAIL), postcode="LS2 7EY")
    make_site(session, make_employer(session, "Coal Pit", sic_codes="05101"), postcode="LS2 7EY")
    (row,) = found(session).rows
    (person,) = row.people
    assert (row.name, row.trades) == ("Corner Shop", ("Retail (SIC 47)",))
    assert (person.name, person.skills, person.is_own) == ("Amara Nwosu", ("Stock shelves",), False)
    assert call_words.warm(row) == call_words.heed(row) == []


def test_work_that_an_employer_has_had_comes_before_what_is_usual_in_a_trade(session: Session):
    make_skill(session, make_seeker(session), "Stock shelves")
    make_employer(session, "Usual Shop", stage="introduced", **RETAIL)
    asked = make_vacancy(session, make_employer(session, "Asked Before"), "Night filler", status="withdrawn")
    make_criterion(session, asked, "Stock shelves")
    seen = make_analysis(session, make_employer(session, "Seen Before"), "Shelf helper")
    make_job_task(session, seen, "Fill up", skills="Stock shelves")
    listed = found(session)
    assert sorted(names(listed)[:2]) == ["Asked Before", "Seen Before"]
    assert names(listed)[2] == "Usual Shop"
    told = {row.name: call_words.works(row) for row in listed.rows}
    assert told["Asked Before"] == ["Night filler (they have had this work)"]
    assert told["Seen Before"] == ["Shelf helper (they have had this work)"]


def test_a_wish_alone_is_enough_and_what_somebody_does_not_want_is_not_proposed(session: Session):
    make_profile(session, make_seeker(session, "Wishing"), interests="gardener")
    make_profile(session, make_seeker(session, "Hoping"), aspirations="To work in a garden")
    unwilling = make_seeker(session, "Unwilling")
    make_profile(session, unwilling, avoid="gardener, grounds, cleaner, caretaker")
    make_skill(session, unwilling, "Drive a ride-on mower")
    make_employer(session, "Green Fingers", stage="introduced", sic_codes="81300")
    (row,) = found(session).rows
    assert {person.name: person.wish for person in row.people} == {"Wishing": "gardener", "Hoping": "garden"}


def test_only_what_can_be_reached_is_proposed_and_a_place_not_known_only_where_we_know_the_employer(
    session: Session,
):
    walker = make_seeker(session, postcode="LS1 4DY")
    make_profile(session, walker, travel_mode="walk", travel_minutes=30)
    make_skill(session, walker, "Stock shelves")
    for name, postcode in (("Near", "LS2 7EY"), ("Far", "BD1 1AA")):
        make_site(session, make_employer(session, name, **RETAIL), postcode=postcode)
    make_employer(session, "Somewhere", **RETAIL)
    make_employer(session, "Known, somewhere", stage="introduced", **RETAIL)
    listed = found(session)
    assert sorted(names(listed)) == ["Known, somewhere", "Near"]
    journeys = {row.name: call_words.why(row.people[0])[-1] for row in listed.rows}
    assert journeys["Near"].startswith("about ")
    assert journeys["Known, somewhere"] == "journey not known"
    assert names(found(session, area="LS2")) == ["Near"]
    assert names(found(session, is_known_only=True)) == ["Known, somewhere"]


def test_a_warm_link_moves_an_employer_up_and_is_said(session: Session):
    seeker = make_seeker(session)
    make_skill(session, seeker, "Stock shelves")
    make_employer(session, "Cold", stage="introduced", **RETAIL)
    owner = make_user(session, name="Ines Marlow")
    warm = make_employer(
        session, "Warm", stage="dormant", owner_id=owner.id, lead_source="A cousin works there", **RETAIL
    )
    long_ago = TODAY - timedelta(days=200)
    make_contact(session, warm, by=owner.as_actor(), held_on=long_ago, seeker_ids=[seeker.key])
    make_active(session, warm, ends_on=TODAY)
    make_agreement(session, warm)
    make_vacancy(session, warm, "Packer", status="filled_by_us")
    first, second = found(session, today=TODAY + timedelta(days=1)).rows
    assert (first.name, second.name) == ("Warm", "Cold")
    assert call_words.warm(first) == [
        "Last contact by Ines Marlow on 7 May 2026",
        "Guaranteed interview agreement, lapsed since 24 November 2026: worth renewing",
        "One of our people got the job “Packer” here",
        "The relationship is dormant",
        "Ines Marlow looks after them",
        "Came to us through: A cousin works there",
    ]
    assert "spoken with on their behalf on 7 May 2026" in call_words.why(first.people[0])


def test_a_door_opener_moves_an_employer_up_and_is_said_without_a_name_until_taken_off(session: Session):
    make_skill(session, make_seeker(session), "Stock shelves")
    make_employer(session, "Cold", stage="introduced", **RETAIL)
    knows = make_door_opener(session, make_employer(session, "Opened", stage="introduced", **RETAIL))
    first, second = found(session).rows
    assert (first.name, second.name) == ("Opened", "Cold")
    assert call_words.warm(first) == [
        "Somebody outside the service would open the door: see the page of the employer"
    ]
    door_openers.take_off(session, knows.key, version=1, by=SYSTEM)
    assert names(found(session)) == ["Cold", "Opened"]
    assert call_words.warm(found(session).rows[1]) == []


def test_what_speaks_against_a_call_now_is_said_and_hides_nobody(session: Session):
    make_skill(session, make_seeker(session), "Stock shelves")
    single = make_user(session, name="Ines Marlow")
    quiet = {"quiet_until": TODAY, "quiet_why": "A death in the firm", "single_contact_id": single.id}
    employer = make_employer(session, "Quiet", stage="partner", **quiet, **RETAIL)
    make_contact(session, employer, held_on=TODAY - timedelta(days=14))
    make_task(session, employer_id=employer.key, due_on=TODAY + timedelta(days=3))
    make_employer(session, "Over", stage="partner", quiet_until=TODAY - timedelta(days=1), **RETAIL)
    told = {row.name: call_words.heed(row) for row in found(session).rows}
    assert told == {
        "Quiet": [
            "Quiet days until 23 November 2026: leave calls to the owner",
            "Go through Ines Marlow, their single point of contact",
            "Somebody has spoken with them within 14 days",
            "A next step is planned for 26 November 2026",
        ],
        "Over": [],
    }


def test_those_who_are_not_to_be_contacted_are_listed_apart(session: Session):
    make_skill(session, make_seeker(session), "Stock shelves")
    shut = make_employer(session, "Shut", stage="do_not_contact", **RETAIL)
    listed = found(session)
    assert (listed.rows, listed.total) == ([], 0)
    assert (listed.shut, listed.shut_total) == ([(shut.key, "Shut")], 1)


def test_people_in_work_or_paused_are_not_looked_at_and_those_with_nothing_recorded_are_told(
    session: Session,
):
    make_skill(session, make_seeker(session, "In work", status="in_work"), "Stock shelves")
    paused = make_seeker(session, "Paused", status="paused", pause_reason="Moving", pause_review_on=TODAY)
    make_skill(session, paused, "Stock shelves")
    silent = make_seeker(session, "Silent")
    never = make_seeker(session, "Never did it")
    make_skill(session, never, "Stock shelves", level=0)
    make_employer(session, "Shop", stage="partner", **RETAIL)
    listed = found(session)
    assert listed.rows == []
    assert listed.silent == [(silent.key, "Silent"), (never.key, "Never did it")]


def test_whose_people_are_looked_at(session: Session):
    coach, mate = make_user(session, Role.JOB_COACH), make_user(session, Role.JOB_COACH)
    for name, owner in (("Mine", coach.id), ("A mate’s", mate.id), ("Nobody’s", None)):
        make_skill(session, make_seeker(session, name, coach_id=owner), "Stock shelves")
    make_employer(session, "Shop", stage="partner", **RETAIL)
    by = coach.as_actor()
    told = {whose: {one.name for one in found(session, by=by, whose=whose).rows[0].people} for whose in Whose}
    assert told[Whose.MINE] == {"Mine"}
    assert told[Whose.TEAM] == told[Whose.EVERYBODY] == {"Mine", "A mate’s", "Nobody’s"}


def test_one_person_can_be_asked_for(session: Session):
    for name in ("Amara Nwosu", "Bo Lind"):
        make_skill(session, make_seeker(session, name), "Stock shelves")
    make_employer(session, "Shop", stage="partner", **RETAIL)
    (row,) = found(session, seeker_id=2).rows
    assert [person.name for person in row.people] == ["Bo Lind"]


def test_of_more_people_than_are_looked_at_together_those_who_waited_longest_are(
    session: Session, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(call_people, "MOST_PEOPLE", 1)
    waiting = (("Newer", date(2026, 11, 1)), ("Longest", date(2026, 1, 1)), ("Unknown", None))
    for name, referred in waiting:
        make_skill(session, make_seeker(session, name, referred_on=referred), "Stock shelves")
    make_employer(session, "Shop", stage="partner", **RETAIL)
    listed = found(session)
    assert (listed.people, listed.left) == (1, 2)
    assert listed.rows[0].people[0].name == "Longest"


def test_who_may_not_see_job_seekers_or_employers_is_refused(session: Session):
    with pytest.raises(NotAllowedError):
        found(session, by=make_actor(Role.ADMINISTRATOR))
    assert found(session, by=make_actor(Role.AUDITOR)).rows == []


def test_pages_follow_each_other_and_more_employers_make_no_more_queries(session: Session):
    make_skill(session, make_seeker(session), "Stock shelves")
    asked: list[str] = []
    event.listen(session.connection(), "before_cursor_execute", lambda *said: asked.append(said[2]))
    needed: list[int] = []
    for number in (3, 9):
        for each in range(number):
            make_employer(session, f"Shop {number} {each}", stage="partner", **RETAIL)
        session.flush()
        before = len(asked)
        assert found(session).total in (3, 12)
        needed.append(len(asked) - before)
    assert needed[0] == needed[1]
    pages = [
        calls.listing(session, CallFilter(), offset=offset, limit=6, by=SYSTEM, today=TODAY).rows
        for offset in (0, 6)
    ]
    assert len({row.id for page in pages for row in page}) == 12


def test_the_call_list_names_no_job_seeker(database: str):
    manager = Taker(Role.MANAGER)
    with db.transaction() as session:
        seeker = make_seeker(session)
        make_skill(session, seeker, "Stock shelves")
        employer = make_employer(session, "Corner Shop", stage="partner", **RETAIL)
        make_contact(session, employer, seeker_ids=[seeker.key])
    table = manager.take(manager.order(ExportKind.CALLS, CallFilter()))
    (row,) = table.rows
    told = dict(zip(table.header, row.cells, strict=True))
    assert (told["Employer"], told["Job seekers it could suit"]) == ("Corner Shop", "1")
    assert told["What they can do"] == ""
    assert "Amara" not in " ".join(row.cells)


def test_a_job_coach_takes_no_call_list_away(database: str):
    with pytest.raises(NotAllowedError):
        Taker(Role.JOB_COACH).order(ExportKind.CALLS, CallFilter())
