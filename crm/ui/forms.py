"""The one way records are typed in: drawn from a version, kept as a draft as one types, saved by a service.

Fields stand outside Streamlit's form container on purpose: there, nothing typed reaches the server before
the save, so a restart would lose it (docs/adr/0005).
"""

import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from itertools import groupby
from typing import Any, Generic, TypeVar

import streamlit as st
from pydantic import BaseModel, ValidationError
from sqlmodel import Session

from crm.db import reading, transaction
from crm.errors import CrmError, StaleFormError
from crm.models.base import Record
from crm.models.users import Actor
from crm.services import drafts
from crm.services.drafts import Draft
from crm.ui.fields import Field, Typed
from crm.ui.guard import is_still, live_part
from crm.ui.problems import Problems, field_problem, problem_of, problems_of, show_problems
from crm.ui.tables import table
from crm.ui.words import say
from crm.units import carry_out

T = TypeVar("T", bound=BaseModel)
Save = Callable[[Session, T, int], Any]


@dataclass(frozen=True, slots=True)
class RecordForm(Generic[T]):
    """A form for one record: `record` is what it is drawn from, None for a new one.

    A new row that changes the record it `belongs_to` carries the `version` of that one. `starts` are values
    to begin with that are neither the record's own nor the input's defaults. What is done `before_saving` has
    a transaction of its own: it stays when saving is refused. `lay_out` draws the fields in a way of its own,
    and gives what every one of them holds, drawn or not.
    """

    name: str
    fields: Sequence[Field]
    input_type: type[T]
    record: Record | None
    button: str
    belongs_to: int = 0
    version: int = 0
    starts: Mapping[str, Any] = dataclass_field(default_factory=dict[str, Any])
    before_saving: Callable[[T], None] | None = None
    lay_out: "Callable[[RecordForm[T], Problems], dict[str, Typed]] | None" = None

    @property
    def record_key(self) -> str:
        """Tells this form from the same form of another record."""
        return str(self.record.key) if self.record else f"new-{self.belongs_to}"

    @property
    def prefix(self) -> str:
        """What the keys of this form's widgets begin with."""
        return f"{self.name}-{self.record_key}-"

    def gather(self, typed: dict[str, Typed]) -> tuple[dict[str, Any], Problems]:
        """The values for the input class, and what could not be read. Parts of a week or scale are joined."""
        values: dict[str, Any] = {}
        problems: Problems = {}
        for field in self.fields:
            try:
                value = field.read(typed[field.name])
            except ValueError as problem:
                problems[field.name] = str(problem)
                continue
            _put(values, field.name, value)
        return values, problems


def _put(values: dict[str, Any], name: str, value: Any) -> None:
    base, _, part = name.partition(".")
    if not part:
        values[base] = value
    elif isinstance(value, list):
        values.setdefault(base, []).extend(value)
    else:
        levels = values.setdefault(base, {})
        if value is not None:
            levels[part] = value


@live_part
def draw_form(
    form: RecordForm[T],
    *,
    user: Actor,
    save: Save[T],
    then: Callable[[Any], None],
    ask: Callable[[], None] = lambda: None,
) -> None:
    """Draw the form and, when its button is pressed, save it and go on with `then(what save returned)`.

    `ask` draws what has to be answered before a save that `save` refused for want of the answer.
    """
    state = st.session_state
    if f"{form.prefix}saved" in state:
        then(_forget(form))
    _seed(form, user)
    problems: Problems = state.get(f"{form.prefix}problems", {})
    _say_what_is_wrong(form, user, problems)
    typed = form.lay_out(form, problems) if form.lay_out else _draw_fields(form, problems)
    _keep_draft(form, user, typed)
    ask()
    st.button(
        form.button, type="primary", key=f"{form.prefix}save", on_click=_try_to_save, args=(form, user, save)
    )


def _seed(form: RecordForm[T], user: Actor) -> None:
    """Fill the widgets once: from this person's draft, else the record, else the input's defaults."""
    state = st.session_state
    is_drawn = f"{form.prefix}kept" in state
    if is_drawn and all(f"{form.prefix}{field.name}" in state for field in form.fields):
        return
    with reading() as session:
        draft = drafts.find(session, form.name, form.record_key, by=user)
    _forget(form)
    version = form.record.version if form.record else form.version
    state[f"{form.prefix}version"] = draft.drawn_version if draft else version
    state[f"{form.prefix}request"] = secrets.token_hex(16)
    state[f"{form.prefix}from_draft"] = draft is not None
    for field in form.fields:
        stored = draft.values.get(field.name, ...) if draft else ...
        shown = _initial(form, field) if stored is ... else field.from_draft(stored)
        state[f"{form.prefix}{field.name}"] = shown
    state[f"{form.prefix}kept"] = {
        field.name: field.to_draft(state[f"{form.prefix}{field.name}"]) for field in form.fields
    }
    state[f"{form.prefix}unfolded"] = {
        field.section for field in form.fields if field.unfolds(state[f"{form.prefix}{field.name}"])
    }


