"""An import's batch accounts for every row, and what was not taken in can be mended from its file."""

import csv
from io import StringIO

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from crm.errors import NotAllowedError, NotFoundError
from crm.models.imports import ImportBatch, ImportKind, RowOutcome
from crm.models.users import Actor
from crm.policy import Role
from crm.services import imports
from crm.services.imports import ImportFigures
from tests.makers import make_actor, make_user


@pytest.fixture
def officer(session: Session) -> Actor:
    return make_user(session, Role.ENGAGEMENT_OFFICER, name="Ines Marlow").as_actor()


@pytest.fixture
def batch(session: Session, officer: Actor) -> ImportBatch:
    return imports.start_batch(
        session,
        ImportKind.EMPLOYERS,
        file_name="employers.csv",
        file_digest=imports.digest_of(b"name\nFernside"),
        mapping={"name": "Name"},
        by=officer,
    )


def lines_of(file: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(file.decode("utf-8-sig"))))


def test_a_finished_batch_tells_what_became_of_every_row(
    session: Session, batch: ImportBatch, officer: Actor
):
    imports.finish(session, batch, ImportFigures(3, 2, 1, 4), notes=["One note."], by=officer)
    row = imports.batches(session, offset=0, limit=25, by=officer).rows[0]
    assert (row.read, row.added, row.updated, row.skipped, row.refused) == (10, 3, 2, 1, 4)
    assert (row.by, row.file_name, batch.notes) == ("Ines Marlow", "employers.csv", ["One note."])


def test_the_database_refuses_a_batch_that_loses_a_row(session: Session, batch: ImportBatch):
    batch.rows_read = 1
    with pytest.raises(IntegrityError, match="every_row_accounted_for"), session.begin_nested():
        session.flush()


def test_rows_that_were_not_taken_in_are_paged_in_the_order_of_the_file_and_told_apart(
    session: Session, batch: ImportBatch, officer: Actor
):
    imports.refuse(session, batch, "row 2", "Name", "Empty.", {"Name": ""})
    imports.skip(session, batch, "row 3", "", "The same as row 1.", {"Name": "Fernside"})
    session.flush()
    both = imports.refused_rows(session, batch.key, offset=0, limit=1, by=officer)
    assert (both.total, [row.place for row in both.rows]) == (2, ["row 2"])
    skipped = imports.refused_rows(
        session, batch.key, outcome=RowOutcome.SKIPPED, offset=0, limit=9, by=officer
    )
    assert [(row.place, row.reason) for row in skipped.rows] == [("row 3", "The same as row 1.")]


def test_the_file_of_refused_rows_holds_place_reason_and_the_row_itself(
    session: Session, batch: ImportBatch, officer: Actor
):
    imports.refuse(session, batch, "row 2", "Name", "Empty.", {"Name": "", "Town": "Leeds, West"})
    imports.refuse(session, batch, "row 3", "Town", "Odd.", {"Name": "A", "Other": None})
    assert lines_of(imports.refused_file(session, batch.key, by=officer)) == [
        ["Row", "Outcome", "Field", "Reason", "Name", "Town", "Other"],
        ["row 2", "refused", "Name", "Empty.", "", "Leeds, West", ""],
        ["row 3", "refused", "Town", "Odd.", "A", "", ""],
    ]


@pytest.mark.parametrize("typed", ["=1+1", "+44 113", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_nothing_in_the_file_of_refused_rows_runs_as_a_formula(
    session: Session, batch: ImportBatch, officer: Actor, typed: str
):
    imports.refuse(session, batch, "row 2", "Name", "Odd.", {typed: typed})
    header, line = lines_of(imports.refused_file(session, batch.key, by=officer))
    assert header[-1] == line[-1] == f"'{typed}"


def test_the_same_content_is_recognised_whatever_the_file_is_called(
    session: Session, batch: ImportBatch, officer: Actor
):
    again = imports.digest_of(b"name\nFernside")
    assert imports.same_file(session, again, ImportKind.EMPLOYERS, by=officer) is batch
    assert imports.same_file(session, again, ImportKind.VACANCIES, by=officer) is None
    assert imports.digest_of(b"a", b"b") != imports.digest_of(b"ab")


def test_the_list_can_be_narrowed_to_one_kind(session: Session, batch: ImportBatch, officer: Actor):
    assert imports.batches(session, kind="employers", offset=0, limit=5, by=officer).total == 1
    assert imports.batches(session, kind="vacancies", offset=0, limit=5, by=officer).total == 0


@pytest.mark.parametrize(
    ("role", "kind"),
    [(Role.JOB_COACH, ImportKind.EMPLOYERS), (Role.ENGAGEMENT_OFFICER, ImportKind.VOCABULARY)],
)
def test_an_import_needs_the_permission_of_its_kind(session: Session, role: Role, kind: ImportKind):
    with pytest.raises(NotAllowedError):
        imports.start_batch(session, kind, file_name="x", file_digest="y", by=make_actor(role))


def test_imports_are_seen_only_by_those_who_may(session: Session, batch: ImportBatch):
    coach = make_actor(Role.JOB_COACH)
    with pytest.raises(NotAllowedError):
        imports.refused_file(session, batch.key, by=coach)
    with pytest.raises(NotAllowedError):
        imports.batches(session, offset=0, limit=1, by=coach)


def test_an_import_that_is_not_there_is_said_to_be_not_found(session: Session, officer: Actor):
    with pytest.raises(NotFoundError, match="This import was not found"):
        imports.find(session, 99, by=officer)
