"""Lists of employers taken in: previewed, then saved in one transaction with every row accounted for."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from sqlmodel import Session

from crm.errors import RuleBrokenError
from crm.models.base import Record, folded
from crm.models.employers import Employer, EmployerSite
from crm.models.imports import ImportBatch, ImportKind
from crm.models.users import Actor
from crm.policy import Action
from crm.readers.tables import Table
from crm.services import (
    employer_columns,
    employer_register,
    import_fields,
    import_traces,
    imports,
    lists,
    records,
)
from crm.services.access import ensure
from crm.services.employer_plan import Filling, Plan, make_plan
from crm.services.employer_rows import EmployerRow
from crm.services.import_previews import SHOWN, Compared, Outcome, Preview, SideBySide
from crm.services.import_traces import Change

_AT_ONCE = 500
_SHOWN_COLUMNS = ["Row", "Name", "Address", "Postcode", "Company number", "Employees"]
_LABELS = {field.name: field.label for field in employer_columns.FIELDS}

Progress = Callable[[int, int], None]
"""Told from time to time how many rows are done, of how many."""


@dataclass(frozen=True, slots=True)
class EmployerFile:
    """An uploaded list: what it is called, what tells its content from others, and its table."""

    name: str
    digest: str
    table: Table


def preview(session: Session, file: EmployerFile, mapping: Mapping[str, str | None], *, by: Actor) -> Preview:
    """Say what an import with these columns would do; nothing is saved.

    Raises:
        NotAllowedError: the person may not run imports.
        RuleBrokenError: no column is chosen for the name.
    """
    ensure(session, by, Action.IMPORTS_RUN)
    plan = _plan(session, file, mapping)
    return Preview(
        plan.figures,
        _SHOWN_COLUMNS,
        [_shown(row) for row in plan.added[:SHOWN]],
        [_beside(filling) for filling in plan.filled[:SHOWN]],
        plan.refused[:SHOWN],
        plan.skipped[:SHOWN],
        _notes(plan, file.table),
        imports.same_file(session, file.digest, ImportKind.EMPLOYERS, by=by),
    )


def run(
    session: Session,
    file: EmployerFile,
    mapping: Mapping[str, str | None],
    *,
    by: Actor,
    progress: Progress = lambda done, total: None,
) -> ImportBatch:
    """Take a list in: employers that are new with their site, and what recorded ones lack.

    Raises:
        NotAllowedError: the person may not run imports or record employers.
        RuleBrokenError: no column is chosen for the name.
    """
    ensure(session, by, Action.IMPORTS_RUN)
    ensure(session, by, Action.EMPLOYERS_RECORD)
    plan = _plan(session, file, mapping)
    batch = imports.start_batch(
        session,
        ImportKind.EMPLOYERS,
        file_name=file.name,
        file_digest=file.digest,
        headings=import_fields.headings_of(file.table.header),
        mapping=employer_columns.usable(mapping, file.table.header),
        by=by,
    )
    for done in _add_all(session, plan.added, batch.key):
        progress(done, plan.figures.read)
    for filling in plan.filled:
        _fill(session, filling, batch.key)
    for one in plan.refused:
        imports.refuse(session, batch, f"row {one.number}", one.field, one.reason, one.original)
    for one in plan.skipped:
        imports.skip(session, batch, f"row {one.number}", one.field, one.reason, one.original)
    progress(plan.figures.read, plan.figures.read)
    return imports.finish(session, batch, plan.figures, notes=_notes(plan, file.table), by=by)


def _shown(row: EmployerRow) -> tuple[Any, ...]:
    address, postcode = (row.site.address, row.site.postcode) if row.site else (None, None)
    return (
        row.number,
        row.employer.name,
        address,
        postcode,
        row.employer.company_number,
        row.employer.size_band,
    )


def _beside(filling: Filling) -> SideBySide:
    """What is filled in, where nothing was: what is recorded is left alone whatever the row says."""
    said: dict[str, Any] = dict(filling.values)
    site = filling.first_site
    said |= {"address": site.address, "postcode": site.postcode} if site else {}
    said |= {"address": filling.address} if filling.address else {}
    lines = [Compared(_LABELS[name], None, value, Outcome.FILLED) for name, value in said.items() if value]
    return SideBySide(filling.row, filling.employer_id, lines)


def _plan(session: Session, file: EmployerFile, mapping: Mapping[str, str | None]) -> Plan:
    chosen = employer_columns.usable(mapping, file.table.header)
    if "name" not in chosen:
        raise RuleBrokenError("Choose the column that holds the name of the organisation.", field="name")
    plan = make_plan(file.table, chosen, employer_register.load(session))
    _spell_as_listed(plan, lists.spellings(session))
    return plan


def _spell_as_listed(plan: Plan, known: Mapping[str, Mapping[str, str]]) -> None:
    """Take a list's own value where the file has the same in other letters; other words stay as they are."""
    for row in plan.added:
        for field, values in known.items():
            said = getattr(row.employer, field)
            setattr(row.employer, field, values.get(folded(said or ""), said))
    for filling in plan.filled:
        for field in known.keys() & filling.values.keys():
            said = filling.values[field]
            filling.values[field] = known[field].get(folded(said or ""), said)


