"""What a row of a list names and the service has recorded: its employer, its programme."""

from datetime import datetime
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from pydantic import TypeAdapter, ValidationError
from sqlmodel import Session, select

from crm.models.base import folded
from crm.models.contacts import IN_PERSON_KINDS
from crm.models.employers import CompanyNumber
from crm.models.postcodes import Postcode
from crm.models.users import Actor, User
from crm.services import employer_register, programmes
from crm.services.employer_register import KnownEmployer

_LONDON = ZoneInfo("Europe/London")
_NUMBER: TypeAdapter[str | None] = TypeAdapter(CompanyNumber)
_POSTCODE: TypeAdapter[str | None] = TypeAdapter(Postcode)


class UnresolvedError(ValueError):
    """What a row names is not recorded, or could be several; `field` names it."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(reason)
        self.field = field


class Resolver(Protocol):
    """Puts ids in the place of names."""

    def settle(self, said: dict[str, Any]) -> dict[str, Any]:
        """Take what a row names out of what it says; give the ids that stand for it.

        Raises:
            UnresolvedError: it is not recorded, or could be several.
        """
        ...


class EmployersByName:
    """The employers that rows belong to: by company number, else by name and postcode, else by name alone."""

    def __init__(self, session: Session, by: Actor) -> None:
        self._register = employer_register.load(session)

    def settle(self, said: dict[str, Any]) -> dict[str, Any]:
        """Find the employer of a row.

        Raises:
            UnresolvedError: it is not recorded, is archived, or could be several.
        """
        number = _checked(_NUMBER, said.pop("employer_number", None), "employer_number")
        postcode = _checked(_POSTCODE, said.pop("employer_postcode", None), "employer_postcode")
        known = self._meant(number, said.pop("employer_name", None), postcode)
        if known.is_archived or known.id is None:
            raise UnresolvedError("employer_name", "This employer is archived. Bring it back first.")
        return {"employer_id": known.id}

    def _meant(self, number: str | None, name: str | None, postcode: str | None) -> KnownEmployer:
        found = self._register.numbered(number) if number else None
        if found is not None:
            return found
        if name is None:
            raise UnresolvedError(*_nobody(number))
        called = [one for one in self._register.named(name) if not (number and one.company_number)]
        called = [one for one in called if not one.is_archived] or called
        there = [
            one for one in called if postcode is None or postcode in {site.postcode for site in one.sites}
        ]
        if len(there) == 1:
            return there[0]
        raise UnresolvedError("employer_name", _why_none(name, postcode, called, there))


def _checked(kind: TypeAdapter[str | None], text: str | None, field: str) -> str | None:
    try:
        return kind.validate_python(text)
    except ValidationError as problem:
        reason = str(problem.errors()[0]["msg"]).removeprefix("Value error, ")
        raise UnresolvedError(field, reason) from problem


def _nobody(number: str | None) -> tuple[str, str]:
    if number:
        return "employer_number", f"No employer with the company number {number} is recorded. Add it first."
    return "employer_name", "The row names no employer."


def _why_none(
    name: str, postcode: str | None, called: list[KnownEmployer], there: list[KnownEmployer]
) -> str:
    if not called:
        return f"No employer called “{name[:100]}” is recorded. Add it first, or import it as an employer."
    if there:
        return f"{len(there)} employers are called “{name[:100]}”. Give the company number or the postcode."
    return f"“{name[:100]}” is recorded, but not at {postcode}. Give its company number or another postcode."


class ContactsByName(EmployersByName):
    """The employer of a contact and the colleague who held it; a contact has already happened."""

    def __init__(self, session: Session, by: Actor) -> None:
        super().__init__(session, by)
        self._colleagues = {folded(user.name): user.key for user in session.exec(select(User))}
        self._today = datetime.now(_LONDON).date()

    def settle(self, said: dict[str, Any]) -> dict[str, Any]:
        """Find the employer and the colleague of a row.

        Raises:
            UnresolvedError: one of them is not known, or the contact is dated in the future.
        """
        if said.get("held_on", self._today) > self._today:
            raise UnresolvedError("held_on", "The contact is dated in the future. Bring it in afterwards.")
        name = said.pop("held_by", None)
        if name is not None and folded(name) not in self._colleagues:
            raise UnresolvedError(
                "held_by", f"No colleague is called “{name[:100]}”. Correct or empty the cell."
            )
        held_by = None if name is None else self._colleagues[folded(name)]
        in_person = {"is_in_person": said.get("kind") in IN_PERSON_KINDS}
        return {**super().settle(said), "held_by": held_by} | (
            in_person if "is_in_person" not in said else {}
        )


class ProgrammesByName:
    """The programmes that take people now, by name."""

    def __init__(self, session: Session, by: Actor) -> None:
        self._ids = {folded(name): key for key, name in programmes.names(session, by=by).items()}

    def settle(self, said: dict[str, Any]) -> dict[str, Any]:
        """Find the programme of a row, if it names one.

        Raises:
            UnresolvedError: no programme of this name takes people now.
        """
        name = said.pop("programme", None)
        if name is None:
            return {}
        if folded(name) not in self._ids:
            raise UnresolvedError("programme", f"No programme called “{name[:100]}” takes people now.")
        return {"programme_id": self._ids[folded(name)]}
