"""The timeline of an employer: everything that happened, the latest first, and nothing one may not see."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlmodel import Session

from crm.audit import write_entries
from crm.errors import NotAllowedError, NotFoundError
from crm.models.agreement_choices import AgreementStage
from crm.models.agreements import AgreementMove
from crm.models.awareness import AwarenessInput
from crm.models.carve_stages import CarveMove
from crm.models.carves import CarveStage, JobCarve
from crm.models.employers import (
    Employer,
    EmployerInput,
    EmployerPersonInput,
    EmployerStageMove,
    RelationshipStage,
)
from crm.models.tasks import TaskStatus
from crm.models.users import SYSTEM, Actor
from crm.policy import Action, Role
from crm.services import awareness, contacts, employers, records, tasks, timeline
from crm.services.access import ensure
from crm.services.employer_parts import PEOPLE
from crm.services.timeline import Entry
from crm.services.timeline_sources import SOURCES, TimelineKind
from tests.makers import make_actor, make_user
from tests.makers_contacts import make_contact, make_task
from tests.makers_documents import make_document
from tests.makers_employers import TODAY, make_agreement, make_employer, make_person, move_to
from tests.makers_jobs import make_analysis, make_vacancy
from tests.makers_people import make_decision, make_seeker
from tests.makers_placements import make_start
from tests.makers_promises import broken, kept, make_use

LONG_AGO = date(2019, 1, 7)


@pytest.fixture
def officer(session: Session) -> Actor:
    return make_user(session, Role.ENGAGEMENT_OFFICER, name="Ines Marlow").as_actor()


@pytest.fixture
def bakery(session: Session) -> Employer:
    return make_employer(session)


def told(session: Session, employer: Employer, *kinds: TimelineKind, by: Actor) -> list[Entry]:
    write_entries(session)
    page = timeline.listing(session, employer.key, kinds, offset=0, limit=50, by=by)
    assert page.total == len(page.rows)
    return page.rows


def make_everything(session: Session, employer: Employer, by: Actor) -> None:
    """Something of every source of the timeline."""
    seeker, vacancy = make_seeker(session), make_vacancy(session, employer)
    make_contact(session, employer, by=by, kind="interview", seeker_ids=[seeker.key])
    step = make_task(session, employer_id=employer.key, by=by)
    tasks.settle(session, step.key, TaskStatus.DONE, version=1, by=by, today=TODAY)
    agreement = move_to(session, make_agreement(session, employer), AgreementStage.DISCUSSED, by=by)
    make_start(session, make_use(session, agreement, seeker))
    make_analysis(session, employer)
    make_decision(session, vacancy, seeker)
    make_document(session, vacancy, by=by)
    make_use(session, agreement, seeker, **kept())
    make_use(session, agreement, seeker, **broken())
    awareness.add(session, employer.key, AwarenessInput(held_on=TODAY, came=12), by=by, today=TODAY)
    ensure(session, SYSTEM, Action.EMPLOYERS_RECORD)
    records.add(session, move_of(employer))
    carve = JobCarve(
        stage_since=date(2026, 11, 3),
        employer_id=employer.key,
        title="Labels",
        hours_week=4,
        hours_short=0,
        skilled_hours_freed=4,
        undone_work_hours=0,
        engine_version="1",
    )
    key = records.add(session, carve).key
    stages = CarveStage.IDEA, CarveStage.DECLINED
    records.add(
        session, CarveMove(carve_id=key, from_stage=stages[0], to_stage=stages[1], moved_on=TODAY, words="No")
    )


def move_of(employer: Employer) -> EmployerStageMove:
    stages = RelationshipStage.IDENTIFIED, RelationshipStage.INTRODUCED
    return EmployerStageMove(
        employer_id=employer.key, from_stage=stages[0], to_stage=stages[1], moved_on=TODAY, why="Met"
    )


def test_every_kind_of_thing_that_happened_is_on_the_timeline(
    session: Session, bakery: Employer, officer: Actor
):
    make_everything(session, bakery, officer)
    rows = told(session, bakery, by=officer)
    assert len({row.source for row in rows}) == len(SOURCES)
    assert [row.on for row in rows] == sorted((row.on for row in rows), reverse=True)
    assert set(timeline.kinds(by=officer)) == set(TimelineKind)


def test_an_entry_says_who_did_what_and_what_they_wrote(session: Session, bakery: Employer, officer: Actor):
    make_contact(session, bakery, by=officer, purpose="thanks")
    row = told(session, bakery, TimelineKind.CONTACTS, by=officer)[0]
    assert (row.who, row.title, row.detail, row.on) == ("Ines Marlow", "call", "thanks", TODAY)
    assert row.note == "They may need somebody in spring."


def test_what_happened_elsewhere_or_was_put_aside_is_not_there(
    session: Session, bakery: Employer, officer: Actor
):
    make_contact(session, make_employer(session, "Other"), by=officer)
    row = make_contact(session, bakery, by=officer)
    contacts.archive(session, row.key, why="Typed twice", version=row.version, by=officer)
    assert told(session, bakery, TimelineKind.CONTACTS, by=officer) == []


def test_kinds_narrow_the_timeline_and_open_steps_are_no_part_of_it(
    session: Session, bakery: Employer, officer: Actor
):
    make_contact(session, bakery, by=officer)
    make_vacancy(session, bakery)
    make_task(session, employer_id=bakery.key, by=officer)
    wanted = TimelineKind.VACANCIES, TimelineKind.NEXT_STEPS
    assert [row.source for row in told(session, bakery, *wanted, by=officer)] == ["vacancy"]


def test_pages_follow_each_other_without_a_gap(session: Session, bakery: Employer, officer: Actor):
    for days in range(7):
        make_contact(session, bakery, by=officer, held_on=TODAY - timedelta(days=days // 2))
        make_vacancy(session, bakery)
    whole = [(row.source, row.id) for row in told(session, bakery, by=officer)]
    pages = [
        timeline.listing(session, bakery.key, (), offset=start, limit=4, by=officer)
        for start in range(0, len(whole) + 4, 4)
    ]
    assert [(row.source, row.id) for page in pages for row in page.rows] == whole
    assert {page.total for page in pages} == {len(whole)}


def test_an_agreement_stands_on_the_day_of_its_first_move(session: Session, bakery: Employer, officer: Actor):
    agreement = make_agreement(session, bakery)
    stages: dict[str, Any] = {"from_stage": AgreementStage.IDEA, "to_stage": AgreementStage.DISCUSSED}
    records.add(session, AgreementMove(agreement_id=agreement.key, moved_on=LONG_AGO, **stages))
    rows = told(session, bakery, TimelineKind.AGREEMENTS, by=officer)
    assert sorted((row.source, row.on) for row in rows) == [
        ("agreement", LONG_AGO),
        ("agreement_move", LONG_AGO),
    ]


def test_an_edit_says_which_fields_and_hides_those_one_may_not_see(
    session: Session, bakery: Employer, officer: Actor
):
    person = make_person(session, bakery)
    edit = EmployerInput(name="Fernside Bakery", sector="Food")
    employers.change(session, bakery.key, edit, version=bakery.version, by=officer)
    typed = EmployerPersonInput(name=person.name, phone="0113 496 0000", job_title="Manager")
    PEOPLE.change(session, person.key, typed, version=person.version, by=officer)
    said = {(row.detail, row.note) for row in told(session, bakery, TimelineKind.EDITS, by=officer)}
    assert ("Employer", "sector") in said
    assert ("EmployerPerson", "job_title,phone") in said
    auditor = make_user(session, Role.AUDITOR).as_actor()
    seen = {(row.detail, row.note) for row in told(session, bakery, TimelineKind.EDITS, by=auditor)}
    assert ("EmployerPerson", "job_title") in seen


def test_a_kind_that_one_may_not_read_is_neither_told_nor_offered(
    session: Session, bakery: Employer, monkeypatch: pytest.MonkeyPatch
):
    coach = make_user(session, Role.JOB_COACH).as_actor()
    make_everything(session, bakery, SYSTEM)
    real = timeline.may
    monkeypatch.setattr(
        timeline, "may", lambda actor, action: action is not Action.MATCHES_READ and real(actor, action)
    )
    assert "shortlisted" not in {row.source for row in told(session, bakery, by=coach)}
    monkeypatch.setattr(timeline, "may", lambda actor, action: action is Action.CONTACTS_READ)
    assert timeline.kinds(by=coach) == [TimelineKind.CONTACTS]


def test_who_may_not_see_employers_sees_no_timeline(session: Session, bakery: Employer):
    administrator = make_user(session, Role.ADMINISTRATOR).as_actor()
    with pytest.raises(NotAllowedError):
        timeline.listing(session, bakery.key, (), offset=0, limit=5, by=administrator)
    assert timeline.kinds(by=make_actor(Role.ADMINISTRATOR)) == []


def test_the_timeline_of_an_unknown_employer_is_not_found(session: Session, officer: Actor):
    with pytest.raises(NotFoundError):
        timeline.listing(session, 99, (), offset=0, limit=5, by=officer)
