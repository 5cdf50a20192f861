"""What the import of a list is going to do, row by row, before anything is saved."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError
from sqlmodel import Session

from crm.models.users import Actor
from crm.readers.tables import Row, Table
from crm.services import intake_known
from crm.services.employer_plan import SetAside
from crm.services.employer_rows import RowProblem
from crm.services.import_previews import SHOWN, Compared, Outcome, SideBySide
from crm.services.imports import ImportFigures
from crm.services.intake_kinds import IntakeKind, Values
from crm.services.intake_known import KnownRecord, KnownRecords
from crm.services.intake_rows import ReadRow, RowReader, problem_of

_NOT_YOURS = "This {called} is recorded already and is not yours to change. Ask whoever looks after them."
_CANNOT_TELL = (
    "A {called} of this name is recorded already, and the row says nothing that tells them apart. "
    "Add a postcode, a telephone number or an e-mail address."
)
_ARCHIVED = "This {called} is archived. Bring it back first if it is to be used again."
_STAYS = "Recorded already, with something else in: {fields}. What is recorded stays as it is."


@dataclass(frozen=True, slots=True)
class Filled:
    """What a row adds to a record that is there at a version."""

    number: int
    record_id: int
    version: int
    values: Values


@dataclass(slots=True)
class IntakePlan:
    """What becomes of each row. `unchanged` rows are about recorded things and say nothing new."""

    added: list[ReadRow] = field(default_factory=list[ReadRow])
    filled: list[Filled] = field(default_factory=list[Filled])
    skipped: list[SetAside] = field(default_factory=list[SetAside])
    refused: list[SetAside] = field(default_factory=list[SetAside])
    beside: list[SideBySide] = field(default_factory=list[SideBySide])
    unchanged: int = 0

    @property
    def figures(self) -> ImportFigures:
        """How many rows are added, updated, skipped and refused."""
        return ImportFigures(
            added=len(self.added),
            updated=len(self.filled),
            skipped=len(self.skipped) + self.unchanged,
            refused=len(self.refused),
        )


def make_plan(
    session: Session, kind: IntakeKind, table: Table, mapping: Mapping[str, str], *, by: Actor
) -> IntakePlan:
    """Decide about every row of the file; rows that the reader refused stay refused."""
    planner = _Planner(kind, table, mapping)
    for bad in table.refused:
        planner.refuse_unread(bad.number, bad.column or "", bad.reason, bad.cells)
    reader = RowReader(kind, table.header, mapping, kind.resolver(session, by))
    rows: list[tuple[Row, ReadRow]] = []
    for row in table.rows:
        read = reader.read(row)
        if isinstance(read, RowProblem):
            planner.refuse(row, read)
        else:
            rows.append((row, read))
    within = [(read.values | kind.derived(read.values))[kind.within] for _, read in rows]
    known = intake_known.load(session, kind, within, by=by)
    for row, read in rows:
        planner.decide(row, read, known)
    planner.plan.refused.sort(key=lambda one: one.number)
    return planner.plan


class _Planner:
    """One plan under way."""

    def __init__(self, kind: IntakeKind, table: Table, mapping: Mapping[str, str]) -> None:
        self.plan = IntakePlan()
        self._kind, self._table, self._mapping = kind, table, mapping
        self._labels = {one.name: one.label for one in kind.fields}
        self._seen: dict[int, int] = {}

    def refuse_unread(self, number: int, column: str, reason: str, cells: Sequence[str]) -> None:
        """Set a row aside that the reader could not use."""
        self.plan.refused.append(SetAside(number, column, reason, self._original(cells)))

    def refuse(self, row: Row, problem: RowProblem) -> None:
        """Set a row aside that has to be mended."""
        column = self._mapping.get(problem.field, self._labels.get(problem.field, problem.field))
        self.plan.refused.append(SetAside(row.number, column, problem.reason, self._original(row.cells)))

    def decide(self, row: Row, read: ReadRow, known: KnownRecords) -> None:
        """Add what a row says, fill what a record lacks, or set the row aside."""
        same = known.same_as(read.values)
        if same is not None:
            self._about_known(row, read, same)
            return
        alike = known.alike(read.values)
        if alike is not None and not self._kind.keys(read.values):
            self.refuse(row, RowProblem("", self._say(_CANNOT_TELL)))
            return
        if alike is not None and alike.id is not None:
            self._show_beside(read, alike, Outcome.ALIKE, set())
        self.plan.added.append(read)
        known.enter(KnownRecord(None, read.number, read.values))

    def _about_known(self, row: Row, read: ReadRow, known: KnownRecord) -> None:
        earlier = known.row if known.id is None else self._seen.get(known.id)
        if earlier is not None:
            self._skip(row, f"The same {self._kind.called} as in row {earlier:,} of this file.")
        elif known.is_archived:
            self._skip(row, self._say(_ARCHIVED))
        elif not known.is_changeable:
            self.refuse(row, RowProblem("", self._say(_NOT_YOURS)))
        else:
            self._seen[known.id or 0] = read.number
            self._fill(row, read, known)

    def _fill(self, row: Row, read: ReadRow, known: KnownRecord) -> None:
        differing = {name for name in read.named if read.values.get(name) != known.values.get(name)}
        lacking = {name for name in differing if is_empty(known.values[name])}
        filling = {name: read.values[name] for name in lacking}
        try:
            self._kind.input.model_validate(known.values | filling)
        except ValidationError as error:
            self.refuse(row, problem_of(error))
            return
        if differing:
            self._show_beside(read, known, Outcome.STAYS, lacking)
        if filling:
            self.plan.filled.append(Filled(read.number, known.id or 0, known.version, filling))
        elif differing:
            fields = ", ".join(self._label(name).lower() for name in sorted(differing))
            self._skip(row, _STAYS.format(fields=fields))
        else:
            self.plan.unchanged += 1

    def _show_beside(self, read: ReadRow, known: KnownRecord, otherwise: Outcome, lacking: set[str]) -> None:
        if len(self.plan.beside) >= SHOWN:
            return
        lines = [
            Compared(
                self._label(name),
                known.values.get(name) if known.is_changeable else None,
                read.values.get(name),
                Outcome.FILLED if name in lacking else otherwise,
            )
            for name in sorted(read.named)
            if otherwise is Outcome.ALIKE or read.values.get(name) != known.values.get(name)
        ]
        self.plan.beside.append(SideBySide(read.number, known.id or 0, lines))

    def _skip(self, row: Row, reason: str) -> None:
        self.plan.skipped.append(SetAside(row.number, "", reason, self._original(row.cells)))

    def _label(self, name: str) -> str:
        return self._labels.get(name) or self._labels.get(name.removesuffix("_id"), name)

    def _say(self, words: str) -> str:
        return words.format(called=self._kind.called)

    def _original(self, cells: Sequence[str]) -> dict[str, str]:
        """The row as it stood; of somebody who looks for work only what was chosen, so nothing restricted."""
        whole = dict(zip(self._table.header, cells, strict=False))
        if not self._kind.is_guarded:
            return whole
        return {name: whole.get(name, "") for name in self._mapping.values()}


def is_empty(value: Any) -> bool:
    """Does a record know nothing in this field?"""
    return value in (None, "unknown", [], {})
