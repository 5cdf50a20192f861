"""Agreements are recorded for an employer, listed by their stage of the day, changed and archived."""

from datetime import date, timedelta

import pytest
from sqlmodel import Session

from crm.errors import NotAllowedError, NotFoundError, RuleBrokenError, StaleFormError
from crm.models.agreement_choices import AgreementKind, AgreementStage, Covers
from crm.models.agreement_inputs import AgreementInput
from crm.models.agreements import Agreement
from crm.models.employers import EmployerPersonInput
from crm.models.users import Actor
from crm.policy import Role
from crm.services import agreement_figures, agreement_stages, agreements, employers
from crm.services.agreements import AgreementFilter
from crm.services.employer_parts import PEOPLE
from tests.makers import make_actor, make_user
from tests.makers_employers import TODAY, make_active, make_agreement, make_employer, move_to


@pytest.fixture
def officer(session: Session) -> Actor:
    return make_user(session, Role.ENGAGEMENT_OFFICER, name="Ines Marlow").as_actor()


def clauses(**changed: object) -> AgreementInput:
    kept = {"kind": AgreementKind.MOCK_INTERVIEW, "covers": Covers.EVERYONE, **changed}
    return AgreementInput.model_validate(kept)


def listed(session: Session, by: Actor, today: date = TODAY, **wanted: object) -> list[str]:
    page = agreements.listing(
        session,
        AgreementFilter(**wanted),  # pyright: ignore[reportArgumentType]
        offset=0,
        limit=25,
        by=by,
        today=today,
    )
    assert page.total == len(page.rows)
    return [row.employer for row in page.rows]


def test_a_new_agreement_is_an_idea_since_today(session: Session, officer: Actor):
    employer = make_employer(session)
    made = agreements.add(session, employer.key, clauses(), by=officer, today=TODAY)
    assert (made.stage, made.stage_since, made.signed_on) == (AgreementStage.IDEA, TODAY, None)


def test_an_archived_employer_gets_no_new_agreement(session: Session, officer: Actor):
    employer = make_employer(session)
    employers.archive(session, employer.key, why="Closed", version=1, by=officer)
    with pytest.raises(NotFoundError, match="is archived"):
        agreements.add(session, employer.key, clauses(), by=officer, today=TODAY)


def test_the_contact_for_adjustments_works_for_this_employer(session: Session, officer: Actor):
    ours, other = make_employer(session), make_employer(session, "Harbour Foods")
    stranger = PEOPLE.add(session, other.key, EmployerPersonInput(name="Dana Holt"), by=officer)
    with pytest.raises(RuleBrokenError, match="not one of this employer"):
        agreements.add(
            session, ours.key, clauses(adjustments_contact_id=stranger.key), by=officer, today=TODAY
        )


def test_the_owner_is_a_colleague_who_still_works_here(session: Session, officer: Actor):
    with pytest.raises(RuleBrokenError, match="colleague"):
        agreements.add(session, make_employer(session).key, clauses(owner_id=99), by=officer, today=TODAY)


def test_a_contact_who_was_archived_since_may_stay_named(session: Session, officer: Actor):
    employer = make_employer(session)
    dana = PEOPLE.add(session, employer.key, EmployerPersonInput(name="Dana Holt"), by=officer)
    agreement = make_agreement(session, employer, adjustments_contact_id=dana.key)
    PEOPLE.archive(session, dana.key, why="Left", version=1, by=officer)
    assert agreements.people_to_name(session, employer.key, chosen=agreement, by=officer) == [dana]
    assert agreements.people_to_name(session, employer.key, chosen=None, by=officer) == []
    edit = clauses(adjustments_contact_id=dana.key, notes="Rang twice")
    assert agreements.change(session, agreement.key, edit, version=1, by=officer).notes == "Rang twice"


def test_the_second_editor_of_an_agreement_is_told(session: Session, officer: Actor):
    agreement = make_agreement(session)
    agreements.change(session, agreement.key, clauses(notes="One"), version=1, by=officer)
    with pytest.raises(StaleFormError):
        agreements.change(session, agreement.key, clauses(notes="Two"), version=1, by=officer)


def test_the_list_is_narrowed_by_employer_words_kind_and_stage(session: Session, officer: Actor):
    make_agreement(session, make_employer(session, "Fernside Bakery"))
    harbour = make_employer(session, "Harbour Foods")
    moved = make_agreement(session, harbour, kind=AgreementKind.WORK_TRIAL)
    move_to(session, moved, AgreementStage.DISCUSSED)
    assert listed(session, officer) == ["Fernside Bakery", "Harbour Foods"]
    assert listed(session, officer, words="harb") == ["Harbour Foods"]
    assert listed(session, officer, stage="idea") == ["Fernside Bakery"]
    assert listed(session, officer, kind="work_trial_or_placement") == ["Harbour Foods"]
    assert listed(session, officer, employer_id=harbour.key) == ["Harbour Foods"]


