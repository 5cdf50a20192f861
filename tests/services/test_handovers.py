"""Caseloads: who has whom, handed over with an overlap, handed back, and cover ended early."""

from datetime import date, timedelta

import pytest
from sqlmodel import Session, select

from crm.audit import write_entries
from crm.errors import NotAllowedError, RuleBrokenError
from crm.models.agreement_choices import AgreementKind
from crm.models.audit import AuditEntry
from crm.models.caseloads import CaseloadKind, Handover, HandoverInput
from crm.models.employers import EmployerInput
from crm.models.seeker_inputs import JobSeekerInput
from crm.models.users import SYSTEM, Actor, Cover, User
from crm.policy import Role
from crm.services import caseloads, covers, employers, handover_list, handovers, seekers, users
from crm.services.caseloads import CaseloadRow, HeldRecord
from crm.services.listing import parts
from tests.makers import make_actor, make_user
from tests.makers_employers import make_agreement, make_employer
from tests.makers_people import make_seeker

TODAY = date(2026, 11, 23)
UNTIL = date(2026, 12, 24)
MANAGER = make_actor(Role.MANAGER)
SEEKERS, EMPLOYERS, AGREEMENTS = CaseloadKind
BOTH = (Role.JOB_COACH, Role.ENGAGEMENT_OFFICER)


@pytest.fixture
def jo(session: Session) -> User:
    return make_user(session, *BOTH, name="Jo Marsh")


@pytest.fixture
def bea(session: Session) -> User:
    return make_user(session, *BOTH, name="Bea Holt")


def give(
    session: Session,
    giver: User,
    taker: User | None,
    chosen: dict[CaseloadKind, list[int]],
    *,
    until: date | None = UNTIL,
    by: Actor = MANAGER,
) -> Handover:
    typed = HandoverInput(to_id=taker.key if taker else None, both_until=until, why="On leave")
    return handovers.hand_over(session, giver.key, typed, chosen, by=by, today=TODAY)


def back(session: Session, made: Handover) -> Handover:
    return handovers.hand_back(session, made.key, version=made.version, by=MANAGER, today=TODAY)


def standing(session: Session, today: date = TODAY) -> list[tuple[str, str]]:
    page = covers.in_force(session, today=today, offset=0, limit=9, by=MANAGER)
    return [(row.who, row.name) for row in page.rows]


def test_a_caseload_is_counted_without_what_is_archived(session: Session, jo: User):
    make_seeker(session, coach_id=jo.key)
    gone = make_seeker(session, coach_id=jo.key)
    seekers.archive(session, gone.key, why="Moved", version=1, by=SYSTEM)
    make_agreement(session, make_employer(session, owner_id=jo.key), owner_id=jo.key)
    (row,) = caseloads.listing(session, "jo", offset=0, limit=9, by=MANAGER).rows
    assert row == CaseloadRow(jo.key, "Jo Marsh", None, False, seekers=1, employers=1, agreements=1)
    assert list(caseloads.sizes(session, jo.key, by=MANAGER).values()) == [1, 1, 1]


def test_those_who_left_something_behind_come_first(session: Session, jo: User, bea: User):
    make_seeker(session, coach_id=jo.key)
    users.disable(session, jo.key, version=1, by=SYSTEM)
    gone = make_user(session, name="Al Gone")
    users.disable(session, gone.key, version=1, by=SYSTEM)
    rows = caseloads.listing(session, "", offset=0, limit=9, by=MANAGER).rows
    assert [row.name for row in rows] == ["Jo Marsh", "Bea Holt", "Al Gone"]


def test_what_somebody_has_is_listed_by_name_a_page_at_a_time(session: Session, jo: User):
    zoe, ann = (make_seeker(session, name, coach_id=jo.key) for name in ("Zoe", "ann"))
    agreement = make_agreement(session, make_employer(session), owner_id=jo.key)
    page = caseloads.held(session, jo.key, SEEKERS, offset=0, limit=1, by=MANAGER)
    assert (page.rows, page.total) == ([HeldRecord(ann.key, "ann")], 2)
    assert caseloads.held_ids(session, jo.key, SEEKERS, by=MANAGER) == [zoe.key, ann.key]
    assert caseloads.held(session, jo.key, AGREEMENTS, offset=0, limit=9, by=MANAGER).rows == [
        HeldRecord(agreement.key, "Fernside Bakery", AgreementKind.GUARANTEED_INTERVIEW)
    ]


