"""What stands around agreements that are lived through: made by services in the database that is served."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

from sqlmodel import Session, select

from crm.db import make_engine, write_lock
from crm.models.agreement_choices import AgreementKind, AgreementStage, Promise
from crm.models.agreement_inputs import AgreementInput
from crm.models.agreement_uses import ReferralInput
from crm.models.agreements import Agreement
from crm.models.users import SYSTEM
from crm.models.vacancies import Vacancy, VacancyInput
from crm.services import agreement_uses, agreements, vacancies
from crm.ui.words import today
from tests.browser.agreement_answers import FIRST, LAST
from tests.makers_employers import TO_SIGNATURE, make_agreement, make_employer, make_person, move_to
from tests.makers_jobs import make_vacancy
from tests.makers_people import make_seeker
from tests.makers_promises import broken, kept, make_use
from tests.makers_restricted import make_consent
from tests.serving import AppServer

EMPLOYERS = {
    AgreementKind.GUARANTEED_INTERVIEW: "Larkspur Laundry",
    AgreementKind.MOCK_INTERVIEW: "Meadowsweet Motors",
    AgreementKind.PRE_EMPLOYMENT_TRAINING: "Nettle Nurseries",
    AgreementKind.WORK_TRIAL: "Oxlip Offices",
    AgreementKind.COMBINED: "Pimpernel Parcels",
}
"""Who signs which kind."""

TWIN = "Larkspurs Laundries"
EMPLOYER_IDS = {name: number for number, name in enumerate((*EMPLOYERS.values(), TWIN), start=1)}
PEOPLE = (1, 2, 3)


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
    referrals = [ReferralInput(employer_id=agreement.employer_id, promise=promise) for promise in promises]
    return [
        agreement_uses.refer(session, agreement_id, seeker, new, by=SYSTEM, today=today()).key
        for seeker, new in zip(PEOPLE, referrals, strict=True)
    ]


def renew(session: Session, agreement_id: int) -> None:
    agreement = session.get_one(Agreement, agreement_id)
    move_to(session, agreement, AgreementStage.IN_REVIEW, AgreementStage.RENEWED, on=today())
