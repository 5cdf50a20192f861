"""What must never be false is refused by the database itself, whoever writes."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError, StatementError
from sqlmodel import Session

from crm.models.agreement_choices import AgreementKind, AgreementStage, Covers, CriteriaRule
from crm.models.agreements import Agreement
from crm.models.base import UtcDateTime
from crm.models.caseloads import Handover
from crm.models.documents import DocumentContent, EmployerDocument
from crm.models.door_openers import DoorOpener
from crm.models.employers import Employer, EmployerInput, EmployerSite
from crm.models.lists import ChoiceList, ListChoice
from crm.models.programmes import Programme
from crm.models.rankings import RankingRun
from crm.models.sharing import GivenHow, ShareSheet
from crm.models.users import Actor
from crm.models.vacancies import Vacancy, VacancyKind, VacancyStatus
from crm.readers.file_types import FileType
from crm.services import employers
from tests.makers import make_user
from tests.makers_jobs import make_vacancy
from tests.makers_people import make_seeker


@pytest.fixture
def officer(session: Session) -> Actor:
    return make_user(session).as_actor()


@pytest.fixture
def bakery(session: Session, officer: Actor) -> Employer:
    return employers.add(session, EmployerInput(name="Fernside Bakery"), by=officer)


def agreement(bakery: Employer, **values: Any) -> Agreement:
    defaults: dict[str, Any] = {
        "employer_id": bakery.key,
        "kind": AgreementKind.GUARANTEED_INTERVIEW,
        "covers": Covers.EVERYONE,
        "stage_since": date(2026, 1, 1),
    }
    return Agreement(**(defaults | values))


def is_refused(session: Session, row: Any) -> bool:
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:
        return True
    return False


def test_an_agreement_that_ends_before_it_starts_is_refused(session: Session, bakery: Employer):
    early = agreement(bakery, starts_on=date(2026, 5, 1), ends_on=date(2026, 4, 1))
    assert is_refused(session, early)
    assert not is_refused(session, agreement(bakery, starts_on=date(2026, 5, 1), ends_on=date(2026, 5, 1)))


def test_a_door_opener_is_a_job_seeker_or_somebody_by_name(session: Session, bakery: Employer):
    def opener(**who: Any) -> DoorOpener:
        said = {"tie": "A cousin", "agreed_on": date(2026, 5, 1), "agreed_how": "In person"}
        return DoorOpener(employer_id=bakery.key, **said, **who)

    seeker = make_seeker(session)
    assert is_refused(session, opener())
    assert is_refused(session, opener(name="Joan", seeker_id=seeker.key))
    assert not is_refused(session, opener(name="Joan"))
    assert not is_refused(session, opener(seeker_id=seeker.key))


def test_a_programme_that_ends_before_it_starts_is_refused(session: Session, officer: Actor):
    early = Programme(name="A", starts_on=date(2026, 5, 1), ends_on=date(2026, 4, 1))
    assert is_refused(session, early)
    assert not is_refused(session, Programme(name="B", starts_on=date(2026, 5, 1), ends_on=date(2026, 5, 1)))


def test_a_value_stands_at_a_place_from_1_on_and_once_in_its_list(session: Session, officer: Actor):
    def choice(position: int) -> ListChoice:
        return ListChoice(
            list_name=ChoiceList.SECTOR, value="Retail", value_key="retail", label="Retail", position=position
        )

    assert is_refused(session, choice(0))
    assert not is_refused(session, choice(1))
    assert is_refused(session, choice(2))


def test_nobody_hands_over_to_themselves(session: Session, officer: Actor):
    assert is_refused(session, Handover(from_id=officer.id or 0, to_id=officer.id or 0))
    assert not is_refused(session, Handover(from_id=officer.id or 0, to_id=make_user(session).key))


def test_an_agreement_is_not_signed_without_a_day(session: Session, bakery: Employer):
    assert is_refused(session, agreement(bakery, stage=AgreementStage.SIGNED))
    signed = agreement(bakery, stage=AgreementStage.SIGNED, signed_on=date(2026, 1, 1))
    assert not is_refused(session, signed)


def test_a_percent_rule_without_its_percent_is_refused(session: Session, bakery: Employer):
    assert is_refused(session, agreement(bakery, criteria_rule=CriteriaRule.PERCENT_OF_ESSENTIAL))
    whole = agreement(bakery, criteria_rule=CriteriaRule.PERCENT_OF_ESSENTIAL, criteria_percent=60)
    assert not is_refused(session, whole)


def test_a_vacancy_with_its_hours_the_wrong_way_round_is_refused(session: Session, bakery: Employer):
    def vacancy(low: float, high: float) -> Vacancy:
        return Vacancy(
            employer_id=bakery.key, title="Baker", title_key="baker", kind=VacancyKind.HIDDEN,
            status=VacancyStatus.OPEN, hours_min=low, hours_max=high,
        )  # fmt: skip

    assert is_refused(session, vacancy(20, 16))
    assert not is_refused(session, vacancy(16, 20))


def test_a_value_outside_its_list_is_refused(session: Session, bakery: Employer):
    with pytest.raises(IntegrityError), session.begin_nested():
        session.connection().execute(
            sa.text("UPDATE employer SET stage = 'friend' WHERE id = :id"), {"id": bakery.id}
        )


def test_a_site_of_an_employer_that_is_not_there_is_refused(session: Session, officer: Actor):
    assert is_refused(session, EmployerSite(employer_id=4711, label="Main"))


def test_a_moment_without_a_time_zone_is_refused(session: Session):
    query = sa.select(sa.literal(datetime(2026, 1, 1), UtcDateTime))  # noqa: DTZ001
    with pytest.raises(StatementError, match="need a time zone"):
        session.connection().execute(query)


def test_a_matching_run_that_ends_before_its_start_is_refused(session: Session):
    at = datetime(2026, 11, 26, 3, 10, tzinfo=UTC)
    facts: dict[str, Any] = {"engine_version": "1", "weights": {}, "people": 0, "vacancies": 0, "pulse": []}
    assert is_refused(session, RankingRun(started_at=at, ended_at=at - timedelta(seconds=1), **facts))
    assert not is_refused(session, RankingRun(started_at=at, ended_at=at, **facts))


def test_a_document_of_two_records_at_once_is_refused(session: Session, bakery: Employer):
    vacancy, promise, content = (
        make_vacancy(session, bakery),
        agreement(bakery),
        DocumentContent(content=b"x"),
    )
    session.add_all((promise, content))
    session.flush()
    document: Any = EmployerDocument
    told: dict[str, Any] = {"name": "x.txt", "file_type": FileType.TEXT, "size": 1, "sha256": "0"}
    told |= {"employer_id": bakery.key, "vacancy_id": vacancy.key, "content_id": content.id}
    assert is_refused(session, document(**told | {"agreement_id": promise.key}))
    assert not is_refused(session, document(**told))


def test_a_page_for_an_employer_ends_after_it_was_given_and_is_told_of_only_once_recalled(
    session: Session, bakery: Employer
):
    seeker, day = make_seeker(session), date(2026, 11, 23)

    def page(**values: Any) -> ShareSheet:
        told: dict[str, Any] = {"seeker_id": seeker.key, "employer_id": bakery.key, "facts": ["name"]}
        told |= {"words": "About me", "given_to": "Gemma", "given_how": GivenHow.ON_PAPER}
        told |= {"shared_on": day, "expires_on": date(2026, 12, 1)}
        return ShareSheet(**(told | values))

    assert is_refused(session, page(expires_on=day))
    assert is_refused(session, page(told_on=day))
    assert not is_refused(session, page(told_on=day, recalled_on=day))


def test_a_referral_that_was_referred_on_has_a_place_and_every_end_its_day(session: Session):
    seeker, on = make_seeker(session), date(2026, 11, 2)

    def ends(end: str | None, place: str | None, day: date | None) -> None:
        values = {"referral_end": end, "referred_on_to": place, "referral_ended_on": day}
        with session.begin_nested():
            table = sa.table("job_seeker", sa.column("id"), *(sa.column(name) for name in values))
            session.connection().execute(sa.update(table).where(table.c.id == seeker.key).values(**values))

    for whole in (("referred_on", "Aire Valley College", on), ("started", None, on), (None, None, None)):
        ends(*whole)
    for broken in (
        ("referred_on", None, on),
        ("started", "X", on),
        ("started", None, None),
        (None, None, on),
    ):
        with pytest.raises(IntegrityError):
            ends(*broken)
