"""Consents: who can give them for what, how they end, and what they cover."""

from datetime import timedelta

import pytest
from pydantic import ValidationError
from sqlmodel import Session

from crm import db
from crm.errors import ConsentNeededError, NotAllowedError, NotFoundError, RuleBrokenError
from crm.models.consents import Consent, GivenBy, Purpose, SharedFact, WithdrawalInput, Withdrawer
from crm.models.users import SYSTEM, Actor
from crm.policy import Role
from crm.services import consent_endings, consent_giving, consents, employers, seekers
from crm.services.consent_words import WORDING, Person, facts_in_words, statement
from crm.services.consents import State, covers, ensure_covered, state_of
from tests.makers import make_actor, make_user
from tests.makers_employers import make_employer
from tests.makers_people import make_seeker
from tests.makers_restricted import TODAY, consent_input, make_consent, make_restricted

DAY = timedelta(days=1)
NAME, SKILLS, HOURS = SharedFact.NAME, SharedFact.SKILLS, SharedFact.HOURS_AND_DAYS


@pytest.fixture
def coach(session: Session) -> Actor:
    return make_user(session, Role.JOB_COACH, name="Rosa Lind").as_actor()


def withdraw(
    session: Session, consent: Consent, by: Withdrawer = Withdrawer.THE_PERSON, on: int = 0
) -> Consent:
    said = WithdrawalInput(withdrawn_by=by)
    return consent_giving.withdraw(session, consent.key, said, by=SYSTEM, today=TODAY + on * DAY)


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"purpose": "share_facts", "facts": ["name"]}, "Choose the employer"),
        ({"purpose": "put_forward"}, "Choose the employer"),
        ({"purpose": "photo", "employer_id": 1}, "not about an employer"),
        ({"purpose": "share_facts", "employer_id": 1}, "Tick what the employer may be told"),
        ({"purpose": "put_forward", "employer_id": 1, "facts": {"name": True}}, "ticked only where"),
        ({"given_on": TODAY, "until": TODAY}, "ends on the day it is given"),
        ({"given_by": "best_interests_decision"}, "Say who answered"),
        ({"how_explained": " "}, "Say how it was explained"),
        ({"given_by": "family"}, "Input should be"),
    ],
)
def test_a_consent_that_says_too_little_or_too_much_is_refused(said: dict[str, object], sentence: str):
    with pytest.raises(ValidationError, match=sentence):
        consent_input(**said)  # pyright: ignore[reportArgumentType]


def test_a_consent_is_given_today_with_the_wording_of_today(session: Session, coach: Actor):
    given = make_consent(session, make_seeker(session), by=coach)
    assert (given.given_on, given.wording_version, given.created_by) == (TODAY, WORDING, coach.id)


@pytest.mark.parametrize(
    ("said", "field"),
    [({"given_on": TODAY + DAY}, "given_on"), ({"until": TODAY}, "until")],
)
def test_a_consent_is_not_given_tomorrow_and_does_not_end_today(
    session: Session, said: dict[str, object], field: str
):
    with pytest.raises(RuleBrokenError) as refusal:
        make_consent(session, make_seeker(session), **said)  # pyright: ignore[reportArgumentType]
    assert refusal.value.field == field


def test_an_archived_employer_or_person_cannot_be_agreed_about(session: Session):
    seeker, employer = make_seeker(session), make_employer(session)
    employers.archive(session, employer.key, why="Closed", version=employer.version, by=SYSTEM)
    with pytest.raises(RuleBrokenError, match="not archived"):
        make_consent(session, seeker, "put_forward", employer_id=employer.key)
    seekers.archive(session, seeker.key, why="Moved", version=seeker.version, by=SYSTEM)
    with pytest.raises(NotAllowedError, match="archived"):
        make_consent(session, seeker)


def test_a_parent_answers_only_for_somebody_known_to_be_under_16(session: Session, coach: Actor):
    told = {"given_by": GivenBy.PARENT_UNDER_16, "answered_by": "His mother"}
    seeker, child = make_seeker(session), make_seeker(session)
    with pytest.raises(RuleBrokenError, match="Record their date of birth first"):
        make_consent(session, seeker, **told)  # pyright: ignore[reportArgumentType]
    make_restricted(session, seeker, coach, date_of_birth="2010-11-23")
    with pytest.raises(RuleBrokenError, match="family alone cannot answer"):
        make_consent(session, seeker, **told)  # pyright: ignore[reportArgumentType]
    make_restricted(session, child, coach, date_of_birth="2010-11-24")
    assert make_consent(session, child, **told).answered_by == "His mother"  # pyright: ignore[reportArgumentType]


