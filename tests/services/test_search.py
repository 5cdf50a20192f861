"""Finding records by what is typed, in spite of slips, and only what one may see."""

import pytest

from crm import db
from crm.audit import answer_for
from crm.models.employers import Employer
from crm.models.search import EntryKind
from crm.models.users import Actor
from crm.policy import Relation, Role
from crm.services import search, search_scope
from tests.makers import make_actor, make_user
from tests.makers_employers import make_agreement, make_employer, make_person, make_site
from tests.makers_jobs import make_vacancy
from tests.makers_people import make_seeker
from tests.makers_teams import PHONE, make_people_around, make_team

MANAGER = make_actor(Role.MANAGER)


@pytest.fixture
def bakery(database: str) -> Employer:
    """An employer with something of every kind, and two others."""
    with db.transaction() as session:
        employer = make_employer(session, "Fernside Bakery Ltd", company_number="01234567")
        make_site(session, employer, postcode="LS1 4AB")
        make_person(session, employer, "Zoë Holt", phone="07700 900123", email="zoe@fernside.example")
        make_vacancy(session, employer, "Kitchen assistant")
        make_agreement(session, employer)
        make_employer(session, "Smithson Signs")
        make_employer(session, "Smith Joinery")
        make_seeker(session, "Amara Nwosu", phone="07700 900999", email="amara@example.org")
        return employer


def found(typed: str, *, by: Actor = MANAGER, limit: int = 20) -> dict[str, list[str]]:
    """The titles found, by kind."""
    with db.reading() as session:
        groups = search.find(session, typed, limit=limit, by=by)
    return {group.kind.value: [hit.title for hit in group.hits] for group in groups}


def test_the_name_of_an_employer_finds_it_and_what_belongs_to_it(bakery: Employer):
    assert found("fernside") == {
        "employer": ["Fernside Bakery Ltd"],
        "person": ["Zoë Holt"],
        "vacancy": ["Kitchen assistant"],
        "agreement": ["Fernside Bakery Ltd"],
    }


def test_an_employer_is_found_by_parts_of_its_name_numbers_and_in_spite_of_slips(bakery: Employer):
    for typed in (
        *(
            "fern",
            "BAKERY fern",
            "fernside ltd",
            "ernsid",
            "fernsied",
            "frenside",
            "fernsid",
            "fenrside bkaery",
        ),
        *("fernsode", "frensi", "LS14AB", "ls1 4ab", "ls1", "01234567", "1234567"),
    ):
        assert found(typed)["employer"] == ["Fernside Bakery Ltd"], typed


def test_somebody_at_an_employer_is_found_by_name_number_or_address(bakery: Employer):
    for typed in (
        *("zoe", "Zoë Holt", "hotl", "holt zoe", "zoe fernside", "07700900123", "+44 7700 900123", "900123"),
        *("zoe@fern", "@fernside.example"),
    ):
        assert found(typed)["person"] == ["Zoë Holt"], typed


def test_a_job_seeker_is_found_by_name_number_or_address(bakery: Employer):
    for typed in ("amara", "nwsou", "nwosa", "07700 900999", "amara@example.org"):
        assert found(typed) == {"seeker": ["Amara Nwosu"]}, typed


def test_an_agreement_is_found_by_its_kind_and_a_vacancy_by_its_title(bakery: Employer):
    assert found("guaranteed fernside") == {"agreement": ["Fernside Bakery Ltd"]}
    assert found("kitchen") == {"vacancy": ["Kitchen assistant"]}


def test_a_whole_word_comes_before_one_that_begins_so_and_both_before_a_slip(bakery: Employer):
    with db.transaction() as session:
        make_employer(session, "Smyth Coaches")
        make_employer(session, "Blacksmith Gates")
    assert found("smith")["employer"] == [
        *("Smith Joinery", "Smithson Signs"),
        *("Blacksmith Gates", "Smyth Coaches"),
    ]


def test_what_fits_nothing_finds_nothing(bakery: Employer):
    wrong_digit = "07700 900124"
    for typed in ("", " ", "@", "zzzz", "fernside zzzz", "%", "';--", "x" * 5000, wrong_digit):
        assert found(typed) == {}, typed


def test_no_kind_crowds_out_another(bakery: Employer):
    with db.transaction() as session:
        for number in range(8):
            make_employer(session, f"Fernside Works {number}")
    with db.reading() as session:
        groups = search.find(session, "fernside", limit=6, by=MANAGER)
    assert [(group.kind, len(group.hits), group.total) for group in groups] == [
        (EntryKind.EMPLOYER, 3, 9),
        (EntryKind.PERSON, 1, 1),
        (EntryKind.VACANCY, 1, 1),
        (EntryKind.AGREEMENT, 1, 1),
    ]


def test_all_of_a_kind_are_paged_through_in_one_order(database: str):
    with db.transaction() as session:
        for number in range(7):
            make_employer(session, f"Fernside Works {number}")
    with db.reading() as session:
        pages = [
            search.listing(session, EntryKind.EMPLOYER, "fernside", offset=start, limit=3, by=MANAGER)
            for start in (0, 3, 6)
        ]
    assert [page.total for page in pages] == [7, 7, 7]
    titles = [hit.title for page in pages for hit in page.rows]
    assert titles == [f"Fernside Works {number}" for number in range(7)]


@pytest.mark.parametrize("role", [Role.ENGAGEMENT_OFFICER, Role.JOB_COACH])
def test_a_telephone_number_finds_only_job_seekers_whose_number_one_may_see(database: str, role: Role):
    with db.transaction() as session:
        by, people = make_people_around(session, role)
    near = set(people) - {Relation.SERVICE}
    assert set(found(PHONE, by=by)["seeker"]) == {f"In {relation}" for relation in near}
    assert set(found("0113 496", by=by)["seeker"]) == {f"In {relation}" for relation in near}
    assert found("in service", by=by) == {"seeker": ["In service"]}
    assert found(f"service {PHONE}", by=by) == {}
    assert found(f"own {PHONE}", by=by) == {"seeker": ["In own"]}


def test_an_auditor_finds_names_but_nobody_by_a_number_that_is_masked(bakery: Employer):
    auditor = make_actor(Role.AUDITOR)
    assert found("zoe", by=auditor)["person"] == ["Zoë Holt"]
    for typed in ("07700 900123", "zoe@fernside.example", "07700 900999", "amara@example.org"):
        assert found(typed, by=auditor) == {}


def test_who_may_see_no_records_finds_none(bakery: Employer):
    administrator = make_actor(Role.ADMINISTRATOR)
    assert search_scope.kinds_for(administrator) == []
    assert found("fernside", by=administrator) == {}


def test_who_stands_to_a_person_otherwise_now_finds_them_otherwise(database: str):
    with db.transaction() as session:
        coach, other = (make_user(session, Role.JOB_COACH, name=name) for name in ("Rosa Lind", "Olga Other"))
        make_team(session, "North", coach)
        make_team(session, "South", other)
        seeker = make_seeker(session, "Amara Nwosu", phone=PHONE, coach_id=coach.key)
        by = other.as_actor()
    assert found(PHONE, by=by) == {}
    with db.transaction() as session:
        answer_for(session, MANAGER)
        row = session.get_one(type(seeker), seeker.key)
        row.coach_id = by.id
        session.add(row)
    assert found(PHONE, by=by) == {"seeker": ["Amara Nwosu"]}
