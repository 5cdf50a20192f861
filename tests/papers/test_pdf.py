"""Tagged PDF where this machine can make it; a plain sentence where it cannot."""

import subprocess
import sys
from collections.abc import Generator
from urllib.request import OpenerDirector

import pytest

from crm.config import ROOT
from crm.papers import pdf
from crm.papers.paper import Reading
from tests.makers_papers import inside_pdf, make_paper

SAID = (
    *(b"/StructTreeRoot", b"/Lang (en-GB)", b"/Marked true", b"pdfuaid:part", b"/DisplayDocTitle true"),
    *(b"(Interview agreement)", b"/Count 1"),
)
TAGS = (b"/H1", b"/H2", b"/P", b"/Table", b"/TH", b"/Caption")
FETCHING = '<img src="file:///etc/passwd"><link rel="stylesheet" href="http://192.0.2.1/x.css">'


@pytest.fixture(autouse=True)
def _asked_anew() -> Generator[None]:
    pdf.is_possible.cache_clear()
    yield
    pdf.is_possible.cache_clear()


def test_a_pdf_is_tagged_in_our_language_the_same_each_time_and_made_of_nothing_from_outside(
    monkeypatch: pytest.MonkeyPatch,
):
    if not pdf.is_possible():
        pytest.skip("WeasyPrint's libraries (Pango) are not on this machine")
    made = {reading: pdf.as_pdf(make_paper(FETCHING, reading=reading)) for reading in Reading}
    content = inside_pdf(made[Reading.STANDARD])
    assert content.startswith(b"%PDF-1.7")
    assert [said for said in SAID if said not in content] == []
    assert [tag for tag in TAGS if b"/S " + tag not in content] == []
    assert made[Reading.STANDARD] == pdf.as_pdf(make_paper(FETCHING))
    assert made[Reading.STANDARD] != made[Reading.EASY_READ]
    asked, reached = spies(monkeypatch)
    monkeypatch.setattr(pdf, "as_page", lambda _paper: f"<title>x</title>{FETCHING}")
    assert pdf.as_pdf(make_paper()).startswith(b"%PDF")
    assert sorted(asked) == ["file:///etc/passwd", "http://192.0.2.1/x.css"]
    assert reached == []


def spies(monkeypatch: pytest.MonkeyPatch) -> tuple[list[str], list[str]]:
    """The addresses that WeasyPrint asks for from now on, and those of them that are opened."""
    from weasyprint.urls import URLFetcher

    asked: list[str] = []
    reached: list[str] = []
    fetch = URLFetcher.fetch

    def noting(self: URLFetcher, url: str, headers: dict[str, str] | None = None) -> object:
        asked.append(url)
        return fetch(self, url, headers)

    monkeypatch.setattr(URLFetcher, "fetch", noting)
    monkeypatch.setattr(OpenerDirector, "open", lambda _self, url, *_more, **_named: reached.append(url))
    return asked, reached


def test_without_the_extra_it_says_in_a_sentence_what_to_take_instead(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    assert not pdf.is_possible()
    with pytest.raises(pdf.PaperNotMadeError, match="Take the Word file"):
        pdf.as_pdf(make_paper())


def test_without_the_libraries_of_the_extra_it_says_the_same(monkeypatch: pytest.MonkeyPatch):
    def without_pango(_name: str) -> None:
        raise OSError("cannot load library 'libpango-1.0-0'")

    monkeypatch.setattr(pdf, "import_module", without_pango)
    with pytest.raises(pdf.PaperNotMadeError):
        pdf.as_pdf(make_paper())


def test_damaged_pictures_are_still_refused_in_a_process_that_makes_papers():
    asked = "from crm.papers import pdf; from PIL import ImageFile; pdf.is_possible()"
    told = f"{asked}; print(ImageFile.LOAD_TRUNCATED_IMAGES)"
    said = subprocess.run([sys.executable, "-c", told], cwd=ROOT, capture_output=True, check=True, text=True)
    assert said.stdout.strip() == "False"
