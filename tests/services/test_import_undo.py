"""An import is undone as a whole, once, for thirty days; what people did since is never overwritten."""

from datetime import timedelta

import pytest
from sqlmodel import Session, col, select

from crm.audit import write_entries
from crm.errors import NotAllowedError, RuleBrokenError
from crm.models.audit import AuditEntry
from crm.models.base import utc_now
from crm.models.employers import Employer, EmployerPersonInput, EmployerSite, SizeBand
from crm.models.imports import ImportBatch, ImportedRecord
from crm.models.users import Actor
from crm.models.vacancies import Vacancy
from crm.policy import Role
from crm.readers.tables import read_table
from crm.services import (
    employer_columns,
    employer_imports,
    import_undo,
    imports,
    records,
    tidying,
    vacancy_imports,
    vacancy_previews,
)
from crm.services.employer_imports import EmployerFile
from crm.services.employer_parts import PEOPLE
from crm.services.import_undo import Outlook
from tests.makers import make_actor, make_user
from tests.makers_employers import make_employer
from tests.makers_jobs import advert, json_lines

HEADER = "Name,Address,Postcode,Company Number,Sector,Size"
FERNSIDE = "Fernside Bakery,1 Mill Lane,LS1 4DY,1234567,Food,60"
HARBOUR = "Harbour Laundry,2 Quay,HU1 1AA,,,"


@pytest.fixture
def officer(session: Session) -> Actor:
    return make_user(session, Role.ENGAGEMENT_OFFICER, name="Ines Marlow").as_actor()


def bring_in(session: Session, by: Actor, *rows: str) -> ImportBatch:
    content = "\n".join([HEADER, *rows]).encode()
    file = EmployerFile("list.csv", imports.digest_of(content), read_table(content, "list.csv"))
    batch = employer_imports.run(session, file, employer_columns.guess(file.table.header), by=by)
    write_entries(session)
    return batch


def seen(session: Session, batch: ImportBatch, by: Actor) -> Outlook:
    write_entries(session)
    return import_undo.outlook(session, batch.key, by=by, now=utc_now())


def undo(session: Session, batch: ImportBatch, by: Actor) -> Outlook:
    found = seen(session, batch, by)
    import_undo.undo(session, batch.key, by=by, now=utc_now())
    write_entries(session)
    return found


def figures(outlook: Outlook) -> tuple[int, int, int]:
    return outlook.archived, outlook.put_back, outlook.left


def live(session: Session) -> list[str]:
    return list(session.exec(select(Employer.name).where(col(Employer.archived_at).is_(None))))


def test_what_an_import_added_is_archived_with_the_reason_once(session: Session, officer: Actor):
    batch = bring_in(session, officer, FERNSIDE, HARBOUR)
    assert figures(undo(session, batch, officer)) == (4, 0, 0)
    assert live(session) == []
    site = session.exec(select(EmployerSite)).first()
    assert site is not None
    assert (site.archived_by, site.archived_why) == (officer.id, "The import of list.csv was undone")
    assert (batch.undone_by, batch.undone_at is not None) == (officer.id, True)
    with pytest.raises(RuleBrokenError, match="undone already"):
        import_undo.undo(session, batch.key, by=officer, now=utc_now())


def test_what_an_import_changed_gets_its_old_values_back(session: Session, officer: Actor):
    known = make_employer(session, "Fernside Bakery", company_number="01234567", sector="Baking")
    batch = bring_in(session, officer, FERNSIDE)
    assert (known.size_band, known.sector) == (SizeBand.MEDIUM, "Baking")
    assert figures(undo(session, batch, officer)) == (1, 1, 0)
    assert (known.size_band, known.sector, known.archived_at) == (SizeBand.UNKNOWN, "Baking", None)


def test_what_somebody_changed_since_stays_and_is_named_with_what_differs(session: Session, officer: Actor):
    batch = bring_in(session, officer, FERNSIDE, HARBOUR)
    mine = session.exec(select(Employer).where(Employer.name == "Harbour Laundry")).one()
    records.change(session, mine, {"sector": "Linen"}, version=1)
    found = undo(session, batch, officer)
    assert figures(found) == (2, 0, 2)
    left = {one.kind: one for one in found.named}
    assert left["Employer"].name == "Harbour Laundry"
    assert left["Employer"].happened[0].values == {"sector": (None, "Linen")}
    assert left["EmployerSite"].happened == ()
    assert (live(session), mine.sector) == (["Harbour Laundry"], "Linen")
    after = import_undo.outlook(session, batch.key, by=officer, now=utc_now())
    assert figures(after) == (0, 0, 2)


def test_a_changed_record_that_somebody_changed_again_keeps_all_it_holds(session: Session, officer: Actor):
    known = make_employer(session, "Fernside Bakery", company_number="01234567")
    batch = bring_in(session, officer, FERNSIDE)
    records.change(session, known, {"website": "https://example.org"}, version=known.version)
    undo(session, batch, officer)
    assert (known.size_band, known.sector) == (SizeBand.MEDIUM, "Food")


def test_an_employer_to_which_something_was_added_stays(session: Session, officer: Actor):
    batch = bring_in(session, officer, FERNSIDE, HARBOUR)
    mine = session.exec(select(Employer).where(Employer.name == "Harbour Laundry")).one()
    PEOPLE.add(session, mine.key, EmployerPersonInput(name="Rosa Vale"), by=officer)
    assert figures(undo(session, batch, officer)) == (2, 0, 2)
    assert live(session) == ["Harbour Laundry"]


