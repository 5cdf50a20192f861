"""One row of an uploaded list of any kind: read by the chosen columns, or refused with the reason."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pydantic import ValidationError

from crm.readers.tables import Row
from crm.services.employer_rows import RowProblem
from crm.services.import_fields import said
from crm.services.intake_kinds import IntakeKind, Values
from crm.services.intake_resolving import Resolver, UnresolvedError


@dataclass(frozen=True, slots=True)
class ReadRow:
    """What a row says: all values of the record that it means, and which of them it says itself."""

    number: int
    values: Values
    named: frozenset[str]


class RowReader:
    """Reads the rows of one file by the columns that were chosen."""

    def __init__(
        self, kind: IntakeKind, header: Sequence[str], mapping: Mapping[str, str], resolver: Resolver
    ) -> None:
        self._kind, self._resolver = kind, resolver
        places = {name: position for position, name in enumerate(header)}
        self._cells = [(one, places[mapping[one.name]]) for one in kind.fields if one.name in mapping]
        self._required = [name for name, about in kind.input.model_fields.items() if about.is_required()]

    def read(self, row: Row) -> ReadRow | RowProblem:
        """Read a row: its cells, what it names, and whether all of it can be kept."""
        told: Values = {}
        for one, position in self._cells:
            text = said(row.cells[position])
            if text is None:
                continue
            try:
                told[one.name] = one.read(text)
            except ValueError as problem:
                return RowProblem(one.name, str(problem))
        named = frozenset(told)
        try:
            settled = self._resolver.settle(told)
            typed = {**dict.fromkeys(self._required, ""), **self._kind.usual, **told, **settled}
            checked = self._kind.input.model_validate(typed).model_dump() | settled
        except UnresolvedError as problem:
            return RowProblem(problem.field, str(problem))
        except ValidationError as problem:
            return problem_of(problem)
        values = {name: value for name, value in checked.items() if name in self._kind.table.model_fields}
        meant = {name for name in settled.keys() - {self._kind.within} if name.removesuffix("_id") in named}
        return ReadRow(row.number, values, (named & values.keys()) | meant)


def problem_of(error: ValidationError) -> RowProblem:
    """The first thing that is wrong with what a row says."""
    first = error.errors(include_url=False, include_input=False)[0]
    field = str(first["loc"][0]) if first["loc"] else ""
    return RowProblem(field, str(first["msg"]).removeprefix("Value error, "))
