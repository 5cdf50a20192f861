"""The sheet about one job that a person takes home, and taking it away: in the trail before it leaves."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from crm import audit
from crm.db import reading, transaction
from crm.models.seekers import JobSeeker
from crm.models.users import Actor
from crm.papers.forms import FORM_WORDS, PaperForm, drawn
from crm.papers.paper import Paper, Reading
from crm.policy import Action
from crm.services import seekers, service, with_person
from crm.services.access import ensure
from crm.services.agreement_papers import TOOK_PAPER
from crm.services.take_home_words import as_paper

READINGS = {
    "full": Reading.STANDARD,
    "large-print": Reading.LARGE_PRINT,
    "easy-read": Reading.EASY_READ,
}
"""The ways to read the sheet, as addresses call them."""

_SAID = {Reading.STANDARD: "", Reading.LARGE_PRINT: ", large print", Reading.EASY_READ: ", Easy Read"}


@dataclass(frozen=True, slots=True)
class WantedSheet:
    """The sheet about which person and vacancy, how it is set and how it is drawn."""

    seeker_id: int
    vacancy_id: int
    reading: Reading = Reading.STANDARD
    form: PaperForm = PaperForm.WORD

    @property
    def file_name(self) -> str:
        """The name of its file, which names nobody."""
        called = next(name for name, reading in READINGS.items() if reading is self.reading)
        return f"job-sheet-{self.vacancy_id}-{self.seeker_id}-{called}.{self.form}"

    @property
    def words(self) -> str:
        """The same as the trail says it."""
        return f"sheet about vacancy {self.vacancy_id}{_SAID[self.reading]}, as a {FORM_WORDS[self.form]}"


def sheet(session: Session, wanted: WantedSheet, *, by: Actor, today: date) -> Paper:
    """The sheet as it is drawn: no more than the view for the person holds.

    Raises:
        NotAllowedError: whoever sits with the person may not see job seekers, or comparisons.
        NotFoundError: there is no such job seeker, or no such vacancy.
    """
    ensure(session, by, Action.SEEKERS_READ)
    found = with_person.shown_to_them(session, wanted.seeker_id, wanted.vacancy_id, by=by)
    name = service.current(session, by=by).name
    return as_paper(found, service=name, reading=wanted.reading, today=today)


def take_away(wanted: WantedSheet, *, by: Actor, today: date) -> bytes:
    """The sheet as a file; that it was taken away is in the history of the person before it leaves.

    It opens its own transactions: nobody waits for the file to be drawn.

    Raises:
        NotAllowedError: whoever sits with the person may not see job seekers or comparisons, or not any more.
        NotFoundError: there is no such job seeker, or no such vacancy.
        PaperNotMadeError: PDF cannot be made on this machine.
    """
    with reading() as session:
        paper = sheet(session, wanted, by=by, today=today)
    back = ("Back", f"/with-person?id={wanted.seeker_id}&vacancy={wanted.vacancy_id}")
    content = drawn(paper, wanted.form, back=back)
    with transaction() as session:
        ensure(session, by, Action.MATCHES_READ)
        seekers.find(session, wanted.seeker_id, by=by)
        record = JobSeeker.__name__, wanted.seeker_id
        audit.note(session, by, TOOK_PAPER, record, {"paper": wanted.words}, about=record)
    return content
