"""The warning beside a form that what is being added may be here already. It never stands in the way."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from crm.db import reading
from crm.models.users import Actor
from crm.services import employer_likeness, person_likeness
from crm.services.employer_likeness import EmployerSketch
from crm.services.person_likeness import PersonSketch
from crm.ui.words import count

_LEAST_TYPED = 3


def typed_so_far(prefix: str) -> dict[str, str]:
    """What stands in the form's lines now, by field."""
    state = {str(key): value for key, value in st.session_state.items()}
    return {
        key.removeprefix(prefix): value
        for key, value in state.items()
        if key.startswith(prefix) and isinstance(value, str)
    }


def warn_of_employers(typed: dict[str, str], user: Actor) -> None:
    """Say which employers may be the one whose name or number is being typed."""
    known = ("name", "trading_name", "company_number", "charity_number", "website")
    sketch = EmployerSketch(**{field: typed.get(field, "") for field in known})
    if len(sketch.name.strip()) < _LEAST_TYPED and not sketch.company_number:
        return
    with reading() as session:
        found = employer_likeness.similar(session, sketch, by=user)
    _draw(
        [
            (
                f"employer?id={one.id}",
                one.name,
                [one.postcode or "", "archived" if one.is_archived else "", one.why],
            )
            for one in found
        ]
    )


def warn_of_people(typed: dict[str, str], employer_id: int, user: Actor) -> None:
    """Say who may be the person whose name, telephone or e-mail address is being typed."""
    sketch = PersonSketch(**{field: typed.get(field, "") for field in ("name", "phone", "email")})
    if len(sketch.name.strip()) < _LEAST_TYPED:
        return
    with reading() as session:
        found = person_likeness.similar(session, sketch, employer_id, by=user)
    _draw(
        [
            (
                f"person-edit?id={one.id}",
                one.name,
                [one.employer, "archived" if one.is_archived else "", one.why],
            )
            for one in found
        ]
    )


def _draw(found: Sequence[tuple[str, str, Sequence[str]]]) -> None:
    """A list of links that open beside the form, so that what was typed stays."""
    if not found:
        return
    items = "".join(
        f'<li><a class="crm-beside" href="{address}" target="_blank" rel="noopener">{escape(name)}'
        '<span class="crm-hidden"> (opens in a new tab)</span></a>'
        f" {escape('; '.join(part for part in facts if part))}</li>"
        for address, name, facts in found
    )
    many = count(len(found), "record")
    st.html(
        '<div role="status" class="crm-similar"><p>This may already be here: '
        f"{many} that you can open in a new tab. What you typed stays, and you can save all the same.</p>"
        f"<ul>{items}</ul></div>"
    )
