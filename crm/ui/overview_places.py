"""The agreements at a glance by where they hold, beside where job seekers look for work."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st
from sqlmodel import Session

from crm.models.exports import ExportKind
from crm.models.users import Actor
from crm.services import agreement_coverage
from crm.services.agreement_coverage import AreaCoverage, Coverage
from crm.services.agreement_filters import NOT_KNOWN, AgreementFilter, Phase
from crm.services.overview_files import OverviewFilter
from crm.services.small_cells import LEAST
from crm.ui.agreement_narrowing import NOT_SAID
from crm.ui.calling import in_our_words
from crm.ui.charts import bar_chart, show_chart
from crm.ui.overview_narrowing import opens
from crm.ui.tables import Cell, link, said, table
from crm.ui.taking_away import offer_file
from crm.ui.words import count, today

NOT_SHOWN = "Not shown"
_COVER = ["Agreements in force", "Of them with interviews promised"]


def draw_areas(session: Session, wanted: OverviewFilter, user: Actor) -> None:
    """Each postcode area: agreements that hold there, and how many look for work there."""
    st.header("Where agreements hold, and where people look for work", anchor=False)
    found = agreement_coverage.by_area(session, wanted.agreements, by=user, today=today())
    if not found:
        st.caption(
            "No agreement in force holds in a known area, and too few people look for work to be shown."
        )
        return
    chart = bar_chart(
        [_area(one.place) for one in found],
        [one.agreements for one in found],
        [f"{count(one.agreements, 'agreement')}, {_people(one)}" for one in found],
    )
    alt = "; ".join(
        f"{_area(one.place)} {count(one.agreements, 'agreement')}, {_people(one)}" for one in found
    )
    people = in_our_words("Job seekers looking there")
    show_chart(
        chart,
        alt=f"Agreements in force by postcode area, and how many look for work there: {alt}.",
        columns=["Postcode area", *_COVER, people],
        rows=[_area_row(one, wanted.agreements) for one in found],
        key="areas",
        numbers=",".join([*_COVER, people]),
        is_open=True,
    )
    said(gap_words(found))
    st.caption(
        "An agreement that holds in several areas counts in each. The filters above narrow agreements, never "
        f"people. Fewer than {LEAST} people are not shown, nor what would tell how many they are."
    )
    offer_file(ExportKind.AGREEMENT_AREAS, wanted, user, label="Download the areas")


def gap_words(found: Sequence[AreaCoverage]) -> str:
    """Where people look for work and no agreement holds, in words."""
    gaps = [f"{one.place} ({_people(one)})" for one in found if one.is_gap]
    if gaps:
        return f"No agreement in force holds where these look for work: {', '.join(gaps)}."
    return "In every area that can be shown, and where people look for work, an agreement in force holds."


def _area(place: str) -> str:
    return place or "Not known"


def _people(one: AreaCoverage) -> str:
    return "people not shown" if one.looking is None else count(one.looking, "person", "people")


def _area_row(one: AreaCoverage, wanted: AgreementFilter) -> list[Cell]:
    people: Cell = NOT_SHOWN
    if one.looking is not None:
        people = link(f"{one.looking:,}", "seekers", area=one.place or NOT_SAID)
    return [*_held(one, replace(wanted, area=one.place)), people]


def _held(one: Coverage | AreaCoverage, wanted: AgreementFilter) -> list[Cell]:
    there = replace(wanted, phase=Phase.IN_FORCE)
    promising = replace(there, promises_interviews=True)
    return [_area(one.place), opens(one.agreements, there), opens(one.with_interviews, promising)]


def draw_sectors(session: Session, wanted: OverviewFilter, user: Actor) -> None:
    """Each sector: agreements that cover employers of it."""
    found = agreement_coverage.by_sector(session, wanted.agreements, by=user, today=today())
    st.header("Sectors", anchor=False)
    if not found:
        st.caption("No agreement is in force.")
        return
    shown = [_held(one, replace(wanted.agreements, sector=one.place)) for one in found]
    table("Agreements in force by sector", ["Sector", *_COVER], shown, numbers=",".join(_COVER))
    if any(one.place == NOT_KNOWN for one in found):
        st.caption("Where no sector is known, none of the employers covered has one recorded.")
    st.caption(
        in_our_words("What job seekers want to work at is written in their own words")
        + " and not by sector, so that only areas can be compared with what they want."
    )
    offer_file(ExportKind.AGREEMENT_SECTORS, wanted, user, label="Download the sectors")
