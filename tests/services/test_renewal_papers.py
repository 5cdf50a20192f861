"""The renewal pack as a file: on one page, without a name, in the trail when it is taken."""

import re
from typing import Any

import pytest
from sqlmodel import Session, select

from crm import db
from crm.errors import NotAllowedError, NotFoundError
from crm.models.agreement_choices import Promise
from crm.models.audit import AuditEntry
from crm.models.users import SYSTEM
from crm.papers import pdf
from crm.papers.forms import PaperForm
from crm.papers.page import as_page
from crm.papers.paper import Grid
from crm.policy import Role
from crm.services import agreement_papers, history, renewal_papers
from crm.services.renewal_pack import pack
from crm.services.renewal_papers import WantedPack
from crm.services.renewal_words import as_paper
from crm.ui.history_words import sentence
from tests.makers import make_service, make_user
from tests.makers_employers import TODAY, make_active, make_agreement
from tests.makers_papers import inside_pdf
from tests.makers_people import make_seeker
from tests.makers_promises import broken, kept, make_use


def test_the_paper_says_what_was_asked_given_and_came_of_it_and_names_nobody(session: Session):
    make_service(session)
    agreement = make_agreement(session, feedback_days=5)
    make_use(session, agreement, make_seeker(session, "Zebedee Marsh"), **kept())
    make_use(session, agreement, make_seeker(session, "Florence Reed"), **broken())
    paper = as_paper(pack(session, agreement.key, by=SYSTEM, today=TODAY), TODAY)
    asked, given, came = paper.sections
    assert (asked.heading, given.heading, came.heading) == (
        *("What we asked", "What you gave", "What came of it"),
    )
    tables = [part for section in paper.sections for part in section.parts if isinstance(part, Grid)]
    assert ("Feedback", "Within 5 days") in tables[0].rows
    assert tables[1].rows == (("Interviews", "2", "1", "1", "0", "0", "50 %"),)
    assert ("Offered a job", "fewer than 5") in tables[2].rows
    page = as_page(paper)
    assert not [name for name in ("Zebedee", "Florence", "Dana Holt") if name in page]


def test_the_paper_of_an_agreement_that_nobody_used_says_so(session: Session):
    make_service(session)
    paper = as_paper(pack(session, make_active(session).key, by=SYSTEM, today=TODAY), TODAY)
    assert paper.sections[1].parts == ("Nobody has been put forward yet.",)


@pytest.mark.skipif(not pdf.is_possible(), reason="needs the extra pdf")
def test_a_pack_of_every_kind_of_promise_is_one_page(session: Session):
    make_service(session)
    clauses: dict[str, Any] = {
        "kind": "combined",
        "most_interviews": 6,
        "vacancy_notice_days": 10,
        "mock_sessions": 6,
        "mock_places": 8,
    }
    clauses |= {"training_weeks": 4, "training_hours": 24, "training_places": 12, "trial_weeks": 2}
    agreement = make_agreement(session, feedback_days=5, must_haves="Hygiene certificate, " * 8, **clauses)
    for promise in Promise:
        make_use(session, agreement, **kept(), promise=promise)
    paper = as_paper(pack(session, agreement.key, by=SYSTEM, today=TODAY), TODAY)
    assert len(re.findall(rb"/Type /Page\b", inside_pdf(pdf.as_pdf(paper)))) == 1


def test_a_pack_that_is_taken_is_in_the_history_of_its_agreement(database: str):
    with db.transaction() as session:
        make_service(session)
        key = make_active(session).key
        officer = make_user(session).as_actor()
    wanted = WantedPack(key, PaperForm.PAGE)
    page = renewal_papers.take_away(wanted, by=officer, today=TODAY)
    assert f'href="/renewal-pack?id={key}"'.encode() in page
    with db.reading() as session:
        latest = history.history(session, "agreement", key, offset=0, limit=1, by=officer).rows[0]
    assert sentence(latest) == "Taken away: renewal pack, as a page to print."
    assert WantedPack(7).file_name == "renewal-pack-7.docx"


def test_nobody_takes_a_pack_that_is_not_there_or_that_they_may_not_see(database: str):
    with db.transaction() as session:
        make_service(session)
        key = make_active(session).key
        administrator = make_user(session, Role.ADMINISTRATOR).as_actor()
    with pytest.raises(NotAllowedError):
        renewal_papers.take_away(WantedPack(key), by=administrator, today=TODAY)
    with pytest.raises(NotFoundError):
        renewal_papers.take_away(WantedPack(99), by=SYSTEM, today=TODAY)
    with db.reading() as session:
        took = select(AuditEntry).where(AuditEntry.action == agreement_papers.TOOK_PAPER)
        assert session.exec(took).all() == []
