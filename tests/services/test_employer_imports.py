"""A list of employers is previewed, taken in whole or not at all, and every one of its rows accounted for."""

import pytest
from sqlmodel import Session, select

from crm.audit import write_entries
from crm.errors import NotAllowedError, RuleBrokenError
from crm.models.audit import AuditEntry
from crm.models.employers import Employer, EmployerSite, EmployerSiteInput, SizeBand
from crm.models.imports import ImportBatch
from crm.models.users import Actor
from crm.policy import Role
from crm.readers.tables import read_table
from crm.services import employer_columns, employer_imports, employers, imports
from crm.services.employer_imports import EmployerFile
from crm.services.employer_parts import SITES
from tests.makers import make_actor, make_user
from tests.makers_employers import make_employer

HEADER = "Employer Name,Address,Postcode,Company Number,SIC codes,Size"


@pytest.fixture
def officer(session: Session) -> Actor:
    return make_user(session, Role.ENGAGEMENT_OFFICER, name="Ines Marlow").as_actor()


def file_of(*rows: str, header: str = HEADER) -> EmployerFile:
    content = "\n".join([header, *rows]).encode()
    return EmployerFile("list.csv", imports.digest_of(content), read_table(content, "list.csv"))


def take_in(session: Session, file: EmployerFile, by: Actor, **mapping: str | None) -> ImportBatch:
    chosen = {**employer_columns.guess(file.table.header), **mapping}
    return employer_imports.run(session, file, chosen, by=by)


def figures(batch: ImportBatch) -> tuple[int, int, int, int, int]:
    return (
        batch.rows_read,
        batch.rows_added,
        batch.rows_updated,
        batch.rows_skipped,
        batch.rows_refused,
    )


def reasons(session: Session, batch: ImportBatch, by: Actor) -> list[tuple[str, str, str]]:
    rows = imports.refused_rows(session, batch.key, offset=0, limit=99, by=by).rows
    return [(row.place, row.field, row.reason) for row in rows]


def test_a_new_employer_comes_in_with_its_site(session: Session, officer: Actor):
    batch = take_in(
        session,
        file_of('Fernside Bakery,"1 Mill Lane,\n Leeds",ls14dy,1234567,"10710,\n47240",250 to 499'),
        officer,
    )
    employer = session.exec(select(Employer)).one()
    site = session.exec(select(EmployerSite)).one()
    assert figures(batch) == (1, 1, 0, 0, 0)
    assert (employer.company_number, employer.sic_codes, employer.size_band) == (
        "01234567",
        "10710, 47240",
        SizeBand.LARGE,
    )
    assert (employer.import_batch_id, employer.created_by, employer.version) == (batch.key, officer.id, 1)
    assert (site.employer_id, site.address, site.postcode) == (
        employer.key,
        "1 Mill Lane, Leeds",
        "LS1 4DY",
    )


def test_each_record_of_an_import_has_its_entry_in_the_trail(session: Session, officer: Actor):
    take_in(session, file_of("Fernside,1 Mill Lane,LS1 4DY,,,"), officer)
    write_entries(session)
    entries = session.exec(select(AuditEntry).where(AuditEntry.actor_id == officer.id)).all()
    kinds = [(entry.record_kind, entry.action) for entry in entries]
    assert ("Employer", "add") in kinds
    assert ("EmployerSite", "add") in kinds
    employer = next(entry for entry in entries if entry.record_kind == "Employer")
    assert "name,name_key" in employer.fields
    assert "website" not in employer.fields


def test_a_list_without_places_makes_no_sites(session: Session, officer: Actor):
    take_in(session, file_of("Fernside", header="Company"), officer)
    assert session.exec(select(EmployerSite)).all() == []


def test_the_same_file_again_changes_nothing(session: Session, officer: Actor):
    file = file_of("Fernside,1 Mill Lane,LS1 4DY,,,", "Harbour,,,01234567,,", "Plain,,,,,")
    first, second = take_in(session, file, officer), take_in(session, file, officer)
    assert (figures(first), figures(second)) == ((3, 3, 0, 0, 0), (3, 0, 0, 3, 0))
    assert "Rows about recorded employers that say nothing new: 3." in second.notes
    assert len(session.exec(select(EmployerSite)).all()) == 1


