"""Lists taken away as files: by whom, what is in them, once, and never without a record."""

from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from sqlmodel import select

from crm import db
from crm.errors import NotAllowedError, NotFoundError, NotSignedInError
from crm.models.audit import AuditEntry
from crm.models.base import utc_now
from crm.models.employers import Employer, EmployerInput, EmployerSite
from crm.models.exports import Export, ExportKind, ExportTicket, FileFormat
from crm.models.users import SYSTEM, User
from crm.policy import Role
from crm.readers.tables import Table, read_table
from crm.services import employer_columns, employer_imports, employers, exports, imports, ledger_files
from crm.services.agreements import AgreementFilter
from crm.services.calls import CallFilter
from crm.services.employer_filters import EmployerFilter
from crm.services.employer_imports import EmployerFile
from crm.services.export_lists import LISTS, Filter
from crm.services.overview_files import FILES, OverviewFilter
from crm.services.seekers import SeekerFilter
from crm.services.vacancies import VacancyFilter
from tests.makers import make_sign_in, make_user
from tests.makers_employers import make_active, make_agreement, make_employer, make_site
from tests.makers_jobs import make_vacancy
from tests.makers_people import make_decision, make_old_leaver, make_profile, make_seeker
from tests.makers_promises import kept, make_use

ANY: dict[ExportKind, Filter] = {
    ExportKind.EMPLOYERS: EmployerFilter(),
    ExportKind.AGREEMENTS: AgreementFilter(),
    ExportKind.VACANCIES: VacancyFilter(),
    ExportKind.SEEKERS: SeekerFilter(),
    ExportKind.CALLS: CallFilter(),
    **dict.fromkeys(FILES, OverviewFilter()),
    **{kind: file.filter() for kind, file in ledger_files.FILES.items()},
}


class Taker:
    """Somebody who is signed in and takes lists away."""

    def __init__(self, *roles: Role) -> None:
        with db.transaction() as session:
            self.user: User = make_user(session, *roles, name="Ines Marlow")
            self.digest = make_sign_in(session, self.user)

    def order(self, kind: ExportKind, wanted: Filter | None = None) -> str:
        """A link to a list."""
        with db.transaction() as session:
            by, digest = self.user.as_actor(), self.digest
            return exports.order(session, kind, wanted or ANY[kind], by=by, session_digest=digest)

    def take(self, token: str, ending: FileFormat = FileFormat.CSV, *, minutes: float = 0) -> Table:
        """The file behind a link, as it is read by an import."""
        file, by, now = BytesIO(), self.user.as_actor(), utc_now() + timedelta(minutes=minutes)
        exports.take_away(token, ending, file, by=by, session_digest=self.digest, now=now)
        return read_table(file.getvalue(), f"x.{ending}")


@pytest.fixture
def manager(database: str) -> Taker:
    return Taker(Role.MANAGER)


def names(table: Table) -> list[str]:
    return [row.cells[0] for row in table.rows]


MAY = {
    Role.ENGAGEMENT_OFFICER: set(LISTS)
    - {ExportKind.SEEKERS, ExportKind.AGREEMENT_LOAD}
    - set(ledger_files.FILES),
    Role.MANAGER: set(LISTS),
    Role.JOB_COACH: set[ExportKind](),
    Role.ADMINISTRATOR: set[ExportKind](),
    Role.AUDITOR: set[ExportKind](),
}


@pytest.mark.parametrize("role", Role)
def test_who_may_take_which_list_away(database: str, role: Role):
    somebody = Taker(role)
    for kind in LISTS:
        if kind in MAY[role]:
            assert somebody.order(kind)
        else:
            with pytest.raises(NotAllowedError):
                somebody.order(kind)


def test_a_list_holds_what_it_is_narrowed_to(manager: Taker):
    with db.transaction() as session:
        make_employer(session, name="Fernside Bakery", stage="partner")
        make_employer(session, name="Harbour Hotel")
    assert names(manager.take(manager.order(ExportKind.EMPLOYERS))) == ["Fernside Bakery", "Harbour Hotel"]
    partners = EmployerFilter(stage="partner")
    assert names(manager.take(manager.order(ExportKind.EMPLOYERS, partners))) == ["Fernside Bakery"]