def test_what_was_added_and_put_aside_again_keeps_no_employer(session: Session, officer: Actor):
    batch = bring_in(session, officer, HARBOUR)
    mine = session.exec(select(Employer)).one()
    person = PEOPLE.add(session, mine.key, EmployerPersonInput(name="Rosa Vale"), by=officer)
    PEOPLE.archive(session, person.key, why="By mistake", version=1, by=officer)
    assert figures(undo(session, batch, officer)) == (2, 0, 0)


def test_an_import_is_undone_for_thirty_days_and_then_its_old_values_go(session: Session, officer: Actor):
    make_employer(session, "Fernside Bakery", company_number="01234567")
    batch = bring_in(session, officer, FERNSIDE)
    later = utc_now() + timedelta(days=31)
    assert tidying.tidy_up(session, now=utc_now())["old values of imports"] == 0
    assert tidying.tidy_up(session, now=later)["old values of imports"] == 1
    assert all(not trace.before for trace in session.exec(select(ImportedRecord)))
    with pytest.raises(RuleBrokenError, match="for 30 days"):
        import_undo.undo(session, batch.key, by=officer, now=later)


def test_the_same_list_can_be_brought_in_again_after_it_was_undone(session: Session, officer: Actor):
    undo(session, bring_in(session, officer, FERNSIDE, HARBOUR), officer)
    again = bring_in(session, officer, FERNSIDE, HARBOUR)
    assert (again.rows_added, again.rows_skipped) == (2, 0)
    assert sorted(live(session)) == ["Fernside Bakery", "Harbour Laundry"]


def test_two_imports_are_undone_the_later_one_first(session: Session, officer: Actor):
    first = bring_in(session, officer, "Fernside Bakery,,,1234567,,")
    second = bring_in(session, officer, "Fernside Bakery,,,1234567,Food,")
    assert figures(seen(session, first, officer)) == (0, 0, 1)
    assert figures(undo(session, second, officer)) == (0, 1, 0)
    assert figures(undo(session, first, officer)) == (1, 0, 0)


def test_each_record_that_goes_back_has_its_entry_in_the_trail(session: Session, officer: Actor):
    make_employer(session, "Fernside Bakery", company_number="01234567")
    batch = bring_in(session, officer, FERNSIDE, HARBOUR)
    last = session.exec(select(AuditEntry).order_by(col(AuditEntry.id).desc())).first()
    assert last is not None
    undo(session, batch, officer)
    entries = session.exec(select(AuditEntry).where(col(AuditEntry.id) > last.id)).all()
    done = sorted((entry.record_kind, entry.action, entry.actor_name) for entry in entries)
    assert done == [
        ("Employer", "archive", "Ines Marlow"),
        ("Employer", "change", "Ines Marlow"),
        ("EmployerSite", "archive", "Ines Marlow"),
        ("EmployerSite", "archive", "Ines Marlow"),
        ("ImportBatch", "change", "Ines Marlow"),
    ]


def test_adverts_go_back_with_the_employers_that_came_with_them(session: Session, officer: Actor):
    lot = vacancy_previews.read_lot([("ads.jsonl", json_lines(advert(1), advert(2)))])
    batch = vacancy_imports.take_in(session, lot, {}, by=officer)
    assert figures(undo(session, batch, officer)) == (3, 0, 0)
    again = vacancy_imports.take_in(session, lot, {}, by=officer)
    assert again.rows_added == 2
    kept = session.exec(select(Vacancy).where(col(Vacancy.archived_at).is_(None))).all()
    assert [row.import_batch_id for row in kept] == [again.key, again.key]


def test_the_employer_of_an_advert_that_somebody_changed_stays_with_it(session: Session, officer: Actor):
    lot = vacancy_previews.read_lot([("ads.jsonl", json_lines(advert(1), advert(2)))])
    batch = vacancy_imports.take_in(session, lot, {}, by=officer)
    post = session.exec(select(Vacancy)).first()
    assert post is not None
    records.change(session, post, {"posts": 3}, version=1)
    assert figures(undo(session, batch, officer)) == (1, 0, 2)
    assert len(live(session)) == 1


def test_what_cannot_be_undone_says_why(session: Session, officer: Actor):
    refused = bring_in(session, officer, "Harbour,,NOWHERE,,,")
    old = bring_in(session, officer, FERNSIDE)
    for trace in session.exec(select(ImportedRecord)).all():
        session.delete(trace)
    session.flush()
    for batch, why in ((refused, "added and changed nothing"), (old, "before imports could be undone")):
        with pytest.raises(RuleBrokenError, match=why):
            import_undo.outlook(session, batch.key, by=officer, now=utc_now())


def test_an_import_is_undone_only_by_those_who_may(session: Session, officer: Actor):
    batch = bring_in(session, officer, FERNSIDE)
    for role in (Role.JOB_COACH, Role.AUDITOR, Role.ADMINISTRATOR):
        with pytest.raises(NotAllowedError):
            import_undo.undo(session, batch.key, by=make_actor(role), now=utc_now())
        with pytest.raises(NotAllowedError):
            import_undo.outlook(session, batch.key, by=make_actor(role), now=utc_now())
