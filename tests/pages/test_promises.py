"""The screens of promises: put forward with what it tells in sight, said what happened, and found again."""

from datetime import timedelta

import pytest
from sqlmodel import select

from crm import db
from crm.models.agreement_choices import AgreementKind, Covers, Given, Promise, Standing, UseResult
from crm.models.agreement_uses import AgreementUse, PromisedSession, PromisedSessionInput, ReferralInput
from crm.models.agreements import Agreement
from crm.models.base import Known
from crm.models.consents import Consent
from crm.models.seekers import JobSeeker
from crm.models.users import SYSTEM, User
from crm.policy import Action, Role
from crm.services import agreement_uses, promised_sessions
from crm.services.access import ensure
from crm.ui.words import today
from tests.makers import make_service, make_user
from tests.makers_employers import TO_SIGNATURE, make_agreement, make_employer, move_to
from tests.makers_jobs import make_vacancy
from tests.makers_people import make_seeker
from tests.makers_promises import broken, kept, make_use
from tests.makers_restricted import make_consent
from tests.makers_teams import make_team
from tests.pages.opening import choose, open_page, pick, press, shown, type_into


@pytest.fixture
def manager(database: str) -> User:
    with db.transaction() as session:
        make_service(session)
        return make_user(session, Role.MANAGER, name="Ines Marlow")


@pytest.fixture
def signed(manager: User) -> Agreement:
    with db.transaction() as session:
        made = make_agreement(
            session, today=today(), covers=Covers.DISABLED_PEOPLE, interview_days=14, owner_id=manager.key
        )
        return move_to(session, made, *TO_SIGNATURE, on=today())


@pytest.fixture
def amara(manager: User) -> JobSeeker:
    with db.transaction() as session:
        return make_seeker(session, "Amara")


def agree(seeker: JobSeeker, agreement: Agreement) -> None:
    with db.transaction() as session:
        make_consent(session, seeker, "put_forward", today=today(), employer_id=agreement.employer_id)


def use_of(agreement: Agreement, seeker: JobSeeker, **facts: object) -> int:
    with db.transaction() as session:
        ensure(session, SYSTEM, Action.PROMISES_RECORD)
        return make_use(session, agreement, seeker, **facts).key


def stored() -> AgreementUse:
    with db.reading() as session:
        return session.exec(select(AgreementUse)).one()


def test_before_the_save_the_page_says_what_it_tells_and_what_is_missing(
    manager: User, signed: Agreement, amara: JobSeeker
):
    app = open_page(manager, "agreements/refer.py", agreement=signed.key, seeker=amara.key)
    page = shown(app)
    assert "This agreement is for disabled people" in page
    assert "Putting Amara forward tells Fernside Bakery that Amara is disabled" in page
    assert "has not agreed, or not any more, to be put forward to Fernside Bakery" in page
    assert f"consent-new?seeker={amara.key}&employer={signed.employer_id}&purpose=put_forward" in page
    press(app, "Put forward")
    assert "There is a problem" in shown(app)
    with db.reading() as session:
        assert session.exec(select(AgreementUse)).all() == []


def test_the_consent_page_begins_with_what_was_missing_and_leads_back(
    manager: User, signed: Agreement, amara: JobSeeker
):
    asked = {"employer": signed.employer_id, "purpose": "put_forward", "agreement": signed.key}
    app = open_page(manager, "seekers/consent_new.py", seeker=amara.key, **asked)
    choose(app, "Who answers", "the_person")
    type_into(app, "How it was explained", "Read out")
    page = shown(press(app, "Record this consent"))
    with db.reading() as session:
        given = session.exec(select(Consent)).one()
    assert (given.purpose, given.employer_id) == ("put_forward", signed.employer_id)
    assert "Amara said yes to this for Fernside Bakery on" in page


def test_with_a_yes_the_person_is_put_forward_with_a_day_by_which_it_is_due(
    manager: User, signed: Agreement, amara: JobSeeker
):
    agree(amara, signed)
    app = open_page(manager, "agreements/refer.py", agreement=signed.key, seeker=amara.key)
    page = shown(press(app, "Put forward"))
    assert (stored().standing, stored().due_on) == (Standing.REFERRED, today() + timedelta(days=14))
    assert "Tell the employer now" in page
    assert "Their yes of" in page
    titles = [one.value for one in app.title]
    assert not any("Amara" in title for title in titles)


