"""The first page's figures and lists, counted by hand on the demonstration."""

from collections.abc import Generator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import Session, col, select

from crm import db
from crm.errors import NotAllowedError
from crm.models.agreement_choices import AgreementStage
from crm.models.agreements import Agreement
from crm.models.employers import Employer
from crm.models.matches import Decision, MatchDecision
from crm.models.seekers import JobSeeker, SeekerStatus
from crm.models.users import SYSTEM, User
from crm.models.vacancies import OPEN_STATUSES, Vacancy
from crm.policy import Role
from crm.services import home, waiting
from tests.demonstrated import TODAY, demonstrated
from tests.makers import make_actor

MANAGER = make_actor(Role.MANAGER)
LOOKING = {SeekerStatus.REFERRED, SeekerStatus.ACTIVE, SeekerStatus.RETURNED}
HELD_TO_IT = {AgreementStage.SIGNED, AgreementStage.ACTIVE, AgreementStage.IN_REVIEW, AgreementStage.RENEWED}


@pytest.fixture(scope="module")
def colleagues(
    template_database: Path, tmp_path_factory: pytest.TempPathFactory
) -> Generator[dict[Role, User]]:
    with demonstrated(template_database, tmp_path_factory.mktemp("home")) as found:
        yield found


@pytest.fixture
def filled(colleagues: dict[Role, User]) -> Generator[Session]:
    with db.reading() as session:
        yield session


def days_left(row: Agreement) -> int | None:
    return (row.ends_on - TODAY).days if row.ends_on else None


def test_figures_are_what_one_counts_by_hand(filled: Session):
    found = home.figures(filled, by=MANAGER, today=TODAY)
    agreements = [row for row in filled.exec(select(Agreement)) if row.stage in HELD_TO_IT]
    left = [days for row in agreements if (days := days_left(row)) is not None]
    assert found.agreements_in_force == sum(days >= 0 for days in left)
    assert found.agreements_expiring == sum(0 <= days <= 90 for days in left) > 2
    vacancies = filled.exec(select(Vacancy)).all()
    assert found.vacancies_open == sum(row.status in OPEN_STATUSES for row in vacancies)
    assert found.employers == len(filled.exec(select(Employer)).all())
    assert found.seekers_looking == sum(row.status in LOOKING for row in filled.exec(select(JobSeeker)))


def test_agreements_to_act_on_end_soon_or_are_in_review(filled: Session):
    found = home.agreements_to_act_on(filled, limit=3, by=MANAGER, today=TODAY)
    everything = home.agreements_to_act_on(filled, limit=50, by=MANAGER, today=TODAY)
    assert (len(found.rows), found.total) == (3, len(everything.rows))
    ends = [row.ends_on for row in everything.rows if row.ends_on]
    assert ends == sorted(ends)
    soon = TODAY + timedelta(days=90)
    assert all(
        row.stage is AgreementStage.IN_REVIEW or (row.ends_on and row.ends_on <= soon)
        for row in everything.rows
    )
    assert {row.stage for row in everything.rows} == {AgreementStage.ACTIVE, AgreementStage.IN_REVIEW}


def test_employers_in_contact_that_nobody_looks_after_are_named(filled: Session):
    found = home.without_owner(filled, limit=5, by=MANAGER)
    assert [row.name for row in found.rows] == ["Owl and Pussycat Boat Hire"]


def test_latest_changes_name_fields_and_no_values(filled: Session):
    found = home.recent_changes(filled, limit=400, by=make_actor(Role.AUDITOR))
    assert len(found) == 400
    fields = next(change.fields for change in found if change.record_kind == "MatchDecision")
    assert "reason" in fields.split(",")
    assert [change.at for change in found] == sorted((change.at for change in found), reverse=True)


def test_colleagues_are_counted_by_role(filled: Session):
    found = home.colleagues_by_role(filled, by=make_actor(Role.ADMINISTRATOR))
    assert found[Role.JOB_COACH] == 4
    assert found[Role.AUDITOR] == 2


