"""The renewal pack as a file or a page to print, and taking one away: it is in the trail before it leaves."""

from dataclasses import dataclass
from datetime import date

from crm import audit
from crm.db import reading, transaction
from crm.models.agreements import Agreement
from crm.models.users import Actor
from crm.papers.forms import FORM_WORDS, PaperForm, drawn
from crm.policy import Action
from crm.services import renewal_pack
from crm.services.access import ensure
from crm.services.agreement_papers import TOOK_PAPER
from crm.services.renewal_words import as_paper


@dataclass(frozen=True, slots=True)
class WantedPack:
    """The renewal pack of which agreement, and how it is drawn."""

    agreement_id: int
    form: PaperForm = PaperForm.WORD

    @property
    def file_name(self) -> str:
        """The name of its file, which names nobody."""
        return f"renewal-pack-{self.agreement_id}.{self.form}"


def take_away(wanted: WantedPack, *, by: Actor, today: date) -> bytes:
    """The pack as a file, as of today; that it was taken away is in the history of its agreement.

    It opens its own transactions: nobody waits for the file to be drawn.

    Raises:
        NotAllowedError: the person may not see agreements, employers, promises or jobs started.
        NotFoundError: there is no such agreement.
        PaperNotMadeError: PDF cannot be made on this machine.
    """
    with reading() as session:
        ensure(session, by, Action.AGREEMENTS_READ)
        found = renewal_pack.pack(session, wanted.agreement_id, by=by, today=today)
        paper = as_paper(found, today)
    back = ("Back to the renewal pack", f"/renewal-pack?id={wanted.agreement_id}")
    content = drawn(paper, wanted.form, back=back)
    with transaction() as session:
        ensure(session, by, Action.AGREEMENTS_READ)
        record = Agreement.__name__, wanted.agreement_id
        audit.note(
            session, by, TOOK_PAPER, record, {"paper": f"renewal pack, as a {FORM_WORDS[wanted.form]}"}
        )
    return content
