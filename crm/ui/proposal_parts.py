"""Proposals on screens: those that were given, the papers to take away, and a paper part by part."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from crm.db import reading
from crm.models.carves import JobCarve
from crm.models.consents import Purpose
from crm.models.users import Actor
from crm.papers import pdf
from crm.papers.chart_drawing import address_of_svg
from crm.papers.paper import Chart, Grid, Section
from crm.services import carve_proposals
from crm.services.carve_proposals import ProposalRow
from crm.services.proposal_people import Offered
from crm.ui.tables import Cell, Link, link, links, said, table
from crm.ui.words import day, plain, say

_COLUMNS = ["Proposal", "Given to", "On", "Tells of a person"]
_READINGS = {
    "full": ("Word file", "PDF", "Page to print"),
    "large-print": ("Large print: Word file", "Large print: PDF", "Large print: page to print"),
}
_ASKED = {
    Purpose.PUT_FORWARD: "to be put forward to {employer}",
    Purpose.SHARE_FACTS: "to {employer} being told anything",
}


def draw_proposals(carve: JobCarve, user: Actor) -> None:
    """The proposals of a carved job that were given, and the way to the next."""
    with reading() as session:
        found = carve_proposals.of_carve(session, carve.key, by=user)
    st.header("Proposals to the employer", anchor=False)
    if found:
        table("Proposals to the employer", _COLUMNS, [_cells(row) for row in found])
    else:
        said("None was given yet.")
    links([link("Proposal to the employer", "carve-proposal", id=carve.key)], label="Proposals")


def _cells(row: ProposalRow) -> tuple[Cell, ...]:
    proposal = row.proposal
    number = proposal.number
    return (
        link(f"Proposal {number}", "carve-proposal", id=proposal.carve_id, number=number),
        row.given_to or say(None),
        day(proposal.made_on),
        "No" if proposal.share_sheet_id is None else "Yes",
    )


def draw_papers(carve_id: int, number: int | None) -> None:
    """Offer one proposal in every form that can be made here, as it is and in large print."""
    place = f"proposal/{carve_id}/{number or 'draft'}"
    offered: list[Link] = []
    for how, (word, tagged, page) in _READINGS.items():
        offered.append(link(word, f"files/{place}/{how}.docx"))
        if pdf.is_possible():
            offered.append(link(tagged, f"files/{place}/{how}.pdf"))
        offered.append(link(page, f"print/{place}/{how}"))
    links(offered, label="This proposal, as a document")
    if not pdf.is_possible():
        said(pdf.NOT_HERE)


def draw_sections(sections: Sequence[Section]) -> None:
    """A paper part by part, with its charts and tables."""
    for section in sections:
        st.header(plain(section.heading), anchor=False)
        for part in section.parts:
            if isinstance(part, Grid):
                right = ",".join(part.columns[place] for place in part.numbers)
                table(part.caption or section.heading, part.columns, part.rows, numbers=right)
            elif isinstance(part, Chart):
                st.html(_picture(part))
            else:
                said(part)


def _picture(chart: Chart) -> str:
    return f'<img class="crm-chart" src="{address_of_svg(chart)}" alt="{escape(chart.alt)}">'


def draw_what_is_agreed(found: Offered, employer: str, employer_id: int) -> None:
    """What a page about the person rests on, or which consents it still needs, with a way to ask for each."""
    if not found.lacking:
        said(
            f"{found.name} has agreed to be put forward to {employer}. That we propose somebody can itself "
            "tell that they are disabled. What is ticked goes along as a page of its own. It is kept "
            "word for word with their record, and can be recalled there."
        )
        return
    asked = [_ASKED[purpose].format(employer=employer) for purpose in found.lacking]
    said(
        f"The proposal tells nothing of {found.name}. They have not agreed {' and '.join(asked)}. Ask them "
        "first, if the proposal is to tell of them."
    )
    ways = [
        link(
            f"Record a consent: {say(purpose).lower()}",
            "consent-new",
            seeker=found.seeker_id,
            employer=employer_id,
            purpose=purpose.value,
        )
        for purpose in found.lacking
    ]
    links(ways, label="Consents to ask for")
