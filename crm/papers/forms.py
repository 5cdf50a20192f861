"""The forms in which a paper is taken away."""

from enum import StrEnum

from crm.papers.page import as_page
from crm.papers.paper import Paper
from crm.papers.pdf import as_pdf
from crm.papers.word import as_word


class PaperForm(StrEnum):
    """How a paper is drawn; its value is also the ending of the file's name."""

    WORD = "docx"
    PDF = "pdf"
    PAGE = "html"


FORM_WORDS = {PaperForm.WORD: "Word file", PaperForm.PDF: "PDF", PaperForm.PAGE: "page to print"}
"""The forms as the trail says them."""

MEDIA_TYPES = {
    PaperForm.WORD: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    PaperForm.PDF: "application/pdf",
    PaperForm.PAGE: "text/html; charset=utf-8",
}


def drawn(paper: Paper, form: PaperForm, *, back: tuple[str, str] | None = None) -> bytes:
    """The paper in this form; `back` is the link out of a page to print.

    Raises:
        PaperNotMadeError: PDF cannot be made on this machine.
    """
    if form is PaperForm.WORD:
        return as_word(paper)
    return as_pdf(paper) if form is PaperForm.PDF else as_page(paper, back=back).encode()
