"""Lists of any kind taken in: previewed, then saved in one transaction with every row accounted for."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from sqlmodel import Session, col, select

from crm.errors import RuleBrokenError
from crm.models.imports import ImportBatch
from crm.models.users import Actor
from crm.policy import Action
from crm.readers.tables import Table
from crm.services import import_fields, import_traces, imports, intake_plan, records
from crm.services.access import ensure
from crm.services.employer_imports import EmployerFile
from crm.services.import_previews import SHOWN, Preview
from crm.services.import_traces import Change, settle_dates
from crm.services.intake_kinds import IntakeKind
from crm.services.intake_plan import Filled, IntakePlan
from crm.services.intake_rows import ReadRow
from crm.services.listing import parts

_ONE_BY_ONE = (
    "Health, benefits and dates of birth do not come in by a list: they are recorded one by one, under "
    "Restricted facts."
)

Mapped = Mapping[str, str | None]
Progress = Callable[[int, int], None]


def preview(session: Session, kind: IntakeKind, file: EmployerFile, mapping: Mapped, *, by: Actor) -> Preview:
    """Say what an import with these columns would do; nothing is saved.

    Raises:
        NotAllowedError: the person may not run imports, or not record such things.
        RuleBrokenError: a column that is needed is not chosen, or one is that may not be.
    """
    _ensure_may(session, kind, by)
    chosen = _chosen(kind, file.table, mapping)
    plan = intake_plan.make_plan(session, kind, file.table, chosen, by=by)
    shown = [one for one in kind.fields if one.name in chosen]
    return Preview(
        plan.figures,
        ["Row", *(one.label for one in shown)],
        _first(file.table, plan.added[:SHOWN], [chosen[one.name] for one in shown]),
        plan.beside,
        plan.refused[:SHOWN],
        plan.skipped[:SHOWN],
        _notes(kind, plan, file.table),
        imports.same_file(session, file.digest, kind.kind, by=by),
    )


def run(
    session: Session,
    kind: IntakeKind,
    file: EmployerFile,
    mapping: Mapped,
    *,
    by: Actor,
    progress: Progress = lambda done, total: None,
) -> ImportBatch:
    """Take a list in: what is new, and what recorded things lack. What is recorded never changes.

    Raises:
        NotAllowedError: the person may not run imports, or not record such things.
        RuleBrokenError: a column that is needed is not chosen, or one is that may not be.
    """
    _ensure_may(session, kind, by)
    chosen = _chosen(kind, file.table, mapping)
    plan = intake_plan.make_plan(session, kind, file.table, chosen, by=by)
    batch = imports.start_batch(
        session,
        kind.kind,
        file_name=file.name,
        file_digest=file.digest,
        headings=import_fields.headings_of(file.table.header),
        mapping=chosen,
        by=by,
    )
    total = plan.figures.read
    for done in _store(session, kind, plan, batch):
        progress(done, total)
    settle_dates(session, kind.table, batch.key)
    for one in plan.refused:
        imports.refuse(session, batch, f"row {one.number}", one.field, one.reason, one.original)
    for one in plan.skipped:
        imports.skip(session, batch, f"row {one.number}", one.field, one.reason, one.original)
    progress(total, total)
    return imports.finish(session, batch, plan.figures, notes=_notes(kind, plan, file.table), by=by)


def _ensure_may(session: Session, kind: IntakeKind, by: Actor) -> None:
    ensure(session, by, Action.IMPORTS_RUN)
    ensure(session, by, kind.recording)


def _chosen(kind: IntakeKind, table: Table, mapping: Mapped) -> dict[str, str]:
    chosen = import_fields.usable(kind.fields, mapping, table.header)
    field, words = kind.needed
    if field not in chosen and not (field == "employer_name" and "employer_number" in chosen):
        raise RuleBrokenError(words, field=field)
    for name, column in chosen.items():
        if not kind.may_hold(column):
            raise RuleBrokenError(f"The column “{column}” looks restricted. {_ONE_BY_ONE}", field=name)
    return chosen


def _first(table: Table, rows: Sequence[ReadRow], columns: Sequence[str]) -> list[tuple[Any, ...]]:
    """The first new rows as the file has them."""
    wanted = {row.number for row in rows}
    places = [table.header.index(name) for name in columns]
    return [
        (row.number, *(row.cells[place] for place in places)) for row in table.rows if row.number in wanted
    ]


def _notes(kind: IntakeKind, plan: IntakePlan, table: Table) -> list[str]:
    notes = list(table.notes)
    turned_away = [f"“{name}”" for name in table.header if not kind.may_hold(name)]
    if turned_away:
        notes.append(f"Not taken in, whatever is in it: {', '.join(turned_away)}. {_ONE_BY_ONE}")
    if plan.unchanged:
        notes.append(f"Rows about recorded things that say nothing new: {plan.unchanged:,}.")
    return notes


def _store(session: Session, kind: IntakeKind, plan: IntakePlan, batch: ImportBatch) -> Iterator[int]:
    """Store what is new and fill what lacks something, some hundreds at a time; tells how many are done."""
    done = 0
    for rows in parts(plan.added):
        _add(session, kind, rows, batch)
        done += len(rows)
        yield done
    for fillings in parts(plan.filled):
        _fill(session, kind, fillings, batch)
        done += len(fillings)
        yield done


def _add(session: Session, kind: IntakeKind, rows: Sequence[ReadRow], batch: ImportBatch) -> None:
    batched = {"import_batch_id": batch.key} if "import_batch_id" in kind.table.model_fields else {}
    values = [row.values | kind.derived(row.values) | batched for row in rows]
    ids = records.add_many(session, kind.table, values)
    import_traces.note_added(session, batch.key, kind.table, ids, [row.number for row in rows])


def _fill(session: Session, kind: IntakeKind, fillings: Sequence[Filled], batch: ImportBatch) -> None:
    """Set what recorded things lack."""
    wanted = col(kind.table.id).in_([one.record_id for one in fillings])
    rows = {row.key: row for row in session.exec(select(kind.table).where(wanted).with_for_update())}
    changes: list[Change] = []
    for one in fillings:
        row = rows[one.record_id]
        if row.version != one.version:
            raise RuleBrokenError(
                "Somebody saved one of these records just now, so nothing came in. Start the import again."
            )
        changes.append(Change(one.number, row, {name: getattr(row, name) for name in one.values}))
        for name, value in one.values.items():
            setattr(row, name, value)
    session.add_all(rows.values())
    session.flush()
    import_traces.note_changed(session, batch.key, changes)
