"""How the agreements at a glance are narrowed on screen; the address holds it, and so does every link."""

import streamlit as st

from crm.db import reading
from crm.models.agreement_choices import AgreementKind
from crm.models.users import Actor
from crm.services import staff, teams
from crm.services.agreement_filters import AgreementFilter
from crm.services.agreement_honour import Period
from crm.services.overview_files import OverviewFilter
from crm.ui.agreement_narrowing import NOBODY, parameters
from crm.ui.lists import ANY, choice_filter, draw_choice
from crm.ui.tables import Cell, link

PAGE = "agreement-pipeline"
MINE = "mine"
_NARROWED_BY = ("view", "owner", "kind", "team", "period")


def draw_filter(user: Actor) -> OverviewFilter:
    """Draw the filters and give what they say."""
    with reading() as session:
        owners = {ANY: ANY, MINE: "Mine", NOBODY: "Nobody’s"}
        owners |= {str(key): name for key, name in staff.names(session, by=user).items()}
        named = {ANY: ANY} | {str(key): name for key, name in teams.names(session, by=user).items()}
    owner, kind, team, period = st.columns(4)
    with owner:
        whose = draw_choice("Owner", owners, key="owner")
    with kind:
        kind_wanted = choice_filter("Kind", list(AgreementKind), key="kind")
    with team:
        team_id = draw_choice("Owner’s team", named, key="team")
    with period:
        when = choice_filter("People put forward", list(Period), key="period")
    is_nobodys = whose == NOBODY
    owner_id = user.id if whose == MINE else int(whose) if whose and not is_nobodys else None
    return OverviewFilter(owner_id, is_nobodys, int(team_id) if team_id else None, kind_wanted, when)


def narrowed_now() -> dict[str, str]:
    """What this page shows and what narrows it, for the address of what stands behind it."""
    return {name: value for name, value in st.query_params.items() if name in _NARROWED_BY}


def opens(number: int, wanted: AgreementFilter) -> Cell:
    """A number of agreements as the way to the list that holds exactly these."""
    return link(f"{number:,}", "agreements", **parameters(wanted)) if number else number
