"""Where a carved job stands: what comes next and what it asks for, what was made of it, and every move."""

from collections.abc import Collection, Sequence

import streamlit as st
from sqlmodel import Session

from crm.db import reading
from crm.models.carve_stages import CarveMove
from crm.models.carves import CarveStage, JobCarve
from crm.models.users import Actor
from crm.policy import Action
from crm.services import carve_cases, carve_checks, carve_edits, carve_moves
from crm.services.access import may
from crm.services.carve_checks import Lack
from crm.services.carve_stages import ahead, asks
from crm.services.composing_keeping import OPEN
from crm.services.employer_parts import PEOPLE, SITES
from crm.ui.tables import Cell, Link, link, links, said, summary, table
from crm.ui.words import NOT_RECORDED, count, day, money, say, today

_COLUMNS = ["On", "From", "To", "Who at the employer", "What was said", "From and until"]
_PAGES = {
    carve_checks.EDIT: "Edit the carved job",
    carve_checks.CASE: "Write the business case",
    carve_checks.COMPOSE: "Compose the job",
}


def standing_words(carve: JobCarve) -> str:
    """For how many days it has been in its stage, and since when."""
    days = count((today() - carve.stage_since).days, "day")
    return f"for {days}, since {day(carve.stage_since)}"


def standing_links(carve: JobCarve, user: Actor) -> list[Link]:
    """What can be done with a carved job as it stands, and what was made of it."""
    offered: list[Link] = []
    if carve_moves.possible(carve, by=user):
        offered.append(link("Move to another stage", "carve-move", id=carve.key))
    if carve_edits.may_change(carve, by=user):
        offered.append(link("Edit", "carve-edit", id=carve.key))
    if carve.vacancy_id is not None and carve.analysis_id is not None:
        offered.append(link("Its vacancy", "vacancy", id=carve.vacancy_id))
        offered.append(link("Its job analysis", "analysis", id=carve.analysis_id))
    offered += _started(carve, user)
    return [*offered, link("All carved jobs of this employer", "carves", employer=carve.employer_id)]


def _started(carve: JobCarve, user: Actor) -> list[Link]:
    is_live = carve.stage is CarveStage.LIVE and carve.seeker_id is not None
    if not is_live or not may(user, Action.PLACEMENTS_RECORD):
        return []
    whose = {"seeker": carve.seeker_id or 0, "employer": carve.employer_id, "vacancy": carve.vacancy_id or 0}
    return [link("Record the job started", "placement-edit", **whose)]


def draw_standing(carve: JobCarve, user: Actor) -> None:
    """Draw what the job is like, what comes next, what keeps it from there, and the moves that led here."""
    with reading() as session:
        _draw_said(session, carve, user)
        _draw_next(session, carve, user)
        moves = carve_moves.history(session, carve.key, by=user)
        names = {one.key: one.name for one in PEOPLE.of(session, carve.employer_id, by=user)} if moves else {}
    st.header("Moves", anchor=False)
    if moves:
        table("Moves", _COLUMNS, [_move_row(move, names) for move in moves])
    else:
        said("It has been an idea since it was made.")


def _draw_said(session: Session, carve: JobCarve, user: Actor) -> None:
    site = SITES.find(session, carve.site_id, by=user) if carve.site_id is not None else None
    st.header("What the job is like", anchor=False)
    summary(
        [
            ("Site", site.label if site else NOT_RECORDED),
            ("Pay an hour", money(carve.pay_hourly)),
            ("Going rate an hour", money(carve.going_rate)),
            ("Supervisor", carve.supervisor or NOT_RECORDED),
            ("Contact with colleagues", carve.coworker_contact or NOT_RECORDED),
            ("How one sees that it is done well", carve.quality_checks or NOT_RECORDED),
        ]
    )


def _draw_next(session: Session, carve: JobCarve, user: Actor) -> None:
    stages = ahead(carve)
    if carve.archived_at is not None or not stages:
        return
    st.header("What comes next", anchor=False)
    for stage in stages:
        said(f"{say(stage)} asks for {asks(carve, stage)}.")
    lacks = carve_checks.lacking(session, carve, stages[0], by=user, on=today())
    case = carve_cases.find(session, carve.key, by=user)
    draw_lacks(carve, stages[0], lacks, said_above=carve_cases.missing(case, carve))
    for sentence in carve_moves.whom_to_ask(carve, by=user):
        said(sentence)


def draw_lacks(
    carve: JobCarve, target: CarveStage, lacks: Sequence[Lack], *, said_above: Collection[str] = ()
) -> None:
    """Say what keeps a carved job from a stage, with the way to where each is recorded."""
    if not lacks:
        return
    words = [lack.words for lack in lacks if lack.words not in said_above]
    if len(words) < len(lacks):
        words.append("What a proposal still needs is listed under the business case.")
    said(f"It cannot go to {say(target).lower()} yet:")
    said("\n".join(words))
    pages = dict.fromkeys(lack.page for lack in lacks)
    links([_way(carve, page) for page in pages], label="To put right")


def _way(carve: JobCarve, page: str) -> Link:
    if page == carve_checks.COMPOSE and carve.stage in OPEN:
        return link(_PAGES[page], page, carve=carve.key)
    if page == carve_checks.COMPOSE:
        return link("Compose another job", page, employer=carve.employer_id)
    return link(_PAGES[page], page, id=carve.key)


def _move_row(move: CarveMove, names: dict[int, str]) -> list[Cell]:
    days = [day(each) for each in (move.starts_on, move.ends_on) if each is not None]
    who = names.get(move.contact_id, "") if move.contact_id is not None else ""
    words = [move.words] if move.words else []
    if move.is_agreed_by_seeker:
        words.append("The person said yes themselves.")
    return [
        day(move.moved_on),
        say(move.from_stage),
        say(move.to_stage),
        who,
        "\n".join(words),
        " to ".join(days),
    ]


def after_move(carve: JobCarve) -> str:
    """What is said once a carved job has moved, with what was made of it and what is to be done now."""
    moved = f"The carved job has moved to: {say(carve.stage)}."
    if carve.stage is CarveStage.AGREED:
        return f"{moved} Its vacancy and its job analysis are there."
    if carve.stage is CarveStage.DECLINED and carve.vacancy_id is not None:
        return f"{moved} Its vacancy is withdrawn, and its tasks are free again."
    if carve.stage is CarveStage.LIVE and carve.seeker_id is not None:
        return f"{moved} Record the job started, so that support and reviews begin."
    return moved