def test_where_records_lie_shows_no_password(
    filled: Session, monkeypatch: pytest.MonkeyPatch, colleagues: dict[Role, User]
):
    administrator = make_actor(Role.ADMINISTRATOR)
    assert home.where_records_lie(filled, by=administrator).endswith("crm.db")
    address = "postgresql+psycopg://crm:secret@db.example.org/crm"
    with monkeypatch.context() as patch:
        patch.setattr(home, "settings", lambda: type("Asked", (), {"database_url": address}))
        said = home.where_records_lie(filled, by=administrator)
    assert "db.example.org" in said
    assert "secret" not in said


def test_people_without_a_shortlist_come_longest_wait_first(filled: Session):
    found = waiting.without_shortlist(filled, coach_id=None, limit=100, by=MANAGER, today=TODAY)
    shortlisted = set(
        filled.exec(select(MatchDecision.seeker_id).where(col(MatchDecision.decision) == Decision.SHORTLIST))
    )
    everybody = filled.exec(select(JobSeeker)).all()
    expected = {row.key for row in everybody if row.status in LOOKING} - shortlisted
    assert {row.id for row in found.rows} == expected
    days = [row.days_waiting for row in found.rows if row.days_waiting is not None]
    assert days == sorted(days, reverse=True)


def test_a_coach_sees_their_own_people(filled: Session, colleagues: dict[Role, User]):
    coach = colleagues[Role.JOB_COACH]
    found = waiting.without_shortlist(filled, coach_id=coach.key, limit=100, by=coach.as_actor(), today=TODAY)
    assert found.total == len(found.rows) > 5
    assert {row.coach for row in found.rows} == {coach.name}


def test_a_not_yet_past_its_date_is_on_its_owners_list(filled: Session, colleagues: dict[Role, User]):
    coach = colleagues[Role.JOB_COACH]
    found = waiting.not_yet_overdue(filled, owner_id=coach.key, limit=5, by=coach.as_actor(), today=TODAY)
    assert [(row.seeker, row.due_on) for row in found.rows] == [
        ("Jada Wellington", TODAY - timedelta(days=2))
    ]
    everybodys = waiting.not_yet_overdue(filled, owner_id=None, limit=5, by=MANAGER, today=TODAY)
    assert [row.seeker for row in everybodys.rows] == ["Priya Chandrasekaran", "Jada Wellington"]


def test_a_not_yet_that_was_decided_anew_is_no_longer_overdue(colleagues: dict[Role, User]):
    with db.reading() as session:
        first = waiting.not_yet_overdue(session, owner_id=None, limit=1, by=MANAGER, today=TODAY)
        old = session.exec(
            select(MatchDecision).where(
                MatchDecision.seeker_id == first.rows[0].seeker_id,
                MatchDecision.decision == Decision.NOT_YET,
            )
        ).one()
        session.info["actor"] = SYSTEM
        again = old.model_dump(exclude={"id", "decision"})
        session.add(MatchDecision(**again, decision=Decision.SHORTLIST))
        session.flush()
        after = waiting.not_yet_overdue(session, owner_id=None, limit=5, by=MANAGER, today=TODAY)
        assert after.total == first.total - 1


def test_pauses_are_looked_at_again_by_their_date(filled: Session, colleagues: dict[Role, User]):
    everybodys = waiting.pauses_to_review(
        filled, coach_id=None, until=TODAY + timedelta(days=14), limit=5, by=MANAGER
    )
    assert [row.name for row in everybodys.rows] == ["Xanthe Morley", "Tomasz Wieczorek"]
    now = waiting.pauses_to_review(filled, coach_id=None, until=TODAY, limit=5, by=MANAGER)
    assert [row.reason for row in now.rows] == ["Away until the spring"]


def test_each_list_is_refused_to_those_who_may_not_see_it(filled: Session):
    administrator, coach = make_actor(Role.ADMINISTRATOR), make_actor(Role.JOB_COACH)
    with pytest.raises(NotAllowedError):
        home.figures(filled, by=administrator, today=TODAY)
    with pytest.raises(NotAllowedError):
        waiting.without_shortlist(filled, coach_id=None, limit=5, by=administrator, today=TODAY)
    with pytest.raises(NotAllowedError):
        home.recent_changes(filled, limit=5, by=coach)
    with pytest.raises(NotAllowedError):
        home.where_records_lie(filled, by=coach)
