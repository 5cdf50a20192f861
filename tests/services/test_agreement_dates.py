"""Signatures that were expected by now and reviews that are due, for the owner and for everybody."""

from datetime import timedelta

from sqlmodel import Session

from crm.models.agreement_choices import AgreementStage as Stage
from crm.models.agreements import Agreement
from crm.models.users import SYSTEM
from crm.services import agreement_dates, agreement_moves, agreements, records
from tests.makers import make_user
from tests.makers_employers import TO_SIGNATURE, TODAY, make_active, make_agreement, make_employer, move_to

DAY = timedelta(days=1)


def due(session: Session, owner_id: int | None = None) -> list[tuple[str, bool]]:
    found = agreement_dates.due(session, owner_id=owner_id, limit=9, by=SYSTEM, today=TODAY)
    assert found.total == len(found.rows)
    return [(row.employer, row.is_unsigned) for row in found.rows]


def to_review(session: Session, name: str, days: int) -> Agreement:
    agreement = make_active(session, make_employer(session, name))
    values = {"review_on": TODAY + days * DAY}
    return records.change(session, agreement, values, version=agreement.version)


def waiting(session: Session, name: str, days: int, **facts: object) -> Agreement:
    agreement = make_agreement(session, make_employer(session, name), today=TODAY - 30 * DAY, **facts)
    said = {"expected_signing_on": TODAY + days * DAY}
    return move_to(session, agreement, *TO_SIGNATURE[:4], on=TODAY - 20 * DAY, said=said)


def test_a_signature_counts_from_the_day_after_it_was_expected(session: Session):
    waiting(session, "Yesterday", -1)
    waiting(session, "Today", 0)
    assert due(session) == [("Yesterday", True)]


def test_a_review_counts_from_two_weeks_before_its_day(session: Session):
    to_review(session, "Later", 15)
    to_review(session, "Soon", 14)
    to_review(session, "Over", -3)
    assert due(session) == [("Over", False), ("Soon", False)]


def test_what_is_in_review_signed_lapsed_or_archived_calls_for_nobody(session: Session):
    move_to(session, to_review(session, "In review", 0), Stage.IN_REVIEW)
    move_to(session, waiting(session, "Signed", -1), Stage.SIGNED, on=TODAY)
    lapsed = to_review(session, "Lapsed", 0)
    records.change(
        session, lapsed, {"starts_on": TODAY - DAY, "ends_on": TODAY - DAY}, version=lapsed.version
    )
    archived = to_review(session, "Archived", 0)
    agreements.archive(session, archived.key, why="Twice", version=archived.version, by=SYSTEM)
    assert due(session) == []
    agreement_moves.lapse_due(session, limit=9, by=SYSTEM, today=TODAY)
    assert due(session) == []


def test_an_owner_sees_their_own(session: Session):
    mine, other = make_user(session).key, make_user(session).key
    waiting(session, "Mine", -1, owner_id=mine)
    waiting(session, "Theirs", -2, owner_id=other)
    assert due(session) == [("Theirs", True), ("Mine", True)]
    assert due(session, owner_id=mine) == [("Mine", True)]
