"""Pages that job seekers read: their pictures, their styles, and nothing typed that is markup."""

from xml.etree import ElementTree

import pytest
from streamlit.testing.v1 import AppTest

from crm.config import ROOT
from crm.ui.easy_read import ALT, Part, Picture, ReadingStyle, one_by_one, parts_html

FOLDER = ROOT / "crm" / "web" / "assets" / "pictograms"
PARTS = [Part(Picture.STRENGTH, "What I am good at", ["I make people laugh.", "<b>Sums</b>"])]


def test_every_picture_is_there_and_has_its_words():
    assert {file.stem for file in FOLDER.glob("*.svg")} == {picture.value for picture in Picture} == set(ALT)


@pytest.mark.parametrize("picture", Picture)
def test_a_picture_is_drawn_by_itself_and_fetches_or_runs_nothing(picture: Picture):
    text = (FOLDER / f"{picture.value}.svg").read_text(encoding="utf-8")
    tags = {element.tag.rpartition("}")[2] for element in ElementTree.fromstring(text).iter()}
    assert tags <= {"svg", "g", "rect", "circle", "path"}
    assert "href" not in text


def test_easy_read_has_a_picture_with_words_beside_each_part_and_the_other_styles_have_none():
    easy = parts_html(PARTS, ReadingStyle.EASY_READ)
    assert 'src="/assets/pictograms/strength.svg" alt="A star"' in easy
    assert "<img" not in parts_html(PARTS, ReadingStyle.LARGE_PRINT)
    assert 'class="crm-reading crm-large-print"' in parts_html(PARTS, ReadingStyle.LARGE_PRINT)


@pytest.mark.parametrize("style", ReadingStyle)
def test_what_was_typed_is_never_markup(style: ReadingStyle):
    assert "<li>&lt;b&gt;Sums&lt;/b&gt;</li>" in parts_html(PARTS, style)


def test_as_easy_read_every_sentence_has_a_line_of_its_own():
    assert one_by_one(["I bake. I sing; well!", "Radios"]) == ["I bake.", "I sing", "well!", "Radios"]


def page() -> None:
    from crm.ui.easy_read import Part, Picture, ask_style, draw_parts

    draw_parts([Part(Picture.CLOCK, "Hours", ["16 hours a week"])], ask_style())


def test_the_reader_chooses_the_style_and_the_address_keeps_it():
    shown = AppTest.from_function(page)
    shown.query_params["style"] = "Easy Read"
    assert "crm-easy-read" in str(shown.run().get("html")[0].proto.body)
    plain = AppTest.from_function(page).run()
    assert "crm-standard" in str(plain.get("html")[0].proto.body)
