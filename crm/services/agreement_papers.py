"""The papers of an agreement: the draft as it stands, or a version as it was frozen, and taking one away.

What is taken away is in the trail before it is handed out.
"""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from crm import audit
from crm.db import reading, transaction
from crm.errors import NotFoundError, RuleBrokenError
from crm.models.agreement_papers import AgreementSignature, AgreementVersion
from crm.models.agreements import Agreement
from crm.models.users import Actor
from crm.papers.forms import FORM_WORDS, PaperForm, drawn
from crm.papers.paper import Paper, Reading
from crm.policy import Action
from crm.services import agreement_versions, agreements
from crm.services.access import ensure
from crm.services.agreement_paper_words import Standing, as_paper
from crm.services.agreement_text import content_from, content_of

TOOK_PAPER = "took_paper"
"""What the trail calls it that somebody took a paper away."""

NOT_WHOLE = (
    "The words of this version are not those that were kept: somebody changed them past this product. So it "
    "is not handed out. Compare with the signed copy, and tell whoever runs the service."
)


@dataclass(frozen=True, slots=True)
class WantedPaper:
    """Which paper of an agreement: a version by its number, or the draft; how it is set and drawn."""

    agreement_id: int
    number: int | None = None
    reading: Reading = Reading.STANDARD
    form: PaperForm = PaperForm.WORD

    @property
    def file_name(self) -> str:
        """The name of its file, which names nobody."""
        easy = "-easy-read" if self.reading is Reading.EASY_READ else ""
        which = "draft" if self.number is None else f"version-{self.number}"
        return f"agreement-{self.agreement_id}-{which}{easy}.{self.form}"

    @property
    def words(self) -> str:
        """The same as the trail says it."""
        which = "draft" if self.number is None else f"version {self.number}"
        easy = ", Easy Read" if self.reading is Reading.EASY_READ else ""
        return f"{which}{easy}, as a {FORM_WORDS[self.form]}"


def paper(session: Session, wanted: WantedPaper, *, by: Actor, today: date) -> Paper:
    """The paper of an agreement, as it is drawn.

    Raises:
        NotAllowedError: the person may not see agreements.
        NotFoundError: there is no such agreement, or no such version of it.
        RuleBrokenError: the words of the version are not those that were frozen.
    """
    ensure(session, by, Action.AGREEMENTS_READ)
    agreement = agreements.find(session, wanted.agreement_id, by=by)
    if wanted.number is None:
        content = content_of(session, agreement, by=by, today=today)
        return as_paper(content, Standing(today), wanted.reading)
    version = _version(session, agreement, wanted.number)
    standing = Standing(version.made_on, version.number, _signatures(session, version))
    return as_paper(content_from(version.content), standing, wanted.reading)


def _version(session: Session, agreement: Agreement, number: int) -> AgreementVersion:
    query = select(AgreementVersion).where(
        AgreementVersion.agreement_id == agreement.key, AgreementVersion.number == number
    )
    found = session.exec(query).first()
    if found is None:
        raise NotFoundError("There is no such version of this agreement.")
    if not agreement_versions.is_whole(found):
        raise RuleBrokenError(NOT_WHOLE)
    return found


def _signatures(session: Session, version: AgreementVersion) -> list[AgreementSignature]:
    query = select(AgreementSignature).where(
        AgreementSignature.version_id == version.key, col(AgreementSignature.archived_at).is_(None)
    )
    return list(session.exec(query.order_by(col(AgreementSignature.id))))


def take_away(wanted: WantedPaper, *, by: Actor, today: date) -> bytes:
    """The paper as a file; that it was taken away is in the trail before it leaves.

    It opens its own transactions: nobody waits for the file to be drawn.

    Raises:
        NotAllowedError: the person may not see agreements, or not any more.
        NotFoundError: there is no such agreement, or no such version of it.
        PaperNotMadeError: PDF cannot be made on this machine.
        RuleBrokenError: the words of the version are not those that were frozen.
    """
    with reading() as session:
        found = paper(session, wanted, by=by, today=today)
    back = ("Back to the agreement", f"/agreement?id={wanted.agreement_id}")
    content = drawn(found, wanted.form, back=back)
    with transaction() as session:
        ensure(session, by, Action.AGREEMENTS_READ)
        record = Agreement.__name__, wanted.agreement_id
        audit.note(session, by, TOOK_PAPER, record, {"paper": wanted.words})
    return content