def test_what_is_missing_is_chosen_one_after_the_other(manager: User, signed: Agreement, amara: JobSeeker):
    with db.transaction() as session:
        vacancy = make_vacancy(session, make_employer(session, "Other")).key
    assert f"seeker={amara.key}" in shown(open_page(manager, "agreements/refer.py", agreement=signed.key))
    page = shown(open_page(manager, "agreements/refer.py", seeker=amara.key))
    assert f"agreement={signed.key}" in page
    page = shown(open_page(manager, "agreements/refer.py", seeker=amara.key, vacancy=vacancy))
    assert "No agreement is in force there" in page
    page = shown(
        open_page(manager, "agreements/refer.py", seeker=amara.key, vacancy=vacancy, agreement=signed.key)
    )
    assert "The agreement does not cover that employer" in page


def test_what_happened_is_said_in_the_words_of_the_promise_and_a_break_gives_a_task(
    manager: User, signed: Agreement, amara: JobSeeker
):
    key = use_of(signed, amara, referred_on=today(), asked_on=today(), due_on=today())
    app = open_page(manager, "agreements/outcome.py", id=key)
    choose(app, "Interviewed?", "not_given_by_the_employer")
    press(app, "Save what happened")
    assert "Say first whether the person met what was asked" in shown(app)
    choose(app, "Meets what the agreement asks?", "yes")
    type_into(app, "If it was not given: why, in the words you were told", "The post was filled first")
    page = shown(press(app, "Save what happened"))
    assert stored().given is Given.NOT_BY_EMPLOYER
    assert f"Promise {key} was not kept" in page
    app = open_page(manager, "agreements/outcome.py", id=key)
    choose(app, "Interviewed?", "yes")
    next(box for box in app.date_input if box.label == "Day of the interview").set_value(today())
    press(app, "Save what happened")
    assert stored().given is Given.YES


def test_training_asks_for_the_place_and_whether_it_was_finished(
    manager: User, signed: Agreement, amara: JobSeeker
):
    key = use_of(signed, amara, promise=Promise.TRAINING)
    labels = {box.label for box in open_page(manager, "agreements/outcome.py", id=key).selectbox}
    assert "Place on the training given?" in labels
    assert "Interviewed?" not in labels
    assert "Training finished?" in shown(open_page(manager, "agreements/promise.py", id=key))


def test_somebody_who_wants_it_is_put_forward_or_set_aside_from_the_page(
    manager: User, signed: Agreement, amara: JobSeeker
):
    new = ReferralInput(employer_id=signed.employer_id, promise=Promise.INTERVIEW)
    with db.transaction() as session:
        key = agreement_uses.ask(session, signed.key, amara.key, new, by=SYSTEM, today=today()).key
    app = open_page(manager, "agreements/promise.py", id=key)
    assert "that Amara is disabled" in shown(app)
    assert "Wanted, not put forward yet" in shown(app)
    assert "Wanted, not put forward yet" in shown(open_page(manager, "agreements/promises.py"))
    assert next(one for one in app.button if one.label == "Put forward now").disabled
    assert "nothing to say yet" in shown(open_page(manager, "agreements/outcome.py", id=key))
    press(app, "Set aside with this reason")
    assert "Say in a few words" in shown(app)
    agree(amara, signed)
    press(open_page(manager, "agreements/promise.py", id=key), "Put forward now")
    assert stored().standing is Standing.REFERRED


def test_the_reason_of_whoever_was_set_aside_is_on_the_page(
    manager: User, signed: Agreement, amara: JobSeeker
):
    new = ReferralInput(employer_id=signed.employer_id, promise=Promise.INTERVIEW)
    with db.transaction() as session:
        key = agreement_uses.ask(session, signed.key, amara.key, new, by=SYSTEM, today=today()).key
    app = open_page(manager, "agreements/promise.py", id=key)
    type_into(app, "Why are they not put forward?", "Three others wait longer")
    assert "Three others wait longer" in shown(press(app, "Set aside with this reason"))