def test_an_archived_agreement_leaves_the_list_and_comes_back(session: Session, officer: Actor):
    agreement = make_agreement(session)
    agreements.archive(session, agreement.key, why="Typed twice", version=1, by=officer)
    assert (listed(session, officer), listed(session, officer, is_archived=True)) == ([], ["Fernside Bakery"])
    agreements.bring_back(session, agreement.key, version=2, by=officer)
    assert listed(session, officer) == ["Fernside Bakery"]


def test_an_agreement_runs_through_its_last_day_and_is_lapsed_the_day_after(session: Session, officer: Actor):
    last = TODAY + timedelta(days=10)
    make_active(session, ends_on=last)
    assert listed(session, officer, today=last, stage="active") == ["Fernside Bakery"]
    after = last + timedelta(days=1)
    assert listed(session, officer, today=after, stage="active") == []
    assert listed(session, officer, today=after, stage="lapsed") == ["Fernside Bakery"]
    row = agreements.listing(
        session,
        AgreementFilter(),
        offset=0,
        limit=1,
        by=officer,
        today=after + timedelta(days=4),
    ).rows[0]
    assert (row.stage, row.days_in_stage) == (AgreementStage.LAPSED, 4)


@pytest.mark.parametrize(("days", "is_soon"), [(-1, False), (0, True), (90, True), (91, False)])
def test_an_agreement_expires_soon_from_90_days_before_its_end_to_its_last_day(
    session: Session, officer: Actor, days: int, is_soon: bool
):
    make_active(session, ends_on=TODAY + timedelta(days=days))
    assert bool(listed(session, officer, expires_soon=True)) is is_soon


def test_a_draft_with_an_old_end_date_neither_lapses_nor_expires(session: Session, officer: Actor):
    make_agreement(session, ends_on=TODAY - timedelta(days=5))
    assert listed(session, officer, stage="idea") == ["Fernside Bakery"]
    make_agreement(session, ends_on=TODAY + timedelta(days=5))
    assert listed(session, officer, expires_soon=True) == []


def test_the_list_and_the_record_name_the_same_stage(session: Session, officer: Actor):
    make_agreement(session, ends_on=None)
    for days in (-1, 0, 30):
        ends_on = TODAY + timedelta(days=days)
        make_active(session, ends_on=ends_on)
        make_agreement(session, ends_on=ends_on)
    for row in agreements.listing(
        session, AgreementFilter(), offset=0, limit=25, by=officer, today=TODAY
    ).rows:
        record = agreements.find(session, row.id, by=officer)
        shown = agreement_stages.shown_stage(record.stage, record.ends_on, today=TODAY)
        assert row.stage is shown
        assert row.id in {
            one.id
            for one in agreements.listing(
                session, AgreementFilter(stage=shown), offset=0, limit=25, by=officer, today=TODAY
            ).rows
        }
        assert agreement_stages.expires_soon(record.stage, record.ends_on, today=TODAY) == (
            row.ends_on is not None and row.ends_on >= TODAY and shown is AgreementStage.ACTIVE
        )


def test_the_figures_by_stage_count_days_since_the_stage_began(session: Session, officer: Actor):
    make_agreement(session, today=TODAY - timedelta(days=40))
    make_agreement(session, today=TODAY - timedelta(days=10))
    make_active(session, ends_on=TODAY + timedelta(days=5))
    figures = agreement_figures.by_stage(session, by=officer, today=TODAY + timedelta(days=7))
    assert [(one.stage, one.agreements, one.median_days, one.longest_days) for one in figures] == [
        (AgreementStage.IDEA, 2, 32, 47),
        (AgreementStage.LAPSED, 1, 1, 1),
    ]


def test_those_that_wait_longest_for_a_signature_come_first(session: Session, officer: Actor):
    make_agreement(session, make_employer(session, "New"), today=TODAY)
    make_agreement(session, make_employer(session, "Old"), today=TODAY - timedelta(days=90))
    make_active(session, make_employer(session, "Signed"))
    waiting = agreement_figures.longest_waiting(session, limit=5, by=officer, today=TODAY)
    assert [(row.employer, row.days_in_stage) for row in waiting] == [("Old", 90), ("New", 0)]


def test_somebody_without_the_permission_sees_and_records_no_agreements(session: Session):
    administrator = make_actor(Role.ADMINISTRATOR)
    agreement: Agreement = make_agreement(session)
    with pytest.raises(NotAllowedError):
        listed(session, administrator)
    with pytest.raises(NotAllowedError):
        agreements.find(session, agreement.key, by=administrator)
    with pytest.raises(NotAllowedError):
        agreements.change(session, agreement.key, clauses(), version=1, by=make_actor(Role.JOB_COACH))
