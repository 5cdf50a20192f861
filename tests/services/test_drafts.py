"""What is typed and not saved is kept for its writer alone."""

import pytest
from sqlmodel import Session

from crm.errors import NotSignedInError
from crm.services import drafts
from crm.services.drafts import Draft
from tests.makers import make_actor, make_user


def test_a_draft_is_found_again_with_the_version_it_was_drawn_from(session: Session):
    writer = make_user(session).as_actor()
    drafts.keep(session, "employer", "7", Draft({"name": "Fern"}, 3), by=writer)
    assert drafts.find(session, "employer", "7", by=writer) == Draft({"name": "Fern"}, 3)


def test_keeping_again_replaces_what_was_kept(session: Session):
    writer = make_user(session).as_actor()
    for typed in ("Fern", "Fernside"):
        drafts.keep(session, "employer", "7", Draft({"name": typed}, 3), by=writer)
    assert drafts.find(session, "employer", "7", by=writer) == Draft({"name": "Fernside"}, 3)


def test_nobody_else_finds_a_draft(session: Session):
    writer, other = make_user(session).as_actor(), make_user(session).as_actor()
    drafts.keep(session, "employer", "7", Draft({"name": "Fern"}, 3), by=writer)
    assert drafts.find(session, "employer", "7", by=other) is None


def test_a_dropped_draft_is_gone_and_dropping_again_is_no_fault(session: Session):
    writer = make_user(session).as_actor()
    drafts.keep(session, "employer", "7", Draft({"name": "Fern"}, 3), by=writer)
    drafts.drop(session, "employer", "7", by=writer)
    drafts.drop(session, "employer", "7", by=writer)
    assert drafts.find(session, "employer", "7", by=writer) is None


def test_a_draft_needs_somebody_to_keep_it_for(session: Session):
    with pytest.raises(NotSignedInError):
        drafts.keep(session, "employer", "7", Draft({}, None), by=make_actor())
