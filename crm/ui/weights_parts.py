"""The parts of the page of the weights: their shares, what they would change, and the versions so far."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st
from pydantic import ValidationError

from crm.db import reading
from crm.errors import RuleBrokenError
from crm.models.service import WeightsInput
from crm.models.users import Actor, Service
from crm.services import weights_effect
from crm.services.weights_effect import Effect
from crm.services.weights_versions import WeightsOfDay
from crm.ui.charts import bar_chart, show_chart
from crm.ui.fields import read_number
from crm.ui.progress import telling
from crm.ui.screens import refuse_politely
from crm.ui.setting_words import WEIGHTS
from crm.ui.tables import Cell, said, table
from crm.ui.weights_words import effect_rows, move_bars, move_words, sample_words, version_rows
from crm.ui.words import moment

_SHOWN = "weights-shown"

VERSION_COLUMNS = ["Version", "From", "Who", "Why", *("Skills", "Hours", "Supports", "Preference")]
_NUMBERS = "Skills, Hours, Supports, Preference"


def weights_typed(prefix: str) -> dict[str, Any]:
    """What stands in the fields of the weights now, as far as it can be read."""
    return {name: read_number(st.session_state[f"{prefix}{name}"]) for name in WEIGHTS}


def draw_shares(typed: Mapping[str, Any]) -> None:
    """Show what the weights typed add up to, and the share of each."""
    known = {name: value for name, value in typed.items() if isinstance(value, float) and value >= 0}
    total = sum(known.values())
    rows = [
        (label, f"{known[name] / total:.0%}" if name in known and total else "–", hint)
        for name, (label, hint) in WEIGHTS.items()
    ]
    table(f"Together the weights are {total:g}", ["Weight", "Share", "What it compares"], rows)
    st.caption("Runs that are stored keep the weights they were made with; new runs take the new ones.")


def draw_effect(typed: Mapping[str, Any], here: Service, user: Actor) -> None:
    """Show what the weights typed would change, once they can be used and are not those in force."""
    wanted = _readable(typed)
    if wanted is None or _key(wanted) == _key(here):
        said("Type other weights, and what they would change stands here before they are saved.")
        return
    found = _effect(wanted, user)
    st.header("What these weights would change", anchor=False)
    said(sample_words(found))
    columns: list[str] = ["What", "How many"]
    table("What these weights would change", columns, effect_rows(found), numbers="How many")
    bars = move_bars(found)
    rows: list[list[Cell]] = [[label, value] for label, value in bars]
    labels, values = [label for label, _ in bars], [value for _, value in bars]
    chart = bar_chart(labels, values, [f"{value:,}" for value in values])
    columns = ["Mean place in their group", "People"]
    show_chart(chart, alt=move_words(found), columns=columns, rows=rows, key="moves", numbers="People")


def ensure_shown(wanted: WeightsInput, here: Service) -> None:
    """Let weights be saved whose effect has been on the screen; those in force have none.

    Raises:
        RuleBrokenError: it has not.
    """
    if _key(wanted) not in (_key(here), st.session_state.get(_SHOWN, (None, None))[0]):
        raise RuleBrokenError(
            "What these weights would change was not shown yet. Look at it below, then save once more."
        )


def draw_versions(versions: Sequence[WeightsOfDay], prefix: str) -> None:
    """Show every version so far, each with a way back to it."""
    st.header("Versions so far", anchor=False)
    table(
        "Versions of the weights, the latest first", VERSION_COLUMNS, version_rows(versions), numbers=_NUMBERS
    )
    for one in versions[1:]:
        number = one.version.number
        st.button(
            f"Go back to version {number} of {moment(one.version.created_at)}",
            key=f"back-{number}",
            on_click=_fill,
            args=(one, prefix),
        )


def _readable(typed: Mapping[str, Any]) -> WeightsInput | None:
    try:
        return WeightsInput.model_validate(dict(typed))
    except ValidationError:
        return None


def _key(wanted: WeightsInput | Service) -> tuple[float, ...]:
    return tuple(getattr(wanted, name) for name in WEIGHTS)


def _effect(wanted: WeightsInput, user: Actor) -> Effect:
    """What was worked out for these weights stays while one types on."""
    key, found = st.session_state.get(_SHOWN, (None, None))
    if key != _key(wanted) or found is None:
        with refuse_politely(), telling("Comparing with the weights typed") as told, reading() as session:
            found = weights_effect.effect(session, wanted, by=user, progress=told)
        st.session_state[_SHOWN] = (_key(wanted), found)
    return found


def _fill(one: WeightsOfDay, prefix: str) -> None:
    """Put the weights of a version into the form; they are saved like any others, as the next version."""
    for name in WEIGHTS:
        st.session_state[f"{prefix}{name}"] = f"{getattr(one.version, name):g}"
    st.session_state[f"{prefix}why"] = f"Back to version {one.version.number}"
