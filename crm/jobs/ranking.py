"""Matching runs as jobs: everybody with every open vacancy each night, and whenever somebody asks.

A run over every vacancy goes in parts. One that is broken off, by whatever, is gone on with by the next.
"""

from crm.db import reading, transaction
from crm.jobs.asking import whoever_asked
from crm.jobs.task import Task
from crm.models.rankings import RankingInHand
from crm.services import ranking_everybody, ranking_ground, ranking_night, ranking_parts, ranking_runs, setup
from crm.services.ranking_ground import Ground
from crm.services.ranking_night import Ended

KEPT = "This matching run was cancelled. What it has compared is kept, and the next run goes on from there."
"""What a run says of itself that was cancelled after its first part."""

_ANOTHER = "Another run has compared everybody meanwhile."


def match_everybody(task: Task) -> dict[str, object]:
    """Compare everybody who looks for work with every open vacancy, as far as something has changed."""
    with reading() as session:
        if not setup.is_done(session):
            return {"said": "The service has not been set up yet."}
        begun = ranking_night.in_hand(session, by=whoever_asked(session, task))
    result: dict[str, object] = {}
    if begun is not None:
        hand, ground = _take_up(task)
        _do_parts(task, hand, ground)
        with transaction() as session:
            ranking_night.finish(session, hand, ground, by=whoever_asked(session, task), today=task.today)
    hand, ground = _take_up(task)
    _do_parts(task, hand, ground)
    with task.finishing(result) as session:
        ended = ranking_night.finish(session, hand, ground, by=whoever_asked(session, task), today=task.today)
        result["said"] = _ANOTHER if ended is None else _told(ended)
    return result


def _take_up(task: Task) -> tuple[RankingInHand, Ground]:
    with reading() as session:
        ready = task.telling("Getting everybody ready")
        ranking_night.make_ready(session, by=whoever_asked(session, task), progress=ready)
    with transaction() as session:
        hand = ranking_night.take_up(session, by=whoever_asked(session, task))
    with reading() as session:
        return hand, ranking_ground.read(session, hand, by=whoever_asked(session, task))


def _do_parts(task: Task, hand: RankingInHand, ground: Ground) -> None:
    with reading() as session:
        done = ranking_night.done(session, by=whoever_asked(session, task))
    task.if_cancelled = KEPT if done else task.if_cancelled
    tell = task.telling("Comparing, so many vacancies at a time")
    for number in range(ground.parts):
        tell(number, ground.parts)
        if number in done:
            continue
        part = ranking_parts.work_out(ground, number)
        with transaction() as session:
            by = whoever_asked(session, task)
            ranking_night.keep_part(session, hand, number, part, by=by)
        task.if_cancelled = KEPT


def _told(ended: Ended) -> str:
    run = ended.run
    if run.people_changed is None or run.vacancies_changed is None:
        said = f"People compared: {run.people:,}. Vacancies: {run.vacancies:,}."
    elif run.people_changed or run.vacancies_changed:
        said = (
            f"Changed since the last run, and compared again: people: {run.people_changed:,}, "
            f"vacancies: {run.vacancies_changed:,}."
        )
    else:
        said = "Nothing has changed since the last run, so nothing was compared."
    return f"{said} New suggestions: {ended.suggested:,}." if ended.suggested else said


def match_one_vacancy(task: Task) -> dict[str, object]:
    """Compare everybody who looks for work with one vacancy."""
    with reading() as session:
        by = whoever_asked(session, task)
        ready = task.telling("Getting everybody ready")
        gathered = ranking_everybody.gather(
            session, vacancy_id=task.arguments["vacancy"], by=by, progress=ready
        )
    counted = ranking_everybody.count(gathered, task.telling("Comparing vacancy by vacancy"))
    result: dict[str, object] = {}
    with task.finishing(result) as session:
        run = ranking_runs.keep(session, counted, by=whoever_asked(session, task))
        result["said"] = f"People compared: {run.people:,}. Vacancies: {run.vacancies:,}."
    return result
