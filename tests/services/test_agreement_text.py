"""An agreement in words, as it is stored: names looked up, editions in force, what is open said so."""

from datetime import timedelta

import pytest
from sqlmodel import Session

from crm.errors import NotAllowedError
from crm.models.agreement_choices import AgreementKind, ClauseKey, Covers
from crm.models.agreement_papers import ClauseWordingInput
from crm.models.agreement_parts import AgreementMember, AgreementSite
from crm.models.users import SYSTEM
from crm.policy import Role
from crm.services import clause_library, records
from crm.services.agreement_text import Clause, Content, content_from, content_of
from tests.makers import make_actor, make_service, make_user
from tests.makers_employers import TODAY, make_agreement, make_employer, make_person, make_site

OFFICER = make_actor(Role.ENGAGEMENT_OFFICER)


def paragraphs(content: Content, key: ClauseKey) -> str:
    return "\n".join(clause(content, key).paragraphs)


def clause(content: Content, key: ClauseKey) -> Clause:
    return next(one for one in content.clauses if one.key is key)


def test_an_agreement_is_told_with_the_names_around_it(session: Session):
    make_service(session, seeker_word="client", seeker_words="clients")
    bakery, cafe = make_employer(session), make_employer(session, "Mill Café")
    dana = make_person(session, bakery, job_title="shop manager")
    owner = make_user(session, name="Ines Marlow")
    agreement = make_agreement(
        session, bakery, owner_id=owner.key, employer_contact_id=dana.key, adjustments_contact_id=dana.key
    )
    records.add(session, AgreementMember(agreement_id=agreement.key, employer_id=cafe.key))
    site = make_site(session, bakery, "Station Road")
    records.add(session, AgreementSite(agreement_id=agreement.key, site_id=site.key))
    content = content_of(session, agreement, by=OFFICER, today=TODAY)
    assert content.title == (
        "Agreement on guaranteed interviews: Fernside Bakery and Northside Supported Employment"
    )
    facts = dict(content.facts)
    assert facts["Other employers covered"] == "Mill Café"
    assert facts["Sites"] == "Station Road"
    assert facts["Contact at Fernside Bakery"] == "Dana Holt, shop manager"
    assert facts["Contact at Northside Supported Employment"] == "Ines Marlow"
    assert "helps clients to find" in paragraphs(content, ClauseKey.PURPOSE)
    assert "Station Road" in paragraphs(content, ClauseKey.WHOM)
    assert "from Dana Holt, shop manager, who" in paragraphs(content, ClauseKey.ADJUSTMENTS)


def test_an_agreement_without_sites_holds_at_every_one_and_what_is_open_is_said(session: Session):
    make_service(session)
    content = content_of(session, make_agreement(session), by=OFFICER, today=TODAY)
    facts = dict(content.facts)
    assert (facts["Sites"], facts["Starts"]) == ("Every site", "To be agreed")
    assert facts["Contact for adjustments"] == "Somebody still to be named"
    assert "Other employers covered" not in facts


def test_an_employer_that_has_left_the_group_is_not_covered_any_more(session: Session):
    make_service(session)
    agreement, cafe = make_agreement(session), make_employer(session, "Mill Café")
    left = TODAY - timedelta(days=1)
    records.add(session, AgreementMember(agreement_id=agreement.key, employer_id=cafe.key, left_on=left))
    content = content_of(session, agreement, by=OFFICER, today=TODAY)
    assert "Mill Café" not in str(content)


def test_the_words_in_force_are_used_and_say_their_edition(session: Session):
    make_service(session)
    agreement = make_agreement(session)
    typed = ClauseWordingInput(
        heading="After it", words="{employer} rings within {feedback_days}.", easy_words="They ring you."
    )
    clause_library.reword(session, ClauseKey.FEEDBACK, typed, seen=1, by=SYSTEM)
    content = content_of(session, agreement, by=OFFICER, today=TODAY)
    said = clause(content, ClauseKey.FEEDBACK)
    assert (said.heading, said.edition, said.easy) == ("After it", 2, ("They ring you.",))
    assert said.paragraphs == ("Fernside Bakery rings within a number of days to be agreed.",)
    assert clause(content, ClauseKey.PURPOSE).edition == 1


def test_what_is_kept_of_a_content_comes_back_the_same(session: Session):
    make_service(session)
    agreement = make_agreement(session, kind=AgreementKind.COMBINED, covers=Covers.DISABLED_PEOPLE)
    content = content_of(session, agreement, by=OFFICER, today=TODAY)
    assert content_from(content.as_json()) == content


@pytest.mark.parametrize("role", Role)
def test_whoever_reads_agreements_reads_their_words_and_nobody_else(session: Session, role: Role):
    make_service(session)
    agreement = make_agreement(session)
    if role is Role.ADMINISTRATOR:
        with pytest.raises(NotAllowedError):
            content_of(session, agreement, by=make_actor(role), today=TODAY)
    else:
        assert content_of(session, agreement, by=make_actor(role), today=TODAY).clauses
