"""What an import of employers is going to do, row by row, before anything is saved."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from crm.models.employers import EmployerSiteInput, SizeBand
from crm.readers.tables import Row, Table
from crm.services.employer_columns import FIELDS
from crm.services.employer_register import FILLED_FIELDS, KnownEmployer, Register
from crm.services.employer_rows import EmployerRow, RowProblem, read_row
from crm.services.imports import ImportFigures

_LABELS = {one.name: one.label for one in FIELDS}


@dataclass(frozen=True, slots=True)
class Filling:
    """What a row adds to an employer that is recorded: fields of its own, and of its site or a first one."""

    employer_id: int
    row: int
    values: dict[str, Any]
    site_id: int | None
    address: str | None
    first_site: EmployerSiteInput | None

    @property
    def is_empty(self) -> bool:
        """Does the row add nothing?"""
        return not (self.values or self.address or self.first_site)


@dataclass(frozen=True, slots=True)
class SetAside:
    """A row that is refused or skipped: its number in the file, the field to blame, why, and the row."""

    number: int
    field: str
    reason: str
    original: dict[str, str]


@dataclass(slots=True)
class Plan:
    """What becomes of each row. `unchanged` rows are about recorded employers and say nothing new."""

    added: list[EmployerRow] = field(default_factory=list[EmployerRow])
    filled: list[Filling] = field(default_factory=list[Filling])
    skipped: list[SetAside] = field(default_factory=list[SetAside])
    refused: list[SetAside] = field(default_factory=list[SetAside])
    unchanged: int = 0
    unclear_sizes: int = 0

    @property
    def figures(self) -> ImportFigures:
        """How many rows are added, updated, skipped and refused."""
        return ImportFigures(
            added=len(self.added),
            updated=len(self.filled),
            skipped=len(self.skipped) + self.unchanged,
            refused=len(self.refused),
        )


def make_plan(table: Table, mapping: Mapping[str, str], register: Register) -> Plan:
    """Decide about every row of the file; rows that the reader refused stay refused. The register grows."""
    plan = Plan()
    for bad in table.refused:
        original = dict(zip(table.header, bad.cells, strict=False))
        plan.refused.append(SetAside(bad.number, bad.column or "", bad.reason, original))
    seen: dict[int, int] = {}
    for row in table.rows:
        read = read_row(row, table.header, mapping)
        if isinstance(read, RowProblem):
            column = mapping.get(read.field, _LABELS.get(read.field, read.field))
            plan.refused.append(_aside(row, table, column, read.reason))
            continue
        if "size_band" in mapping and read.employer.size_band is SizeBand.UNKNOWN:
            plan.unclear_sizes += 1
        known = register.same_as(read)
        if known is None:
            register.expect(read)
            plan.added.append(read)
        else:
            _about_known(plan, read, known, seen, _aside(row, table, "", ""))
            register.learn(known, read)
    plan.refused.sort(key=lambda one: one.number)
    return plan


def _aside(row: Row, table: Table, column: str, reason: str) -> SetAside:
    return SetAside(row.number, column, reason, dict(zip(table.header, row.cells, strict=True)))


def _about_known(
    plan: Plan, read: EmployerRow, known: KnownEmployer, seen: dict[int, int], aside: SetAside
) -> None:
    """A row about an employer of an earlier row, of an archived one, or of one that it may add to."""
    earlier = known.row if known.id is None else seen.get(known.id)
    if earlier is not None:
        reason = f"The same employer as in row {earlier:,} of this file."
    elif known.is_archived:
        reason = "This employer is archived. Bring it back first if it is to be used again."
    else:
        reason = ""
    if reason:
        plan.skipped.append(SetAside(aside.number, "", reason, aside.original))
        return
    seen[known.id or 0] = read.number
    filling = _filling(read, known)
    if filling.is_empty:
        plan.unchanged += 1
    else:
        plan.filled.append(filling)


def _filling(read: EmployerRow, known: KnownEmployer) -> Filling:
    said = {name: getattr(read.employer, name) for name in FILLED_FIELDS if name in known.empty}
    values = {name: value for name, value in said.items() if value not in (None, SizeBand.UNKNOWN)}
    site = read.site
    same = next((one for one in known.sites if site and one.postcode == site.postcode), None)
    is_bare = same is not None and not same.has_address
    return Filling(
        employer_id=known.id or 0,
        row=read.number,
        values=values,
        site_id=same.id if same else None,
        address=site.address if site and is_bare else None,
        first_site=site if site and not known.sites else None,
    )
