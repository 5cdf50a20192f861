"""The whole life of each kind of agreement, to the numbers that it leaves, counted by hand beside them.

An agreement lapses by date, as nobody presses anything for it: its last day is put into the past by the
service that the form calls, in the database that is served.
"""

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser
from sqlmodel import Session, select

from crm.db import make_engine, write_lock
from crm.models.agreement_choices import AgreementKind, AgreementStage, Promise
from crm.models.agreement_inputs import AgreementInput
from crm.models.agreement_uses import ReferralInput
from crm.models.agreements import Agreement
from crm.models.users import SYSTEM
from crm.models.vacancies import Vacancy, VacancyInput
from crm.policy import Role
from crm.services import agreement_uses, agreements, vacancies
from crm.ui.outcome_fields import WORDS
from crm.ui.words import say, today
from tests.browser.agreement_screens import Answer, Screens, typed
from tests.browser.conftest import Visitor
from tests.conftest import copy_of
from tests.makers_employers import TO_SIGNATURE, make_agreement, make_employer, make_person, move_to
from tests.makers_jobs import make_vacancy
from tests.makers_people import make_seeker
from tests.makers_promises import broken, kept, make_use
from tests.makers_restricted import make_consent
from tests.serving import AppServer, serve

pytestmark = [pytest.mark.browser, pytest.mark.timeout(480)]

EMPLOYERS = {
    AgreementKind.GUARANTEED_INTERVIEW: "Larkspur Laundry",
    AgreementKind.MOCK_INTERVIEW: "Meadowsweet Motors",
    AgreementKind.PRE_EMPLOYMENT_TRAINING: "Nettle Nurseries",
    AgreementKind.WORK_TRIAL: "Oxlip Offices",
    AgreementKind.COMBINED: "Pimpernel Parcels",
}
"""Who signs which kind; each has the id of its place in this order."""

TWIN = "Larkspurs Laundries"
AMARA, BRYN, CHAO = 1, 2, 3
KINDS = list(EMPLOYERS)
FIRST, LAST = today() - timedelta(days=300), today() + timedelta(days=65)
OFFICER = "Alex Engagement_Officer"

FOR_EVERYONE = ("Whom it covers", "Everyone we support")
DRAFTS: dict[AgreementKind, list[Answer]] = {
    AgreementKind.GUARANTEED_INTERVIEW: [
        ("Whom it covers", "Disabled people"),
        ("Owner", OFFICER),
        ("Interview within how many days of being put forward", "14"),
    ],
    AgreementKind.MOCK_INTERVIEW: [("Sessions of mock interviews a year", "4")],
    AgreementKind.PRE_EMPLOYMENT_TRAINING: [
        ("Weeks of training, 6 at most", "4"),
        ("Hours of training a week, 30 at most", "16"),
        ("Is whoever finishes guaranteed an interview?", "Yes"),
    ],
    AgreementKind.WORK_TRIAL: [
        ("Weeks of a trial or placement", "2"),
        ("Is the trial or placement paid?", "Yes"),
    ],
    AgreementKind.COMBINED: [
        ("Interview within how many days of being put forward", "14"),
        ("Places in mock interviews a year", "10"),
    ],
}
SIGNING: list[Answer] = [
    ("Signed on", typed(today())),
    ("Signed for the employer by", "Dana Holt"),
    ("As what they signed", "Head of personnel"),
    ("Signed for us by", "Ottilie Gray"),
    ("How it was signed", "On paper"),
]
DATES: list[Answer] = [("Starts on", typed(FIRST)), ("Ends on", typed(LAST))]
NOT_GIVEN = "Not given by the employer"
WHY = "If it was not given: why, in the words you were told"
WHICH = "If no or disputed: which of the criteria?"


def kept_answers(promise: Promise) -> list[Answer]:
    words = WORDS[promise]
    return [(words.criteria, "Yes"), (words.happens_on, typed(today())), (words.given, "Yes")]


def broken_answers(promise: Promise) -> list[Answer]:
    words = WORDS[promise]
    return [(words.criteria, "Yes"), (words.given, NOT_GIVEN), (WHY, "The post was filled first")]


def disputed_answers(promise: Promise) -> list[Answer]:
    words = WORDS[promise]
    why = "They say that nobody told them"
    return [(words.criteria, "Disputed"), (WHICH, "Forklift licence"), (words.given, NOT_GIVEN), (WHY, why)]


OUTCOMES = (kept_answers, broken_answers, disputed_answers)


