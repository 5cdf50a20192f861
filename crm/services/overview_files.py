"""What the files of the agreements at a glance hold: each of its tables, with what may be shown."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session

from crm.models.exports import ExportKind
from crm.models.users import Actor
from crm.policy import Action
from crm.services import agreement_coverage, agreement_figures, agreement_honour, agreement_outlook
from crm.services.agreement_filters import NO_DAY, NOT_KNOWN, AgreementFilter
from crm.services.spreadsheets import Cell

_AT_A_TIME = 500
_NOT_SHOWN = "Not shown"
Lines = Iterator[tuple[Cell, ...]]


@dataclass(frozen=True, slots=True)
class OverviewFilter:
    """What the agreements at a glance are narrowed by; None means any.

    `period` is when people were put forward (`agreement_honour.Period`): only promises have one.
    """

    owner_id: int | None = None
    is_nobodys: bool = False
    team_id: int | None = None
    kind: str | None = None
    period: str | None = None

    @property
    def agreements(self) -> AgreementFilter:
        """The same as lists of agreements are narrowed."""
        return AgreementFilter(
            kind=self.kind, owner_id=self.owner_id, is_nobodys=self.is_nobodys, team_id=self.team_id
        )


@dataclass(frozen=True, slots=True)
class OverviewFile:
    """One table as a file; `also` is what one must be allowed beside taking lists of employers away."""

    title: str
    columns: tuple[str, ...]
    lines: Callable[[Session, Any, Actor, date], Lines]
    also: Action | None = None


def _word(value: str) -> str:
    return value[:1].upper() + value[1:].replace("_", " ")


def _stages(session: Session, wanted: OverviewFilter, by: Actor, today: date) -> Lines:
    for one in agreement_figures.by_stage(session, wanted.agreements, by=by, today=today):
        yield _word(one.stage), one.agreements, one.median_days, one.longest_days


def _signings(session: Session, wanted: OverviewFilter, by: Actor, today: date) -> Lines:
    for one in agreement_outlook.signings(session, wanted.agreements, by=by, today=today):
        yield "No day expected" if one.when == NO_DAY else _word(one.when), one.agreements


def _areas(session: Session, wanted: OverviewFilter, by: Actor, today: date) -> Lines:
    for one in agreement_coverage.by_area(session, wanted.agreements, by=by, today=today):
        people = _NOT_SHOWN if one.looking is None else one.looking
        yield _place(one.place), one.agreements, one.with_interviews, people


def _sectors(session: Session, wanted: OverviewFilter, by: Actor, today: date) -> Lines:
    for one in agreement_coverage.by_sector(session, wanted.agreements, by=by, today=today):
        yield _place(one.place), one.agreements, one.with_interviews


def _place(place: str) -> str:
    return "Not known" if place == NOT_KNOWN else place


def _honour(session: Session, wanted: OverviewFilter, by: Actor, today: date) -> Lines:
    offset = 0
    while True:
        page = agreement_honour.by_employer(
            session,
            wanted.agreements,
            wanted.period,
            offset=offset,
            limit=_AT_A_TIME,
            by=by,
            today=today,
        )
        for one in page.rows:
            honour = one.honour
            counts = honour.kept, honour.broken, honour.disputed
            yield one.employer, *counts, *map(_percent, (honour.rate, honour.low, honour.high))
        offset += _AT_A_TIME
        if len(page.rows) < _AT_A_TIME:
            return


def _percent(share: float | None) -> int | None:
    return None if share is None else round(100 * share)


def _load(session: Session, wanted: OverviewFilter, by: Actor, today: date) -> Lines:
    for one in agreement_outlook.by_owner(session, wanted.agreements, by=by, today=today):
        yield one.owner or "Nobody yet", one.on_the_way, one.in_force, one.has_moved, one.oldest_days


_COVER = ("Agreements in force", "Of them with interviews promised")
_RATES = ("Honour rate, percent", "If every dispute is a break", "If every dispute is kept")
FILES: dict[ExportKind, OverviewFile] = {
    ExportKind.AGREEMENT_STAGES: OverviewFile(
        "Agreements by stage", ("Stage", "Agreements", "Days there, median", "Days there, longest"), _stages
    ),
    ExportKind.AGREEMENT_SIGNINGS: OverviewFile(
        "Expected signatures", ("Expected in", "Agreements on the way"), _signings
    ),
    ExportKind.AGREEMENT_AREAS: OverviewFile(
        "Agreements by postcode area", ("Postcode area", *_COVER, "Job seekers looking there"), _areas
    ),
    ExportKind.AGREEMENT_SECTORS: OverviewFile("Agreements by sector", ("Sector", *_COVER), _sectors),
    ExportKind.AGREEMENT_HONOUR: OverviewFile(
        "Promises of interviews kept",
        ("Employer", "Kept", "Broken by the employer", "Disputed", *_RATES),
        _honour,
    ),
    ExportKind.AGREEMENT_LOAD: OverviewFile(
        "Agreements by owner",
        ("Owner", "On the way", "In force", "Moved in 30 days", "Oldest waiting, days"),
        _load,
        also=agreement_outlook.LOAD,
    ),
}
