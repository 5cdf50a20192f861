"""An agreement in words on the screen: the facts at its head, and its clauses in the style chosen."""

from html import escape

import streamlit as st

from crm.models.agreement_choices import ClauseKey
from crm.models.agreements import Agreement
from crm.services.agreement_text import Clause, Content
from crm.ui.easy_read import Part, Picture, ReadingStyle, draw_parts
from crm.ui.tables import Link, link, summary

_PICTURES = {
    ClauseKey.PURPOSE: Picture.PAGE,
    ClauseKey.WHOM: Picture.PEOPLE,
    ClauseKey.SCOPE: Picture.WORK,
    ClauseKey.NOTICE_OF_VACANCIES: Picture.CALENDAR,
    ClauseKey.PROMISE_INTERVIEW: Picture.TICK,
    ClauseKey.CRITERIA: Picture.STRENGTH,
    ClauseKey.OPT_IN: Picture.QUESTION,
    ClauseKey.LIMITS: Picture.PEOPLE,
    ClauseKey.INTERVIEW_FORMAT: Picture.SPEECH,
    ClauseKey.ALTERNATIVES: Picture.WORKPLACE,
    ClauseKey.MOCK_INTERVIEWS: Picture.SPEECH,
    ClauseKey.TRAINING: Picture.NEXT,
    ClauseKey.TRIAL: Picture.WORK,
    ClauseKey.ADJUSTMENTS: Picture.HELP,
    ClauseKey.NO_HEALTH_QUESTIONS: Picture.STOP,
    ClauseKey.FEEDBACK: Picture.SPEECH,
    ClauseKey.DATA_SHARING: Picture.LOCK,
    ClauseKey.MONITORING: Picture.CALENDAR,
    ClauseKey.CONTACTS: Picture.TELEPHONE,
    ClauseKey.ENDING: Picture.CLOCK,
}


def paper_links(agreement: Agreement) -> list[Link]:
    """The ways from an agreement to what it says in words."""
    return [
        link("Read it in words", "agreement-paper", id=agreement.key),
        link("Clauses of agreements", "clauses"),
    ]


def draw_content(content: Content, style: ReadingStyle) -> None:
    """Draw an agreement in words; whatever was typed into it is text and nothing else.

    In Easy Read the clauses say what the table of facts says otherwise.
    """
    if style is ReadingStyle.EASY_READ:
        draw_parts([easy_part(clause) for clause in content.clauses], style)
        return
    if style is ReadingStyle.LARGE_PRINT:
        facts = [f"{label}: {value}" for label, value in content.facts]
        draw_parts([Part(Picture.PAGE, "At a glance", facts)], style)
    else:
        summary(content.facts)
    draw_clauses(content.clauses, style)


def draw_clauses(clauses: tuple[Clause, ...], style: ReadingStyle = ReadingStyle.STANDARD) -> None:
    """Draw clauses as they are printed, each with the edition of its wording."""
    inner = "".join(map(_section, clauses))
    st.html(f'<div class="crm-reading crm-{style.value.replace("_", "-")}">{inner}</div>')


def easy_part(clause: Clause) -> Part:
    """A clause in Easy Read."""
    return Part(_PICTURES[clause.key], clause.heading, clause.easy)


def _section(clause: Clause) -> str:
    words = "".join(f'<p class="crm-said">{escape(paragraph)}</p>' for paragraph in clause.paragraphs)
    edition = f'<p class="crm-count">Wording: edition {clause.edition}</p>'
    return f"<section><h2>{escape(clause.heading)}</h2>{words}{edition}</section>"
