"""What to ask next, said kindly: what is not known of a person yet, and the form that takes the answer."""

from dataclasses import dataclass

import streamlit as st
from sqlmodel import Session

from crm.models.profiles import Step
from crm.models.seekers import JobSeeker
from crm.models.users import Actor
from crm.policy import Action
from crm.services import fair_match
from crm.services.access import may
from crm.services.fair_answers import Ask
from crm.services.fair_match import Beside, FairMatch, Missing
from crm.ui.tables import Cell, Link, link, links, said, table

COLUMNS = ["Ask about", "Why it matters", "Narrows the score by"]


@dataclass(frozen=True, slots=True)
class _Question:
    """What is asked about, why, and the address of the form with how that names the person."""

    about: str
    why: str
    address: str = "profile-step"
    names_them: str = "seeker"
    step: Step | None = None


_QUESTIONS: dict[Ask | Beside, _Question] = {
    Ask.SKILLS: _Question(
        "what they can do", "Vacancies ask for it, and what is not listed is not known.", "skill-edit"
    ),
    Ask.HOURS: _Question("hours", "Without them nobody can say whether a job has enough.", step=Step.HOURS),
    Ask.FREE: _Question(
        "days and times", "A job with the right hours can be on the wrong days.", step=Step.WEEK
    ),
    Ask.NEEDS: _Question(
        "support at work", "“None” is an answer too: it takes the question out.", step=Step.NEEDS
    ),
    Ask.INTERESTS: _Question("interests", "A job that they like lasts longer.", step=Step.STRENGTHS),
    Ask.MUST: _Question(
        "what a job must have", "A job without it will not do for them.", step=Step.ENVIRONMENT
    ),
    Ask.AVOID: _Question(
        "what a job should not have", "So that nobody offers them that.", step=Step.ENVIRONMENT
    ),
    Beside.HOME: _Question(
        "their postcode", "Then each job says about how far away it is.", "seeker-edit", "id"
    ),
    Beside.TRAVEL: _Question(
        "travel", "Then a job that is further than they wish is marked so.", step=Step.TRAVEL
    ),
    Beside.SCALES: _Question(
        "what works for them", "Noise, standing, reading: it shows where a measure helps.", step=Step.WORKS
    ),
}


def first_words(found: FairMatch) -> str:
    """What to ask next and how far the record has come, in a sentence or two."""
    first = found.missing[0]
    names = f", for example {', '.join(first.names)}" if first.names else ""
    return (
        f"Next, ask about {_QUESTIONS[first.ask].about}{names}. "
        f"{found.known:.0%} of what a typical comparison rests on is known.".replace("%", " %")
    )


def missing_rows(found: FairMatch, seeker_id: int) -> list[tuple[Cell, ...]]:
    """Each missing answer with a link to its form, what widens the band most first."""
    return [
        (
            _form(one, seeker_id),
            _why(one),
            f"up to {_points(one.points)}" if one.points else "shown beside it",
        )
        for one in found.missing
    ]


def _form(one: Missing, seeker_id: int, verb: str = "") -> Link:
    question = _QUESTIONS[one.ask]
    words = f"{verb} {question.about}".strip()
    return link(
        words[0].upper() + words[1:],
        question.address,
        **{question.names_them: seeker_id},
        **({"step": question.step.value} if question.step else {}),
    )


def _why(one: Missing) -> str:
    named = f" What counts most: {', '.join(one.names)}." if one.names else ""
    return f"{_QUESTIONS[one.ask].why}{named}"


def _points(points: float) -> str:
    return f"{points:.0f} of 100" if points >= 1 else "1 of 100"


def draw_missing(session: Session, seeker: JobSeeker, user: Actor) -> None:
    """Draw what to ask next, for those who may record the answer; nothing once all is known."""
    if not (may(user, Action.MATCHES_READ) and may(user, Action.SEEKERS_RECORD, seeker)):
        return
    found = fair_match.of_seeker(session, seeker.key, by=user)
    if not found.missing:
        return
    st.header("What to ask next", anchor=False)
    said(first_words(found))
    links([_form(found.missing[0], seeker.key, "Record")], label="The form for it")
    with st.expander("Everything that is missing for a fair match"):
        table("What is missing, what widens the score most first", COLUMNS, missing_rows(found, seeker.key))
        said(
            "Compared with a typical vacancy: one that asks what the newest open vacancies ask most, and of "
            "which everything is known. Each line says how far the score stays open for want of it alone."
        )
