"""How lists of agreements are narrowed by an address, and said to be: every figure leads to its rows so."""

from collections.abc import Mapping
from dataclasses import replace

import streamlit as st

from crm.db import reading
from crm.models.users import Actor
from crm.services import employers, staff, teams
from crm.services.agreement_filters import (
    MOVED_LATELY_DAYS,
    NO_DAY,
    NOT_KNOWN,
    OVERDUE,
    AgreementFilter,
    Phase,
)
from crm.ui.tables import link, links, unprinted
from crm.ui.words import count, say

NOBODY, NOT_SAID, YES = "nobody", "not-known", "true"
_TEXTS = ("phase", "signing", "sector", "area")
_NUMBERS = {"team": "team_id", "days": "days", "covers": "employer_id"}
_TICKS = {"moved": "has_moved", "interviews": "promises_interviews"}


def parameters(wanted: AgreementFilter) -> dict[str, str]:
    """The address of the list that holds what a filter lets through; searched words are never in one."""
    said = {name: say(getattr(wanted, name)) for name in ("stage", "kind") if getattr(wanted, name)}
    said |= {name: getattr(wanted, name) or NOT_SAID for name in _TEXTS if getattr(wanted, name) is not None}
    numbers = {"owner": "owner_id", **_NUMBERS}
    said |= {name: str(value) for name, of in numbers.items() if (value := getattr(wanted, of)) is not None}
    ticks = {"soon": "expires_soon", **_TICKS}
    said |= {name: YES for name, of in ticks.items() if getattr(wanted, of)}
    return said | ({"owner": NOBODY} if wanted.is_nobodys else {})


def also_narrowed(wanted: AgreementFilter, said: Mapping[str, str]) -> AgreementFilter:
    """The filter with what an address asks beyond the fields of the page; what is none of it is left out."""
    texts = {name: said[name] for name in _TEXTS if name in said}
    if texts.get("phase") not in list(Phase):
        texts.pop("phase", None)
    texts = {name: NOT_KNOWN if value == NOT_SAID else value for name, value in texts.items()}
    numbers = {of: number_of(said[name]) for name, of in _NUMBERS.items() if name in said}
    ticks = {of: said.get(name) == YES for name, of in _TICKS.items()}
    owner = said.get("owner") if wanted.owner_id is None else None
    whose = {"is_nobodys": owner == NOBODY, "owner_id": wanted.owner_id}
    if owner and owner != NOBODY:
        whose["owner_id"] = number_of(owner)
    return replace(wanted, **texts, **numbers, **ticks, **whose)


def number_of(said: str) -> int:
    """The number that an address says; none that anything has for what is no number."""
    return int(said) if said.isascii() and said.isdigit() and len(said) < 10 else 0


def draw_also(wanted: AgreementFilter, user: Actor) -> AgreementFilter:
    """The filter of the list with what its address asks beside; that is said, with the way to all of them."""
    narrowed = also_narrowed(wanted, st.query_params)
    if narrowed != wanted:
        unprinted(f"Only agreements {'; '.join(_words(narrowed, wanted, user))}.")
        links([link("Show all agreements", "agreements")], label="All agreements")
    return narrowed


def _words(narrowed: AgreementFilter, wanted: AgreementFilter, user: Actor) -> list[str]:
    found = [] if wanted.owner_id is not None else _whose(narrowed, user)
    if narrowed.phase is not None:
        found.append(say(narrowed.phase).lower())
    if narrowed.signing is not None:
        found.append(signing_words(narrowed.signing))
    if narrowed.days is not None:
        found.append(f"in their stage for {count(narrowed.days, 'day')} or more")
    if narrowed.has_moved:
        found.append(f"that moved in the last {MOVED_LATELY_DAYS} days")
    if narrowed.promises_interviews:
        found.append("that promise interviews")
    if narrowed.sector is not None:
        found.append(f"in the sector: {narrowed.sector}" if narrowed.sector else "of no known sector")
    if narrowed.area is not None:
        found.append(f"in the postcode area {narrowed.area}" if narrowed.area else "in no known area")
    return found


def _whose(narrowed: AgreementFilter, user: Actor) -> list[str]:
    found = ["that nobody looks after yet"] if narrowed.is_nobodys else []
    with reading() as session:
        if narrowed.owner_id is not None:
            owner = staff.name_of(session, narrowed.owner_id, by=user)
            found.append(f"looked after by {owner or 'somebody unknown'}")
        if narrowed.team_id is not None:
            team = teams.names(session, by=user, also=narrowed.team_id).get(narrowed.team_id)
            found.append(f"of the team {team}" if team else "of a team that there is not")
        if narrowed.employer_id is not None:
            found.append(f"that cover {employers.find(session, narrowed.employer_id, by=user).name}")
    return found


def signing_words(signing: str) -> str:
    """When a signature is expected, after the word “agreements”."""
    if signing == OVERDUE:
        return "whose signature is overdue"
    if signing == NO_DAY:
        return "whose signature is expected on no day"
    return f"to be signed in {signing}"
