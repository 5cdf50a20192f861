"""The search index follows the records in the same transaction, and can be made anew from them."""

from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import SQLModel, col, select

from crm import audit, db
from crm.models.employers import Employer, EmployerInput, EmployerSite
from crm.models.search import SearchEntry, SearchTrigram, SearchWord
from crm.models.seekers import JobSeeker
from crm.models.users import SYSTEM
from crm.policy import Role
from crm.services import employers, records, restricted, search, search_rebuild, seekers
from crm.services.employer_parts import SITES
from tests.makers import make_actor
from tests.makers_employers import make_employer, make_person, make_site
from tests.makers_jobs import make_vacancy
from tests.makers_people import make_seeker

MANAGER = make_actor(Role.MANAGER)
INDEX: tuple[Any, ...] = (SearchTrigram, SearchWord, SearchEntry)


def titles(typed: str) -> list[str]:
    with db.reading() as session:
        groups = search.find(session, typed, limit=20, by=MANAGER)
    return [hit.title for group in groups for hit in group.hits]


def index() -> list[list[tuple[Any, ...]]]:
    """All that the index holds, without the ids of its entries."""
    entries = SQLModel.metadata.tables["search_entry"].c
    words, grams = (SQLModel.metadata.tables[name].c for name in ("search_word", "search_trigram"))
    with db.reading() as session:
        named = sa.select(
            entries.kind, entries.record_id, words.lot, words.word, entries.title, entries.detail
        )
        queries = [named.join(words.entry_id.table, words.entry_id == entries.id), sa.select(*grams)]
        return [sorted(map(tuple, session.connection().execute(query))) for query in queries]


def empty() -> None:
    with db.transaction() as session:
        for table in INDEX:
            session.connection().execute(sa.delete(table))


def rename(employer: Employer, name: str) -> None:
    with db.transaction() as session:
        version = session.get_one(Employer, employer.key).version
        employers.change(session, employer.key, EmployerInput(name=name), version=version, by=SYSTEM)


@pytest.fixture
def bakery(database: str) -> Employer:
    with db.transaction() as session:
        employer = make_employer(session, "Fernside Bakery")
        make_person(session, employer, "Dana Holt")
        make_vacancy(session, employer, "Kitchen assistant")
        return employer


def test_a_new_name_is_found_at_once_and_nothing_is_left_of_the_old_one(bakery: Employer):
    rename(bakery, "Thornfield Cakes")
    assert titles("thornfield") == ["Thornfield Cakes", "Dana Holt", "Kitchen assistant"]
    assert titles("fernside") == []
    assert "fern" not in repr(index())
    assert "^fe" not in repr(index())


def test_a_word_that_somebody_else_still_has_keeps_its_trigrams(bakery: Employer):
    with db.transaction() as session:
        make_employer(session, "Fernside Laundry")
    rename(bakery, "Thornfield Cakes")
    assert titles("frenside") == ["Fernside Laundry"]


def test_what_is_rolled_back_is_not_found(bakery: Employer):
    with db.transaction() as session:
        make_employer(session, "Ashbury Farm")
        session.rollback()
    assert titles("ashbury") == []


def test_records_stored_by_the_thousand_are_found(database: str):
    with db.transaction() as session:
        batch = make_employer(session, "Fernside Works")
        columns = Employer.model_fields.keys() - {"id", "version"}
        row = {name: getattr(batch, name) for name in columns}
        rows = [row | {"name": f"Ashbury {n}", "name_key": f"ashbury {n}"} for n in range(1_200)]
        records.add_many(session, Employer, rows)
    with db.reading() as session:
        assert search.find(session, "ashbury", limit=1, by=MANAGER)[0].total == 1_200


def test_a_site_that_moves_or_goes_takes_its_postcode_with_it(bakery: Employer):
    with db.transaction() as session:
        site = make_site(session, bakery, postcode="LS1 4AB")
    assert titles("ls1 4ab") == ["Fernside Bakery"]
    with db.transaction() as session:
        SITES.archive(session, site.key, why="Moved", version=1, by=SYSTEM)
    assert titles("ls1 4ab") == []
    with db.transaction() as session:
        SITES.bring_back(session, site.key, version=2, by=SYSTEM)
    assert titles("ls1 4ab") == ["Fernside Bakery"]


