"""Pages to print: whole in themselves, what was typed is text, also in the style sheet."""

import re
from html.parser import HTMLParser

import pytest

from crm.config import ROOT
from crm.papers.page import as_page
from crm.papers.paper import Reading
from crm.papers.pictures import ALT, Picture, png
from tests.makers_papers import make_paper

NAUGHTY = "</style><script>alert(1)</script>\"; } body { background: url(//x) } 'é\\A\x07"


class Outline(HTMLParser):
    """The tags of a page, and the text of its headings."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.headings: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag in ("h1", "h2"):
            self.headings.append("")

    def handle_data(self, data: str) -> None:
        if self.tags and self.tags[-1][0] in ("h1", "h2") and data.strip():
            self.headings[-1] += data


def outline(page: str) -> Outline:
    found = Outline()
    found.feed(page)
    return found


def test_a_page_has_one_title_headings_in_order_and_numbers_of_clauses_in_words():
    page = as_page(make_paper())
    assert outline(page).headings == [
        *("Interview agreement", "At a glance", "1. Feedback", "2. Ending"),
        *("What came of it", "Signatures"),
    ]
    assert '<span class="number">2.1</span>Either side can end it.' in page


def test_a_page_says_its_language_and_names_columns_and_rows():
    page = as_page(make_paper())
    assert '<html lang="en-GB">' in page
    assert '<th scope="row">Employer</th><td>Fernside Bakery</td>' in page
    assert '<caption>By site</caption><thead><tr><th scope="col">Site</th>' in page


def test_a_page_needs_nothing_beside_itself_and_runs_nothing():
    tags = outline(as_page(make_paper(), back=("Back", "/agreement?id=1"))).tags
    assert {tag for tag, _ in tags} & {"script", "link", "img", "iframe", "form"} == set()
    addresses = [found for _, named in tags for key, found in named.items() if key in ("href", "src")]
    assert addresses == ["/agreement?id=1"]


@pytest.mark.parametrize("reading", Reading)
def test_what_was_typed_changes_neither_the_page_nor_its_style(reading: Reading):
    plain = as_page(make_paper("x", title="x", mark="x", reading=reading))
    typed = as_page(make_paper(NAUGHTY, title=NAUGHTY, mark=NAUGHTY, reading=reading))
    assert [tag for tag, _ in outline(typed).tags] == [tag for tag, _ in outline(plain).tags]
    style, of_plain = (re.findall(r"<style>(.*?)</style>", page, re.DOTALL) for page in (typed, plain))
    assert re.sub(r'content: "[^"]*"', "", style[0]) == re.sub(r'content: "[^"]*"', "", of_plain[0])


def test_every_printed_page_is_marked_in_words():
    style = as_page(make_paper(mark="Draft"))
    assert '@top-right { content: "Draft"' in style
    assert 'content: "Page " counter(page) " of " counter(pages)' in style


def test_easy_read_is_large_with_one_sentence_a_line():
    page = as_page(make_paper(reading=Reading.EASY_READ))
    assert '<body class="easy-read">' in page
    assert "<p>You tell us why.</p>\n<p>You do so within 5 days.</p>" in page


def test_pictures_of_easy_read_are_held_by_the_page_and_have_words():
    easy = outline(as_page(make_paper(reading=Reading.EASY_READ)))
    pictures = [named for tag, named in easy.tags if tag == "img"]
    assert [named["alt"] for named in pictures] == ["A speech bubble"]
    assert str(pictures[0]["src"]).startswith("data:image/png;base64,")
    assert "<img" not in as_page(make_paper())


def test_every_picture_of_the_screens_is_there_for_papers_too():
    drawn = {path.stem for path in (ROOT / "crm" / "web" / "assets" / "pictograms").glob("*.svg")}
    assert drawn == {picture.value for picture in Picture} == set(ALT)
    assert all(png(picture).startswith(b"\x89PNG") for picture in Picture)


def test_lines_that_were_typed_stay_lines():
    assert "One<br>two<br>three" in as_page(make_paper("One\r\ntwo\nthree"))
