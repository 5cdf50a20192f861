"""Everything about a person as one record that another service can read, each row with its origin."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlmodel import Session, col, select

from crm.models.base import Record
from crm.models.carried import CarriedRow
from crm.models.restricted import RestrictedFacts
from crm.models.seekers import JobSeeker
from crm.models.users import Actor
from crm.policy import Action
from crm.services import records, setup
from crm.services.access import ensure, may, scoped, shown
from crm.services.portable_plan import RESTRICTED, SECTIONS, SEEKER, Section, carried_columns
from crm.services.portable_text import as_json

Row = dict[str, Any]
Carried = dict[tuple[str, int | None], CarriedRow]


def build(
    session: Session, seeker_id: int, *, by: Actor, facts: RestrictedFacts | None = None
) -> dict[str, list[Row]]:
    """The rows of a person by section, as far as this actor may see them.

    `facts` are their restricted facts, where somebody opened them for this: nothing else brings them in.

    Raises:
        NotAllowedError: the person may not see job seekers.
        NotFoundError: there is no such job seeker.
    """
    ensure(session, by, Action.SEEKERS_READ)
    records.fetch(session, JobSeeker, seeker_id, called="job seeker")
    teller = _Teller(session, seeker_id, by)
    found = {section.name: list(teller.rows(section)) for section in SECTIONS if section is not RESTRICTED}
    if facts is not None:
        found[RESTRICTED.name] = [teller.row(RESTRICTED, facts)]
    return {name: rows for name, rows in found.items() if rows}


class _Teller:
    """Tells the rows of one person, those that came from another service as they came."""

    def __init__(self, session: Session, seeker_id: int, by: Actor) -> None:
        self._session, self._seeker_id, self._by = session, seeker_id, by
        self._here = setup.current(session).name
        query = select(CarriedRow).where(CarriedRow.seeker_id == seeker_id).order_by(col(CarriedRow.id))
        self._came: Sequence[CarriedRow] = session.exec(query).all()
        self._carried: Carried = {(one.section, one.record_id): one for one in self._came}

    def rows(self, section: Section) -> Iterator[Row]:
        if not may(self._by, section.reading):
            return
        for row in self._stored(section):
            yield self.row(section, shown(self._session, row, by=self._by, action=section.reading))
        for one in self._came:
            if one.section == section.name and one.record_id is None:
                yield {"says": one.says, "origin": one.origin}

    def _stored(self, section: Section) -> Sequence[Record]:
        table: Any = section.table
        whose = table.id if section is SEEKER else table.seeker_id
        query = select(table).where(whose == self._seeker_id).order_by(table.id)
        return self._session.exec(
            scoped(self._session, query, table, by=self._by, action=section.reading)
        ).all()

    def row(self, section: Section, row: Record) -> Row:
        """One stored row: what it says, and where and when it was recorded and last changed."""
        says = {name: as_json(getattr(row, name)) for name in carried_columns(section)}
        for column, named in section.named.items():
            key = getattr(row, column)
            says |= {} if key is None else named.tell(self._session, key)
        says = {name: value for name, value in says.items() if value is not None}
        came = self._carried.get((section.name, row.id))
        if came is not None and came.left_at == row.version:
            return {"says": says | came.says, "origin": came.origin}
        return {"says": says, "origin": self._origin(row, came)}

    def _origin(self, row: Record, came: CarriedRow | None) -> Row:
        before = came.origin if came else {}
        told = {
            "recorded_in": before.get("recorded_in", self._here),
            "recorded_at": before.get("recorded_at", as_json(row.created_at)),
            "changed_in": self._here,
            "changed_at": as_json(row.updated_at),
            "archived_at": as_json(row.archived_at),
            "archived_why": row.archived_why,
        }
        return {name: value for name, value in told.items() if value is not None}
