"""Imports as jobs: the upload is read within limits, then comes in whole or not at all."""

from collections.abc import Callable
from typing import Any, TypeVar

from sqlmodel import Session

from crm.db import reading
from crm.jobs.asking import whoever_asked
from crm.jobs.task import Task
from crm.models.imports import ImportBatch, ImportKind
from crm.models.users import Actor
from crm.services import (
    import_undo,
    jobs,
    list_imports,
    upload_reading,
    uploads,
    vacancy_imports,
    vocabulary_imports,
)
from crm.services.vacancy_imports import Choice, Choices

T = TypeVar("T")


def import_list(task: Task, kind: ImportKind) -> dict[str, object]:
    """Take a list in, by the columns that were chosen."""
    mapping: dict[str, str | None] = task.arguments["mapping"]
    return _bring_in(
        task,
        upload_reading.list_in,
        lambda session, file, by: list_imports.run(
            session, kind, file, mapping, by=by, progress=task.telling("Importing")
        ),
    )


def import_vacancies(task: Task) -> dict[str, object]:
    """Take adverts in, with the employers that were chosen for them."""
    choices = choices_from(task.arguments["choices"])
    return _bring_in(
        task,
        upload_reading.adverts_in,
        lambda session, lot, by: vacancy_imports.take_in(
            session, lot, choices, by=by, progress=task.telling("Importing")
        ),
    )


def import_vocabulary(task: Task) -> dict[str, object]:
    """Put a vocabulary beside the one that ships with the product."""
    return _bring_in(
        task,
        vocabulary_imports.read_vocabulary,
        lambda session, file, by: vocabulary_imports.take_in(
            session, file, by=by, progress=task.telling("Importing")
        ),
    )


def undo_import(task: Task) -> dict[str, object]:
    """Take an import back as a whole."""
    batch_id: int = task.arguments["batch"]
    result: dict[str, object] = {}
    with task.finishing(result) as session:
        by = whoever_asked(session, task)
        seen = import_undo.outlook(session, batch_id, by=by, now=task.now)
        import_undo.undo(session, batch_id, by=by, now=task.now, progress=task.telling("Undoing"))
        said = f"{seen.archived:,} archived, {seen.put_back:,} put back, {seen.left:,} left as they are."
        result |= {"batch": batch_id, "said": said}
    return result


def choices_from(kept: dict[str, Any]) -> Choices:
    """What was chosen about employers, as the jobs table keeps it: an id, or the name of a choice."""
    return {bare: chosen if isinstance(chosen, int) else Choice(chosen) for bare, chosen in kept.items()}


def _bring_in(
    task: Task,
    read: Callable[[list[tuple[str, bytes]]], T],
    take_in: Callable[[Session, T, Actor], ImportBatch],
) -> dict[str, object]:
    upload_id: int = task.arguments["upload"]
    with reading() as session:
        by = whoever_asked(session, task)
        files = uploads.files_of(session, upload_id, by=by)
    task.telling("Reading the files")(0, 1)
    found = read(files)
    result: dict[str, object] = {}
    with task.finishing(result) as session:
        batch = take_in(session, found, whoever_asked(session, task))
        if batch.kind is not ImportKind.VOCABULARY:
            jobs.ask(session, "find_duplicates", {}, by=by)
        uploads.drop(session, upload_id, by=by)
        result |= {"batch": batch.key, "said": f"{batch.rows_added:,} added, {batch.rows_updated:,} updated."}
    return result