def _notes(plan: Plan, table: Table) -> list[str]:
    notes = list(table.notes)
    if plan.unchanged:
        notes.append(f"Rows about recorded employers that say nothing new: {plan.unchanged:,}.")
    if plan.unclear_sizes:
        notes.append(
            f"Rows whose size is not said or could lie in two bands, so not recorded: {plan.unclear_sizes:,}."
        )
    return notes


def _add_all(session: Session, rows: Sequence[EmployerRow], batch_id: int) -> Iterator[int]:
    """Store new employers with their sites, some hundreds at a time; tells how many are done."""
    waiting = iter(rows)
    done = 0
    while some := list(islice(waiting, _AT_ONCE)):
        employers = [
            row.employer.model_dump() | {"name_key": folded(row.employer.name), "import_batch_id": batch_id}
            for row in some
        ]
        ids = records.add_many(session, Employer, employers)
        import_traces.note_added(session, batch_id, Employer, ids, [row.number for row in some])
        placed = [(row, key) for row, key in zip(some, ids, strict=True) if row.site is not None]
        _add_sites(session, placed, batch_id)
        done += len(some)
        yield done


def _add_sites(session: Session, placed: Sequence[tuple[EmployerRow, int]], batch_id: int) -> None:
    sites = [row.site.model_dump() | {"employer_id": key} for row, key in placed if row.site is not None]
    ids = records.add_many(session, EmployerSite, sites)
    import_traces.note_added(session, batch_id, EmployerSite, ids, [row.number for row, _ in placed])


def _fill(session: Session, filling: Filling, batch_id: int) -> None:
    """Set what a recorded employer lacks; what is recorded stays as it is."""
    employer = records.fetch_to_change(session, Employer, filling.employer_id, called="employer")
    _change(session, employer, filling.values, filling.row, batch_id)
    if filling.first_site is not None:
        values = filling.first_site.model_dump() | {"employer_id": employer.key}
        ids = records.add_many(session, EmployerSite, [values])
        import_traces.note_added(session, batch_id, EmployerSite, ids, [filling.row])
    if filling.address and filling.site_id is not None:
        site = records.fetch_to_change(session, EmployerSite, filling.site_id, called="site")
        _change(session, site, {"address": filling.address}, filling.row, batch_id)


def _change(session: Session, row: Record, values: dict[str, Any], number: int, batch_id: int) -> None:
    """Set fields of a record and keep with the import what they held."""
    if values:
        before = {name: getattr(row, name) for name in values}
        records.change(session, row, values, version=row.version)
        import_traces.note_changed(session, batch_id, [Change(number, row, before)])
