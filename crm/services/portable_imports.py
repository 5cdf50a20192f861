"""Taking in a person who comes with their record: as somebody new, or refused as here already.

Nothing that is recorded here is overwritten. What becomes a record keeps where it came from; agreements that
the person made with the other service, and what was decided there, stay its history and give no leave here.
"""

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from crm import audit
from crm.errors import RuleBrokenError, UnreadableFileError
from crm.models.carried import CarriedRow
from crm.models.programmes import Programme
from crm.models.seekers import JobSeeker
from crm.models.users import Actor
from crm.policy import Action
from crm.services import records, skills
from crm.services.access import ensure, scoped, shown
from crm.services.portable_plan import RESTRICTED, SEEKER
from crm.services.portable_reading import Incoming, IncomingRow, moment

_REACHED_BY = ("email", "phone", "postcode")


@dataclass(frozen=True, slots=True)
class Alike:
    """Somebody here who may be the person that comes in; the same for certain, or only perhaps."""

    seeker: JobSeeker
    is_same: bool


def alike(session: Session, incoming: Incoming, *, by: Actor) -> list[Alike]:
    """Who here has the same name, or is reached by the same e-mail address or telephone; archived ones too.

    Raises:
        NotAllowedError: the person may not record job seekers.
    """
    ensure(session, by, Action.SEEKERS_RECORD)
    told = incoming.person.values
    wanted = [col(JobSeeker.name_key) == incoming.name_key]
    wanted += [col(getattr(JobSeeker, name)) == told[name] for name in ("email", "phone") if told.get(name)]
    query = select(JobSeeker).where(sa.or_(*wanted)).order_by(col(JobSeeker.id))
    found = session.exec(scoped(session, query, JobSeeker, by=by, action=Action.SEEKERS_READ))
    return [
        Alike(shown(session, row, by=by, action=Action.SEEKERS_READ), _is_same(row, incoming))
        for row in found
    ]


def _is_same(row: JobSeeker, incoming: Incoming) -> bool:
    told = incoming.person.values
    is_reached = any(told.get(name) and getattr(row, name) == told[name] for name in _REACHED_BY)
    return row.name_key == incoming.name_key and is_reached


def bring_in(session: Session, incoming: Incoming, *, by: Actor, is_somebody_else: bool = False) -> JobSeeker:
    """Record somebody who comes with their record; nobody here becomes their coach by it.

    Raises:
        NotAllowedError: the person may not record job seekers, or not the restricted facts that come along.
        RuleBrokenError: they are here already, or perhaps, and nobody said that it is somebody else.
        UnreadableFileError: the record contradicts itself.
    """
    ensure(session, by, Action.SEEKERS_RECORD)
    found = alike(session, incoming, by=by)
    if any(one.is_same for one in found):
        raise RuleBrokenError(
            "This person is recorded here already, so nothing was taken in. Compare both, and change the "
            "record here by hand where the other one knows more."
        )
    if found and not is_somebody_else:
        raise RuleBrokenError(
            "Somebody here is much alike. Look at both first: if it is somebody else, say so and go on."
        )
    try:
        return _Taking(session, by).take(incoming)
    except IntegrityError as problem:
        raise UnreadableFileError(
            "Nothing was taken in: this record contradicts itself, such as by saying one thing twice."
        ) from problem


class _Taking:
    """Makes records of the rows, the person first, and keeps beside each where it came from."""

    def __init__(self, session: Session, by: Actor) -> None:
        self._session, self._by = session, by
        self._vocabulary = skills.vocabulary(session)
        self._settled: dict[str, str] = {}

    def take(self, incoming: Incoming) -> JobSeeker:
        told = incoming.person
        named: dict[str, Any] = {
            "name_key": incoming.name_key,
            "programme_id": self._programme(told.says.get("programme")),
        }
        seeker = JobSeeker(**told.values | named | self._archived(told))
        records.add(self._session, seeker)
        kept = {name: told.says[name] for name in ("programme",) if name in told.says}
        self._keep(told, seeker.key, seeker, kept)
        if incoming.of(RESTRICTED):
            ensure(self._session, self._by, Action.RESTRICTED_RECORD, seeker, is_beneath_archive=True)
        for row in incoming.rows:
            self._take_row(row, seeker.key)
        said = {"from": told.origin["changed_in"], "rows": len(incoming.rows) + 1}
        record = JobSeeker.__name__, seeker.key
        audit.note(self._session, self._by, "brought_in", record, said, about=record)
        return seeker

    def _take_row(self, row: IncomingRow, seeker_id: int) -> None:
        if not row.section.becomes_record:
            self._keep(row, seeker_id, None, row.says)
            return
        values, kept = self._meant(row)
        table: Any = row.section.table
        made = records.add(self._session, table(**values | self._archived(row), seeker_id=seeker_id))
        self._keep(row, seeker_id, made, kept)

    def _keep(self, row: IncomingRow, seeker_id: int, made: Any, says: dict[str, Any]) -> None:
        carried = CarriedRow(
            seeker_id=seeker_id,
            section=row.section.name,
            record_id=made.key if made else None,
            left_at=made.version if made else None,
            origin=row.origin,
            says=says,
        )
        records.add(self._session, carried)

    def _archived(self, row: IncomingRow) -> dict[str, Any]:
        at = row.origin.get("archived_at")
        if at is None:
            return {}
        why = row.origin.get("archived_why")
        return {"archived_at": moment(at), "archived_why": why, "archived_by": self._by.id}

    def _meant(self, row: IncomingRow) -> tuple[dict[str, Any], dict[str, Any]]:
        """The values here, and what they were where the meaning of a skill is not in the vocabulary here."""
        column = {"skills": "concept_id", "not_right": "row_key"}.get(row.section.name, "")
        was = row.values.get(column)
        now = self._concept(was, row) if was is not None else None
        if was is None or now == was:
            return row.values, {}
        return row.values | {column: now}, {column: was}

    def _concept(self, was: str, row: IncomingRow) -> str:
        if row.section.name == "skills" and not skills.is_own(was) and was not in self._vocabulary:
            settled = skills.settle(self._session, row.values["name"], by=self._by)
            self._settled[was] = settled.concept_id
        return self._settled.get(was, was)

    def _programme(self, name: str | None) -> int | None:
        """The live programme of this name here, if there is one."""
        if name is None:
            return None
        query = select(Programme.id).where(Programme.name == name, col(Programme.is_dormant).is_(False))
        return self._session.exec(query.order_by(col(Programme.id))).first()


def counts(incoming: Incoming) -> dict[str, int]:
    """How many rows the record has, by section."""
    found: dict[str, int] = {SEEKER.name: 1}
    for row in incoming.rows:
        found[row.section.name] = found.get(row.section.name, 0) + 1
    return found
