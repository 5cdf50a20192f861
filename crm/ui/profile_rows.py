"""The steps of a profile that are kept in rows: a table of them, and the form of one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st
from pydantic import BaseModel
from sqlmodel import Session

from crm.models.profiles import (
    Connection,
    ConnectionInput,
    PastJob,
    PastJobInput,
    Qualification,
    QualificationInput,
    Step,
)
from crm.models.seekers import JobSeeker
from crm.models.users import Actor
from crm.services import profile_rows
from crm.services.seeker_rows import SeekerRows
from crm.ui.archiving import draw_archiving
from crm.ui.fields import Field
from crm.ui.flash import after_this
from crm.ui.forms import RecordForm, draw_form
from crm.ui.profile_fields import CONNECTION, PAST_JOB, QUALIFICATION, TITLES
from crm.ui.screens import go_to
from crm.ui.tables import Cell, link, links, table
from crm.ui.words import NOT_RECORDED, day, say


@dataclass(frozen=True, slots=True)
class RowKind:
    """One kind of row: where it is kept, its form, and how it stands in a table."""

    rows: SeekerRows[Any]
    input_type: type[BaseModel]
    fields: Sequence[Field]
    columns: Sequence[str]
    cells: Callable[[Any], tuple[str, ...]]
    add: str
    none: str


def _past_job(row: PastJob) -> tuple[str, ...]:
    said = (row.workplace, say(row.kind), row.years, row.liked, row.disliked, row.why_left)
    return row.title, *(each or "" for each in said)


def _qualification(row: Qualification) -> tuple[str, ...]:
    until = day(row.expires_on) if row.expires_on else "Does not run out"
    return row.name, say(row.kind), row.awarded_by or "", day(row.gained_on), until


def _connection(row: Connection) -> tuple[str, ...]:
    return row.tie, row.name or NOT_RECORDED, say(row.agrees), row.works_at or "", row.can_help_with or ""


KINDS: dict[Step, RowKind] = {
    Step.WORK_HISTORY: RowKind(
        profile_rows.PAST_JOBS,
        PastJobInput,
        PAST_JOB,
        ["Work", "Where", "Kind", "When", "Liked", "Did not like", "Why it ended"],
        _past_job,
        "Add work I have done",
        "No work is written down yet. Paid, voluntary and trying out all count.",
    ),
    Step.EDUCATION: RowKind(
        profile_rows.QUALIFICATIONS,
        QualificationInput,
        QUALIFICATION,
        ["Name", "What it is", "From", "Since", "Runs out on"],
        _qualification,
        "Add a course, certificate or licence",
        "Nothing is written down yet.",
    ),
    Step.PEOPLE: RowKind(
        profile_rows.CONNECTIONS,
        ConnectionInput,
        CONNECTION,
        ["How I know them", "Name", "Have they agreed?", "Works at", "Can help with"],
        _connection,
        "Add somebody I know",
        "Nobody is written down yet.",
    ),
}


def draw_rows(session: Session, seeker_id: int, step: Step, *, user: Actor, may_record: bool) -> None:
    """The rows of a step as a table, each leading to its form for those who may change it."""
    kind = KINDS[step]
    found = kind.rows.of(session, seeker_id, by=user)
    if not found:
        st.info(kind.none)
        return
    rows: list[list[Cell]] = []
    for row in found:
        first, *others = kind.cells(row)
        way = link(first, "profile-step", seeker=seeker_id, step=step.value, row=row.key)
        rows.append([way if may_record else first, *others])
    table(TITLES[step], kind.columns, rows)


def draw_row_form(seeker: JobSeeker, step: Step, row: Any, *, user: Actor) -> None:
    """The form of one row, or of a new one when `row` is None, and the way to put it aside."""
    kind = KINDS[step]
    links([link(TITLES[step], "profile-step", seeker=seeker.key, step=step.value)], label="Step")

    def save(session: Session, typed: BaseModel, version: int) -> Any:
        if row is None:
            return profile_rows.add(session, kind.rows, seeker.key, typed, by=user)
        return profile_rows.change(session, kind.rows, row.key, typed, version=version, by=user)

    def then(_saved: Any) -> None:
        after_this("It is saved.")
        go_to("profile-step", seeker=seeker.key, step=step.value)

    if row is None or row.archived_at is None:
        name = f"profile-{kind.rows.table.__name__.lower()}"
        form = RecordForm(name, kind.fields, kind.input_type, row, "Save", belongs_to=seeker.key)
        draw_form(form, user=user, save=save, then=then)
    if row is not None:
        rows = kind.rows
        draw_archiving(row, rows.called, archive=rows.archive, bring_back=rows.bring_back, user=user)