def test_what_is_chosen_moves_and_the_rest_stays(session: Session, jo: User, bea: User):
    amara, ben = (make_seeker(session, name, coach_id=jo.key) for name in ("Amara", "Ben"))
    bakery = make_employer(session, owner_id=jo.key)
    agreement = make_agreement(session, bakery, owner_id=jo.key)
    give(session, jo, bea, {SEEKERS: [amara.key], EMPLOYERS: [bakery.key], AGREEMENTS: [agreement.key]})
    assert (amara.coach_id, ben.coach_id) == (bea.key, jo.key)
    assert (bakery.owner_id, agreement.owner_id) == (bea.key, bea.key)


def test_each_record_that_moves_leaves_an_entry_of_its_own(session: Session, jo: User, bea: User):
    people = [make_seeker(session, f"P{number}", coach_id=jo.key) for number in range(3)]
    give(session, jo, bea, {SEEKERS: [one.key for one in people]})
    write_entries(session)
    moved = select(AuditEntry).where(AuditEntry.action == "change", AuditEntry.record_kind == "JobSeeker")
    found = sorted((entry.record_id, entry.fields) for entry in session.exec(moved))
    assert found == [(one.key, "coach_id") for one in people]


def test_both_can_act_up_to_the_day_and_not_beyond(session: Session, jo: User, bea: User):
    amara = make_seeker(session, "Amara", coach_id=jo.key)
    agreement = make_agreement(session, make_employer(session), owner_id=jo.key)
    give(session, jo, bea, {SEEKERS: [amara.key], AGREEMENTS: [agreement.key]})
    assert standing(session, UNTIL) == [("Jo Marsh", "Amara"), ("Jo Marsh", "Fernside Bakery")]
    assert standing(session, UNTIL + timedelta(days=1)) == []
    assert {(row.record_kind, row.why) for row in session.exec(select(Cover))} == {
        ("JobSeeker", "On leave"),
        ("Agreement", "On leave"),
    }


def test_without_an_overlap_nobody_stands_in(session: Session, jo: User, bea: User):
    amara = make_seeker(session, coach_id=jo.key)
    give(session, jo, bea, {SEEKERS: [amara.key]}, until=None)
    assert standing(session) == []


def test_handing_back_undoes_it_and_ends_the_cover(session: Session, jo: User, bea: User):
    amara, bakery = make_seeker(session, coach_id=jo.key), make_employer(session, owner_id=jo.key)
    made = give(session, jo, bea, {SEEKERS: [amara.key], EMPLOYERS: [bakery.key]})
    (row,) = handover_list.recent(session, bea.key, limit=9, by=MANAGER)
    assert (row.from_name, row.to_name, row.records, row.can_go_back) == ("Jo Marsh", "Bea Holt", 2, True)
    back(session, made)
    assert (amara.coach_id, bakery.owner_id, standing(session)) == (jo.key, jo.key, [])
    (row,) = handover_list.recent(session, jo.key, limit=9, by=MANAGER)
    assert (row.is_undone, row.can_go_back) == (True, False)
    with pytest.raises(RuleBrokenError, match="handed back already"):
        back(session, made)


def test_what_has_changed_since_is_named_and_nothing_goes_back(session: Session, jo: User, bea: User):
    amara, bakery = make_seeker(session, coach_id=jo.key), make_employer(session, owner_id=jo.key)
    made = give(session, jo, bea, {SEEKERS: [amara.key], EMPLOYERS: [bakery.key]})
    edit = EmployerInput(name="Fernside", owner_id=bea.key)
    employers.change(session, bakery.key, edit, version=2, by=SYSTEM)
    assert not handover_list.recent(session, jo.key, limit=9, by=MANAGER)[0].can_go_back
    with pytest.raises(RuleBrokenError, match="happened since to Fernside, so"):
        back(session, made)
    session.rollback()


def test_nothing_goes_back_to_somebody_who_is_shut_out(session: Session, jo: User, bea: User):
    amara = make_seeker(session, coach_id=jo.key)
    made = give(session, jo, bea, {SEEKERS: [amara.key]})
    users.disable(session, jo.key, version=jo.version, by=SYSTEM)
    with pytest.raises(RuleBrokenError, match="still works here"):
        back(session, made)


