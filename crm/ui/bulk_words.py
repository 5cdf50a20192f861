"""What a change of many employers would do, did, and how it is undone, in words."""

import streamlit as st
from sqlmodel import Session

from crm.db import reading
from crm.errors import CrmError
from crm.models.employer_lists import BulkChange, BulkWhat
from crm.models.users import Actor
from crm.services import bulk_changes, staff
from crm.services.bulk_changes import Preview, Wanted
from crm.ui.flash import after_this
from crm.ui.problems import show_problem
from crm.ui.tables import said, table
from crm.ui.words import count, moment, say, today
from crm.units import carry_out

_DID = {
    BulkWhat.OWNER: "got the owner {}",
    BulkWhat.STAGE: "were moved to “{}”",
    BulkWhat.ADD_TAG: "got the tag “{}”",
    BulkWhat.REMOVE_TAG: "lost the tag “{}”",
}


def done_words(changed: int) -> str:
    """What is said once it is done."""
    return f"{count(changed, 'employer')} changed. You can undo it below, for thirty days."


def draw_preview(seen: Preview, wanted: Wanted, user: Actor) -> None:
    """How many would change, how many not and why, and the first few before and after."""
    said(f"{count(len(seen.changing), 'employer')} will change; nothing is changed yet.")
    if seen.same:
        said(f"{count(seen.same, 'employer')} stay as they are: they have it already.")
    if seen.refused:
        said(f"{count(seen.refused, 'employer')} you may not change, or they are archived.")
    if not seen.first:
        return
    with reading() as session:
        owners = _owners(session, seen, wanted, user)
    rows = [
        (name, _value(wanted.what, before, owners), _value(wanted.what, _after(wanted), owners))
        for name, before in seen.first
    ]
    table(f"The first {len(rows)}", ["Employer", "Now", "Then"], rows)


def _after(wanted: Wanted) -> str | None:
    return None if wanted.what is BulkWhat.REMOVE_TAG else wanted.value


def _owners(session: Session, seen: Preview, wanted: Wanted, user: Actor) -> dict[str, str]:
    if wanted.what is not BulkWhat.OWNER:
        return {}
    asked = {before for _, before in seen.first} | {wanted.value}
    return {one: staff.name_of(session, int(one), by=user) or "" for one in asked if one}


def _value(what: BulkWhat, value: str | None, owners: dict[str, str]) -> str:
    if value is None:
        return "Nobody" if what is BulkWhat.OWNER else "Without it"
    if what is BulkWhat.STAGE:
        return say(value)
    return owners.get(value, value)


def draw_latest(latest: list[BulkChange], user: Actor) -> None:
    """One's own changes that can still be undone."""
    if not latest:
        return
    st.header("What you changed lately", anchor=False)
    with reading() as session:
        for made in latest:
            value = made.value
            if made.what is BulkWhat.OWNER:
                value = staff.name_of(session, int(made.value), by=user) if made.value else "nobody"
            elif made.what is BulkWhat.STAGE:
                value = say(made.value)
            did = _DID[made.what].format(value)
            said(f"{moment(made.created_at)}: {count(made.employers, 'employer')} {did}.")
            st.button(
                f"Undo the change of {moment(made.created_at)}",
                key=f"undo-{made.key}",
                on_click=_undo,
                args=(made, user),
            )


def _undo(made: BulkChange, user: Actor) -> None:
    try:
        back, stay = carry_out(
            lambda session: bulk_changes.undo(session, made.key, version=made.version, by=user, today=today())
        )
    except CrmError as problem:
        show_problem(problem)
        return
    kept = (
        f" {count(stay, 'employer')} stay as they are, because somebody changed them since." if stay else ""
    )
    after_this(f"Undone for {count(back, 'employer')}.{kept}")
