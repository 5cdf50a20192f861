"""Which employers are recorded already: by company number, or by name and place."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from crm.models.base import folded
from crm.models.employers import Employer, EmployerSite, SizeBand
from crm.services import import_traces
from crm.services.employer_rows import EmployerRow

FILLED_FIELDS = (
    "trading_name",
    "company_number",
    "charity_number",
    "sic_codes",
    "sector",
    "size_band",
    "website",
    "trade_body",
    "lead_source",
)
"""What an import may fill in where nothing is recorded; what is recorded it never changes."""


@dataclass(slots=True)
class KnownSite:
    """A site that is recorded: its postcode, and has it an address?"""

    id: int
    postcode: str | None
    has_address: bool


@dataclass(slots=True)
class KnownEmployer:
    """An employer that is recorded (`id`), or comes from an earlier row of the same file (`row`)."""

    id: int | None
    row: int | None
    company_number: str | None
    is_archived: bool = False
    empty: frozenset[str] = frozenset()
    sites: list[KnownSite] = field(default_factory=list["KnownSite"])

    def is_at(self, postcode: str) -> bool:
        """Has it a site there?"""
        return any(site.postcode == postcode for site in self.sites)


class Register:
    """The employers that rows are compared with; it grows with the rows that are going to be added."""

    def __init__(self) -> None:
        self._by_number: dict[str, KnownEmployer] = {}
        self._by_name: defaultdict[tuple[str, str | None], list[KnownEmployer]] = defaultdict(list)
        self._called: defaultdict[str, list[KnownEmployer]] = defaultdict(list)

    def enter(self, known: KnownEmployer, name_key: str, postcodes: set[str | None]) -> None:
        """Take an employer in; archived ones give way to live ones with the same number."""
        if known.company_number:
            held = self._by_number.get(known.company_number)
            if held is None or held.is_archived:
                self._by_number[known.company_number] = known
        self._called[name_key].append(known)
        for postcode in postcodes or {None}:
            self._by_name[name_key, postcode].append(known)

    def numbered(self, number: str) -> KnownEmployer | None:
        """The employer with this company number."""
        return self._by_number.get(number)

    def named(self, name: str) -> list[KnownEmployer]:
        """The employers with this name, wherever they are."""
        return self._called.get(folded(name), [])

    def learn(self, known: KnownEmployer, row: EmployerRow) -> None:
        """Take in the number of an employer that had none, so that a later row with it is about the same."""
        number = row.employer.company_number
        if number and not known.company_number:
            known.company_number = number
            self._by_number.setdefault(number, known)

    def same_as(self, row: EmployerRow) -> KnownEmployer | None:
        """The employer that a row is about: by company number, else by folded name and postcode.

        The same name and place with another company number is another company.
        """
        number = row.employer.company_number
        if number and number in self._by_number:
            return self._by_number[number]
        postcode = row.site.postcode if row.site else None
        for known in self._by_name.get((folded(row.employer.name), postcode), ()):
            if not (number and known.company_number):
                return known
        return None

    def expect(self, row: EmployerRow) -> None:
        """Take in the employer that a row is going to add."""
        known = KnownEmployer(None, row.number, row.employer.company_number)
        postcode = row.site.postcode if row.site else None
        self.enter(known, folded(row.employer.name), {postcode})


def load(session: Session) -> Register:
    """All employers that are recorded, archived ones too, in two queries.

    Those that were archived because their import was undone are left out.
    """
    sites: defaultdict[int, list[KnownSite]] = defaultdict(list)
    placed = sa.select(
        col(EmployerSite.employer_id),
        col(EmployerSite.id),
        col(EmployerSite.postcode),
        col(EmployerSite.address).is_not(None),
    ).where(col(EmployerSite.archived_at).is_(None))
    for employer_id, site_id, postcode, has_address in session.connection().execute(placed):
        sites[employer_id].append(KnownSite(site_id or 0, postcode, has_address))
    register = Register()
    columns: list[Any] = [col(Employer.id), col(Employer.name_key), col(Employer.archived_at)]
    columns += [getattr(Employer, name) for name in FILLED_FIELDS]
    wanted = sa.select(*columns).where(~import_traces.is_of_undone(Employer))
    for key, name_key, archived_at, *values in session.connection().execute(wanted):
        said = dict(zip(FILLED_FIELDS, values, strict=True))
        empty = frozenset(name for name, value in said.items() if value in (None, SizeBand.UNKNOWN))
        known = KnownEmployer(key, None, said["company_number"], archived_at is not None, empty, sites[key])
        register.enter(known, name_key, {site.postcode for site in sites[key]})
    return register