def test_nobody_records_a_parents_answer_without_having_asked_about_the_age(session: Session, coach: Actor):
    child, other = make_seeker(session), make_seeker(session)
    make_restricted(session, child, coach, date_of_birth="2010-11-24")
    new = consent_input(given_by=GivenBy.PARENT_UNDER_16, answered_by="His mother")
    age = consent_giving.ask_age(session, child.key, new, by=coach, today=TODAY)
    for seeker, answer in ((child, None), (other, age)):
        with pytest.raises(RuntimeError, match="was not asked"):
            consent_giving.give(session, seeker.key, new, age=answer, by=coach, today=TODAY)
    assert consent_giving.give(session, child.key, new, age=age, by=coach, today=TODAY).key


def test_what_is_shared_is_covered_fact_by_fact_and_employer_by_employer(session: Session):
    seeker, bakery, other = make_seeker(session), make_employer(session), make_employer(session, "Other")
    for facts in (["name"], ["skills"]):
        make_consent(session, seeker, "share_facts", employer_id=bakery.key, facts=facts)

    def is_covered(employer_id: int | None, *facts: SharedFact, on: int = 0) -> bool:
        on_day = TODAY + on * DAY
        return covers(session, seeker.key, Purpose.SHARE_FACTS, employer_id, facts, on=on_day, by=SYSTEM)

    assert is_covered(bakery.key, NAME, SKILLS)
    assert not is_covered(bakery.key, NAME, HOURS)
    assert not is_covered(bakery.key)
    assert not is_covered(other.key, NAME)
    assert not is_covered(None, NAME)
    assert not is_covered(bakery.key, NAME, on=-1)


def test_sharing_does_not_cover_being_put_forward(session: Session):
    seeker, bakery = make_seeker(session), make_employer(session)
    make_consent(session, seeker, "share_facts", employer_id=bakery.key, facts=["name"])
    assert not covers(session, seeker.key, Purpose.PUT_FORWARD, bakery.key, on=TODAY, by=SYSTEM)
    make_consent(session, seeker, "put_forward", employer_id=bakery.key)
    assert covers(session, seeker.key, Purpose.PUT_FORWARD, bakery.key, on=TODAY, by=SYSTEM)


def test_a_consent_ends_with_its_last_day_or_on_the_day_it_is_withdrawn(session: Session):
    given = make_consent(session, make_seeker(session), until=TODAY + 2 * DAY)
    days = [state_of(given, TODAY + n * DAY) for n in (-1, 0, 2, 3)]
    assert days == [State.NOT_YET, State.IN_FORCE, State.IN_FORCE, State.ENDED]
    withdraw(session, given, on=1)
    assert [state_of(given, TODAY + n * DAY) for n in (0, 1)] == [State.IN_FORCE, State.WITHDRAWN]


def test_one_recorded_by_mistake_never_was_a_consent(session: Session):
    seeker = make_seeker(session)
    given = withdraw(session, make_consent(session, seeker), Withdrawer.RECORDED_BY_MISTAKE, on=5)
    assert state_of(given, TODAY) is State.RECORDED_BY_MISTAKE
    assert not covers(session, seeker.key, Purpose.HOLD_RECORD, on=TODAY, by=SYSTEM)


def test_a_withdrawn_consent_is_given_again_as_a_new_one_the_same_day(session: Session):
    seeker = make_seeker(session)
    first = withdraw(session, make_consent(session, seeker))
    with pytest.raises(RuleBrokenError, match="withdrawn already"):
        withdraw(session, first)
    again = make_consent(session, seeker)
    assert covers(session, seeker.key, Purpose.HOLD_RECORD, on=TODAY, by=SYSTEM)
    rows = consents.of_seeker(session, seeker.key, by=SYSTEM, today=TODAY)
    assert [(row.consent.id, row.state) for row in rows] == [
        (again.id, State.IN_FORCE),
        (first.id, State.WITHDRAWN),
    ]


def change_anyway(given: Consent, change: dict[str, object]) -> None:
    with db.transaction() as session:
        consents.find(session, given.key, by=SYSTEM).sqlmodel_update(change)


@pytest.mark.parametrize(
    "change", [{"until": TODAY + DAY}, {"withdrawn_on": None, "withdrawn_by": None}, {"facts": ["name"]}]
)
def test_a_consent_is_never_changed_after_it_was_given_nor_a_withdrawal_taken_back(
    database: str, change: dict[str, object]
):
    with db.transaction() as session:
        given = withdraw(session, make_consent(session, make_seeker(session)))
    with pytest.raises(RuntimeError, match="never changed"):
        change_anyway(given, change)


