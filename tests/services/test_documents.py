"""Documents attached to records: who may, how much, what the trail keeps, and what is handed out."""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import Session, select

from crm.audit import write_entries
from crm.errors import DamagedError, NotAllowedError, NotFoundError, RuleBrokenError
from crm.models.audit import AuditEntry, AuditValues
from crm.models.base import Record
from crm.models.documents import DocumentContent
from crm.models.employers import Employer
from crm.models.seekers import JobSeeker
from crm.models.users import SYSTEM, Actor
from crm.policy import Relation, Role
from crm.services import documents, employers, history
from crm.services.document_places import HOLDERS, Place, are_shown, place_of
from tests.makers import make_user
from tests.makers_documents import PDF, PNG, WORD, make_document, package, place
from tests.makers_employers import make_agreement, make_employer
from tests.makers_jobs import make_analysis, make_vacancy
from tests.makers_people import make_seeker
from tests.makers_teams import make_people_around


@pytest.fixture
def officer(session: Session) -> Actor:
    return make_user(session, Role.ENGAGEMENT_OFFICER, name="Ines Marlow").as_actor()


@pytest.fixture
def bakery(session: Session) -> Employer:
    return make_employer(session)


def make_one_of_each(session: Session, employer: Employer) -> list[Record]:
    return [
        employer,
        make_agreement(session, employer),
        make_vacancy(session, employer),
        make_analysis(session, employer),
        make_seeker(session),
    ]


def names(session: Session, record: Record, by: Actor) -> list[str]:
    return [row.name for row in documents.listing(session, place(record), limit=9, by=by).rows]


def test_each_kind_of_record_has_documents_of_its_own(session: Session, bakery: Employer):
    kinds = make_one_of_each(session, bakery)
    assert {type(record).__name__ for record in kinds} == set(HOLDERS)
    for number, record in enumerate(kinds):
        made = make_document(session, record, f"{number}.pdf")
        assert place_of(made) == place(record)
        assert getattr(made, "employer_id", bakery.key) == bakery.key
    assert [names(session, record, SYSTEM) for record in kinds] == [[f"{n}.pdf"] for n in range(5)]


def test_a_document_is_listed_with_who_attached_it_and_handed_out_as_it_came(
    session: Session, bakery: Employer, officer: Actor
):
    content = package(WORD)
    made = make_document(session, bakery, "Offer.exe", content=content, note="Signed", by=officer)
    (row,) = documents.listing(session, place(bakery), limit=9, by=officer).rows
    assert (row.name, row.file_type, row.size) == ("Offer.exe.docx", "docx", len(content))
    assert (row.note, row.attached_by, row.is_archived) == ("Signed", "Ines Marlow", False)
    assert documents.take_away(session, "employer", made.key, by=officer) == (made, content)


def test_the_trail_keeps_name_and_digest_and_nothing_of_the_content(session: Session, bakery: Employer):
    secret = b"the pay is 99 pounds"
    make_document(session, bakery, "pay.txt", content=secret)
    write_entries(session)
    entry = session.exec(select(AuditEntry).where(AuditEntry.record_kind == "EmployerDocument")).one()
    assert {"name", "sha256", "size"} <= set(entry.fields.split(","))
    kept = str([entry.digests, *session.exec(select(AuditValues.encrypted)).all()])
    assert secret.decode() not in kept
    assert hashlib.sha256(secret).hexdigest() not in kept
    told = history.history(session, "employer", bakery.key, offset=0, limit=9, by=SYSTEM).rows
    assert [one.part for one in told] == ["EmployerDocument", ""]


def test_a_document_is_archived_with_a_reason_still_opened_and_brought_back(
    session: Session, bakery: Employer, officer: Actor
):
    made = make_document(session, bakery)
    with pytest.raises(RuleBrokenError, match="why"):
        documents.archive(session, "employer", made.key, why=" ", version=1, by=officer)
    documents.archive(session, "employer", made.key, why="Wrong one", version=1, by=officer)
    (row,) = documents.listing(session, place(bakery), limit=9, by=officer).rows
    assert (row.is_archived, row.archived_why) == (True, "Wrong one")
    assert documents.take_away(session, "employer", made.key, by=officer)[1] == PDF
    documents.bring_back(session, "employer", made.key, version=2, by=officer)
    assert not documents.listing(session, place(bakery), limit=9, by=officer).rows[0].is_archived


