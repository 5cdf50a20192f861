"""Matching runs as jobs: everybody with every open vacancy each night, and whenever somebody asks."""

from crm.db import reading
from crm.jobs.asking import whoever_asked
from crm.jobs.task import Task
from crm.services import ranking_everybody, ranking_runs, setup


def match_everybody(task: Task) -> dict[str, object]:
    """Compare everybody who looks for work with every open vacancy, once there is a service."""
    with reading() as session:
        if not setup.is_done(session):
            return {"said": "The service has not been set up yet."}
    return _match(task, None)


def match_one_vacancy(task: Task) -> dict[str, object]:
    """Compare everybody who looks for work with one vacancy."""
    return _match(task, task.arguments["vacancy"])


def _match(task: Task, vacancy_id: int | None) -> dict[str, object]:
    with reading() as session:
        by = whoever_asked(session, task)
        ready = task.telling("Getting everybody ready")
        gathered = ranking_everybody.gather(session, vacancy_id=vacancy_id, by=by, progress=ready)
    counted = ranking_everybody.count(gathered, task.telling("Comparing vacancy by vacancy"))
    result: dict[str, object] = {}
    with task.finishing(result) as session:
        run = ranking_runs.keep(session, counted, by=whoever_asked(session, task))
        result["said"] = f"People compared: {run.people:,}. Vacancies: {run.vacancies:,}."
    return result
