"""Every kind of list that can be imported, by one path: its columns, a preview, and taking it in."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from crm.models.imports import ImportBatch, ImportKind
from crm.models.users import Actor
from crm.policy import Action
from crm.services import employer_columns, employer_imports, import_fields, intake
from crm.services.access import ensure, may
from crm.services.employer_imports import EmployerFile
from crm.services.import_fields import ImportField
from crm.services.import_previews import Preview
from crm.services.intake import Mapped, Progress
from crm.services.intake_kinds import INTAKES

LISTS = (ImportKind.EMPLOYERS, *INTAKES)
"""The kinds of list, in the order in which they are offered."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The column for each field as it is proposed, and the import from which that is remembered, if any."""

    mapping: dict[str, str]
    remembered: ImportBatch | None


def recording(kind: ImportKind) -> Action:
    """What somebody has to be allowed to do, beside importing, to bring in this kind of list."""
    return INTAKES[kind].recording if kind in INTAKES else Action.EMPLOYERS_RECORD


def may_bring_in(actor: Actor, kind: ImportKind) -> bool:
    """May this person bring in this kind of list?"""
    return may(actor, Action.IMPORTS_RUN) and may(actor, recording(kind))


def fields_of(kind: ImportKind) -> Sequence[ImportField]:
    """What the columns of this kind of list can hold."""
    return INTAKES[kind].fields if kind in INTAKES else employer_columns.FIELDS


def may_hold(kind: ImportKind, heading: str) -> bool:
    """May a column with this heading be taken in?"""
    return kind not in INTAKES or INTAKES[kind].may_hold(heading)


def propose(session: Session, kind: ImportKind, header: Sequence[str], *, by: Actor) -> Columns:
    """The columns as they were chosen for the last list with the same headings, else guessed from them.

    What was chosen for an import that was undone is not remembered.

    Raises:
        NotAllowedError: the person may not run imports.
    """
    ensure(session, by, Action.IMPORTS_RUN)
    query = select(ImportBatch).where(
        ImportBatch.kind == kind,
        ImportBatch.headings == import_fields.headings_of(header),
        col(ImportBatch.undone_at).is_(None),
    )
    last = session.exec(query.order_by(col(ImportBatch.id).desc()).limit(1)).first()
    if last is not None:
        columns = {import_fields.plain(name): name for name in header}
        kept = {field: columns.get(import_fields.plain(name)) for field, name in last.mapping.items()}
        return Columns(import_fields.usable(fields_of(kind), kept, header), last)
    guessed = import_fields.guess(fields_of(kind), [name for name in header if may_hold(kind, name)])
    return Columns(guessed, None)


def preview(session: Session, kind: ImportKind, file: EmployerFile, mapping: Mapped, *, by: Actor) -> Preview:
    """Say what an import with these columns would do; nothing is saved.

    Raises:
        NotAllowedError: the person may not run imports, or not record such things.
        RuleBrokenError: a column that is needed is not chosen, or one is that may not be.
    """
    if kind in INTAKES:
        return intake.preview(session, INTAKES[kind], file, mapping, by=by)
    return employer_imports.preview(session, file, mapping, by=by)


def run(
    session: Session, kind: ImportKind, file: EmployerFile, mapping: Mapped, *, by: Actor, progress: Progress
) -> ImportBatch:
    """Take a list in, in one transaction, every row accounted for.

    Raises:
        NotAllowedError: the person may not run imports, or not record such things.
        RuleBrokenError: a column that is needed is not chosen, or one is that may not be.
    """
    if kind in INTAKES:
        return intake.run(session, INTAKES[kind], file, mapping, by=by, progress=progress)
    return employer_imports.run(session, file, mapping, by=by, progress=progress)
