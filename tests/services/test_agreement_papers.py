"""The papers of an agreement: a draft says so, what was frozen stays, taking one is in the trail."""

import pytest
import sqlalchemy as sa
from sqlmodel import Session, select

from crm import db
from crm.errors import NotAllowedError, NotFoundError, RuleBrokenError
from crm.models.agreement_choices import SignatureSide
from crm.models.agreement_papers import AgreementVersion
from crm.models.agreements import Agreement
from crm.models.audit import AuditEntry
from crm.papers.forms import PaperForm
from crm.papers.paper import Grid, Paper, Reading
from crm.policy import Role
from crm.services import agreement_papers, history
from crm.services.agreement_paper_words import Standing, as_paper
from crm.services.agreement_papers import TOOK_PAPER, WantedPaper
from crm.ui.history_words import sentence
from tests.makers import make_actor, make_service, make_user
from tests.makers_employers import TODAY, make_agreement
from tests.makers_papers import DAY, make_content, make_signature, make_version

READERS = {Role.ENGAGEMENT_OFFICER, Role.JOB_COACH, Role.MANAGER, Role.AUDITOR}


@pytest.fixture
def agreement(session: Session) -> Agreement:
    make_service(session)
    return make_agreement(session, job_families="Baking")


def drawn(session: Session, wanted: WantedPaper) -> Paper:
    return agreement_papers.paper(session, wanted, by=make_actor(), today=TODAY)


def signing(paper: Paper) -> list[list[tuple[str, ...]]]:
    return [[part.columns, *part.rows] for part in paper.sections[-1].parts if isinstance(part, Grid)]


def test_an_agreement_as_it_stands_is_a_draft_of_today_with_room_to_sign(
    session: Session, agreement: Agreement
):
    paper = drawn(session, WantedPaper(agreement.key))
    assert (paper.mark, paper.made_on, paper.reading) == ("Draft, not signed", TODAY, Reading.STANDARD)
    assert paper.service == "Northside Supported Employment"
    assert signing(paper) == [
        [
            ("Signed for", "Fernside Bakery", "Northside Supported Employment"),
            *(("Name", "", ""), ("Role", "", ""), ("Signature", "", ""), ("Date", "", "")),
        ]
    ]


def test_a_version_keeps_the_words_it_was_frozen_with(session: Session, agreement: Agreement):
    make_version(session, agreement, "As it was.")
    make_version(session, agreement, "As it became.", number=2)
    paper = drawn(session, WantedPaper(agreement.key, 1))
    assert paper.sections[0].parts == ("As it was.",)
    assert (paper.mark, paper.made_on) == ("Version 1 of 3 November 2026, not signed", DAY)


def test_signatures_are_shown_with_who_role_how_and_day(session: Session, agreement: Agreement):
    version = make_version(session, agreement)
    make_signature(session, version, SignatureSide.EMPLOYER)
    one_side = drawn(session, WantedPaper(agreement.key, 1))
    assert one_side.mark == "Version 1 of 3 November 2026, signed by one side"
    make_signature(session, version, SignatureSide.US, "Sam Okafor", role=None)
    paper = drawn(session, WantedPaper(agreement.key, 1))
    assert paper.mark == "Version 1 of 3 November 2026, signed"
    assert signing(paper)[0][1:] == [
        ("Name", "Dana Holt", "Sam Okafor"),
        ("Role", "Owner", "Not recorded"),
        ("Signature", "Signed on paper", "Signed on paper"),
        ("Date", "3 November 2026", "3 November 2026"),
    ]


def test_signatures_beyond_two_go_into_a_table_of_their_own(session: Session, agreement: Agreement):
    version = make_version(session, agreement)
    signed = [make_signature(session, version, SignatureSide.EMPLOYER, name) for name in ("Dana", "Lee")]
    tables = signing(as_paper(make_content(), Standing(DAY, 1, signed), Reading.STANDARD))
    assert [table[0] for table in tables] == [
        ("Signed for", "Fernside Bakery", "Fernside Bakery"),
        ("Signed for", "Northside Supported Employment"),
    ]
    assert [table[1] for table in tables] == [("Name", "Dana", "Lee"), ("Name", "")]


def test_easy_read_has_the_easy_words_and_is_not_what_is_signed(session: Session, agreement: Agreement):
    version = make_version(session, agreement)
    wanted = WantedPaper(agreement.key, 1, Reading.EASY_READ)
    paper = drawn(session, wanted)
    assert (paper.title.endswith(": Easy Read"), paper.facts) == (True, ())
    assert paper.sections[0].parts == ("You get an interview. It is a promise.",)
    assert paper.sections[-1].parts == ("Nobody has signed it yet.",)
    make_signature(session, version, SignatureSide.EMPLOYER)
    assert signing(drawn(session, wanted))


def test_what_is_not_there_is_not_found(session: Session, agreement: Agreement):
    for wanted in (WantedPaper(99), WantedPaper(agreement.key, 1)):
        with pytest.raises(NotFoundError):
            drawn(session, wanted)


def test_a_version_whose_words_were_changed_past_us_is_not_handed_out(session: Session, agreement: Agreement):
    version = make_version(session, agreement)
    content = {**version.content, "title": "Otherwise"}
    session.connection().execute(sa.update(AgreementVersion).values(content=content))
    session.expire(version)
    with pytest.raises(RuleBrokenError, match="not those that were kept"):
        drawn(session, WantedPaper(agreement.key, 1))
    assert drawn(session, WantedPaper(agreement.key))


@pytest.mark.parametrize("role", Role)
def test_those_who_may_see_agreements_may_have_their_papers(
    session: Session, agreement: Agreement, role: Role
):
    wanted = WantedPaper(agreement.key)
    if role in READERS:
        assert agreement_papers.paper(session, wanted, by=make_actor(role), today=TODAY)
    else:
        with pytest.raises(NotAllowedError):
            agreement_papers.paper(session, wanted, by=make_actor(role), today=TODAY)


def test_the_name_of_a_file_names_nobody():
    names = [
        WantedPaper(7).file_name,
        WantedPaper(7, 2, Reading.EASY_READ, PaperForm.PDF).file_name,
    ]
    assert names == ["agreement-7-draft.docx", "agreement-7-version-2-easy-read.pdf"]


def test_a_paper_that_is_taken_away_is_in_the_trail_and_in_the_history_of_the_agreement(database: str):
    with db.transaction() as session:
        make_service(session)
        key = make_agreement(session).key
        officer = make_user(session).as_actor()
    wanted = WantedPaper(key, reading=Reading.EASY_READ)
    assert agreement_papers.take_away(wanted, by=officer, today=TODAY).startswith(b"PK")
    with db.reading() as session:
        entry = session.exec(select(AuditEntry).where(AuditEntry.action == TOOK_PAPER)).one()
        latest = history.history(session, "agreement", key, offset=0, limit=1, by=officer).rows[0]
    assert (entry.record_kind, entry.record_id) == ("Agreement", key)
    assert sentence(latest) == "Taken away: draft, Easy Read, as a Word file."


def test_a_paper_that_may_not_be_seen_leaves_no_trace_of_having_been_taken(database: str):
    with db.transaction() as session:
        make_service(session)
        key = make_agreement(session).key
        administrator = make_user(session, Role.ADMINISTRATOR).as_actor()
    with pytest.raises(NotAllowedError):
        agreement_papers.take_away(WantedPaper(key), by=administrator, today=TODAY)
    with db.reading() as session:
        assert session.exec(select(AuditEntry).where(AuditEntry.action == TOOK_PAPER)).all() == []
