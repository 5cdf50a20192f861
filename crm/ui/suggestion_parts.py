"""What the night suggests for a coach's people, on the first page: looked at, or refused by the person."""

from collections.abc import Sequence
from functools import partial
from html import escape

import streamlit as st
from sqlmodel import Session

from crm.errors import CrmError
from crm.models.matches import SeekerView
from crm.models.users import Actor
from crm.policy import Role
from crm.services import seeker_views, suggestions
from crm.services.seeker_views import OwnViewInput, Said
from crm.services.suggesting import RULE
from crm.services.suggestions import SuggestionRow
from crm.ui.calling import in_our_words
from crm.ui.fields import text
from crm.ui.flash import after_this
from crm.ui.forms import RecordForm, draw_form
from crm.ui.guard import is_still
from crm.ui.seeker_view_parts import tell
from crm.ui.tables import link
from crm.ui.words import count, day, today
from crm.units import carry_out

TITLE = "New for my people"
ROWS = 6
_MOST = 200
_OPEN, _ALL = "crm-suggestion-refused", "crm-suggestions-all"


def draw_suggestions(session: Session, user: Actor) -> None:
    """New suggestions for a coach's own people; how many there are for those who have no caseload."""
    if Role.JOB_COACH not in user.roles:
        _draw_counts(session, user)
        return
    shown = _MOST if st.session_state.get(_ALL) else ROWS
    found = suggestions.of_coach(session, limit=shown, by=user)
    st.header(TITLE, anchor=False)
    _finish_no(found.rows, user)
    if not found.rows:
        st.caption("Nothing new. Everybody is compared with every open vacancy each night.")
        return
    with st.container(key="suggestion-rows"):
        for row in found.rows:
            _draw_row(row, user)
    if found.total > len(found.rows):
        st.button(f"Show all {found.total:,}", key="suggestions-all", on_click=_show_all)
    with st.expander("When something is suggested"):
        st.caption(RULE)


def _draw_counts(session: Session, user: Actor) -> None:
    found = suggestions.counts(session, by=user)
    if not found.standing:
        return
    people = count(found.people, in_our_words("job seeker"), in_our_words("job seekers"))
    left = f", {found.without_coach:,} of them without a coach" if found.without_coach else ""
    st.caption(
        f"{count(found.standing, 'suggestion')} of the night for {people}{left}: their coaches see them."
    )


def _draw_row(row: SuggestionRow, user: Actor) -> None:
    with st.container(key=f"task-row-suggestion-{row.id}", horizontal=True, vertical_alignment="center"):
        st.html(_row_html(row), width="stretch")
        st.button("They said no", key=f"suggestion-no-{row.id}", on_click=_ask_why, args=(row,))
        st.button("Looked at", key=f"suggestion-seen-{row.id}", on_click=_look_at, args=(row.id, user))
    if st.session_state.get(_OPEN) == row:
        _draw_no(row, user)


def _row_html(row: SuggestionRow) -> str:
    """One suggestion as HTML; every value is escaped."""
    where = f"{row.vacancy} at {row.employer}"
    compared = link(f"{row.seeker}: {where}", "compare", vacancy=row.vacancy_id, seeker=row.seeker_id)
    facts = f"{escape(row.reason)} · {day(row.suggested_on)}"
    inner = f'{compared.html()}<p class="crm-task-facts">{facts}</p>'
    return f'<div class="crm-task" data-title="{escape(f"{row.seeker}, {where}")}">{inner}</div>'


def _show_all() -> None:
    st.session_state[_ALL] = True


def _ask_why(row: SuggestionRow) -> None:
    st.session_state[_OPEN] = row


def _finish_no(rows: Sequence[SuggestionRow], user: Actor) -> None:
    """A no that was written down has taken its row away: the form is drawn once more, and says so."""
    opened: SuggestionRow | None = st.session_state.get(_OPEN)
    if opened is not None and opened not in rows:
        _draw_no(opened, user)


def _draw_no(row: SuggestionRow, user: Actor) -> None:
    """Ask for the person's words, which they need not give, and write their no down."""

    def save(session: Session, typed: OwnViewInput, _version: int) -> Said:
        new = typed.model_copy(update={"view": SeekerView.NO})
        return seeker_views.say(session, row.vacancy_id, row.seeker_id, new, by=user, today=today())

    def then(saved: Said) -> None:
        st.session_state.pop(_OPEN, None)
        tell(saved, user)
        st.rerun()

    form = RecordForm(
        "they-said-no",
        [text("view_words", "In their own words, if they said why")],
        OwnViewInput,
        None,
        "Write down their no",
        belongs_to=row.id,
    )
    draw_form(form, user=user, save=save, then=then)


def _look_at(suggestion_id: int, user: Actor) -> None:
    if _done(partial(suggestions.looked_at, suggestion_id=suggestion_id, by=user, today=today()), user):
        after_this("Looked at.", undo=partial(_stand_again, suggestion_id, user))


def _stand_again(suggestion_id: int, user: Actor) -> None:
    if _done(partial(suggestions.stand_again, suggestion_id=suggestion_id, by=user), user):
        after_this("It is as it was before.")


def _done(service: partial[object], user: Actor) -> bool:
    if not is_still(user):
        return False
    try:
        carry_out(service)
    except CrmError as problem:
        after_this(str(problem))
        return False
    return True
