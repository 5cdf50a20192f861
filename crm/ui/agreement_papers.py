"""An agreement as a document: its Word file, its PDF and its page to print, each in full and as Easy Read.

So is the pack for its renewal, in one reading.
"""

from crm.models.agreement_papers import AgreementVersion
from crm.models.agreements import Agreement
from crm.models.users import Actor
from crm.papers import pdf
from crm.policy import Action
from crm.services.access import may
from crm.ui.tables import Link, link, links, said
from crm.ui.words import day

NOW = "As it stands now (draft, not signed)"
_READINGS = {
    "full": ("Word file", "PDF", "Page to print"),
    "easy-read": ("Easy Read: Word file", "Easy Read: PDF", "Easy Read: page to print"),
}


def draw_downloads(agreement: Agreement, user: Actor, version: AgreementVersion | None = None) -> None:
    """Offer an agreement as it stands now, or a version of it, to those who may see agreements."""
    if not may(user, Action.AGREEMENTS_READ, agreement):
        return
    which = f"Version {version.number} of {day(version.made_on)}" if version else NOW
    said(f"{which}, as a document:")
    links(offered(agreement.key, version.number if version else None), label=f"{which}, as a document")
    if not pdf.is_possible():
        said(pdf.NOT_HERE)


def offered(agreement_id: int, number: int | None) -> list[Link]:
    """The links to one paper in every form that can be made here, in full and as Easy Read."""
    place = f"agreement/{agreement_id}/{number or 'draft'}"
    found: list[Link] = []
    for reading, (word, tagged, page) in _READINGS.items():
        found.append(link(word, f"files/{place}/{reading}.docx"))
        if pdf.is_possible():
            found.append(link(tagged, f"files/{place}/{reading}.pdf"))
        found.append(link(page, f"print/{place}/{reading}"))
    return found


def draw_pack_downloads(agreement_id: int) -> None:
    """Offer the renewal pack of an agreement in every form that can be made here."""
    place = f"renewal-pack/{agreement_id}"
    offered_here = [link("Word file", f"files/{place}.docx")]
    if pdf.is_possible():
        offered_here.append(link("PDF", f"files/{place}.pdf"))
    offered_here.append(link("Page to print", f"print/{place}"))
    links(offered_here, label="Renewal pack, as a document")
    if not pdf.is_possible():
        said(pdf.NOT_HERE)
