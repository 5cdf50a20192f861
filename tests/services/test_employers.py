"""Employers are found by any part of their name, likely duplicates are told, parts belong to one employer."""

import pytest
from sqlmodel import Session

from crm.errors import NotAllowedError, NotFoundError, RuleBrokenError, StaleFormError
from crm.models.employers import (
    EmployerInput,
    EmployerPersonInput,
    EmployerSiteInput,
    RelationshipStage,
    Tier,
)
from crm.models.users import Actor
from crm.policy import Role
from crm.services import archiving, employer_likeness, employers, staff
from crm.services.employer_filters import EmployerFilter
from crm.services.employer_likeness import EmployerSketch
from crm.services.employer_parts import PEOPLE, SITES
from tests.makers import make_actor, make_user
from tests.makers_employers import TODAY, make_employer


@pytest.fixture
def officer(session: Session) -> Actor:
    return make_user(session, Role.ENGAGEMENT_OFFICER, name="Ines Marlow").as_actor()


def found(session: Session, by: Actor, wanted: EmployerFilter) -> list[str]:
    page = employers.listing(session, wanted, offset=0, limit=25, by=by, today=TODAY)
    assert page.total == len(page.rows)
    return [row.name for row in page.rows]


def alike(session: Session, by: Actor, name: str, number: str | None = None) -> list[str]:
    new = EmployerSketch(name=name, company_number=number)
    return [one.name for one in employer_likeness.similar(session, new, by=by)]


def test_employers_are_found_by_part_of_the_name_stage_and_tier(session: Session, officer: Actor):
    make_employer(session, "Café Zoë", stage=RelationshipStage.PARTNER, tier=Tier.LOCAL)
    make_employer(session, "100% Clean")
    assert found(session, officer, EmployerFilter("cafe ZOE")) == ["Café Zoë"]
    assert found(session, officer, EmployerFilter("0%")) == ["100% Clean"]
    assert found(session, officer, EmployerFilter("_")) == []
    assert found(session, officer, EmployerFilter(stage="partner", tier="local")) == ["Café Zoë"]


@pytest.mark.parametrize(("offset", "limit", "rows"), [(0, 2, 2), (2, 2, 1), (0, 9, 3), (9, 2, 0)])
def test_the_number_in_all_is_right_whichever_page_is_shown(
    session: Session, officer: Actor, offset: int, limit: int, rows: int
):
    for name in ("A", "B", "C"):
        make_employer(session, name)
    page = employers.listing(session, EmployerFilter(), offset=offset, limit=limit, by=officer, today=TODAY)
    assert (len(page.rows), page.total) == (rows, 3)


def test_an_employer_shows_its_postcode_and_owner_in_the_list(session: Session, officer: Actor):
    employer = make_employer(session, owner_id=officer.id)
    SITES.add(session, employer.key, EmployerSiteInput(label="Shop", postcode="ls14dy"), by=officer)
    row = employers.listing(session, EmployerFilter(), offset=0, limit=1, by=officer, today=TODAY).rows[0]
    assert (row.postcode, row.owner, row.open_vacancies) == ("LS1 4DY", "Ines Marlow", 0)


def test_the_owner_of_an_employer_is_a_colleague(session: Session, officer: Actor):
    with pytest.raises(RuleBrokenError, match="colleague"):
        employers.add(session, EmployerInput(name="A", owner_id=99), by=officer)
    made = employers.add(session, EmployerInput(name="A"), by=officer)
    with pytest.raises(RuleBrokenError, match="colleague"):
        employers.change(session, made.key, EmployerInput(name="A", owner_id=99), version=1, by=officer)


def test_an_archived_employer_can_be_listed_and_brought_back(session: Session, officer: Actor):
    employer = make_employer(session)
    employers.archive(session, employer.key, why=" Closed ", version=1, by=officer)
    assert employer.archived_why == "Closed"
    assert found(session, officer, EmployerFilter()) == []
    assert found(session, officer, EmployerFilter(is_archived=True)) == ["Fernside Bakery"]
    with pytest.raises(StaleFormError):
        employers.bring_back(session, employer.key, version=1, by=officer)
    employers.bring_back(session, employer.key, version=2, by=officer)
    assert found(session, officer, EmployerFilter()) == ["Fernside Bakery"]


