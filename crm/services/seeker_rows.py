"""What belongs to a person's profile and is kept row by row: skills, support needs, work, people."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from sqlmodel import Session, col, select

from crm.models.profiles import Connection, PastJob, Qualification
from crm.models.seekers import ProfileSkill, SupportNeed
from crm.models.users import Actor
from crm.policy import Action
from crm.services import records, seekers
from crm.services.access import ensure, scoped, shown
from crm.services.archiving import reason_given

P = TypeVar("P", ProfileSkill, SupportNeed, PastJob, Qualification, Connection)


@dataclass(frozen=True, slots=True)
class SeekerRows(Generic[P]):
    """One kind of row of a person: found, listed, archived. Recording them has rules of its own elsewhere."""

    table: type[P]
    called: str

    def find(self, session: Session, row_id: int, *, by: Actor) -> P:
        """One row, archived ones too.

        Raises:
            NotAllowedError: the person may not see job seekers.
            NotFoundError: there is none with this id.
        """
        ensure(session, by, Action.SEEKERS_READ)
        row = records.fetch(session, self.table, row_id, called=self.called)
        return shown(session, row, by=by, action=Action.SEEKERS_READ)

    def of(self, session: Session, seeker_id: int, *, by: Actor, is_archived: bool = False) -> list[P]:
        """The rows of a person as they were added, either those in force or the archived ones.

        Raises:
            NotAllowedError: the person may not see job seekers.
        """
        archived = col(self.table.archived_at)
        wanted = archived.is_not(None) if is_archived else archived.is_(None)
        query = select(self.table).where(self.table.seeker_id == seeker_id, wanted)
        query = scoped(session, query, self.table, by=by, action=Action.SEEKERS_READ)
        rows = session.exec(query.order_by(col(self.table.id)))
        return [shown(session, row, by=by, action=Action.SEEKERS_READ) for row in rows]

    def to_change(self, session: Session, row_id: int, *, by: Actor) -> P:
        """The row that somebody is about to change.

        Raises:
            NotAllowedError: the person may not, or the row or its job seeker is archived.
            NotFoundError: there is none with this id.
        """
        ensure(session, by, Action.SEEKERS_RECORD)
        row = records.fetch_to_change(session, self.table, row_id, called=self.called)
        ensure(session, by, Action.SEEKERS_RECORD, row)
        seekers.to_change(session, row.seeker_id, by=by)
        return row

    def archive(self, session: Session, row_id: int, *, why: str, version: int, by: Actor) -> P:
        """Put a row aside, with the reason.

        Raises:
            NotAllowedError: the person may not, or the row or its job seeker is archived.
            NotFoundError: there is none with this id.
            RuleBrokenError: no reason is given.
            StaleFormError: somebody saved it after the screen was drawn.
        """
        row = self.to_change(session, row_id, by=by)
        return records.archive(session, row, why=reason_given(why), version=version)

    def bring_back(self, session: Session, row_id: int, *, version: int, by: Actor) -> P:
        """Take a row out of the archive.

        Raises:
            NotAllowedError: the person may not, or the job seeker is archived.
            NotFoundError: there is none with this id.
            StaleFormError: somebody saved it after the screen was drawn.
        """
        ensure(session, by, Action.SEEKERS_RECORD)
        row = records.fetch_to_change(session, self.table, row_id, called=self.called)
        seekers.to_change(session, row.seeker_id, by=by)
        return records.bring_back(session, row, version=version)


SKILLS = SeekerRows(ProfileSkill, "skill")
"""What people can do, or have not done yet."""

NEEDS = SeekerRows(SupportNeed, "support need")
"""The supports that people need at work."""
