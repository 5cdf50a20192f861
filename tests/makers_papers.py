"""Papers, and what is in a file of one."""

import re
import zlib
from datetime import date

from sqlmodel import Session

from crm.models.agreement_choices import AgreementStage, ClauseKey, SignatureSide, SignedHow
from crm.models.agreement_papers import AgreementSignature, AgreementVersion
from crm.models.agreements import Agreement
from crm.models.users import SYSTEM
from crm.papers.paper import Grid, Paper, Reading, Section
from crm.papers.pictures import Picture
from crm.policy import Action
from crm.services import agreement_versions, records
from crm.services.access import ensure
from crm.services.agreement_text import Clause, Content

DAY = date(2026, 11, 3)
FIGURES = Grid(
    ("Site", "Referred", "Interviewed"), (("Main site", "12", "11"),), "By site", frozenset({1, 2})
)
TO_SIGN = Grid(("Signed for", "Fernside Bakery"), (("Name", ""), ("Date", "")), to_fill=True)


def make_paper(
    *lines: str,
    reading: Reading = Reading.STANDARD,
    title: str = "Interview agreement",
    mark: str = "Draft, not signed",
) -> Paper:
    """A paper with two clauses, a table of figures and room to sign; `lines` are its first clause."""
    said = lines or ("You tell us why. You do so within 5 days.",)
    return Paper(
        title=title,
        service="Northside Supported Employment",
        mark=mark,
        made_on=DAY,
        facts=(("Employer", "Fernside Bakery"), ("Covers", "Everyone we support")),
        sections=(
            Section("Feedback", said, is_numbered=True, picture=Picture.SPEECH),
            Section("Ending", ("Either side can end it.",), is_numbered=True),
            Section("What came of it", ("Counted on 3 November 2026.", FIGURES)),
            Section("Signatures", (TO_SIGN,)),
        ),
        reading=reading,
    )


def make_content(*lines: str, employer: str = "Fernside Bakery") -> Content:
    """An agreement in words, of one clause."""
    said = lines or ("An interview for everyone whom we refer.",)
    easy = ("You get an interview. It is a promise.",)
    return Content(
        title=f"Interview agreement with {employer}",
        service="Northside Supported Employment",
        employer=employer,
        facts=(("Covers", "Everyone we support"),),
        clauses=(Clause(ClauseKey.PURPOSE, "What this is for", said, easy, 1),),
    )


def make_version(session: Session, agreement: Agreement, *lines: str, number: int = 1) -> AgreementVersion:
    """A version of an agreement, frozen on DAY."""
    ensure(session, SYSTEM, Action.AGREEMENTS_RECORD)
    content = make_content(*lines).as_json()
    made = AgreementVersion(
        agreement_id=agreement.key,
        number=number,
        made_on=DAY,
        at_stage=AgreementStage.APPROVED,
        content=content,
        digest=agreement_versions.digest_of(content),
    )
    return records.add(session, made)


def make_signature(
    session: Session,
    version: AgreementVersion,
    side: SignatureSide,
    name: str = "Dana Holt",
    role: str | None = "Owner",
) -> AgreementSignature:
    """A signature on paper, on DAY."""
    ensure(session, SYSTEM, Action.AGREEMENTS_RECORD)
    made = AgreementSignature(
        agreement_id=version.agreement_id,
        version_id=version.key,
        side=side,
        name=name,
        role=role,
        signed_on=DAY,
        how=SignedHow.ON_PAPER,
    )
    return records.add(session, made)


def inside_pdf(content: bytes) -> bytes:
    """A PDF with what is packed in it laid open after it."""
    packed = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", content, re.DOTALL)
    return content + b"".join(_opened(one) for one in packed)


def _opened(packed: bytes) -> bytes:
    try:
        return zlib.decompress(packed)
    except zlib.error:
        return b""