def test_a_record_that_is_not_in_the_caseload_any_more_stops_it_all(session: Session, jo: User, bea: User):
    amara, ben = (make_seeker(session, name, coach_id=jo.key) for name in ("Amara", "Ben"))
    edit = JobSeekerInput(preferred_name="Ben", coach_id=bea.key)
    seekers.change(session, ben.key, edit, version=1, by=SYSTEM)
    with pytest.raises(RuleBrokenError, match="1 of what you chose is not in the caseload of Jo Marsh"):
        give(session, jo, bea, {SEEKERS: [amara.key, ben.key]})
    session.rollback()


@pytest.mark.parametrize(
    ("until", "words"),
    [
        (TODAY - timedelta(days=1), "from today on"),
        (TODAY + handovers.MOST_OVERLAP + timedelta(days=1), "for 183 days at most"),
    ],
)
def test_an_overlap_is_neither_past_nor_endless(
    session: Session, jo: User, bea: User, until: date, words: str
):
    amara = make_seeker(session, coach_id=jo.key)
    with pytest.raises(RuleBrokenError, match=words) as refusal:
        give(session, jo, bea, {SEEKERS: [amara.key]}, until=until)
    assert refusal.value.field == "both_until"


def test_whoever_is_shut_out_leaves_a_caseload_but_stands_in_for_nobody(
    session: Session, jo: User, bea: User
):
    amara = make_seeker(session, coach_id=jo.key)
    users.disable(session, jo.key, version=1, by=SYSTEM)
    with pytest.raises(RuleBrokenError, match="Jo Marsh is shut out and cannot act"):
        give(session, jo, bea, {SEEKERS: [amara.key]})
    give(session, jo, bea, {SEEKERS: [amara.key]}, until=None)
    assert amara.coach_id == bea.key


def test_it_goes_to_somebody_who_may_work_with_it(session: Session, jo: User):
    officer = make_user(session, Role.ENGAGEMENT_OFFICER, name="Ines Marlow")
    amara = make_seeker(session, coach_id=jo.key)
    with pytest.raises(RuleBrokenError, match="Ines Marlow has no role in which to record or change job"):
        give(session, jo, officer, {SEEKERS: [amara.key]})


def test_it_goes_to_somebody_else_and_is_something(session: Session, jo: User, bea: User):
    amara = make_seeker(session, coach_id=jo.key)
    for taker in (None, jo):
        with pytest.raises(RuleBrokenError, match="Choose a colleague"):
            give(session, jo, taker, {SEEKERS: [amara.key]})
    with pytest.raises(RuleBrokenError, match="nothing is chosen yet"):
        give(session, jo, bea, {SEEKERS: []})


def test_cover_ends_early_one_by_one_or_all_at_once(session: Session, jo: User, bea: User):
    people = [make_seeker(session, f"P{number}", coach_id=jo.key) for number in range(3)]
    give(session, jo, bea, {SEEKERS: [one.key for one in people]})
    first = covers.in_force(session, today=TODAY, offset=0, limit=1, by=MANAGER, user_id=jo.key).rows[0]
    covers.end(session, first.id, version=first.version, by=MANAGER, today=TODAY)
    assert standing(session) == [("Jo Marsh", "P1"), ("Jo Marsh", "P2")]
    assert covers.end_all_of(session, jo.key, by=MANAGER, today=TODAY) == 2
    assert standing(session) == []


def test_many_ids_are_asked_for_in_parts_that_leave_none_out():
    found = list(parts(range(1_001)))
    assert [len(some) for some in found] == [500, 500, 1]
    assert [key for some in found for key in some] == list(range(1_001))


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.ADMINISTRATOR, Role.MANAGER}))
def test_only_managers_and_administrators_hand_over(session: Session, jo: User, bea: User, role: Role):
    amara = make_seeker(session, coach_id=jo.key)
    with pytest.raises(NotAllowedError, match="do not let you hand over caseloads"):
        give(session, jo, bea, {SEEKERS: [amara.key]}, by=make_actor(role))
    with pytest.raises(NotAllowedError):
        caseloads.listing(session, "", offset=0, limit=9, by=make_actor(role))
