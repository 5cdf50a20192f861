"""Contacts with employers: logged, corrected, put aside."""

from collections.abc import Collection
from datetime import date

import sqlalchemy as sa
from sqlmodel import Session, col, select

from crm.errors import RuleBrokenError
from crm.models.base import Known
from crm.models.contacts import ContactInput, ContactKind, ContactPerson, ContactSeeker, EmployerContact
from crm.models.employers import Employer, EmployerPerson, EmployerSite
from crm.models.seekers import JobSeeker
from crm.models.users import Actor
from crm.policy import Action
from crm.services import account_dates, archiving, records
from crm.services.access import ensure, scoped
from crm.services.archiving import Kind
from crm.services.belonging import ensure_of_employer, live_employer

KIND = Kind("contact", Action.CONTACTS_RECORD)


def find(session: Session, contact_id: int, *, by: Actor) -> EmployerContact:
    """One contact, archived ones too.

    Raises:
        NotAllowedError: the person may not see contacts.
        NotFoundError: there is none with this id.
    """
    row = records.fetch(session, EmployerContact, contact_id, called=KIND.called)
    ensure(session, by, Action.CONTACTS_READ, row)
    return row


def log(
    session: Session,
    employer_id: int,
    new: ContactInput,
    *,
    by: Actor,
    today: date,
    held_by: int | None = None,
) -> EmployerContact:
    """Record a contact that has already happened; whoever logs it held it, unless a colleague did.

    Raises:
        NotAllowedError: the person may not record contacts.
        NotFoundError: there is no such employer, or it is archived.
        RuleBrokenError: it is dated in the future, or names somebody or a site that is not there.
    """
    ensure(session, by, Action.CONTACTS_RECORD)
    live_employer(session, employer_id)
    hold(session, employer_id)
    _ensure_fits(session, employer_id, new, by=by, today=today)
    row = EmployerContact(
        **new.model_dump(exclude={"person_ids", "seeker_ids"}),
        employer_id=employer_id,
        held_by=held_by or by.id,
        with_hiring_manager=_has_hiring_manager(session, new.person_ids),
    )
    records.add(session, row)
    _name_people(session, row, ContactPerson, "person_id", new.person_ids)
    _name_people(session, row, ContactSeeker, "seeker_id", new.seeker_ids)
    account_dates.refresh(session, [employer_id])
    return row


def change(
    session: Session, contact_id: int, edit: ContactInput, *, version: int, by: Actor, today: date
) -> EmployerContact:
    """Correct a contact; whether a hiring manager was there is worked out again from whom it names.

    Raises:
        NotAllowedError: the person may not, or the contact is archived.
        NotFoundError: there is none with this id.
        RuleBrokenError: it is dated in the future, or names somebody or a site that is not there.
        StaleFormError: somebody saved it after the form was drawn.
    """
    row = records.fetch_to_change(session, EmployerContact, contact_id, called=KIND.called)
    ensure(session, by, Action.CONTACTS_RECORD, row)
    hold(session, row.employer_id)
    _ensure_fits(
        session, row.employer_id, edit, by=by, today=today, kept=people_of(session, contact_id, by=by)
    )
    values = edit.model_dump(exclude={"person_ids", "seeker_ids"})
    values["with_hiring_manager"] = _has_hiring_manager(session, edit.person_ids)
    saved = records.change(session, row, values, version=version)
    _name_people(session, saved, ContactPerson, "person_id", edit.person_ids)
    _name_people(session, saved, ContactSeeker, "seeker_id", edit.seeker_ids)
    account_dates.refresh(session, [row.employer_id])
    return saved


def archive(session: Session, contact_id: int, *, why: str, version: int, by: Actor) -> EmployerContact:
    """Put a contact aside, with the reason: it counts no more, and can be brought back.

    Raises:
        NotAllowedError: the person may not, or it is archived already.
        RuleBrokenError: no reason is given.
        StaleFormError: somebody saved it after the page was drawn.
    """
    row = archiving.put_aside(session, EmployerContact, contact_id, KIND, why=why, version=version, by=by)
    hold(session, row.employer_id)
    account_dates.refresh(session, [row.employer_id])
    return row


