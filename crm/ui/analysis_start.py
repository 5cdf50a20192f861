"""Starting a job analysis on a telephone: tasks of a role to tick, steps for their times, supports."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from html import escape
from typing import Any

import streamlit as st

from crm.models.analyses import AnalysisMethod, SupportKind, SupportState
from crm.models.analysis_start import OWN_TASKS, AnalysisStart
from crm.services.roles import TypicalRole, UsualTask
from crm.ui.analysis_words import live_total, total_words, usual_words
from crm.ui.contact_fields import one_chip
from crm.ui.fields import Field, Typed, choice, line, number, pick, read_number, tick
from crm.ui.form_page import FormPage
from crm.ui.forms import RecordForm
from crm.ui.problems import Problems
from crm.ui.tables import said
from crm.ui.words import say

_SEEN = {
    SupportState.EXISTS.value: "Is there",
    SupportState.COULD_BE_FACILITATED.value: "Could be",
    SupportState.NOT_AVAILABLE.value: "Is not",
}
_ABOUT = ("title", "hours_week", "method", "site_id", "vacancy_id")
_OWN_PARTS = ("times", "minutes", "could_move", "done_by")
Form = RecordForm[AnalysisStart]


def start_fields(role: TypicalRole, sites: Mapping[int, str], posts: Mapping[int, str]) -> list[Field]:
    """All fields of the page, also those of tasks that are not ticked."""
    fields: list[Field] = []
    for place, task in enumerate(role.tasks):
        fields += _task_fields(f"tasks.{place}", task)
    for place in range(OWN_TASKS):
        fields += _own_fields(f"tasks.own{place}", place + 1)
    fields += [_support(kind) for kind in SupportKind]
    return [
        *fields,
        line("title", "Job"),
        number("hours_week", "Hours of the post a week"),
        choice("method", "How you found out", AnalysisMethod),
        pick("site_id", "Site", sites),
        pick("vacancy_id", "Vacancy, if there is one", posts),
    ]


def starts_of(role: TypicalRole, vacancy_id: int | None) -> dict[str, Any]:
    """What the page begins with: nothing is ticked, and what is usual stands in the steps."""
    tasks = {
        f"{place}:{part}": value
        for place, task in enumerate(role.tasks)
        for part, value in (("times", task.times_week), ("minutes", task.minutes))
    }
    return {"title": role.name, "vacancy_id": vacancy_id, "tasks": tasks, "supports": {}}


def _task_fields(base: str, task: UsualTask) -> list[Field]:
    name = task.name
    hint = "In such a role it often can." if task.could_move else None
    return [
        _started(tick(f"{base}:done", name)),
        _steps(f"{base}:times", f"Times a week: {name}", 1.0, 500.0),
        _steps(f"{base}:minutes", f"Minutes each time: {name}", 5.0, 2880.0),
        _started(tick(f"{base}:is_confirmed", f"Timed or confirmed here: {name}")),
        _started(tick(f"{base}:could_move", f"Could move to another job: {name}", hint=hint)),
        _started(line(f"{base}:done_by", f"Done now by: {name}")),
    ]


def _own_fields(base: str, which: int) -> list[Field]:
    what = f"another task {which}"
    return [
        _started(line(f"{base}:name", what.capitalize())),
        _steps(f"{base}:times", f"Times a week: {what}", 1.0, 500.0),
        _steps(f"{base}:minutes", f"Minutes each time: {what}", 5.0, 2880.0),
        _started(tick(f"{base}:could_move", f"Could move to another job: {what}")),
        _started(line(f"{base}:done_by", f"Done now by: {what}")),
    ]


def _started(field: Field) -> Field:
    """The field as it begins: what the starts hold of it, else empty."""
    part = field.name.partition(".")[2]

    def show(starts: Mapping[str, Any]) -> Typed:
        return field.show(starts.get(part))

    return replace(field, show=show)


def _steps(name: str, label: str, step: float, most: float) -> Field:
    """A number with a step down and a step up; whoever changes a usual one has seen it here."""

    def draw(key: str, label: str, hint: str | None) -> Typed:
        return st.number_input(
            label,
            value=None,
            min_value=0.0,
            max_value=most,
            step=step,
            format="%g",
            key=key,
            help=hint,
            on_change=_confirm,
            args=(f"{key.rpartition(':')[0]}:is_confirmed",),
        )

    return _started(Field(name, label, draw))


def _confirm(key: str) -> None:
    if key in st.session_state:
        st.session_state[key] = True


def _support(kind: SupportKind) -> Field:
    return _started(one_chip(f"supports.{kind}", say(kind), _SEEN))


def laid_out(role: TypicalRole) -> Callable[[Form, Problems], dict[str, Typed]]:
    """How the page of this role is drawn: tasks, supports, the post, and what the hours add up to."""

    def draw(form: Form, problems: Problems) -> dict[str, Typed]:
        page = FormPage(form, problems)
        st.header("What is done here", anchor=False)
        for place, task in enumerate(role.tasks):
            with st.container(border=True):
                _draw_task(page, f"tasks.{place}", task)
        _draw_own(page)
        st.header("Supports that you saw", anchor=False)
        said("One tap each. Leave out what you do not know: it counts as unknown.")
        for kind in SupportKind:
            page.draw(f"supports.{kind}")
        st.header("The post", anchor=False)
        for name in _ABOUT:
            page.draw(name)
        words = total_words(live_total(role, page.typed), _post_hours(page.typed["hours_week"]))
        st.html(f'<p class="crm-said" role="status"><strong>{escape(words)}</strong></p>')
        return page.typed

    return draw


def _draw_task(page: FormPage, base: str, task: UsualTask) -> None:
    parts = ("times", "minutes", "is_confirmed", "could_move", "done_by")
    if not page.draw(f"{base}:done"):
        for part in parts:
            page.keep(f"{base}:{part}")
        return
    if usual := usual_words(task.times_week, task.minutes):
        said(f"{usual}: it counts once you have seen it or were told here.")
    for part in parts:
        page.draw(f"{base}:{part}")


def _draw_own(page: FormPage) -> None:
    """One empty task after those that are filled in."""
    is_open = True
    for place in range(OWN_TASKS):
        base = f"tasks.own{place}"
        show = page.draw if is_open else page.keep
        is_filled = bool(show(f"{base}:name"))
        for part in _OWN_PARTS:
            (page.draw if is_open and is_filled else page.keep)(f"{base}:{part}")
        is_open = is_open and is_filled


def _post_hours(typed: Typed) -> float | None:
    read = read_number(typed)
    return read if isinstance(read, float) else None
