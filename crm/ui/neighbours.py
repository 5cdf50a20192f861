"""Going through a list from record to record: its filter goes along in the address."""

from dataclasses import fields
from urllib.parse import parse_qsl, urlencode

import streamlit as st
from pydantic import TypeAdapter, ValidationError
from sqlmodel import Session

from crm.models.users import Actor
from crm.services import employer_neighbours
from crm.services.employer_filters import EmployerFilter
from crm.services.employer_neighbours import Neighbours
from crm.ui.tables import link
from crm.ui.words import today

WITHIN = "within"
"""What the filter of the list is called in the address of one of its records."""

_ALL = "all"
_FILTER = TypeAdapter(EmployerFilter)


def within(wanted: EmployerFilter) -> dict[str, str]:
    """The filter of a list as it goes along in the links of its rows; what is at its default is left out."""
    kept = {field.name: getattr(wanted, field.name) for field in fields(wanted)}
    said = {field.name: kept[field.name] for field in fields(wanted) if kept[field.name] != field.default}
    return {WITHIN: urlencode(said) or _ALL}


def read_within(said: str) -> EmployerFilter | None:
    """The filter that an address says; None when it says none, or nothing that can be read."""
    if not said or "\0" in said:
        return None
    try:
        return _FILTER.validate_python(dict(parse_qsl("" if said == _ALL else said)))
    except ValidationError:
        return None


def kept_within() -> dict[str, str]:
    """The filter that this address says, to go along to a form of the record and back; else nothing."""
    said = str(st.query_params.get(WITHIN, ""))
    return {WITHIN: said} if said else {}


def beside(session: Session, employer_id: int, user: Actor) -> Neighbours | None:
    """Who stands beside this employer in the list that one came from; None when one came from none."""
    wanted = read_within(str(st.query_params.get(WITHIN, "")))
    if wanted is None:
        return None
    return employer_neighbours.neighbours(session, wanted, employer_id, by=user, today=today())


def draw_neighbours(found: Neighbours | None) -> None:
    """Links to the employers before and after this one; nothing when there is no list to go through."""
    if found is None:
        return
    kept = kept_within()
    items: list[str] = []
    for words, one in (("Previous", found.before), ("Next", found.after)):
        if one is not None:
            items.append(link(f"{words}: {one.name}", "employer", id=one.id, **kept).html())
    if found.place is not None:
        items.insert(1 if found.before else 0, f"<span>{found.place:,} of {found.total:,}</span>")
    inner = "".join(f"<li>{item}</li>" for item in items)
    st.html(f'<nav aria-label="In the list you came from"><ul class="crm-links">{inner}</ul></nav>')
