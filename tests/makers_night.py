"""A night's run done at once, and what a run that counts everybody anew would find beside it."""

from datetime import date

from sqlmodel import Session, select

from crm.models.matches import MatchSuggestion
from crm.models.rankings import SeekerCount, VacancyCount
from crm.models.users import SYSTEM
from crm.services import ranking_everybody, ranking_night
from crm.services.ranking_night import Ended

TODAY = date(2026, 11, 26)
"""A Thursday."""

Counts = tuple[dict[int, list[int]], dict[int, int]]


def run_night(session: Session, today: date = TODAY) -> Ended:
    """Take up the run in hand, or begin one, and bring it to its end."""
    ended = ranking_night.bring_to_end(session, by=SYSTEM, today=today)
    assert ended is not None
    return ended


def stored_counts(session: Session) -> Counts:
    """The counts as they are kept: people in each group by vacancy, vacancies workable now by person."""
    vacancies = {
        row.vacancy_id: [row.workable_now, row.with_measures, row.design_a_job]
        for row in session.exec(select(VacancyCount))
    }
    return vacancies, {row.seeker_id: row.workable_now for row in session.exec(select(SeekerCount))}


def counted_anew(session: Session) -> Counts:
    """What comparing everybody with every open vacancy finds."""
    found = ranking_everybody.count(ranking_everybody.gather(session, by=SYSTEM), lambda _done, _total: None)
    return found.groups, found.workable_now


def suggested(session: Session) -> list[tuple[int, int, str]]:
    """Person, vacancy and reason of every suggestion, in the order in which they were made."""
    rows = session.exec(select(MatchSuggestion).order_by("id"))
    return [(row.seeker_id, row.vacancy_id, row.reason) for row in rows]