def test_what_is_missing_is_said_with_the_way_to_get_it(session: Session):
    seeker, bakery = make_seeker(session), make_employer(session)
    make_consent(session, seeker, "share_facts", employer_id=bakery.key, facts=["name"])
    ensure_covered(session, seeker.key, Purpose.SHARE_FACTS, bakery.key, [NAME], on=TODAY, by=SYSTEM)
    asked = [NAME, SKILLS]
    with pytest.raises(ConsentNeededError) as refusal:
        ensure_covered(session, seeker.key, Purpose.SHARE_FACTS, bakery.key, asked, on=TODAY, by=SYSTEM)
    assert str(refusal.value) == (
        "Amara Nwosu has not agreed, or not any more, that Fernside Bakery is told what they can do. "
        "Ask them, and record their answer with “Record a consent” on their page."
    )


def test_every_purpose_has_its_words(session: Session):
    seeker = make_seeker(session)
    for purpose in Purpose:
        with pytest.raises(ConsentNeededError, match="has not agreed"):
            ensure_covered(session, seeker.key, purpose, on=TODAY, by=SYSTEM)
        assert "change your mind at any time" in statement(purpose, None, [])


def test_nothing_of_an_archived_person_goes_anywhere(session: Session):
    seeker = make_seeker(session)
    make_consent(session, seeker)
    seekers.archive(session, seeker.key, why="Moved", version=seeker.version, by=SYSTEM)
    with pytest.raises(ConsentNeededError, match="archived"):
        ensure_covered(session, seeker.key, Purpose.HOLD_RECORD, on=TODAY, by=SYSTEM)
    with pytest.raises(NotFoundError):
        covers(session, 999, Purpose.HOLD_RECORD, on=TODAY, by=SYSTEM)


def test_being_put_forward_says_what_it_tells_the_employer():
    said = statement(Purpose.PUT_FORWARD, "Fernside Bakery", [])
    assert said.startswith("Fernside Bakery will know that we support you")
    assert "tells the employer that you are disabled" in said
    shared = statement(Purpose.SHARE_FACTS, "Fernside Bakery", ["name", "adjustments"])
    assert shared.startswith("Fernside Bakery will know your name and the adjustments that help you.")
    assert facts_in_words([NAME, SKILLS, HOURS], Person.I) == (
        "my name, what I can do and the hours and days I can work"
    )


def test_consents_that_end_soon_wait_for_the_coach_unless_given_anew(session: Session, coach: Actor):
    mine, bakery = make_seeker(session, "Mine", coach_id=coach.id), make_employer(session)
    soon = TODAY + 20 * DAY
    make_consent(session, mine, "put_forward", employer_id=bakery.key, until=soon)
    make_consent(session, mine, "photo", until=soon)
    make_consent(session, mine, "photo", until=soon + DAY * 90)
    make_consent(session, mine, "contact_family", until=soon + DAY * 90)
    withdraw(session, make_consent(session, mine, until=soon))
    make_consent(session, make_seeker(session, "Theirs"), until=soon + DAY)

    def found(coach_id: int | None) -> list[tuple[str, str, str | None]]:
        until = TODAY + 30 * DAY
        rows = consent_endings.ending_soon(
            session, coach_id=coach_id, until=until, limit=9, by=coach, today=TODAY
        ).rows
        return [(row.seeker, row.purpose, row.employer) for row in rows]

    assert found(coach.id) == [("Mine", "put_forward", "Fernside Bakery")]
    assert found(None) == [("Mine", "put_forward", "Fernside Bakery"), ("Theirs", "hold_record", None)]


def test_officers_see_consents_and_coaches_record_them(session: Session):
    given = make_consent(session, make_seeker(session))
    officer, administrator = make_actor(Role.ENGAGEMENT_OFFICER), make_actor(Role.ADMINISTRATOR)
    assert consents.find(session, given.key, by=officer) is given
    assert consents.employer_of(session, given, by=officer) is None
    with pytest.raises(NotAllowedError):
        make_consent(session, make_seeker(session), by=officer)
    with pytest.raises(NotAllowedError):
        consents.find(session, given.key, by=administrator)


def test_only_employers_in_contact_are_asked_about(session: Session):
    make_employer(session, "Nobody rang them yet", stage="identified")
    make_employer(session, "Partner", stage="partner")
    assert list(consent_giving.employer_names(session, by=SYSTEM).values()) == ["Partner"]