@pytest.mark.parametrize(("why", "reason"), [("  ", "Say in a few words"), ("x\0", "cannot be stored")])
def test_archiving_needs_a_reason_that_can_be_kept(session: Session, officer: Actor, why: str, reason: str):
    employer = make_employer(session)
    with pytest.raises(RuleBrokenError, match=reason) as caught:
        employers.archive(session, employer.key, why=why, version=1, by=officer)
    assert caught.value.field == "why"


def test_who_saved_a_record_last_is_known(session: Session, officer: Actor):
    made = employers.add(session, EmployerInput(name="Fernside"), by=officer)
    assert archiving.last_save(session, made).is_first
    employers.change(session, made.key, EmployerInput(name="Fernside 2"), version=1, by=officer)
    saved = archiving.last_save(session, made)
    assert (saved.who, saved.is_first) == ("Ines Marlow", False)
    assert archiving.last_save(session, make_employer(session)).who == "the system"


@pytest.mark.parametrize(
    ("typed", "is_alike"),
    [
        ("FERNSIDE BAKERY LTD", True),
        ("The Fernside Bakery Company", True),
        ("Bakery Fernside", True),
        ("Fernside Bakerry", True),
        ("Fernside Nursery", False),
        ("Harbour Bakery", False),
        ("!!!", False),
    ],
)
def test_a_name_much_like_a_recorded_one_is_told(
    session: Session, officer: Actor, typed: str, is_alike: bool
):
    make_employer(session, "Fernside Bakery Limited")
    assert bool(alike(session, officer, typed)) is is_alike


def test_the_same_company_number_is_told_whatever_the_name_and_first(session: Session, officer: Actor):
    make_employer(session, "Harbour Foods", company_number="01234567")
    make_employer(session, "Fernside Bakery")
    assert alike(session, officer, "Fernside Bakery", "1234567") == ["Harbour Foods", "Fernside Bakery"]


def test_an_archived_duplicate_is_told_as_archived(session: Session, officer: Actor):
    employer = make_employer(session)
    employers.archive(session, employer.key, why="Closed", version=1, by=officer)
    (one,) = employer_likeness.similar(session, EmployerSketch("Fernside Bakery"), by=officer)
    assert one.is_archived


def test_a_name_of_words_that_say_little_is_compared_whole(session: Session, officer: Actor):
    make_employer(session, "The Company Group")
    assert alike(session, officer, "The Company Group") == ["The Company Group"]


def test_people_and_sites_are_listed_by_name_archived_ones_last(session: Session, officer: Actor):
    employer = make_employer(session)
    for name in ("Zoe", "Abel", "Mia"):
        PEOPLE.add(session, employer.key, EmployerPersonInput(name=name), by=officer)
    abel = PEOPLE.of(session, employer.key, by=officer)[0]
    PEOPLE.archive(session, abel.key, why="Left", version=1, by=officer)
    assert [person.name for person in PEOPLE.of(session, employer.key, by=officer)] == ["Mia", "Zoe", "Abel"]
    PEOPLE.bring_back(session, abel.key, version=2, by=officer)
    assert PEOPLE.find(session, abel.key, by=officer).archived_at is None


def test_a_part_is_changed_by_version(session: Session, officer: Actor):
    site = SITES.add(session, make_employer(session).key, EmployerSiteInput(label="Shop"), by=officer)
    SITES.change(session, site.key, EmployerSiteInput(label="Depot"), version=1, by=officer)
    with pytest.raises(StaleFormError):
        SITES.change(session, site.key, EmployerSiteInput(label="Store"), version=1, by=officer)


def test_nothing_is_added_to_an_employer_that_is_not_there(session: Session, officer: Actor):
    with pytest.raises(NotFoundError):
        SITES.add(session, 99, EmployerSiteInput(label="Shop"), by=officer)


def test_a_coach_reads_employers_and_records_none(session: Session):
    coach, employer = make_actor(Role.JOB_COACH), make_employer(session)
    assert employers.find(session, employer.key, by=coach) is employer
    with pytest.raises(NotAllowedError):
        SITES.add(session, employer.key, EmployerSiteInput(label="Shop"), by=coach)
    with pytest.raises(NotAllowedError):
        employers.archive(session, employer.key, why="x", version=1, by=coach)


def test_a_colleague_who_left_keeps_their_name(session: Session, officer: Actor):
    assert staff.name_of(session, officer.id, by=officer) == "Ines Marlow"
    assert staff.name_of(session, None, by=officer) is None