def test_every_list_comes_in_both_formats_with_the_same_cells(manager: Taker):
    with db.transaction() as session:
        employer = make_employer(session)
        make_use(session, make_active(session, employer), make_seeker(session, "Ruth Lind"), **kept())
        make_agreement(session, make_employer(session, "Harbour Hotel"), ends_on=date(2027, 3, 1))
        make_vacancy(session, employer, "Baking")
        make_profile(session, make_seeker(session), interests="baking")
        old = make_old_leaver(session)
        put_off = date(2026, 11, 1)
        make_decision(session, make_vacancy(session, employer, "Selling"), old, "not_yet", due_on=put_off)
    for kind in LISTS:
        workbook = manager.take(manager.order(kind), FileFormat.XLSX)
        text = manager.take(manager.order(kind), FileFormat.CSV)
        assert text.header[:-1] == workbook.header
        assert [row.cells[:-1] for row in text.rows] == [row.cells for row in workbook.rows]
        assert text.row_count >= 1


def test_more_employers_than_are_read_at_once_all_come_once(manager: Taker, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("crm.services.export_lists._AT_A_TIME", 2)
    with db.transaction() as session:
        for number in range(5):
            make_employer(session, name=f"Employer {number}")
    found = names(manager.take(manager.order(ExportKind.EMPLOYERS)))
    assert found == [f"Employer {number}" for number in range(5)]


@pytest.mark.parametrize("ending", [FileFormat.XLSX, FileFormat.CSV])
def test_employers_that_were_taken_away_come_in_again_as_they_were(manager: Taker, ending: FileFormat):
    facts = {
        "sector": "+44 sector",
        "size_band": "10-49",
        "company_number": "01234567",
        "trading_name": "@home",
    }
    with db.transaction() as session:
        make_site(session, make_employer(session, name="=Fernside", **facts), postcode="LS1 4DY")
    table = manager.take(manager.order(ExportKind.EMPLOYERS), ending)
    with db.transaction() as session:
        kept = session.exec(select(Employer)).one()
        employers.change(session, kept.key, EmployerInput(name="Another"), version=kept.version, by=SYSTEM)
        file = EmployerFile("x", imports.digest_of(b"x"), table)
        employer_imports.run(session, file, employer_columns.guess(table.header), by=SYSTEM)
        again = session.exec(select(Employer).where(Employer.id != kept.id)).one()
        assert again.name == "=Fernside"
        assert {name: getattr(again, name) for name in facts} == facts
        site = session.exec(select(EmployerSite).where(EmployerSite.employer_id == again.id)).one()
        assert site.postcode == "LS1 4DY"


def test_no_file_of_people_says_how_to_reach_them_or_where_they_live(manager: Taker):
    with db.transaction() as session:
        make_seeker(session, phone="020 7946 0018", email="amara@example.org", postcode="LS1 4DY")
    cells = " ".join(manager.take(manager.order(ExportKind.SEEKERS)).rows[0].cells)
    assert "Amara Nwosu" in cells
    for said in ("7946", "amara@", "LS1"):
        assert said not in cells


def test_what_was_taken_away_is_recorded_with_who_how_many_and_how_narrowed(manager: Taker):
    with db.transaction() as session:
        make_employer(session, stage="partner")
    manager.take(manager.order(ExportKind.EMPLOYERS, EmployerFilter("fern", stage="partner")))
    with db.reading() as session:
        kept = session.exec(select(Export)).one()
        assert (kept.rows, kept.narrowed_by) == (1, "words: fern; stage: partner")
        entry = session.exec(select(AuditEntry).where(AuditEntry.record_kind == "Export")).one()
        assert (entry.actor_name, entry.fields) == ("Ines Marlow", "file_format,kind,narrowed_by,rows")
        page = exports.listing(session, offset=0, limit=9, by=manager.user.as_actor())
        assert [(one.rows, who) for one, who in page.rows] == [(1, "Ines Marlow")]


def test_a_name_that_was_searched_for_is_not_kept(manager: Taker):
    manager.take(manager.order(ExportKind.SEEKERS, SeekerFilter("Amara", is_longest_wait_first=True)))
    with db.reading() as session:
        assert session.exec(select(Export.narrowed_by)).one() == "words: a name; longest wait first"


def test_a_link_works_once(manager: Taker):
    token = manager.order(ExportKind.EMPLOYERS)
    manager.take(token)
    with pytest.raises(NotFoundError, match="has been used"):
        manager.take(token)


def test_a_link_runs_out_after_ten_minutes(manager: Taker):
    token = manager.order(ExportKind.EMPLOYERS)
    with pytest.raises(NotFoundError, match="has run out"):
        manager.take(token, minutes=10.1)
    with db.reading() as session:
        assert session.exec(select(Export)).all() == []


def test_a_link_is_for_one_sign_in_even_of_the_same_person(manager: Taker):
    token = manager.order(ExportKind.EMPLOYERS)
    with db.transaction() as session:
        other = make_sign_in(session, manager.user)
    mine, manager.digest = manager.digest, other
    with pytest.raises(NotFoundError, match="another sign-in"):
        manager.take(token)
    manager.digest = mine
    assert manager.take(token).row_count == 0


def test_nobody_orders_for_the_sign_in_of_somebody_else(manager: Taker):
    manager.digest = Taker(Role.MANAGER).digest
    with pytest.raises(NotSignedInError):
        manager.order(ExportKind.EMPLOYERS)


def test_links_that_ran_out_are_cleared_away(manager: Taker):
    with db.transaction() as session:
        by, then = manager.user.as_actor(), utc_now() - timedelta(hours=1)
        wanted = EmployerFilter()
        exports.order(session, ExportKind.EMPLOYERS, wanted, by=by, session_digest=manager.digest, now=then)
    manager.order(ExportKind.EMPLOYERS)
    with db.reading() as session:
        assert len(session.exec(select(ExportTicket)).all()) == 1


def test_who_may_not_read_the_trail_does_not_see_what_was_taken_away(database: str):
    officer = Taker(Role.ENGAGEMENT_OFFICER).user.as_actor()
    with db.reading() as session, pytest.raises(NotAllowedError):
        exports.listing(session, offset=0, limit=9, by=officer)


def cells_of(manager: Taker, of: ExportKind, **wanted: Any) -> list[list[str]]:
    taken = manager.take(manager.order(of, OverviewFilter(**wanted)), FileFormat.XLSX)
    return [list(row.cells) for row in taken.rows]


def test_the_files_of_the_agreements_at_a_glance_hold_what_the_screen_shows(manager: Taker):
    with db.transaction() as session:
        employer = make_employer(session, name="=1+1", sector="Food")
        make_site(session, employer, postcode="LS1 4DY")
        make_use(session, make_active(session, employer), make_seeker(session, status="in_work"), **kept())
        for number in range(2):
            make_seeker(session, f"Person {number}", postcode="LS1 4DY")
    assert cells_of(manager, ExportKind.AGREEMENT_AREAS) == [["LS", "1", "1", "Not shown"]]
    assert cells_of(manager, ExportKind.AGREEMENT_SECTORS) == [["Food", "1", "1"]]
    honour = cells_of(manager, ExportKind.AGREEMENT_HONOUR)
    assert [row[1:] for row in honour] == [["1", "0", "0", "100", "100", "100"]]
    assert honour[0][0].endswith("=1+1")
    assert cells_of(manager, ExportKind.AGREEMENT_HONOUR, kind="mock_interview") == []
    assert [row[:3] for row in cells_of(manager, ExportKind.AGREEMENT_LOAD)] == [["Nobody yet", "0", "1"]]