def test_a_match_by_company_number_fills_only_what_is_empty(session: Session, officer: Actor):
    known = make_employer(session, "Fernside Bakery", company_number="01234567", sic_codes="10710")
    row = "FERNSIDE BAKERY LTD,1 Mill Lane,LS1 4DY,1234567,99999,60"
    batch = take_in(session, file_of(row), officer)
    assert figures(batch) == (1, 0, 1, 0, 0)
    assert (known.name, known.sic_codes, known.size_band) == ("Fernside Bakery", "10710", SizeBand.MEDIUM)
    assert [site.postcode for site in SITES.of(session, known.key, by=officer)] == ["LS1 4DY"]


def test_a_match_by_name_and_postcode_gets_the_number_and_address_that_it_lacked(
    session: Session, officer: Actor
):
    known = make_employer(session, "Fernside Bakery")
    SITES.add(session, known.key, EmployerSiteInput(label="Shop", postcode="LS1 4DY"), by=officer)
    take_in(session, file_of("fernside  bakery,1 Mill Lane,LS1 4DY,1234567,,"), officer)
    assert known.company_number == "01234567"
    sites = SITES.of(session, known.key, by=officer)
    assert [(site.label, site.address) for site in sites] == [("Shop", "1 Mill Lane")]


def test_the_same_name_and_place_with_another_number_is_another_company(session: Session, officer: Actor):
    rows = ("Fernside,,LS1 4DY,01234567,,", "Fernside,,LS1 4DY,07654321,,")
    assert figures(take_in(session, file_of(*rows), officer)) == (2, 2, 0, 0, 0)


def test_a_row_that_says_again_what_an_earlier_row_says_is_skipped_with_the_reason(
    session: Session, officer: Actor
):
    rows = ("Fernside,,LS1 4DY,,,", "FERNSIDE,,LS1 4DY,1234567,,", "Fernside Group,,,01234567,,")
    batch = take_in(session, file_of(*rows), officer)
    assert figures(batch) == (3, 1, 0, 2, 0)
    assert reasons(session, batch, officer) == [
        ("row 3", "", "The same employer as in row 2 of this file."),
        ("row 4", "", "The same employer as in row 2 of this file."),
    ]


def test_two_rows_about_one_recorded_employer_fill_it_once(session: Session, officer: Actor):
    make_employer(session, "Fernside Bakery", company_number="01234567")
    rows = ("Fernside,,,01234567,10710,", "Fernside,,,01234567,99999,")
    assert figures(take_in(session, file_of(*rows), officer)) == (2, 0, 1, 1, 0)


def test_an_archived_employer_is_neither_doubled_nor_filled(session: Session, officer: Actor):
    known = make_employer(session, "Fernside Bakery", company_number="01234567")
    employers.archive(session, known.key, why="Closed", version=1, by=officer)
    batch = take_in(session, file_of("Fernside,,,01234567,10710,"), officer)
    assert figures(batch) == (1, 0, 0, 1, 0)
    assert "archived" in reasons(session, batch, officer)[0][2]


@pytest.mark.parametrize(
    ("row", "field", "reason"),
    [
        (",,LS1 4DY,,,", "Employer Name", "cannot be left empty"),
        ("A,,NOWHERE,,,", "Postcode", "UK postcode"),
        ("A,,,12,,huge", "Size", "not a size"),
        ("A,,,not-a-number,,", "Company Number", "eight letters and digits"),
        (f"{'x' * 201},,,,,", "Employer Name", "201 characters"),
    ],
)
def test_an_unfit_row_is_refused_with_its_place_field_and_reason(
    session: Session, officer: Actor, row: str, field: str, reason: str
):
    batch = take_in(session, file_of("Fernside,,,,,", row), officer)
    assert figures(batch) == (2, 1, 0, 0, 1)
    ((place, blamed, why),) = reasons(session, batch, officer)
    assert (place, blamed) == ("row 3", field)
    assert reason in why


def test_rows_that_the_reader_refuses_are_refused_here(session: Session, officer: Actor):
    batch = take_in(session, file_of("Fernside,,,,,", "Bad\0row,,,,,"), officer)
    assert figures(batch) == (2, 1, 0, 0, 1)


