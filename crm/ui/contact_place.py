"""Finding the employer of a contact: that of the page one comes from, by name, or by a pasted e-mail."""

import streamlit as st
from sqlmodel import Session

from crm.db import reading, transaction
from crm.models.users import Actor
from crm.readers.contact_mail import read_mail
from crm.services import contact_places, drafts
from crm.services.contact_places import Place
from crm.services.drafts import Draft
from crm.ui.address import optional_id
from crm.ui.guard import live_part
from crm.ui.tables import link, said, table
from crm.ui.words import say

FORM = "log-contact"
_SEARCH, _PASTE, _WAITING = "log-contact-words", "log-contact-paste", "pasted"


def employer_meant(session: Session, user: Actor) -> int | None:
    """The employer of the record that the address names, as the link at the top of each page does."""
    record_id = optional_id("id")
    if record_id is None:
        return None
    return contact_places.employer_of(session, st.query_params.get("of", ""), record_id, by=user)


def pasted_before(session: Session, user: Actor) -> str:
    """The e-mail or notes that were pasted before the employer was chosen."""
    waiting = drafts.find(session, FORM, _WAITING, by=user)
    return str(waiting.values[_WAITING]) if waiting else ""


def forget_pasted(session: Session, user: Actor) -> None:
    """Forget what was pasted: it went into a contact."""
    drafts.drop(session, FORM, _WAITING, by=user)


@live_part
def choose_place(user: Actor) -> None:
    """Draw a search for an employer as one types, and a way to paste an e-mail that says it."""
    st.html(f'<span hidden class="crm-start" data-escape data-k="{_SEARCH}"></span>')
    words = st.text_input("Which employer?", key=_SEARCH, type="search", live="300ms") or ""
    with reading() as session:
        found = contact_places.suggest(session, words, by=user)
        pasted = pasted_before(session, user)
    _offer(found, "Employers of this name" if words.strip() else "Those you were last in touch with")
    if words.strip() and not found:
        said("No employer of this name is recorded. Add the employer first, then come back.")
    with st.expander("Paste an e-mail or notes", expanded=bool(pasted)):
        _paste(user, pasted)


def _paste(user: Actor, pasted: str) -> None:
    st.session_state.setdefault(_PASTE, pasted)
    typed = st.text_area("The e-mail or the notes", key=_PASTE, height=140) or ""
    if typed != pasted:
        with transaction() as session:
            drafts.keep(session, FORM, _WAITING, Draft({_WAITING: typed}, None), by=user)
    mail = read_mail(typed)
    if not typed.strip():
        return
    with reading() as session:
        senders = contact_places.written_from(session, mail, by=user)
    _offer(senders, "Employers that it may come from")
    if not senders:
        said("It does not say from which employer it comes. Search for the employer above: the text is kept.")


def _offer(places: list[Place], caption: str) -> None:
    if places:
        rows = [(link(one.name, "log-contact", employer=one.id), say(one.stage)) for one in places]
        table(caption, ["Employer", "Stage"], rows)
