"""Uploads are their owner's, one for each kind of import, for a week."""

from datetime import timedelta

import pytest
from sqlmodel import Session, select

from crm.errors import NotAllowedError, NotFoundError, NotSignedInError
from crm.models.base import utc_now
from crm.models.imports import ImportKind
from crm.models.jobs import UploadedFile
from crm.models.users import SYSTEM, Actor
from crm.policy import Role
from crm.services import uploads
from tests.makers import make_user

FILES = [("a.csv", b"name\nFernside\n"), ("b.csv", bytes(range(256)))]


@pytest.fixture
def officer(session: Session) -> Actor:
    return make_user(session, Role.ENGAGEMENT_OFFICER).as_actor()


def test_files_come_back_byte_for_byte_and_in_order(session: Session, officer: Actor):
    kept = uploads.keep(session, ImportKind.VACANCIES, FILES, by=officer)
    assert uploads.files_of(session, kept.key, by=officer) == FILES
    assert (kept.name, kept.size) == ("a.csv and 1 more", len(FILES[0][1]) + 256)
    assert uploads.waiting(session, ImportKind.VACANCIES, by=officer) == kept
    assert uploads.waiting(session, ImportKind.EMPLOYERS, by=officer) is None


def test_a_newer_upload_takes_the_place_of_the_one_before(session: Session, officer: Actor):
    uploads.keep(session, ImportKind.EMPLOYERS, FILES, by=officer)
    uploads.keep(session, ImportKind.EMPLOYERS, FILES[:1], by=officer)
    assert [file.name for file in session.exec(select(UploadedFile))] == ["a.csv"]


def test_nobody_reads_gives_or_drops_what_somebody_else_uploaded(session: Session, officer: Actor):
    kept = uploads.keep(session, ImportKind.EMPLOYERS, FILES, by=officer)
    other = make_user(session, Role.MANAGER).as_actor()
    with pytest.raises(NotFoundError, match="not kept any more"):
        uploads.files_of(session, kept.key, by=other)
    with pytest.raises(NotFoundError):
        uploads.give_to(session, kept.key, 1, by=other)
    with pytest.raises(NotFoundError):
        uploads.drop(session, kept.key, by=other)


def test_only_those_who_may_import_upload(session: Session, officer: Actor):
    coach = make_user(session, Role.JOB_COACH).as_actor()
    with pytest.raises(NotAllowedError):
        uploads.keep(session, ImportKind.EMPLOYERS, FILES, by=coach)
    with pytest.raises(NotAllowedError):
        uploads.keep(session, ImportKind.VOCABULARY, FILES, by=officer)
    with pytest.raises(NotSignedInError):
        uploads.keep(session, ImportKind.EMPLOYERS, FILES, by=SYSTEM)


def test_after_a_week_nothing_of_an_upload_is_left(session: Session, officer: Actor):
    uploads.keep(session, ImportKind.EMPLOYERS, FILES, by=officer)
    assert uploads.drop_old(session, now=utc_now() + uploads.KEPT - timedelta(hours=1)) == 0
    assert uploads.drop_old(session, now=utc_now() + uploads.KEPT + timedelta(seconds=1)) == 1
    assert list(session.exec(select(UploadedFile))) == []