def test_words_that_say_nothing_are_taken_as_nothing(session: Session, officer: Actor):
    take_in(session, file_of("Fernside,N/A,-,none,Not known,Not Provided"), officer)
    employer = session.exec(select(Employer)).one()
    assert (employer.company_number, employer.sic_codes, employer.size_band) == (
        None,
        None,
        SizeBand.UNKNOWN,
    )
    assert session.exec(select(EmployerSite)).all() == []


def test_a_preview_says_what_would_happen_and_saves_nothing(session: Session, officer: Actor):
    file = file_of("Fernside,,,,,Less than 250", "Fernside,,,,,", "A,,NOWHERE,,,")
    mapping = employer_columns.guess(file.table.header)
    seen = employer_imports.preview(session, file, mapping, by=officer)
    assert (seen.figures.added, seen.figures.skipped, seen.figures.refused) == (1, 1, 1)
    assert seen.added[0][1] == "Fernside"
    assert [one.number for one in (*seen.skipped, *seen.refused)] == [3, 4]
    assert any("two bands" in note for note in seen.notes)
    assert seen.came_in_before is None
    assert session.exec(select(Employer)).all() == []


def test_a_preview_says_when_the_same_file_came_in_before(session: Session, officer: Actor):
    file = file_of("Fernside,,,,,")
    batch = take_in(session, file, officer)
    seen = employer_imports.preview(session, file, employer_columns.guess(file.table.header), by=officer)
    assert seen.came_in_before is batch


@pytest.mark.parametrize("column", [None, "No such column"])
def test_without_a_column_for_the_name_nothing_is_taken_in(
    session: Session, officer: Actor, column: str | None
):
    with pytest.raises(RuleBrokenError) as caught:
        take_in(session, file_of("Fernside,,,,,"), officer, name=column)
    assert caught.value.field == "name"


def test_progress_is_told_up_to_the_end(session: Session, officer: Actor):
    file = file_of(*(f"Employer {number},,,,," for number in range(1200)))
    told: list[tuple[int, int]] = []
    mapping = employer_columns.guess(file.table.header)
    employer_imports.run(session, file, mapping, by=officer, progress=lambda *so_far: told.append(so_far))
    assert told == sorted(told)
    assert len(told) > 2
    assert told[-1] == (1200, 1200)


@pytest.mark.parametrize("role", [Role.JOB_COACH, Role.AUDITOR, Role.ADMINISTRATOR])
def test_a_list_is_taken_in_only_by_those_who_may(session: Session, role: Role):
    with pytest.raises(NotAllowedError):
        take_in(session, file_of("Fernside,,,,,"), make_actor(role))
    with pytest.raises(NotAllowedError):
        employer_imports.preview(session, file_of("Fernside,,,,,"), {}, by=make_actor(role))


@pytest.mark.parametrize(
    ("written", "band"),
    [
        ("7", SizeBand.MICRO),
        ("10-49", SizeBand.SMALL),
        ("50 – 249 employees", SizeBand.MEDIUM),
        ("250 to 499", SizeBand.LARGE),
        ("1000 to 4999", SizeBand.LARGE),
        ("5000 to 19,999", SizeBand.LARGE),
        ("20,000 or more", SizeBand.LARGE),
        ("250+", SizeBand.LARGE),
        ("Over 300", SizeBand.LARGE),
        ("fewer than 10", SizeBand.MICRO),
        ("up to 9", SizeBand.MICRO),
        ("Less than 250", SizeBand.UNKNOWN),
        ("40 to 60", SizeBand.UNKNOWN),
        ("0", SizeBand.UNKNOWN),
        ("Not Provided", SizeBand.UNKNOWN),
        ("Small business", SizeBand.SMALL),
    ],
)
def test_sizes_are_read_as_lists_write_them(written: str, band: SizeBand):
    assert employer_columns.size_band(written) is band


def test_columns_are_guessed_whatever_the_case_and_spacing_and_none_is_used_twice():
    header = ("Company Name", "POST CODE", "companynumber", "No. of widgets", "Size")
    assert employer_columns.guess(header) == {
        "name": "Company Name",
        "postcode": "POST CODE",
        "company_number": "companynumber",
        "size_band": "Size",
    }