def test_the_tracker_narrows_by_how_it_stands_whose_it_is_and_words(
    manager: User, signed: Agreement, amara: JobSeeker
):
    late = today() - timedelta(days=1)
    use_of(signed, amara, due_on=late)
    with db.transaction() as session:
        make_use(session, signed, make_seeker(session, "Bela"), **kept(late))
    everything = shown(open_page(manager, "agreements/promises.py"))
    assert "2 promises in all" in everything
    waiting = shown(open_page(manager, "agreements/promises.py", count="Due and not answered"))
    assert "1 promise in all" in waiting
    assert "Amara" in waiting
    assert "1 promise in all" in shown(open_page(manager, "agreements/promises.py", q="bela"))
    assert "2 promises in all" in shown(open_page(manager, "agreements/promises.py", mine="true"))
    assert "No promise fits" in shown(open_page(manager, "agreements/promises.py", archived="true"))
    of_one = open_page(manager, "agreements/promises.py", seeker=amara.key, due="In the last 90 days")
    assert "1 promise in all" in shown(of_one)


def test_today_counts_the_promises_that_nobody_has_answered(
    manager: User, signed: Agreement, amara: JobSeeker
):
    use_of(signed, amara, due_on=today() - timedelta(days=1))
    assert "1 promise due: nobody has said what happened" in shown(open_page(manager, "home/home.py"))


def test_the_pages_of_agreement_person_employer_and_vacancy_show_their_promises(
    manager: User, signed: Agreement, amara: JobSeeker
):
    with db.transaction() as session:
        vacancy = make_vacancy(session, make_employer(session, "Other")).key
    key = use_of(signed, amara, vacancy_id=vacancy, **broken())
    for script, record in (
        ("agreements/record.py", signed.key),
        ("employers/record.py", signed.employer_id),
        ("seekers/record.py", amara.key),
        ("vacancies/record.py", vacancy),
    ):
        page = shown(open_page(manager, script, id=record))
        assert f"promise?id={key}" in page, script
        assert ("refer?" in page) == (script != "employers/record.py"), script


def test_a_session_is_planned_and_its_places_counted(manager: User, amara: JobSeeker):
    with db.transaction() as session:
        made = make_agreement(session, today=today(), kind=AgreementKind.MOCK_INTERVIEW)
        agreement = move_to(session, made, *TO_SIGNATURE, on=today())
    app = open_page(manager, "agreements/session.py", agreement=agreement.key)
    pick(app, "What it is", "mock_interview")
    next(box for box in app.date_input if box.label == "First day").set_value(today())
    type_into(app, "Places", "6")
    press(app, "Save session")
    with db.reading() as session:
        held = session.exec(select(PromisedSession)).one()
    use_of(agreement, amara, session_id=held.key, promise=Promise.MOCK_INTERVIEW)
    assert "1 of 6 taken" in shown(open_page(manager, "agreements/record.py", id=agreement.key))
    assert "1 promise in all" in shown(open_page(manager, "agreements/promises.py", session=held.key))
    app = open_page(manager, "agreements/session.py", id=held.key)
    choose(app, "How it stands", "cancelled_by_the_employer")
    assert "Cancelled by the employer" in shown(press(app, "Save session"))


def test_a_place_is_due_on_the_first_day_of_its_session(manager: User, amara: JobSeeker):
    with db.transaction() as session:
        made = make_agreement(session, today=today(), kind=AgreementKind.MOCK_INTERVIEW)
        agreement = move_to(session, made, *TO_SIGNATURE, on=today())
        new = PromisedSessionInput(
            employer_id=agreement.employer_id,
            promise=Promise.MOCK_INTERVIEW,
            starts_on=today() + timedelta(days=3),
        )
        held = promised_sessions.add(session, agreement.key, new, by=SYSTEM, today=today())
    agree(amara, agreement)
    app = open_page(manager, "agreements/refer.py", agreement=agreement.key, seeker=amara.key)
    choose(app, "In which session", held.key)
    press(app, "Put forward")
    assert stored().due_on == held.starts_on


def test_an_agreement_that_promises_interviews_only_holds_no_sessions(manager: User, signed: Agreement):
    page = shown(open_page(manager, "agreements/session.py", agreement=signed.key))
    assert "put the person forward instead" in page