def test_what_is_archived_is_found_last_and_said_to_be(bakery: Employer):
    with db.transaction() as session:
        make_employer(session, "Fernside Works")
        row = session.get_one(Employer, bakery.key)
        employers.archive(session, row.key, why="Closed", version=row.version, by=SYSTEM)
    with db.reading() as session:
        hits = search.find(session, "fernside", limit=20, by=MANAGER)[0].hits
    assert [(hit.title, hit.is_archived) for hit in hits] == [
        ("Fernside Works", False),
        ("Fernside Bakery", True),
    ]


def test_what_changes_nothing_that_is_searched_leaves_the_index_as_it_is(bakery: Employer):
    before = index()
    with db.transaction() as session:
        edit = EmployerInput(name="Fernside Bakery", unmet_needs="Quiet hours")
        employers.change(session, bakery.key, edit, version=1, by=SYSTEM)
        audit.note(session, MANAGER, "refused", ("Employer", bakery.key), {"action": "x"})
    assert index() == before


def test_records_without_an_entry_get_one_and_the_index_is_as_it_was(bakery: Employer):
    with db.transaction() as session:
        make_seeker(session, "Amara Nwosu", phone="07700 900999")
        make_site(session, bakery, postcode="LS1 4AB")
    before = index()
    empty()
    assert titles("fernside") == []
    assert search_rebuild.fill_gaps() == 4
    assert index() == before
    assert search_rebuild.fill_gaps() == 0


def test_an_index_that_differs_from_the_records_is_put_right(bakery: Employer):
    before = index()
    with db.transaction() as session:
        connection = session.connection()
        connection.execute(sa.update(SearchEntry).values(title="Wrong"))
        connection.execute(sa.insert(SearchWord), {"lot": "employer", "word": "wrong", "entry_id": 1})
        gone = {"kind": "seeker", "record_id": 999, "opens_id": 999, "title": "Gone", "title_key": "gone"}
        connection.execute(sa.insert(SearchEntry), gone | {"detail": "", "is_archived": False})
    search_rebuild.rebuild()
    assert index() == before
    with db.reading() as session:
        held = sa.select(sa.func.count()).where(col(SearchEntry.record_id) == 999)
        assert session.connection().execute(held).scalar() == 0


def test_contact_details_of_a_job_seeker_that_are_taken_out_are_nowhere_in_the_index(database: str):
    with db.transaction() as session:
        seeker = make_seeker(session, "Amara Nwosu", phone="07700 900999", email="amara@example.org")
    with db.transaction() as session:
        row = session.get_one(JobSeeker, seeker.key)
        edit = seekers.JobSeekerInput(preferred_name="Amara Nwosu")
        seekers.change(session, row.key, edit, version=row.version, by=SYSTEM)
    assert "900999" not in repr(index())
    assert "example.org" not in repr(index())


def test_moving_a_site_to_another_employer_is_followed(bakery: Employer):
    with db.transaction() as session:
        site = make_site(session, bakery, postcode="LS1 4AB")
        other = make_employer(session, "Ashbury Farm")
    with db.transaction() as session:
        audit.answer_for(session, SYSTEM)
        row = session.get_one(EmployerSite, site.key)
        row.employer_id = other.key
        session.add(row)
    assert titles("ls1 4ab") == ["Ashbury Farm"]


def test_a_look_in_the_same_transaction_takes_nothing_from_the_index(database: str):
    with db.transaction() as session:
        seeker = make_seeker(session, "Wilhelmina")
        restricted.ask_whether_under_16(session, seeker.key, on=date(2026, 5, 4), by=SYSTEM)
    with db.reading() as session:
        assert session.exec(select(SearchEntry.title)).all() == ["Wilhelmina"]