def _initial(form: RecordForm[T], field: Field) -> Typed:
    base = field.name.partition(".")[0]
    if base in form.starts:
        return field.show(form.starts[base])
    if form.record is not None:
        return field.show(getattr(form.record, base))
    described = form.input_type.model_fields[base]
    return field.show(None if described.is_required() else described.get_default(call_default_factory=True))


def _forget(form: RecordForm[T]) -> Any:
    """Drop everything kept about this form between runs; give back what the last save returned."""
    saved = st.session_state.pop(f"{form.prefix}saved", None)
    for part in ("problems", "stale", "version", "request", "from_draft", "kept", "unfolded"):
        st.session_state.pop(f"{form.prefix}{part}", None)
    return saved


def _discard(form: RecordForm[T], user: Actor) -> None:
    if not is_still(user):
        return
    with transaction() as session:
        drafts.drop(session, form.name, form.record_key, by=user)
    _forget(form)
    for field in form.fields:
        st.session_state.pop(f"{form.prefix}{field.name}", None)


def _say_what_is_wrong(form: RecordForm[T], user: Actor, problems: Problems) -> None:
    state = st.session_state
    if problems:
        show_problems(problems, list(form.fields), form.prefix)
    stale: list[tuple[str, str]] = state.get(f"{form.prefix}stale", [])
    if stale:
        table("What is stored now and differs from what you typed", ["Field", "Stored now"], stale)
    if state.get(f"{form.prefix}from_draft") or stale:
        if not problems:
            st.info("This is what you typed before and did not save.")
        st.button(
            "Start again from what is stored",
            key=f"{form.prefix}discard",
            on_click=_discard,
            args=(form, user),
        )


def _draw_fields(form: RecordForm[T], problems: Problems) -> dict[str, Typed]:
    typed: dict[str, Typed] = {}
    unfolded: set[str] = st.session_state[f"{form.prefix}unfolded"]
    for section, grouped in groupby(form.fields, key=lambda field: field.section):
        fields = list(grouped)
        if section:
            has_problem = any(field.name in problems for field in fields)
            with st.expander(section, expanded=has_problem or section in unfolded):
                _draw_pairs(form, fields, problems, typed)
        else:
            _draw_pairs(form, fields, problems, typed)
    return typed


def _draw_pairs(
    form: RecordForm[T], fields: list[Field], problems: Problems, typed: dict[str, Typed]
) -> None:
    """Two fields a row on wide screens; the order of reading stays that of the list."""
    for row in in_rows(fields):
        for column, field in zip(st.columns(1 if row[0].is_wide else 2), row, strict=False):
            with column:
                typed[field.name] = field.draw(f"{form.prefix}{field.name}", field.label, field.hint)
                field_problem(field.name, problems)


def in_rows(fields: Sequence[Field]) -> Iterator[Sequence[Field]]:
    """The fields row by row: a wide one alone, others in pairs."""
    for is_wide, grouped in groupby(fields, key=lambda field: field.is_wide):
        alike = list(grouped)
        width = 1 if is_wide else 2
        yield from (alike[start : start + width] for start in range(0, len(alike), width))


def _keep_draft(form: RecordForm[T], user: Actor, typed: dict[str, Typed]) -> None:
    """Store what is typed whenever it has changed since it was last stored."""
    kept = {field.name: field.to_draft(typed[field.name]) for field in form.fields}
    if kept == st.session_state[f"{form.prefix}kept"]:
        return
    with transaction() as session:
        draft = Draft(kept, st.session_state[f"{form.prefix}version"])
        drafts.keep(session, form.name, form.record_key, draft, by=user)
    st.session_state[f"{form.prefix}kept"] = kept


def _try_to_save(form: RecordForm[T], user: Actor, save: Save[T]) -> None:
    """Save, or note what is wrong. A second press while the first is under way does not save twice."""
    state = st.session_state
    if f"{form.prefix}saved" in state or not is_still(user):
        return
    values, problems = form.gather({field.name: state[f"{form.prefix}{field.name}"] for field in form.fields})
    try:
        if not problems:
            checked = form.input_type.model_validate(values)
            if form.before_saving:
                form.before_saving(checked)
            state[f"{form.prefix}saved"] = carry_out(
                lambda session: _save_and_drop(session, form, user, save, checked),
                key=state[f"{form.prefix}request"],
            )
    except ValidationError as error:
        problems = problems_of(error)
    except StaleFormError as error:
        problems = problem_of(error)
        _note_stale(form, error)
    except CrmError as error:
        problems = problem_of(error)
    state[f"{form.prefix}problems"] = problems


def _save_and_drop(session: Session, form: RecordForm[T], user: Actor, save: Save[T], checked: T) -> Any:
    saved = save(session, checked, st.session_state[f"{form.prefix}version"])
    drafts.drop(session, form.name, form.record_key, by=user)
    return saved


def _note_stale(form: RecordForm[T], error: StaleFormError) -> None:
    labels = {field.name.partition(".")[0]: field.label.partition(":")[0] for field in form.fields}
    st.session_state[f"{form.prefix}stale"] = [
        (labels.get(change.field, say(change.field)), say(str(change.now)) if change.now else "Empty")
        for change in error.changes
    ]
    st.session_state[f"{form.prefix}version"] = error.version