def test_what_cannot_be_promised_is_said_before_anything_is_typed(
    manager: User, signed: Agreement, amara: JobSeeker
):
    with db.transaction() as session:
        draft = make_agreement(session, make_employer(session, "Depot"), today=today())
        theirs, stranger = (make_user(session, Role.JOB_COACH) for _ in range(2))
        make_team(session, "North", theirs)
        make_team(session, "South", stranger)
        other = make_seeker(session, "Ben", coach_id=theirs.key)
    app = open_page(manager, "agreements/refer.py", agreement=draft.key, seeker=amara.key)
    assert "not in force today" in shown(app)
    assert not app.button
    app = open_page(stranger, "agreements/refer.py", agreement=signed.key, seeker=other.key)
    assert "is not in your caseload" in shown(app)
    assert not app.button


def test_an_auditor_reads_a_promise_and_changes_nothing(manager: User, signed: Agreement, amara: JobSeeker):
    key = use_of(signed, amara)
    with db.transaction() as session:
        auditor = make_user(session, Role.AUDITOR)
    app = open_page(auditor, "agreements/promise.py", id=key)
    assert "Say what happened" not in shown(app)
    assert not app.button


def test_the_training_and_its_interview_lead_to_each_other(
    manager: User, signed: Agreement, amara: JobSeeker
):
    first = use_of(signed, amara, promise=Promise.TRAINING, **kept(), finished=Known.YES)
    second = use_of(signed, amara, after_use_id=first)
    assert f"promise?id={second}" in shown(open_page(manager, "agreements/promise.py", id=first))
    assert f"promise?id={first}" in shown(open_page(manager, "agreements/promise.py", id=second))


def test_an_officer_is_told_who_records_the_yes_and_what_a_group_or_the_name_tells(
    manager: User, amara: JobSeeker
):
    with db.transaction() as session:
        officer = make_user(session)
        groups = make_agreement(
            session, today=today(), covers=Covers.NAMED_GROUPS, named_groups="Care leavers"
        )
        everyone = make_agreement(session, make_employer(session, "Depot"), today=today())
        for made in (groups, everyone):
            move_to(session, made, *TO_SIGNATURE, on=today())
    page = shown(open_page(officer, "agreements/refer.py", agreement=groups.key, seeker=amara.key))
    assert "This agreement is for Care leavers" in page
    assert "consent-new" not in page
    app = open_page(officer, "agreements/refer.py", agreement=everyone.key, seeker=amara.key)
    assert "tells Depot the name, and that we support Amara" in shown(app)
    assert "can record what they say" in app.caption[0].value


def test_a_yes_asked_for_from_a_promise_leads_back_to_it(manager: User, signed: Agreement, amara: JobSeeker):
    new = ReferralInput(employer_id=signed.employer_id, promise=Promise.INTERVIEW)
    with db.transaction() as session:
        key = agreement_uses.ask(session, signed.key, amara.key, new, by=SYSTEM, today=today()).key
    asked = {"employer": signed.employer_id, "purpose": "put_forward", "promise": key}
    app = open_page(manager, "seekers/consent_new.py", seeker=amara.key, **asked)
    choose(app, "Who answers", "the_person")
    type_into(app, "How it was explained", "Read out")
    press(app, "Record this consent")
    assert "Amara said yes to this" in shown(app)


def test_a_coach_sees_a_promise_to_somebody_elses_person_but_says_nothing_of_it(
    manager: User, signed: Agreement
):
    with db.transaction() as session:
        coach, other = (make_user(session, Role.JOB_COACH) for _ in range(2))
        make_team(session, "North", coach)
        make_team(session, "South", other)
        theirs = make_seeker(session, "Bela", coach_id=other.key)
    key = use_of(signed, theirs)
    assert "Say what happened" not in shown(open_page(coach, "agreements/promise.py", id=key))
    assert "but not say what became of it" in shown(open_page(coach, "agreements/outcome.py", id=key))
    assert "refer?" not in shown(open_page(coach, "seekers/record.py", id=theirs.key))


def test_an_agreement_that_is_not_in_force_offers_nobody_to_put_forward(manager: User):
    with db.transaction() as session:
        key = make_agreement(session, today=today()).key
    assert "refer?" not in shown(open_page(manager, "agreements/record.py", id=key))


def test_whoever_is_offered_the_job_has_a_way_to_record_it(
    manager: User, signed: Agreement, amara: JobSeeker
):
    key = use_of(signed, amara, **kept(), result=UseResult.OFFERED)
    assert f"placement-edit?use={key}" in shown(open_page(manager, "agreements/promise.py", id=key))
