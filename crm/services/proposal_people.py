"""A page about a person that is given with a proposal: what it can tell, giving it, and reading it again.

A job that is proposed for somebody puts them forward. So both are asked: their yes to being put forward to
this employer, and their yes to each fact that it is told.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from crm.errors import RuleBrokenError
from crm.models.carve_proposals import ProposalInput
from crm.models.carve_stages import CarveProposal
from crm.models.carves import JobCarve
from crm.models.consents import Purpose, SharedFact
from crm.models.employers import EmployerPerson
from crm.models.sharing import ShareSheet, ShareSheetInput
from crm.models.users import Actor
from crm.papers.paper import Section
from crm.policy import Action
from crm.services import seekers, share_sheets, sheet_log
from crm.services.access import ensure, may
from crm.services.consents import covers
from crm.services.proposal_content import FROM_PERSON, person_sections
from crm.services.sheet_log import Standing
from crm.services.sheet_words import as_parts

LEFT_OUT = "A page about a person was given with this proposal. It does not hold now, so it is left out here."
NOT_YOURS = "A page about a person was given with this proposal. You may not see such pages."


@dataclass(frozen=True, slots=True)
class Offered:
    """What a proposal can tell of the person whom the job was built for, or what they were not asked yet."""

    seeker_id: int
    name: str
    facts: tuple[SharedFact, ...]
    lacking: tuple[Purpose, ...]


def offered(session: Session, carve: JobCarve, *, by: Actor, today: date) -> Offered | None:
    """What a proposal of this job can tell of its person; None where there is none, or it is not yours to.

    Raises:
        NotAllowedError: the person may not see carved jobs.
    """
    ensure(session, by, Action.CARVES_READ)
    if carve.seeker_id is None or not may(by, Action.SHEETS_RECORD):
        return None
    seeker = seekers.find(session, carve.seeker_id, by=by)
    if seeker.archived_at is not None or not may(by, Action.SHEETS_RECORD, seeker):
        return None
    found = share_sheets.sharable(session, seeker.key, carve.employer_id, by=by, today=today)
    asked = ((Purpose.PUT_FORWARD, found.is_put_forward), (Purpose.SHARE_FACTS, bool(found.facts)))
    lacking = tuple(purpose for purpose, has_said_yes in asked if not has_said_yes)
    return Offered(seeker.key, seeker.preferred_name, () if lacking else tuple(found.facts), lacking)


def preview(
    session: Session, carve: JobCarve, facts: Collection[SharedFact], *, by: Actor, today: date
) -> tuple[Section, ...]:
    """The page as it would be given with the proposal today, as parts of its paper.

    Raises:
        ConsentNeededError: the person has not agreed to be put forward here, or to all that it tells.
        NotAllowedError: the person may not make pages about this job seeker.
        RuleBrokenError: the job is for nobody, or the page holds words that it must not.
    """
    ensure(session, by, Action.SHEETS_RECORD)
    who = _of_whom(carve), carve.employer_id
    words = share_sheets.preview(session, *who, facts, is_forward=True, by=by, today=today)
    return person_sections(as_parts(words))


def tell(
    session: Session, carve: JobCarve, contact: EmployerPerson, new: ProposalInput, *, by: Actor, today: date
) -> ShareSheet:
    """Record the page that goes to the employer with a proposal, word for word.

    Raises:
        ConsentNeededError: the person has not agreed to be put forward here, or to all that it tells.
        NotAllowedError: the person may not make pages about this job seeker.
        RuleBrokenError: the job is for nobody, or the page holds words that it must not.
    """
    ensure(session, by, Action.SHEETS_RECORD)
    who = _of_whom(carve), carve.employer_id
    sheet = ShareSheetInput(facts=new.facts, given_to=contact.name, given_how=new.given_how)
    return share_sheets.share(session, *who, sheet, is_forward=True, by=by, today=today)


def _of_whom(carve: JobCarve) -> int:
    if carve.seeker_id is None:
        raise RuleBrokenError("This job is for nobody in particular, so nothing is told of anybody.")
    return carve.seeker_id


def told(session: Session, proposal: CarveProposal, *, by: Actor, today: date) -> tuple[Section, ...]:
    """What a proposal that was given tells of a person, as long as that holds; else one sentence instead.

    Raises:
        NotAllowedError: the person may not see carved jobs.
    """
    ensure(session, by, Action.CARVES_READ)
    if proposal.share_sheet_id is None:
        return ()
    if not may(by, Action.SHEETS_READ) or not may(by, Action.CONSENTS_READ):
        return (Section(FROM_PERSON, (NOT_YOURS,)),)
    row = sheet_log.find(session, proposal.share_sheet_id, by=by, today=today)
    sheet, purpose = row.sheet, Purpose.PUT_FORWARD
    is_forward = covers(session, sheet.seeker_id, purpose, sheet.employer_id, on=today, by=by)
    if row.standing is not Standing.HOLDS or not is_forward:
        return (Section(FROM_PERSON, (LEFT_OUT,)),)
    return person_sections(as_parts(sheet.words))