def test_the_same_file_is_attached_once_and_a_record_holds_only_so_much(
    session: Session, bakery: Employer, monkeypatch: pytest.MonkeyPatch
):
    made = make_document(session, bakery)
    with pytest.raises(RuleBrokenError, match="already, as “Offer"):
        make_document(session, bakery, "Again.pdf")
    make_document(session, make_vacancy(session, bakery))
    documents.archive(session, "employer", made.key, why="Old", version=1, by=SYSTEM)
    monkeypatch.setattr(documents, "RECORD_BYTES", len(PDF) + len(PNG))
    make_document(session, bakery, content=PNG)
    with pytest.raises(RuleBrokenError, match="archived ones too"):
        make_document(session, bakery, content=b"x")


def test_nothing_is_attached_to_an_archived_record_or_archived_below_it(
    session: Session, bakery: Employer, officer: Actor
):
    made = make_document(session, bakery)
    employers.archive(session, bakery.key, why="Closed", version=bakery.version, by=SYSTEM)
    with pytest.raises(NotAllowedError, match="archived"):
        make_document(session, bakery, content=PNG, by=officer)
    with pytest.raises(NotAllowedError, match="archived"):
        documents.archive(session, "employer", made.key, why="Old", version=1, by=officer)
    assert names(session, bakery, officer) == ["Offer.pdf"]


def test_a_coach_reads_an_employers_documents_and_attaches_none(session: Session, bakery: Employer):
    coach = make_user(session, Role.JOB_COACH).as_actor()
    made = make_document(session, bakery)
    assert names(session, bakery, coach) == ["Offer.pdf"]
    with pytest.raises(NotAllowedError):
        make_document(session, bakery, content=PNG, by=coach)
    with pytest.raises(NotAllowedError):
        documents.archive(session, "employer", made.key, why="Old", version=1, by=coach)


EXPECTED: dict[Role, dict[Relation, str]] = {
    Role.JOB_COACH: {
        **dict.fromkeys((Relation.OWN, Relation.CASELOAD, Relation.TEAM), "see, attach"),
        Relation.SERVICE: "",
        Relation.ARCHIVED: "see",
    },
    Role.ENGAGEMENT_OFFICER: {**dict.fromkeys(Relation, "see"), Relation.SERVICE: ""},
    Role.MANAGER: {**dict.fromkeys(Relation, "see, attach"), Relation.ARCHIVED: "see"},
    Role.ADMINISTRATOR: dict.fromkeys(Relation, ""),
    Role.AUDITOR: dict.fromkeys(Relation, ""),
}


def test_a_persons_documents_are_for_those_who_may_see_how_to_reach_them(session: Session):
    coach, people = make_people_around(session, Role.JOB_COACH)
    for role, expected in EXPECTED.items():
        by = replace(coach, roles=frozenset({role}))
        found = {relation: tried(session, person, by) for relation, person in people.items()}
        assert found == expected, role


def tried(session: Session, person: JobSeeker, by: Actor) -> str:
    """What somebody can do with the documents of a person, tried on the services."""
    content = f"Typed for {by.roles}".encode()
    if person.archived_at is None:
        made = make_document(session, person, content=content)
        is_handed_out = allowed(lambda: documents.take_away(session, "seeker", made.key, by=by))
        assert is_handed_out == are_shown(session, person, by=by)
    done = {
        "see": allowed(lambda: documents.listing(session, place(person), limit=9, by=by)),
        "attach": allowed(lambda: make_document(session, person, content=content + b"!", by=by)),
    }
    assert done["see"] == are_shown(session, person, by=by)
    return ", ".join(name for name, is_so in done.items() if is_so)


def allowed(work: Callable[[], Any]) -> bool:
    try:
        work()
    except (NotAllowedError, NotFoundError):
        return False
    return True


def test_bytes_that_are_not_those_that_were_attached_are_not_handed_out(session: Session, bakery: Employer):
    made = make_document(session, bakery)
    session.connection().execute(sa.update(DocumentContent).values(content=b"%PDF-other"))
    session.expire_all()
    with pytest.raises(DamagedError):
        documents.take_away(session, "employer", made.key, by=SYSTEM)


def test_what_is_not_there_is_not_found(session: Session, bakery: Employer, officer: Actor):
    for side, number in (("employer", 99), ("user", 1), ("", 1)):
        with pytest.raises(NotFoundError, match="no such document"):
            documents.take_away(session, side, number, by=officer)
    with pytest.raises(NotFoundError):
        documents.listing(session, Place("User", 1), limit=9, by=officer)
    with pytest.raises(NotFoundError):
        documents.listing(session, Place("Employer", 99), limit=9, by=officer)
