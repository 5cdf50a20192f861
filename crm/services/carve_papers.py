"""The papers of proposals: the draft as it stands, or one as it was given, and taking one away.

What is taken away is in the trail before it is handed out.
"""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from crm import audit
from crm.db import reading, transaction
from crm.errors import RuleBrokenError
from crm.models.carve_proposals import ProposalDays
from crm.models.carves import JobCarve
from crm.models.seekers import JobSeeker
from crm.models.sharing import ShareSheet
from crm.models.users import Actor
from crm.papers.forms import FORM_WORDS, PaperForm, drawn
from crm.papers.paper import Paper, Reading
from crm.policy import Action
from crm.services import carve_proposals, proposal_people
from crm.services.access import ensure
from crm.services.agreement_papers import TOOK_PAPER
from crm.services.proposal_content import Mark, as_paper, content_from

NOT_WHOLE = (
    "The words of this proposal are not those that were given: somebody changed them past this product. So "
    "it is not handed out. Compare with what the employer has, and tell whoever runs the service."
)
READINGS = {"full": Reading.STANDARD, "large-print": Reading.LARGE_PRINT}
"""The ways to read a proposal, as addresses call them."""


@dataclass(frozen=True, slots=True)
class WantedProposal:
    """Which proposal of a carved job: one that was given, by its number, or the draft; how it is drawn."""

    carve_id: int
    number: int | None = None
    reading: Reading = Reading.STANDARD
    form: PaperForm = PaperForm.WORD

    @property
    def file_name(self) -> str:
        """The name of its file, which names nobody."""
        return f"proposal-{self.carve_id}-{self.number or 'draft'}{self._large('-large-print')}.{self.form}"

    @property
    def words(self) -> str:
        """The same as the trail says it."""
        which = "draft of a proposal" if self.number is None else f"proposal {self.number}"
        return f"{which}{self._large(', large print')}, as a {FORM_WORDS[self.form]}"

    def _large(self, words: str) -> str:
        return words if self.reading is Reading.LARGE_PRINT else ""


def paper(session: Session, wanted: WantedProposal, *, by: Actor, today: date) -> Paper:
    """The paper of a proposal, as it is drawn.

    Raises:
        NotAllowedError: the person may not see carved jobs.
        NotFoundError: there is no such carved job, or no such proposal of it.
        RuleBrokenError: the words are not those that were given, or a draft names somebody.
    """
    ensure(session, by, Action.CARVES_READ)
    if wanted.number is None:
        found = carve_proposals.draft(session, wanted.carve_id, ProposalDays(), by=by, today=today)
        if found.naming:
            raise RuleBrokenError(found.naming)
        return as_paper(found.content, Mark(today), wanted.reading)
    proposal = carve_proposals.find(session, wanted.carve_id, wanted.number, by=by)
    if not carve_proposals.is_whole(proposal):
        raise RuleBrokenError(NOT_WHOLE)
    people = proposal_people.told(session, proposal, by=by, today=today)
    mark = Mark(proposal.made_on, proposal.number)
    return as_paper(content_from(proposal.content), mark, wanted.reading, people)


def take_away(wanted: WantedProposal, *, by: Actor, today: date) -> bytes:
    """The paper as a file; that it was taken away is in the trail before it leaves.

    It opens its own transactions: nobody waits for the file to be drawn.

    Raises:
        NotAllowedError: the person may not see carved jobs, or not any more.
        NotFoundError: there is no such carved job, or no such proposal of it.
        PaperNotMadeError: PDF cannot be made on this machine.
        RuleBrokenError: the words are not those that were given, or a draft names somebody.
    """
    with reading() as session:
        found = paper(session, wanted, by=by, today=today)
        of_whom = _of_whom(session, wanted, by=by)
    back = ("Back to the carved job", f"/carved-job?id={wanted.carve_id}")
    content = drawn(found, wanted.form, back=back)
    with transaction() as session:
        ensure(session, by, Action.CARVES_READ)
        said = {"paper": wanted.words}
        audit.note(session, by, TOOK_PAPER, (JobCarve.__name__, wanted.carve_id), said)
        if of_whom is not None:
            person = JobSeeker.__name__, of_whom
            audit.note(session, by, TOOK_PAPER, person, said, about=person)
    return content


def _of_whom(session: Session, wanted: WantedProposal, *, by: Actor) -> int | None:
    """The person whose history tells of it too: the one whose page was given with the proposal."""
    if wanted.number is None:
        return None
    found = carve_proposals.find(session, wanted.carve_id, wanted.number, by=by)
    sheet = session.get(ShareSheet, found.share_sheet_id) if found.share_sheet_id is not None else None
    return sheet.seeker_id if sheet else None
