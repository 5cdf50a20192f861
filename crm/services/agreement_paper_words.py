"""An agreement in words set as a paper: its facts, its clauses with numbers, and who signed it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from crm.models.agreement_choices import ClauseKey, SignatureSide, SignedHow
from crm.models.agreement_papers import AgreementSignature
from crm.papers.paper import Grid, Paper, Reading, Section
from crm.papers.pictures import Picture
from crm.services.agreement_text import Clause, Content

DRAFT = "Draft, not signed"
_BESIDE_EACH_OTHER = 2
_HOW = {
    SignedHow.ON_PAPER: "Signed on paper",
    SignedHow.BY_EMAIL: "Agreed by email",
    SignedHow.ELECTRONIC: "Signed electronically",
    SignedHow.IN_MINUTES: "Agreed at a meeting, in its minutes",
}
_EASY_OPENING = (
    "This is an Easy Read version of an agreement.",
    "An agreement says what an employer and we promise.",
    "There is a full version too. If the two differ, the full version counts.",
)
_PICTURES = {
    ClauseKey.PURPOSE: Picture.PAGE,
    ClauseKey.WHOM: Picture.PEOPLE,
    ClauseKey.SCOPE: Picture.WORK,
    ClauseKey.NOTICE_OF_VACANCIES: Picture.CALENDAR,
    ClauseKey.PROMISE_INTERVIEW: Picture.TICK,
    ClauseKey.CRITERIA: Picture.STRENGTH,
    ClauseKey.OPT_IN: Picture.PERSON,
    ClauseKey.LIMITS: Picture.QUESTION,
    ClauseKey.INTERVIEW_FORMAT: Picture.SPEECH,
    ClauseKey.ALTERNATIVES: Picture.NEXT,
    ClauseKey.MOCK_INTERVIEWS: Picture.SPEECH,
    ClauseKey.TRAINING: Picture.STRENGTH,
    ClauseKey.TRIAL: Picture.WORKPLACE,
    ClauseKey.ADJUSTMENTS: Picture.HELP,
    ClauseKey.NO_HEALTH_QUESTIONS: Picture.STOP,
    ClauseKey.FEEDBACK: Picture.SPEECH,
    ClauseKey.DATA_SHARING: Picture.LOCK,
    ClauseKey.MONITORING: Picture.PEOPLE,
    ClauseKey.CONTACTS: Picture.TELEPHONE,
    ClauseKey.ENDING: Picture.CLOCK,
}
_NOT_YET = "Nobody has signed it yet."


@dataclass(frozen=True, slots=True)
class Standing:
    """Which paper of an agreement it is: the draft as of a day, or a version with its signatures."""

    on: date
    number: int | None = None
    signatures: Sequence[AgreementSignature] = ()

    @property
    def mark(self) -> str:
        """What stands on every page: draft, or version and day, and whether it is signed."""
        if self.number is None:
            return DRAFT
        sides = {one.side for one in self.signatures}
        signed = "signed" if len(sides) == len(SignatureSide) else "signed by one side"
        return f"Version {self.number} of {_day(self.on)}, {signed if sides else 'not signed'}"


def as_paper(content: Content, standing: Standing, reading: Reading) -> Paper:
    """The whole paper, in full or as Easy Read, whose clauses say it all without the table of facts."""
    is_easy = reading is Reading.EASY_READ
    clauses = (_clause(one, is_easy=is_easy) for one in content.clauses)
    return Paper(
        title=f"{content.title}: Easy Read" if is_easy else content.title,
        service=content.service,
        mark=standing.mark,
        made_on=standing.on,
        facts=() if is_easy else content.facts,
        sections=(*clauses, _signing(content, standing, reading)),
        reading=reading,
        opening=_EASY_OPENING if is_easy else (),
        facts_columns=("About", "What is agreed"),
    )


def _clause(clause: Clause, *, is_easy: bool) -> Section:
    words = clause.easy if is_easy else clause.paragraphs
    return Section(clause.heading, words, is_numbered=True, picture=_PICTURES[clause.key])


def _signing(content: Content, standing: Standing, reading: Reading) -> Section:
    """Who signed, or room to sign; only the full version is signed."""
    if reading is Reading.EASY_READ and not standing.signatures:
        return Section("Signatures", (_NOT_YET,))
    names = {SignatureSide.EMPLOYER: content.employer, SignatureSide.US: content.service}
    columns: list[tuple[str, AgreementSignature | None]] = []
    for side, name in names.items():
        signed = [one for one in standing.signatures if one.side is side]
        columns += [(name, one) for one in signed] or [(name, None)]
    starts = range(0, len(columns), _BESIDE_EACH_OTHER)
    return Section("Signatures", tuple(_grid(columns[at : at + _BESIDE_EACH_OTHER]) for at in starts))


def _grid(columns: Sequence[tuple[str, AgreementSignature | None]]) -> Grid:
    told = [_told(one) for _, one in columns]
    labels = ("Name", "Role", "Signature", "Date")
    rows = tuple((label, *(cells[at] for cells in told)) for at, label in enumerate(labels))
    return Grid(("Signed for", *(name for name, _ in columns)), rows, to_fill=True)


def _told(signature: AgreementSignature | None) -> tuple[str, str, str, str]:
    if signature is None:
        return "", "", "", ""
    role = signature.role or "Not recorded"
    return signature.name, role, _HOW[signature.how], _day(signature.signed_on)


def _day(value: date) -> str:
    return f"{value.day} {value:%B %Y}"
