"""What works for a person over what a job asks, on the same scales: where a measure is needed, and which.

Nothing here is a score, and nothing here moves one: the engine turns the same scales into measures, never
points. What is not known on either side is never short of anything.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlmodel import Session, col, select

from crm.models.analyses import JobAnalysis
from crm.models.disputes import DisputedPart
from crm.models.scales import SCALES
from crm.models.seekers import JobSeeker, VocationalProfile
from crm.models.users import Actor
from crm.policy import Action
from crm.services import disputes, records
from crm.services.access import ensure, hidden_fields
from matching.demands import measure_for


class Stand(StrEnum):
    """How what works stands to what is asked; there is no answer that fails anybody."""

    MEASURE = "measure"
    WITH_SUPPORT = "with_support"
    PERSON_NOT_ASKED = "person_not_asked"
    JOB_NOT_SEEN = "job_not_seen"
    WORKS = "works"


@dataclass(frozen=True, slots=True)
class OverlayRow:
    """One scale: the step that the job asks, the one that works, with what support, and what to do."""

    key: str
    asked: int | None
    works: int | None
    support: str | None
    stand: Stand
    measure: str


@dataclass(frozen=True, slots=True)
class Overlay:
    """The scales of which something is recorded, what needs a measure first; and when the job was seen.

    `is_hidden` where this person may not see what works for the job seeker.
    """

    rows: list[OverlayRow]
    analysis_id: int | None
    analysed_on: date | None
    is_hidden: bool


def overlay(
    demands: Mapping[str, int], abilities: Mapping[str, int], supports: Mapping[str, str]
) -> list[OverlayRow]:
    """Lay one over the other, scale by scale; scales of which nothing is recorded are left out."""
    known = [key for key in SCALES if key in demands or key in abilities or key in supports]
    rows = [_row(key, demands.get(key), abilities.get(key), supports.get(key)) for key in known]
    return sorted(rows, key=lambda row: list(Stand).index(row.stand))


def _row(key: str, asked: int | None, works: int | None, support: str | None) -> OverlayRow:
    stand = _stand(asked, works, support)
    return OverlayRow(key, asked, works, support, stand, _measure(key, stand, support))


def _stand(asked: int | None, works: int | None, support: str | None) -> Stand:
    if asked == 0:
        return Stand.WORKS
    if asked is None:
        return Stand.JOB_NOT_SEEN
    if works is None:
        return Stand.PERSON_NOT_ASKED
    if works < asked:
        return Stand.MEASURE
    return Stand.WITH_SUPPORT if support else Stand.WORKS


def _measure(key: str, stand: Stand, support: str | None) -> str:
    if stand is Stand.MEASURE:
        first = f"{support}. " if support else ""
        return f"{first}{measure_for(key)}"
    return support or "" if stand is Stand.WITH_SUPPORT else ""


def of_vacancy(session: Session, vacancy_id: int, seeker_id: int, *, by: Actor) -> Overlay:
    """A person beside a vacancy, as its latest job analysis saw it.

    Raises:
        NotAllowedError: the person may not see matches.
        NotFoundError: there is no such job seeker.
    """
    ensure(session, by, Action.MATCHES_READ)
    query = select(JobAnalysis).where(
        JobAnalysis.vacancy_id == vacancy_id, col(JobAnalysis.archived_at).is_(None)
    )
    latest = session.exec(query.order_by(col(JobAnalysis.analysed_on).desc(), col(JobAnalysis.id).desc()))
    return _laid(session, latest.first(), seeker_id, by)


def of_analysis(session: Session, analysis_id: int, seeker_id: int, *, by: Actor) -> Overlay:
    """A person beside an analysed job.

    Raises:
        NotAllowedError: the person may not see matches or job analyses.
        NotFoundError: there is no such job analysis or job seeker.
    """
    ensure(session, by, Action.MATCHES_READ)
    ensure(session, by, Action.ANALYSES_READ)
    return _laid(
        session, records.fetch(session, JobAnalysis, analysis_id, called="job analysis"), seeker_id, by
    )


def _laid(session: Session, analysis: JobAnalysis | None, seeker_id: int, by: Actor) -> Overlay:
    seeker = records.fetch(session, JobSeeker, seeker_id, called="job seeker")
    query = select(VocationalProfile).where(VocationalProfile.seeker_id == seeker.key)
    profile = session.exec(query).first() or VocationalProfile(seeker_id=seeker.key)
    hidden = hidden_fields(session, seeker, by=by, action=Action.SEEKERS_READ, part=VocationalProfile)
    is_hidden = "abilities" in hidden
    rows: list[OverlayRow] = []
    if not is_hidden:
        demands = analysis.demands if analysis else {}
        doubted = _doubted(session, seeker_id, by)
        abilities = {key: step for key, step in profile.abilities.items() if key not in doubted}
        supports = {key: words for key, words in profile.ability_supports.items() if key not in doubted}
        rows = overlay(demands, abilities, supports)
    if analysis is None:
        return Overlay(rows, None, None, is_hidden)
    return Overlay(rows, analysis.key, analysis.analysed_on, is_hidden)


def _doubted(session: Session, seeker_id: int, by: Actor) -> set[str | None]:
    """The scales that the person says are not right: not known until that is settled."""
    said = disputes.of_seeker(session, seeker_id, by=by)
    return {each.row_key for each in said if each.part is DisputedPart.SCALE}
