"""Small shared pictures: what they say stands in words, and what was typed is never markup."""

from streamlit.testing.v1 import AppTest

from crm.config import ROOT
from crm.ui.look import bar_html

STYLES = (ROOT / "crm" / "web" / "assets" / "crm.css").read_text(encoding="utf-8")


def test_a_bar_says_its_words_and_marks_what_could_be():
    html = bar_html("Skills", "68 (41–96)", score=68.0, low=41.0, high=96.0)
    assert "<span>68 (41–96)</span>" in html
    assert "--from:41%;--to:96%" in html
    assert "--at:68%" in html


def test_a_bar_without_a_score_has_no_mark():
    assert "--at" not in bar_html("Hours", "Not recorded", score=None, low=0.0, high=100.0)


def test_a_bar_stays_inside_its_track_and_escapes_its_words():
    html = bar_html("<b>", "<i>", score=130.0, low=-5.0, high=101.0)
    assert "--at:100%" in html
    assert "--from:0%;--to:100%" in html
    assert "&lt;b&gt;" in html
    assert "<b>" not in html


def banner() -> None:
    from crm.models.users import Service
    from crm.ui.look import show_banner

    show_banner(Service(name="Real"))
    show_banner(Service(name="Invented", is_demonstration=True))


def test_only_a_demonstration_is_marked():
    marks = AppTest.from_function(banner).run().get("html")
    assert len(marks) == 1
    assert "invented" in str(marks[0].proto.body)


def numbers() -> None:
    from crm.ui.look import figures
    from crm.ui.tables import link

    figures([(1204, link("employers", "employers"))], label="In figures")


def test_figures_lead_to_what_they_count():
    drawn = str(AppTest.from_function(numbers).run().get("html")[0].proto.body)
    assert "<strong>1,204</strong>" in drawn
    assert 'href="employers"' in drawn


def test_every_class_that_is_drawn_has_its_look():
    drawn = {"crm-table", "crm-summary", "crm-links", "crm-error-summary", "crm-field-error", "crm-badge"}
    drawn |= {
        "crm-heading-line",
        "crm-count",
        "crm-number",
        "crm-scroll",
        "crm-said",
        "crm-banner",
        "crm-bar",
    }
    assert [name for name in sorted(drawn) if f".{name}" not in STYLES] == []