def bring_back(session: Session, contact_id: int, *, version: int, by: Actor) -> EmployerContact:
    """Take a contact out of the archive.

    Raises:
        NotAllowedError: the person may not record contacts.
        StaleFormError: somebody saved it after the page was drawn.
    """
    row = archiving.take_back(session, EmployerContact, contact_id, KIND, version=version, by=by)
    hold(session, row.employer_id)
    account_dates.refresh(session, [row.employer_id])
    return row


def people_of(session: Session, contact_id: int, *, by: Actor) -> list[int]:
    """The ids of the employer's people who took part.

    Raises:
        NotAllowedError: the person may not see contacts.
    """
    ensure(session, by, Action.CONTACTS_READ)
    query = select(ContactPerson.person_id).where(
        ContactPerson.contact_id == contact_id, col(ContactPerson.archived_at).is_(None)
    )
    return list(session.exec(query.order_by(col(ContactPerson.person_id))))


def seekers_of(session: Session, contact_id: int, *, by: Actor) -> list[int]:
    """The ids of the job seekers on whose behalf it was held, of those that the person may see.

    Raises:
        NotAllowedError: the person may see no job seekers.
    """
    mine = scoped(session, sa.select(col(JobSeeker.id)), JobSeeker, by=by, action=Action.SEEKERS_READ)
    query = select(ContactSeeker.seeker_id).where(
        ContactSeeker.contact_id == contact_id,
        col(ContactSeeker.archived_at).is_(None),
        col(ContactSeeker.seeker_id).in_(mine),
    )
    return list(session.exec(query.order_by(col(ContactSeeker.seeker_id))))


def last_kind(session: Session, *, by: Actor) -> ContactKind:
    """The kind of the latest contact that this person held, a call if they have held none.

    Raises:
        NotAllowedError: the person may not see contacts.
    """
    ensure(session, by, Action.CONTACTS_READ)
    query = select(EmployerContact.kind).where(
        EmployerContact.held_by == by.id, col(EmployerContact.archived_at).is_(None)
    )
    latest = query.order_by(col(EmployerContact.held_on).desc(), col(EmployerContact.id).desc())
    return ContactKind(session.exec(latest.limit(1)).first() or ContactKind.CALL)


def hold(session: Session, employer_id: int) -> None:
    """Keep others from working out the dates of this employer until the transaction ends."""
    session.get(Employer, employer_id, with_for_update=True)


def _ensure_fits(
    session: Session,
    employer_id: int,
    typed: ContactInput,
    *,
    by: Actor,
    today: date,
    kept: Collection[int] = (),
) -> None:
    if typed.held_on > today:
        raise RuleBrokenError(
            "The contact is dated in the future. Log it when it has happened; plan it as a next step.",
            field="held_on",
        )
    ensure_of_employer(session, EmployerSite, typed.site_id, employer_id, field="site_id", called="site")
    for person_id in set(typed.person_ids) - set(kept):
        ensure_of_employer(
            session, EmployerPerson, person_id, employer_id, field="person_ids", called="person"
        )
    seekers = sa.select(col(JobSeeker.id)).where(col(JobSeeker.id).in_(typed.seeker_ids))
    mine = (
        scoped(session, seekers, JobSeeker, by=by, action=Action.SEEKERS_READ) if typed.seeker_ids else None
    )
    if mine is not None and len(session.connection().execute(mine).all()) != len(set(typed.seeker_ids)):
        raise RuleBrokenError(
            "One of these people is not one that you can see. Choose again.", field="seeker_ids"
        )


def _has_hiring_manager(session: Session, person_ids: Collection[int]) -> bool:
    query = select(EmployerPerson.id).where(
        col(EmployerPerson.id).in_(person_ids), EmployerPerson.hires == Known.YES
    )
    return session.exec(query.limit(1)).first() is not None


def _name_people(
    session: Session,
    contact: EmployerContact,
    table: type[ContactPerson] | type[ContactSeeker],
    field: str,
    wanted: Collection[int],
) -> None:
    """Let the contact name just these: new ones are added, others put aside, those put aside brought back."""
    known = {
        getattr(row, field): row for row in session.exec(select(table).where(table.contact_id == contact.key))
    }
    for someone in sorted(set(wanted) - set(known)):
        records.add(session, table.model_validate({"contact_id": contact.key, field: someone}))
    for someone, row in known.items():
        if someone in wanted and row.archived_at is not None:
            records.bring_back(session, row, version=row.version)
        elif someone not in wanted and row.archived_at is None:
            records.archive(
                session, row, why="Taken out when the contact was corrected.", version=row.version
            )
