"""Word a clause anew: its words and their Easy Read twin, tried on an example; or take an old one back."""

import streamlit as st
from sqlmodel import Session

from crm.db import reading
from crm.models.agreement_papers import ClauseWording, ClauseWordingInput
from crm.services import clause_library, service
from crm.services.agreement_terms import example_terms
from crm.services.clause_library import Wording
from crm.ui.clause_parts import asked_clause, draw_editions, draw_placeholders, draw_trial, tall
from crm.ui.doing import do_now
from crm.ui.fields import line
from crm.ui.flash import after_this, show_flash
from crm.ui.forms import RecordForm, draw_form
from crm.ui.guard import require_user
from crm.ui.screens import go_to, refuse_politely
from crm.ui.tables import link, links, said
from crm.ui.words import plain, say

user = require_user()
with refuse_politely(), reading() as session:
    clause = asked_clause()
    editions = clause_library.history(session, clause, by=user)
    example = example_terms(service.current(session, by=user))
latest = editions[0]

st.title(f"Word a clause: {plain(say(clause))}", anchor=False)
show_flash()
links([link("This clause", "clauses", of=clause.value), link("All clauses", "clauses")], label="Clauses")
said(
    f"Edition {latest.edition} is in force. What you save is edition {latest.edition + 1}, for agreements "
    "that are not signed yet. A line is a paragraph; what stands in braces is filled in."
)
fields = [
    line("heading", "Heading"),
    tall("words", "Words", hint="At most 25 words a sentence"),
    tall("easy_words", "Easy Read", hint="For those it is for, as “you”: one idea a line, at most 15 words"),
    line("why", "Why it is changed"),
]
starts = {"heading": latest.heading, "words": latest.words, "easy_words": latest.easy_words}
form = RecordForm(
    f"clause-{clause.value}",
    fields,
    ClauseWordingInput,
    None,
    f"Save as edition {latest.edition + 1}",
    version=latest.edition,
    starts=starts,
)


def try_out() -> None:
    """Draw what is typed on the example."""
    heading, words, easy = (str(st.session_state[f"{form.prefix}{name}"] or "") for name in starts)
    draw_trial(Wording(clause, latest.edition + 1, heading, words, easy), latest, example)


def save(session: Session, typed: ClauseWordingInput, version: int) -> ClauseWording:
    """Store the next edition."""
    return clause_library.reword(session, clause, typed, seen=version, by=user)


def then(saved: ClauseWording) -> None:
    """Go back to the clause."""
    after_this(f"Edition {saved.edition} is in force.")
    go_to("clauses", of=saved.clause.value)


def take_back(edition: int) -> None:
    """Put an earlier edition in force again."""
    do_now(
        lambda session: clause_library.take_back(session, clause, edition, seen=latest.edition, by=user),
        f"The words of edition {edition} are in force again, as edition {latest.edition + 1}.",
    )


draw_form(form, user=user, save=save, then=then, ask=try_out)
draw_placeholders(example)
draw_editions(editions)
for one in editions[1:]:
    if st.button(f"Take back to edition {one.edition}", key=f"back-{clause.value}-{one.edition}"):
        take_back(one.edition)
