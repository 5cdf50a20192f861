"""SOC 2020, as the Office for National Statistics publishes it, beside the roles of the product."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlmodel import Session, col

from crm.errors import UnreadableFileError
from crm.models.imports import ImportBatch, ImportKind
from crm.models.skills import LoadedRole
from crm.models.users import Actor
from crm.policy import Action
from crm.readers.apart import read_table
from crm.readers.tables import Row, Table
from crm.services import imports
from crm.services.access import ensure
from crm.services.imports import ImportFigures

ATTRIBUTION = (
    "Standard Occupational Classification 2020, Office for National Statistics, "
    "licensed under the Open Government Licence v3.0."
)
_COLUMNS = ("SOC 2020 Unit Group", "SOC 2020 Group Title", "Tasks", "Related Job Titles")
_CODE = re.compile(r"\d{4}", re.ASCII)
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class UnitGroup:
    """A unit group of SOC 2020: its code of four digits, its title, related job titles, typical tasks."""

    code: str
    name: str
    others: tuple[str, ...]
    tasks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RoleFile:
    """The workbook as uploaded, read: its unit groups, its name and its digest."""

    groups: tuple[UnitGroup, ...]
    name: str
    digest: str


def loaded(session: Session, *, by: Actor) -> int:
    """How many roles are imported beside those that ship with the product.

    Raises:
        NotAllowedError: the person may not import a vocabulary.
    """
    ensure(session, by, Action.VOCABULARY_IMPORT)
    counted = sa.select(sa.func.count()).select_from(LoadedRole)
    return session.connection().execute(counted).scalar_one()


def read_roles(name: str, content: bytes) -> RoleFile:
    """Read the workbook of volume 1 (structure and descriptions of unit groups) in a limited process.

    Raises:
        UnreadableFileError: it is no table, or not the one with the tasks of unit groups.
    """
    table = read_table(content, name)
    groups = tuple(_groups(table))
    if not groups:
        raise UnreadableFileError(
            f"“{name}” has no unit groups with tasks. Upload the workbook “SOC 2020 volume 1: structure and "
            "descriptions of unit groups” as the Office for National Statistics publishes it."
        )
    return RoleFile(groups, name, imports.digest_of(content))


def take_in(session: Session, file: RoleFile, *, by: Actor) -> ImportBatch:
    """Put these roles in the place of those imported before; the shipped ones and all analyses stay.

    Raises:
        NotAllowedError: the person may not import a vocabulary.
    """
    ensure(session, by, Action.VOCABULARY_IMPORT)
    batch = imports.start_batch(
        session, ImportKind.VOCABULARY, file_name=file.name, file_digest=file.digest, by=by
    )
    connection = session.connection()
    before = set(connection.execute(sa.select(col(LoadedRole.code))).scalars())
    connection.execute(sa.delete(LoadedRole))
    rows = [_row(group, batch.key) for group in file.groups]
    connection.execute(sa.insert(LoadedRole), rows)
    kept = sum(group.code in before for group in file.groups)
    figures = ImportFigures(added=len(rows) - kept, updated=kept)
    return imports.finish(session, batch, figures, notes=[ATTRIBUTION], by=by)


def _row(group: UnitGroup, batch_id: int) -> dict[str, object]:
    return {
        "code": group.code,
        "name": group.name,
        "others": list(group.others),
        "tasks": list(group.tasks),
        "batch_id": batch_id,
    }


def _groups(table: Table) -> list[UnitGroup]:
    found: dict[str, UnitGroup] = {}
    if not set(_COLUMNS) <= set(table.header):
        return []
    places = [table.header.index(name) for name in _COLUMNS]
    for row in table.rows:
        code, name, tasks, titles = _cells(row, places)
        if _CODE.fullmatch(code) and (listed := _listed(tasks)):
            key = f"soc-{code}"
            found[key] = UnitGroup(key, f"{name} (SOC {code})", (name, *_listed(titles)), listed)
    return list(found.values())


def _cells(row: Row, places: Sequence[int]) -> list[str]:
    return [row.cells[place].strip() if place < len(row.cells) else "" for place in places]


def _listed(cell: str) -> tuple[str, ...]:
    """The lines of a cell that are marked as entries of a list, each once, in our way of writing."""
    marked = (line.strip().removeprefix("~").strip() for line in cell.split("\n") if line.strip()[:1] == "~")
    return tuple(dict.fromkeys(_short(line[:1].upper() + line[1:]) for line in marked if line))


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1].rsplit(" ", 1)[0] + "…"
