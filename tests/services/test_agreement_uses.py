"""Being put forward: only under an agreement that holds, only with the person's own yes for that employer."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlmodel import Session

from crm.errors import ConsentNeededError, NotAllowedError, RuleBrokenError, StaleFormError
from crm.models.agreement_choices import AgreementKind, AgreementStage, Covers, Given, Promise, Standing
from crm.models.agreement_parts import AgreementMember, AgreementSite
from crm.models.agreement_uses import AgreementUse, ReferralInput
from crm.models.agreements import Agreement
from crm.models.base import Known
from crm.models.consents import WithdrawalInput
from crm.models.employers import Employer
from crm.models.seekers import JobSeeker
from crm.models.users import SYSTEM, Actor
from crm.policy import Role
from crm.services import agreement_uses, consent_giving, records
from tests.makers import make_user
from tests.makers_employers import TO_SIGNATURE, TODAY, make_agreement, make_employer, make_site, move_to
from tests.makers_jobs import make_vacancy
from tests.makers_people import make_seeker
from tests.makers_promises import make_use
from tests.makers_restricted import make_consent
from tests.makers_teams import make_team

DISABLED = Covers.DISABLED_PEOPLE
DAY = timedelta(days=1)


def make_signed(session: Session, employer: Employer | None = None, **clauses: Any) -> Agreement:
    """A signed agreement that covers disabled people, unless told otherwise."""
    said: dict[str, Any] = {"covers": DISABLED, **clauses}
    made = make_agreement(session, employer, **said)
    return move_to(session, made, *TO_SIGNATURE)


def make_willing(session: Session, *employers: Employer | int, **facts: Any) -> JobSeeker:
    """Somebody who said yes to being put forward to each of these employers."""
    seeker = make_seeker(session, **facts)
    for one in employers:
        key = one if isinstance(one, int) else one.key
        make_consent(session, seeker, "put_forward", employer_id=key)
    return seeker


def referral(agreement: Agreement, **typed: Any) -> ReferralInput:
    said = {"employer_id": agreement.employer_id, "promise": Promise.INTERVIEW, **typed}
    return ReferralInput.model_validate(said)


def refer(
    session: Session, agreement: Agreement, seeker: JobSeeker, *, by: Actor = SYSTEM, **typed: Any
) -> AgreementUse:
    new = referral(agreement, **typed)
    return agreement_uses.refer(session, agreement.key, seeker.key, new, by=by, today=TODAY)


def refused(session: Session, agreement: Agreement, seeker: JobSeeker, **typed: Any) -> str | None:
    """The field that a referral is refused for."""
    with pytest.raises(RuleBrokenError) as refusal:
        refer(session, agreement, seeker, **typed)
    return refusal.value.field


def test_a_referral_keeps_its_day_who_made_it_and_the_yes_it_rests_on(session: Session):
    agreement = make_signed(session)
    officer = make_user(session).as_actor()
    seeker = make_seeker(session)
    yes = make_consent(session, seeker, "put_forward", employer_id=agreement.employer_id)
    use = refer(session, agreement, seeker, by=officer)
    assert (use.standing, use.referred_on, use.referred_by) == (Standing.REFERRED, TODAY, officer.id)
    assert (use.consent_id, use.asked_on, use.given) == (yes.key, TODAY, Given.NOT_YET)


@pytest.mark.parametrize("covers", [DISABLED, Covers.NAMED_GROUPS])
def test_where_it_tells_more_than_a_name_a_yes_to_being_put_forward_is_needed(
    session: Session, covers: Covers
):
    agreement = make_signed(session, covers=covers, named_groups="Care leavers")
    seeker = make_seeker(session)
    make_consent(
        session, seeker, "share_facts", employer_id=agreement.employer_id, facts=["name", "disability"]
    )
    with pytest.raises(ConsentNeededError, match="has not agreed, or not any more, to be put forward to"):
        refer(session, agreement, seeker)
    make_consent(session, seeker, "put_forward", employer_id=agreement.employer_id)
    assert refer(session, agreement, seeker).standing is Standing.REFERRED


@pytest.mark.parametrize(
    ("purpose", "facts", "is_enough"),
    [
        ("share_facts", ["name"], True),
        ("share_facts", ["skills"], False),
        ("put_forward", [], True),
        ("hold_record", [], False),
    ],
)
def test_where_everyone_is_covered_the_name_or_being_put_forward_is_enough(
    session: Session, purpose: str, facts: list[str], is_enough: bool
):
    agreement = make_signed(session, covers=Covers.EVERYONE)
    seeker = make_seeker(session)
    about = None if purpose == "hold_record" else agreement.employer_id
    yes = make_consent(session, seeker, purpose, facts=facts, employer_id=about)
    if is_enough:
        assert refer(session, agreement, seeker).consent_id == yes.key
    else:
        with pytest.raises(ConsentNeededError, match="is told their name"):
            refer(session, agreement, seeker)


def test_a_yes_that_was_withdrawn_or_has_ended_or_is_for_another_employer_does_not_count(session: Session):
    agreement = make_signed(session)
    withdrew = make_seeker(session)
    taken = make_consent(session, withdrew, "put_forward", employer_id=agreement.employer_id)
    consent_giving.withdraw(session, taken.key, WithdrawalInput(), by=SYSTEM, today=TODAY)
    ended = make_seeker(session)
    days: dict[str, Any] = {"given_on": TODAY - 9 * DAY, "until": TODAY - DAY}
    make_consent(session, ended, "put_forward", employer_id=agreement.employer_id, **days)
    elsewhere = make_willing(session, make_employer(session, "Another"))
    for seeker in (withdrew, ended, elsewhere):
        with pytest.raises(ConsentNeededError, match="Record a consent"):
            refer(session, agreement, seeker)


def test_a_member_of_a_group_is_an_employer_of_its_own_that_the_person_says_yes_to(session: Session):
    agreement, depot = make_signed(session), make_employer(session, "Depot")
    records.add(session, AgreementMember(agreement_id=agreement.key, employer_id=depot.key))
    head = make_willing(session, agreement.employer_id)
    with pytest.raises(ConsentNeededError, match="Depot"):
        refer(session, agreement, head, employer_id=depot.key)
    both = make_willing(session, agreement.employer_id, depot)
    assert refer(session, agreement, both, employer_id=depot.key).employer_id == depot.key


def test_an_employer_that_has_left_the_group_or_never_was_in_it_is_refused(session: Session):
    agreement, gone, never = make_signed(session), make_employer(session, "Gone"), make_employer(session, "N")
    records.add(session, AgreementMember(agreement_id=agreement.key, employer_id=gone.key, left_on=TODAY))
    seeker = make_willing(session, gone, never)
    assert refused(session, agreement, seeker, employer_id=gone.key) == "employer_id"
    assert refused(session, agreement, seeker, employer_id=never.key) == "employer_id"


def test_nobody_is_put_forward_under_an_agreement_that_is_not_in_force(session: Session):
    draft = make_agreement(session, covers=DISABLED)
    seeker = make_willing(session, draft.employer_id)
    with pytest.raises(RuleBrokenError, match="not in force today"):
        refer(session, draft, seeker)
    over = make_signed(session, make_employer(session, "Over"), ends_on=TODAY)
    records.change(session, over, {"ends_on": TODAY - DAY}, version=over.version)
    with pytest.raises(RuleBrokenError, match="not in force today"):
        refer(session, over, make_willing(session, over.employer_id))
    ended = move_to(session, make_signed(session, make_employer(session, "E")), AgreementStage.ENDED)
    with pytest.raises(RuleBrokenError, match="not in force today"):
        refer(session, ended, make_willing(session, ended.employer_id))


def test_only_what_the_kind_promises_can_be_promised(session: Session):
    mock = make_signed(session, kind=AgreementKind.MOCK_INTERVIEW)
    seeker = make_willing(session, mock.employer_id)
    assert refused(session, mock, seeker) == "promise"
    assert refer(session, mock, seeker, promise=Promise.MOCK_INTERVIEW).promise is Promise.MOCK_INTERVIEW
    combined = make_signed(
        session,
        make_employer(session, "Both"),
        kind=AgreementKind.COMBINED,
        interview_days=14,
        trial_weeks=2,
        trial_paid=Known.YES,
    )
    other = make_willing(session, combined.employer_id)
    assert refused(session, combined, other, promise=Promise.TRAINING) == "promise"
    assert refer(session, combined, other, promise=Promise.TRIAL).due_on == TODAY + 28 * DAY


def test_vacancies_and_sites_of_others_are_refused_by_their_field(session: Session):
    agreement, other = make_signed(session), make_employer(session, "Another")
    seeker = make_willing(session, agreement.employer_id)
    vacancy, site = make_vacancy(session, other), make_site(session, other)
    assert refused(session, agreement, seeker, vacancy_id=vacancy.key) == "vacancy_id"
    assert refused(session, agreement, seeker, site_id=site.key) == "site_id"
    assert refused(session, agreement, seeker, due_on=TODAY - DAY) == "due_on"
    assert refused(session, agreement, seeker, happens_on=TODAY - DAY) == "happens_on"


def test_where_sites_are_named_the_promise_holds_at_these_only(session: Session):
    employer = make_employer(session)
    agreement = make_signed(session, employer)
    leeds, york = make_site(session, employer, "Leeds"), make_site(session, employer, "York")
    records.add(session, AgreementSite(agreement_id=agreement.key, site_id=leeds.key))
    seeker = make_willing(session, employer)
    assert refused(session, agreement, seeker, site_id=york.key) == "site_id"
    assert refer(session, agreement, seeker, site_id=leeds.key).site_id == leeds.key


def test_the_same_person_is_not_put_forward_twice_for_the_same_while_it_is_open(session: Session):
    employer = make_employer(session)
    agreement = make_signed(session, employer)
    seeker, vacancy = make_willing(session, employer), make_vacancy(session, employer)
    first = refer(session, agreement, seeker, vacancy_id=vacancy.key)
    with pytest.raises(RuleBrokenError, match="open promise of the same"):
        refer(session, agreement, seeker, vacancy_id=vacancy.key)
    refer(session, agreement, seeker, vacancy_id=make_vacancy(session, employer, "Baker").key)
    refer(session, agreement, seeker)
    with pytest.raises(RuleBrokenError, match="open promise of the same"):
        refer(session, agreement, seeker)
    records.change(session, first, {"given": Given.WITHDREW, "given_why": "Ill"}, version=1)
    assert refer(session, agreement, seeker, vacancy_id=vacancy.key).key != first.key


@pytest.mark.parametrize(
    ("clauses", "closes_on", "due_on"),
    [
        ({"interview_days": 10}, TODAY + 5 * DAY, TODAY + 10 * DAY),
        ({}, TODAY + 5 * DAY, TODAY + 33 * DAY),
        ({}, TODAY - 90 * DAY, TODAY + 28 * DAY),
        ({}, None, TODAY + 28 * DAY),
    ],
)
def test_without_a_day_typed_it_is_due_by_the_agreement_the_vacancy_or_28_days(
    session: Session, clauses: dict[str, object], closes_on: date | None, due_on: date
):
    employer = make_employer(session)
    agreement = make_signed(session, employer, **clauses)
    vacancy = make_vacancy(session, employer, closes_on=closes_on)
    seeker = make_willing(session, employer)
    assert refer(session, agreement, seeker, vacancy_id=vacancy.key).due_on == due_on
    assert refer(session, agreement, seeker, due_on=TODAY + 3 * DAY).due_on == TODAY + 3 * DAY


def test_a_coach_puts_their_own_people_forward_an_officer_anybody_an_auditor_nobody(session: Session):
    agreement = make_signed(session)
    coach, other = (make_user(session, Role.JOB_COACH) for _ in range(2))
    officer, auditor = make_user(session), make_user(session, Role.AUDITOR)
    make_team(session, "North", coach)
    make_team(session, "South", other)
    mine = make_willing(session, agreement.employer_id, coach_id=coach.key)
    assert refer(session, agreement, mine, by=coach.as_actor()).referred_by == coach.key
    theirs = make_willing(session, agreement.employer_id, coach_id=coach.key)
    assert refer(session, agreement, theirs, by=officer.as_actor()).referred_by == officer.key
    for actor in (other, auditor, make_user(session, Role.ADMINISTRATOR)):
        with pytest.raises(NotAllowedError):
            refer(session, agreement, theirs, by=actor.as_actor())


def test_wanting_an_interview_tells_nobody_and_needs_no_yes(session: Session):
    agreement, seeker = make_signed(session), make_seeker(session)
    new = referral(agreement)
    use = agreement_uses.ask(session, agreement.key, seeker.key, new, by=SYSTEM, today=TODAY)
    assert (use.standing, use.referred_on, use.consent_id) == (Standing.ASKED, None, None)
    with pytest.raises(RuleBrokenError, match="open promise of the same"):
        agreement_uses.ask(session, agreement.key, seeker.key, new, by=SYSTEM, today=TODAY)


def test_somebody_who_wanted_it_is_put_forward_once_they_say_yes(session: Session):
    agreement, seeker = make_signed(session, interview_days=7), make_seeker(session)
    use = agreement_uses.ask(session, agreement.key, seeker.key, referral(agreement), by=SYSTEM, today=TODAY)
    with pytest.raises(ConsentNeededError):
        agreement_uses.refer_asked(session, use.key, version=1, by=SYSTEM, today=TODAY)
    yes = make_consent(session, seeker, "put_forward", employer_id=agreement.employer_id)
    with pytest.raises(StaleFormError):
        agreement_uses.refer_asked(session, use.key, version=9, by=SYSTEM, today=TODAY)
    agreement_uses.refer_asked(session, use.key, version=1, by=SYSTEM, today=TODAY)
    assert (use.standing, use.consent_id, use.due_on) == (Standing.REFERRED, yes.key, TODAY + 7 * DAY)
    with pytest.raises(RuleBrokenError, match="already"):
        agreement_uses.refer_asked(session, use.key, version=2, by=SYSTEM, today=TODAY)


def test_days_that_went_by_while_somebody_waited_are_set_anew(session: Session):
    agreement = make_signed(session, interview_days=7)
    seeker = make_willing(session, agreement.employer_id)
    new = referral(agreement, due_on=TODAY, happens_on=TODAY)
    use = agreement_uses.ask(session, agreement.key, seeker.key, new, by=SYSTEM, today=TODAY)
    agreement_uses.refer_asked(session, use.key, version=1, by=SYSTEM, today=TODAY + DAY)
    assert (use.due_on, use.happens_on) == (TODAY + 8 * DAY, None)


def test_whoever_is_not_put_forward_stays_in_sight_with_the_reason(session: Session):
    agreement, seeker = make_signed(session), make_seeker(session)
    use = agreement_uses.ask(session, agreement.key, seeker.key, referral(agreement), by=SYSTEM, today=TODAY)
    with pytest.raises(RuleBrokenError, match="Say in a few words") as refusal:
        agreement_uses.set_aside(session, use.key, " ", version=1, by=SYSTEM)
    assert refusal.value.field == "why"
    agreement_uses.set_aside(session, use.key, "Three others wait longer", version=1, by=SYSTEM)
    assert (use.standing, use.not_referred_why) == (Standing.NOT_REFERRED, "Three others wait longer")


def test_what_was_promised_anew_meanwhile_is_not_brought_back(session: Session):
    agreement = make_signed(session)
    seeker = make_willing(session, agreement.employer_id)
    use = refer(session, agreement, seeker)
    agreement_uses.archive(session, use.key, why="Wrong day", version=1, by=SYSTEM)
    refer(session, agreement, seeker)
    with pytest.raises(RuleBrokenError, match="open promise of the same"):
        agreement_uses.bring_back(session, use.key, version=use.version, by=SYSTEM)


def test_a_promise_recorded_by_mistake_is_put_aside_and_brought_back(session: Session):
    use = make_use(session, make_signed(session))
    agreement_uses.archive(session, use.key, why="Wrong person", version=1, by=SYSTEM)
    assert agreement_uses.find(session, use.key, by=SYSTEM).archived_why == "Wrong person"
    agreement_uses.bring_back(session, use.key, version=use.version, by=SYSTEM)
    assert use.archived_at is None


def test_an_agreement_that_begins_later_promises_nothing_yet(session: Session):
    agreement = make_signed(session)
    later = {"starts_on": TODAY + DAY, "ends_on": TODAY + 90 * DAY}
    records.change(session, agreement, later, version=agreement.version)
    seeker = make_willing(session, agreement.employer_id)
    with pytest.raises(RuleBrokenError, match="not in force today"):
        refer(session, agreement, seeker)
