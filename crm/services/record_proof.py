"""One record beside what the trail tells of it: every field, and the upkeep that its entries account for."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from crm import locks
from crm.audit import ARCHIVING
from crm.audit_digests import fits
from crm.errors import SecretsError
from crm.models.base import Record
from crm.models.locked import Locked, sealed_place, sealed_text, text_of
from crm.services.record_cells import UNREADABLE, Row

_BY_STEPS = frozenset({"Programme", "WeightsVersion"})
"""Kinds of which a step of the schema made records, without entries. Later ones belong here too."""

_FILLED_BY_STEPS = frozenset(
    {("JobSeeker", "programme_id"), ("Service", "seeker_words"), ("JobCarve", "stage_since")}
)
"""Fields that a step of the schema filled in records which were there already. Later ones belong here too."""

_SEAL = "seal"


@dataclass(frozen=True, slots=True)
class Difference:
    """Something that is not as it was saved: in which kind of record, which one, which field."""

    kind: str
    record_id: int | None
    field: str
    what: str

    @property
    def words(self) -> str:
        """The difference in a sentence."""
        which = self.kind if self.record_id is None else f"{self.kind} {self.record_id}"
        return f"{which}: “{self.field}” {self.what}." if self.field else f"{which} {self.what}."


@dataclass(frozen=True, slots=True)
class Told:
    """What the trail tells of a record: its last digests, and the upkeep that its entries account for.

    `is_from_start` is false for what a step of the schema made, of which the trail knows changes only.
    """

    id: int
    digests: Mapping[str, str]
    upkeep: Mapping[str, Any]
    is_from_start: bool


def told_by(record_id: int, entries: Iterable[Any]) -> Told:
    """What the entries of one record tell together, in their order."""
    every = iter(entries)
    first = last = next(every)
    digests, count = dict[str, str](json.loads(first.digests)), 1
    for last in every:
        digests |= json.loads(last.digests)
        count += 1
    upkeep: dict[str, Any] = {"version": count, "updated_at": last.at, "updated_by": last.actor_id}
    is_from_start = first.action == "add"
    if is_from_start:
        upkeep |= {"created_at": first.at, "created_by": first.actor_id}
    else:
        upkeep["version"] += 1
    return Told(record_id, digests, upkeep, is_from_start)


class Proof:
    """Compares records with a trail whose digests were made with this key, and counts them."""

    def __init__(self, key: bytes) -> None:
        self._key = key
        self.records = 0

    def differences(self, kind: type[Record], row: Row, told: Told | None) -> Iterator[Difference]:
        """What of a record is not as the trail tells."""
        self.records += 1
        name = kind.__name__
        if told is None or not told.is_from_start:
            if name not in _BY_STEPS:
                yield Difference(name, row.id, "", "was added by nobody through this product")
                return
            told = told or _as_made(row)
        for field, value in row.values.items():
            if value is UNREADABLE:
                yield Difference(name, row.id, field, "cannot be read")
            elif not self._is_as_told(kind, field, value, told):
                yield Difference(name, row.id, field, "is not what was saved last")
        if _SEAL in row.values and not _is_sealed(kind, row.values):
            yield Difference(name, row.id, _SEAL, "does not fit the other fields")

    def _is_as_told(self, kind: type[Record], field: str, value: Any, told: Told) -> bool:
        if field in told.upkeep:
            return value == told.upkeep[field]
        if field in told.digests:
            return fits(self._key, value, told.digests[field])
        return _needs_no_digest(kind, field, value, told)


def _as_made(row: Row) -> Told:
    """What can be told of a record that a step of the schema made and nobody changed since."""
    return Told(row.id, {}, {"version": 1, "created_by": None, "updated_by": None}, is_from_start=False)


def _needs_no_digest(kind: type[Record], field: str, value: Any, told: Told) -> bool:
    """May a field hold this that the trail tells nothing of?"""
    if field in {"id", _SEAL} or not told.is_from_start or (kind.__name__, field) in _FILLED_BY_STEPS:
        return True
    if field in ARCHIVING and "archived_why" in told.digests:
        # Archived before these two had digests of their own.
        return True
    return value is None or value == _default(kind, field)


def _default(kind: type[Record], field: str) -> Any:
    """What a field holds in records that are older than its column."""
    return kind.model_fields[field].get_default(call_default_factory=True)


def _is_sealed(kind: type[Record], values: Mapping[str, Any]) -> bool:
    table: Any = kind
    names = [column.name for column in table.__table__.columns if isinstance(column.type, Locked)]
    if UNREADABLE in [values[name] for name in (*names, _SEAL)]:
        return True  # That is told of the field itself.
    text = sealed_text({name: text_of(values[name]) for name in names})
    try:
        locks.ensure_stamped(values[_SEAL], text, sealed_place(table.__table__.name, values["seeker_id"]))
    except SecretsError:
        return False
    return True
