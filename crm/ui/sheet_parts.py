"""Pages about a person for an employer as parts of screens: the page itself, and the list of those given."""

from collections.abc import Sequence

import streamlit as st
from sqlmodel import Session

from crm.models.consents import SharedFact
from crm.models.seekers import JobSeeker
from crm.models.users import Actor
from crm.policy import Action
from crm.services import seeker_words, sheet_log
from crm.services.access import may
from crm.services.consent_words import Person, fact_words
from crm.services.sheet_log import SheetRow, Standing
from crm.services.sheet_words import ABOUT, FOOT, as_parts
from crm.ui.easy_read import Part, Picture, ReadingStyle, draw_parts, one_by_one
from crm.ui.tables import Cell, link, links, table
from crm.ui.words import day, plain, say, today

_COLUMNS = ["Given to", "Employer", "On", "By", "How it stands"]
_PICTURES = {
    ABOUT: Picture.PERSON,
    FOOT: Picture.PAGE,
    "What I am good at": Picture.STRENGTH,
    "What helps me": Picture.HELP,
    "What I would like you to know": Picture.SPEECH,
    "When I can work": Picture.CLOCK,
    "How I travel": Picture.BUS,
    "How to reach me": Picture.TELEPHONE,
}
_STANDS = {
    Standing.HOLDS: "Holds until {until}",
    Standing.EXPIRED: "Expired on {until}",
    Standing.RECALLED: "Recalled on {recalled}",
    Standing.WITHDRAWN: "Consent withdrawn or ended: recall it",
}


def page_parts(words: str, style: ReadingStyle) -> list[Part]:
    """The page from its words; as Easy Read every sentence has a line of its own."""
    parts = [Part(_PICTURES.get(heading, Picture.PAGE), heading, lines) for heading, lines in as_parts(words)]
    if style is ReadingStyle.EASY_READ:
        return [Part(part.picture, part.heading, one_by_one(part.lines)) for part in parts]
    return parts


def for_the_person(employer: str, style: ReadingStyle, *, is_put_forward: bool) -> list[Part]:
    """What the person reads above the page, in every style but the one that an employer gets."""
    if style is ReadingStyle.STANDARD:
        return []
    forward = seeker_words.SHEET_AND_A_YES if is_put_forward else seeker_words.SHEET_IS_NOT_A_YES
    return [
        Part(Picture.PAGE, "Your page", _filled(seeker_words.SHEET_FOR_YOU, employer)),
        Part(Picture.TICK if is_put_forward else Picture.STOP, "Jobs", _filled(forward, employer)),
    ]


def _filled(lines: Sequence[str], employer: str) -> list[str]:
    return [line.format(employer=employer) for line in lines]


def put_forward_words(name: str, employer: str, *, is_put_forward: bool) -> str:
    """What the consent to this page says of the other one."""
    if is_put_forward:
        return f"{name} has also agreed to be put forward to {employer}."
    return (
        f"{name} has not agreed to be put forward to {employer}: a page to read is not that yes. Ask apart, "
        "before their name stands for a job."
    )


def stands_words(row: SheetRow) -> str:
    """How a page stands, with its day."""
    dates = {"until": day(row.sheet.expires_on), "recalled": day(row.sheet.recalled_on)}
    return _STANDS[row.standing].format(**dates)


def sheet_rows(row: SheetRow) -> list[tuple[str, Cell]]:
    """All that is recorded of a page that was given."""
    sheet = row.sheet
    told = [fact_words(fact, Person.THEY) for fact in SharedFact if fact in sheet.facts]
    rows: list[tuple[str, Cell]] = [
        ("How it stands", stands_words(row)),
        ("Given to", f"{sheet.given_to}, {row.employer}"),
        ("How", say(sheet.given_how)),
        ("Given on", day(sheet.shared_on)),
        ("By", row.shared_by or say(None)),
        ("It tells", "; ".join(told)),
        ("Holds until", day(sheet.expires_on)),
    ]
    if sheet.recalled_on is not None:
        rows.append(("Why it was recalled", sheet.recalled_why or say(None)))
        rows.append(("They were told on", day(sheet.told_on) if sheet.told_on else "Not yet: see the tasks"))
    return rows


def draw_kept(row: SheetRow) -> None:
    """Whom to tell that a page holds no more, and what it said, for the record and not to be handed out."""
    who = f"{plain(row.sheet.given_to)} at {plain(row.employer)}"
    st.warning(f"This page is for no employer any more. Ask {who} to put it away, if nobody has yet.")
    with st.expander("What it said, for the record"):
        draw_parts(page_parts(row.sheet.words, ReadingStyle.STANDARD), ReadingStyle.STANDARD)


def draw_sheets(session: Session, seeker: JobSeeker, user: Actor) -> None:
    """The pages that employers were given about a person, and the way to make one."""
    if not may(user, Action.SHEETS_READ):
        return
    found = sheet_log.of_seeker(session, seeker.key, by=user, today=today())
    if found:
        st.header("Pages that employers were given", anchor=False)
        table("Pages that employers were given", _COLUMNS, [_cells(row) for row in found])
    if may(user, Action.SHEETS_RECORD, seeker):
        links([link("Make a page for an employer", "share-sheet", seeker=seeker.key)], label="Pages")


def _cells(row: SheetRow) -> tuple[Cell, ...]:
    sheet = row.sheet
    return (
        link(sheet.given_to, "shared-sheet", id=sheet.key),
        row.employer,
        day(sheet.shared_on),
        row.shared_by or say(None),
        stands_words(row),
    )
