"""What people have agreed to, and who opened their restricted facts, as parts of screens."""

import streamlit as st
from sqlmodel import Session

from crm.models.consents import Consent, GivenBy, Purpose
from crm.models.seekers import JobSeeker
from crm.models.users import Actor
from crm.policy import Action
from crm.services import consents, restricted_views
from crm.services.access import may
from crm.services.consent_words import Person, facts_in_words
from crm.services.consents import ConsentRow, State, state_of
from crm.ui.tables import Cell, link, links, table
from crm.ui.words import count, day, moment, plain, say, today

_COLUMNS = ["What", "With whom", "Given", "Until", "How it stands"]
_LOOKS = 20


def draw_consents(session: Session, seeker: JobSeeker, user: Actor) -> None:
    """All that a person has agreed to, and the way to record another answer."""
    if not may(user, Action.CONSENTS_READ):
        return
    st.header("What they have agreed to", anchor=False)
    found = consents.of_seeker(session, seeker.key, by=user, today=today())
    if found:
        table("What they have agreed to", _COLUMNS, [_cells(row) for row in found])
    else:
        st.info("No consent is recorded: nothing may be told to an employer.")
    if may(user, Action.CONSENTS_RECORD, seeker):
        links([link("Record a consent", "consent-new", seeker=seeker.key)], label="Consents")


def _cells(row: ConsentRow) -> tuple[Cell, ...]:
    one = row.consent
    return (
        link(what_words(one), "consent", id=one.key),
        row.employer or "",
        day(one.given_on),
        day(one.until) if one.until else "Until it is withdrawn",
        state_words(one, row.state),
    )


def what_words(consent: Consent) -> str:
    """What was agreed to, with the facts that may be told."""
    if consent.purpose is Purpose.SHARE_FACTS:
        return f"Tell an employer {facts_in_words(consent.facts, Person.I)}"
    return say(consent.purpose)


def state_words(consent: Consent, state: State) -> str:
    """How it stands, in words and with its day."""
    if state is State.WITHDRAWN:
        return f"Withdrawn on {day(consent.withdrawn_on)}"
    if state is State.ENDED:
        return f"Ended on {day(consent.until)}"
    return say(state)


def consent_rows(consent: Consent, employer: str | None) -> list[tuple[str, Cell]]:
    """All that is recorded of one consent."""
    rows: list[tuple[str, Cell]] = [
        ("How it stands", state_words(consent, state_of(consent, today()))),
        ("With whom", employer or "No employer"),
        ("Given on", day(consent.given_on)),
        ("Until", day(consent.until) if consent.until else "Until it is withdrawn"),
        ("Who answered", _who_answered(consent)),
        ("How it was explained", consent.how_explained),
        ("Wording", consent.wording_version),
    ]
    if consent.withdrawn_by is not None:
        rows.append(("Withdrawn by", say(consent.withdrawn_by)))
        rows.append(("How they withdrew it", consent.withdrawn_how or say(None)))
    return rows


def _who_answered(consent: Consent) -> str:
    if consent.given_by is GivenBy.THE_PERSON:
        return say(consent.given_by)
    return f"{say(consent.given_by)}: {consent.answered_by}"


def draw_looks(session: Session, seeker: JobSeeker, user: Actor) -> None:
    """Who opened a person's restricted facts, when and why, for those who may know."""
    if not may(user, Action.VIEWS_READ, seeker):
        return
    found = restricted_views.looks(session, seeker.key, limit=_LOOKS, by=user)
    with st.expander("Who looked at their restricted facts"):
        if not found.rows:
            st.caption("Nobody so far.")
            return
        rows = [
            (moment(look.at), look.by, say(look.reason) + (f": {look.words}" if look.words else ""))
            for look in found.rows
        ]
        table("Who looked at their restricted facts", ["When", "Who", "Why"], rows)
        if found.total > _LOOKS:
            st.caption(f"{count(found.total, 'look')} in all, the latest first.")


def draw_crowds(session: Session, user: Actor) -> None:
    """Tell a manager when somebody opened the restricted facts of unusually many people."""
    for crowd in restricted_views.crowds(session, by=user):
        people = count(crowd.people, "person", "different people")
        until = moment(crowd.until)
        st.warning(
            f"{plain(crowd.by)} opened the restricted facts of {people} within an hour, up to {until}. "
            "Ask what it was for."
        )