@pytest.fixture(scope="module")
def server(template_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Generator[AppServer]:
    folder = copy_of(template_database, tmp_path_factory.mktemp("lives"))
    with serve(folder, fill=fill) as served:
        yield served


def fill(session: Session) -> None:
    """Employers with a vacancy each, and three people who said yes to being put forward to each of them."""
    people = [make_seeker(session, name) for name in ("Amara Nwosu", "Bryn Parry", "Chao Lin")]
    for name in EMPLOYERS.values():
        employer = make_employer(session, name, insurance_until=today() + timedelta(days=900))
        make_person(session, employer)
        make_vacancy(session, employer)
        for seeker in people:
            make_consent(session, seeker, "put_forward", employer_id=employer.key, today=today())
    twin = make_agreement(session, make_employer(session, TWIN))
    move_to(session, twin, *TO_SIGNATURE, AgreementStage.ACTIVE)
    make_use(session, twin, people[0], **kept())
    make_use(session, twin, people[1], **broken())


@pytest.fixture(scope="module")
def sign_in(browser: Browser, server: AppServer) -> Generator[Callable[[Role], Screens]]:
    """The window of whoever has a role, signed in once for all lives."""
    opened: dict[Role, Visitor] = {}

    def screens_of(role: Role) -> Screens:
        if role not in opened:
            page = browser.new_context(reduced_motion="reduce").new_page()
            server.sign_in(page, role)
            opened[role] = Visitor(page, server)
            opened[role].settle()
        return Screens(opened[role])

    yield screens_of
    for visitor in opened.values():
        visitor.page.context.close()


def change(server: AppServer, how: Callable[[Session], Any]) -> Any:
    """Do something in the database that is served, past its screens."""
    made = make_engine(server.database_url)
    writing = made.execution_options(is_write=True)
    with write_lock(made), Session(writing, expire_on_commit=False) as session, session.begin():
        done = how(session)
    made.dispose()
    return done


def let_it_run_out(session: Session, agreement_id: int) -> None:
    """Put the last day of an agreement into the past, so that it has lapsed by date."""
    agreement = session.get_one(Agreement, agreement_id)
    clauses = {name: getattr(agreement, name) for name in AgreementInput.model_fields}
    edit = AgreementInput.model_validate(clauses | {"ends_on": today() - timedelta(days=1)})
    agreements.change(session, agreement_id, edit, version=agreement.version, by=SYSTEM)


def lead_to_signature(session: Session, agreement_id: int) -> None:
    """Bring a draft to the employer; training is linked to their open vacancy first."""
    agreement = session.get_one(Agreement, agreement_id)
    vacancy = session.exec(select(Vacancy).where(Vacancy.employer_id == agreement.employer_id)).one()
    edit = VacancyInput(title=vacancy.title, agreement_id=agreement_id)
    vacancies.change(session, vacancy.key, edit, version=vacancy.version, by=SYSTEM)
    move_to(session, agreement, *TO_SIGNATURE[:-1], on=today())


def put_forward_all(session: Session, agreement_id: int, promises: Sequence[Promise]) -> list[int]:
    """Bring a signed agreement into force, and put the three people forward under it."""
    agreement = session.get_one(Agreement, agreement_id)
    move_to(session, agreement, AgreementStage.ACTIVE, on=today(), said={"starts_on": FIRST, "ends_on": LAST})
    employer = agreement.employer_id
    return [
        agreement_uses.refer(session, agreement_id, seeker, new, by=SYSTEM, today=today()).key
        for seeker, new in zip(
            (AMARA, BRYN, CHAO),
            [ReferralInput(employer_id=employer, promise=promise) for promise in promises],
            strict=True,
        )
    ]


def renew(session: Session, agreement_id: int) -> None:
    agreement = session.get_one(Agreement, agreement_id)
    move_to(session, agreement, AgreementStage.IN_REVIEW, AgreementStage.RENEWED, on=today())


def test_a_guaranteed_interview_from_idea_to_lapse_and_its_figures_after_a_change_and_a_merge(
    server: AppServer, sign_in: Callable[[Role], Screens]
):
    officer, manager = sign_in(Role.ENGAGEMENT_OFFICER), sign_in(Role.MANAGER)
    kind = AgreementKind.GUARANTEED_INTERVIEW
    name, employer = EMPLOYERS[kind], KINDS.index(kind) + 1
    agreement = officer.draft(employer, say(kind), DRAFTS[kind])
    officer.move(agreement, AgreementStage.DISCUSSED)
    officer.move(agreement, AgreementStage.DRAFTING)
    manager.move(agreement, AgreementStage.APPROVED)
    officer.move(agreement, AgreementStage.WITH_EMPLOYER, [("We expect it back signed on", typed(LAST))])
    officer.move(agreement, AgreementStage.SIGNED, SIGNING)
    officer.move(agreement, AgreementStage.ACTIVE, DATES)
    uses = [officer.put_forward(agreement, seeker) for seeker in (AMARA, BRYN, CHAO)]
    officer.say_what_happened(uses[0], kept_answers(Promise.INTERVIEW))
    officer.say_what_happened(uses[1], broken_answers(Promise.INTERVIEW))
    officer.say_what_happened(uses[2], disputed_answers(Promise.INTERVIEW))
    officer.move(agreement, AgreementStage.IN_REVIEW)
    officer.move(agreement, AgreementStage.RENEWED, [("Renewed until", typed(LAST + timedelta(days=365)))])
    change(server, lambda session: let_it_run_out(session, agreement))
    officer.expect_said("agreement", agreement, "Lapsed")

    # One kept, one broken, one in dispute: 1 of 2; 1 of 3 if the dispute is a break, 2 of 3 if it is kept.
    told = "1 of 2 due were kept (50 %; 33 % to 67 % with 1 in dispute)."
    manager.expect_rates(name, "50 %", "1", "1", "1", "33 % to 67 %")
    officer.expect_said("agreement", agreement, f"Interviews: {told}")
    officer.expect_said("employer", employer, f"Interviews promised here: {told}")

    # The broken one was held after all: 2 of 2; 2 of 3 if the dispute is a break, 3 of 3 if it is kept.
    officer.say_what_happened(uses[1], [("Day of the interview", typed(today())), ("Interviewed?", "Yes")])
    told = "2 of 2 due were kept (100 %; 67 % to 100 % with 1 in dispute)."
    manager.expect_rates(name, "100 %", "2", "0", "1", "67 % to 100 %")
    officer.expect_said("agreement", agreement, f"Interviews: {told}")
    officer.expect_said("employer", employer, f"Interviews promised here: {told}")

    # The twin kept one of two: together 3 of 4; 3 of 5 and 4 of 5 with the dispute. The agreement's own stay.
    twin = len(KINDS) + 1
    manager.merge(employer, twin)
    manager.expect_rates(name, "75 %", "3", "1", "1", "60 % to 80 %")
    manager.expect_no_rates(TWIN)
    merged = "3 of 4 due were kept (75 %; 60 % to 80 % with 1 in dispute)."
    officer.expect_said("employer", employer, f"Interviews promised here: {merged}")
    officer.expect_said("agreement", agreement, f"Interviews: {told}")

    manager.undo_merge(employer, TWIN)
    manager.expect_rates(name, "100 %", "2", "0", "1", "67 % to 100 %")
    manager.expect_rates(TWIN, "50 %", "1", "1", "0", "No disputes")
    officer.expect_said("employer", employer, f"Interviews promised here: {told}")
    officer.expect_said("employer", twin, "Interviews promised here: 1 of 2 due were kept (50 %).")


@dataclass(frozen=True, slots=True)
class Life:
    """What three people were promised: the first got it, the second did not, of the third it is disputed."""

    kind: AgreementKind
    promises: tuple[Promise, Promise, Promise]
    told: tuple[str, ...]
    rates: tuple[str, ...] = ()


ONE_EACH = "1 of 2 due were kept (50 %; 33 % to 67 % with 1 in dispute)."
"""One kept, one broken, one in dispute: 1 of 2; 1 of 3 and 2 of 3 with the dispute."""

LIVES = [
    Life(AgreementKind.MOCK_INTERVIEW, (Promise.MOCK_INTERVIEW,) * 3, (f"Mock interviews: {ONE_EACH}",)),
    Life(
        AgreementKind.PRE_EMPLOYMENT_TRAINING,
        (Promise.TRAINING,) * 3,
        (f"Training: {ONE_EACH}", "Interviews after training: 1 of 1 due was kept (100 %)."),
    ),
    Life(AgreementKind.WORK_TRIAL, (Promise.TRIAL,) * 3, (f"Work trials: {ONE_EACH}",)),
    Life(
        AgreementKind.COMBINED,
        (Promise.INTERVIEW, Promise.INTERVIEW, Promise.MOCK_INTERVIEW),
        (
            "Interviews: 1 of 2 due were kept (50 %).",
            "Mock interviews: none was due and settled; 0 % to 100 % with 1 in dispute.",
        ),
        ("50 %", "1", "1", "0", "No disputes"),
    ),
]


@pytest.mark.parametrize("life", LIVES, ids=[one.kind.value for one in LIVES])
def test_another_kind_of_agreement_from_its_draft_to_lapse(
    server: AppServer, sign_in: Callable[[Role], Screens], life: Life
):
    officer, manager = sign_in(Role.ENGAGEMENT_OFFICER), sign_in(Role.MANAGER)
    name, employer = EMPLOYERS[life.kind], KINDS.index(life.kind) + 1
    agreement = officer.draft(employer, say(life.kind), [FOR_EVERYONE, *DRAFTS[life.kind]])
    change(server, lambda session: lead_to_signature(session, agreement))
    officer.move(agreement, AgreementStage.SIGNED, SIGNING)
    uses = change(server, lambda session: put_forward_all(session, agreement, life.promises))
    for use, promise, answers in zip(uses, life.promises, OUTCOMES, strict=True):
        officer.say_what_happened(use, answers(promise))
    if Promise.TRAINING in life.promises:
        finished = [("Training finished?", "Yes"), ("Finished on", typed(today()))]
        officer.say_what_happened(uses[0], finished)
        officer.say_what_happened(max(uses) + 1, kept_answers(Promise.INTERVIEW))
    change(server, lambda session: renew(session, agreement))
    change(server, lambda session: let_it_run_out(session, agreement))

    officer.expect_said("agreement", agreement, "Lapsed", *life.told)
    here = [words.replace(":", " promised here:", 1) for words in life.told]
    officer.expect_said("employer", employer, *here)
    if life.rates:
        manager.expect_rates(name, *life.rates)
    else:
        manager.expect_no_rates(name)
