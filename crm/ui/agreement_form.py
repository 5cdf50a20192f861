"""The screen on which an agreement is written: only what its kind needs, what changed, and the checks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from crm.db import reading
from crm.models.agreement_choices import AgreementKind
from crm.models.agreement_clauses import AgreementForm, clauses_of, needless
from crm.models.users import Actor
from crm.services import agreement_checks, agreement_starting
from crm.services.agreement_checks import Around
from crm.services.agreement_starting import Source
from crm.ui.agreement_checks import draw_checks
from crm.ui.agreement_fields import KIND, STARTED_FROM, Group, kind_field, started_from_field
from crm.ui.agreement_said import changed_words
from crm.ui.fields import Field, Typed
from crm.ui.form_page import FormPage
from crm.ui.forms import RecordForm, in_rows
from crm.ui.problems import Problems
from crm.ui.tables import link, links, said
from crm.ui.words import day, plain, say, today

Form = RecordForm[AgreementForm]

_DEFAULTS = AgreementForm.model_fields


@dataclass(frozen=True, slots=True)
class Screen:
    """What the screen is drawn from: its groups of fields, what it can be started from, what is around it."""

    groups: Sequence[Group]
    sources: Mapping[AgreementKind, Source]
    source: Source | None
    around: Around
    user: Actor

    def fields(self) -> list[Field]:
        """All fields of the form, also those that the kind does not have."""
        return [kind_field(), started_from_field(), *(one for group in self.groups for one in group.fields)]

    def source_of(self, key: int | None) -> Source | None:
        """The agreement of this id that the draft was started from."""
        known = [*self.sources.values(), *([self.source] if self.source else [])]
        here = next((one for one in known if one.agreement.id == key), None)
        if here is not None or key is None:
            return here
        with reading() as session:
            return agreement_starting.source(session, key, by=self.user)

    def lay_out(self, form: Form, problems: Problems) -> dict[str, Typed]:
        """Draw the kind, then what it needs beside the checks; keep what is typed of other kinds."""
        page = FormPage(form, problems)
        page.keep(STARTED_FROM)
        kind = page.draw(KIND)
        values, _ = form.gather(
            {one.name: st.session_state[f"{form.prefix}{one.name}"] for one in form.fields}
        )
        hidden = needless(values)
        if kind is None:
            for group in self.groups:
                _keep_all(page, group.fields)
            return page.typed
        left, right = st.columns([2, 1], gap="large")
        with left:
            source = self._draw_source(form, page, AgreementKind(kind))
            for group in self.groups:
                _draw_group(page, group, hidden, source)
            _say_what_is_left_out(form, page.typed, hidden)
        with right, st.container(key="crm-beside"):
            values, _ = form.gather(page.typed)
            draw_checks(agreement_checks.of_typed(values, self.around, today=today()))
        return page.typed

    def _draw_source(self, form: Form, page: FormPage, kind: AgreementKind) -> Source | None:
        """Say what it was started from; offer the last of its kind where it was started from nothing."""
        source = self.source_of(page.typed[STARTED_FROM])
        if source is not None and source.agreement.kind is kind:
            words = f"Started from {say(kind).lower()} with {source.employer}"
            links([link(words, "agreement", id=source.agreement.key)], label="Started from")
            return source
        last = self.sources.get(kind)
        if last is not None and form.record is None:
            said(f"The last one: {last.employer}, signed on {day(last.agreement.signed_on)}.")
            st.button(
                "Start as our last agreement of this kind",
                key=f"{form.prefix}start-{kind.value}",
                help="Takes over its clauses, not its dates, owner or contacts.",
                on_click=_start_as,
                args=(form, last, kind),
            )
        return None


def _start_as(form: Form, last: Source, kind: AgreementKind) -> None:
    """Fill in the clauses of the last agreement before the fields are drawn again."""
    state = st.session_state
    clauses = agreement_starting.copied(last.agreement, kind)
    for field in form.fields:
        base = field.name.partition(".")[0]
        if base in clauses:
            state[f"{form.prefix}{field.name}"] = field.show(clauses[base])
    state[f"{form.prefix}{STARTED_FROM}"] = last.agreement.key


def _keep_all(page: FormPage, fields: Sequence[Field]) -> None:
    for field in fields:
        page.keep(field.name)


def _draw_group(page: FormPage, group: Group, hidden: set[str], source: Source | None) -> None:
    """The fields of a group that are needed, two a row on wide screens, each with what changed."""
    asked = [field for field in group.fields if _base(field) not in hidden]
    _keep_all(page, [field for field in group.fields if _base(field) in hidden])
    if asked:
        st.header(group.heading, anchor=False)
    for row in in_rows(asked):
        for column, field in zip(st.columns(1 if row[0].is_wide else 2), row, strict=False):
            with column:
                typed = page.draw(field.name)
                _mark(field, typed, source)


def _mark(field: Field, typed: Typed, source: Source | None) -> None:
    """Say below a clause what it was where the agreement was started, if it says something else now."""
    base = _base(field)
    if source is None or base not in clauses_of(source.agreement.kind):
        return
    before = field.show(getattr(source.agreement, base))
    if before != typed:
        st.caption(plain(changed_words(before)))


def _say_what_is_left_out(form: Form, typed: Mapping[str, Typed], hidden: set[str]) -> None:
    """Name what was typed for another kind or another answer: it is kept here, and not saved."""
    labels = [
        field.label
        for field in form.fields
        if _base(field) in hidden and typed[field.name] != field.show(_DEFAULTS[_base(field)].default)
    ]
    if labels:
        said(f"Kept while you write, and not saved with these answers: {', '.join(labels)}.")


def _base(field: Field) -> str:
    return field.name.partition(".")[0]
