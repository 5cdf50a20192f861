"""Whom an agreement reaches: employers, sites, the panel, one contact; and what merging leaves whole."""

from datetime import timedelta

import pytest
from sqlmodel import Session, select

from crm.errors import NotAllowedError, NotFoundError, RuleBrokenError
from crm.models.agreement_inputs import AgreementInput
from crm.models.agreement_parts import AgreementMember, AgreementMemberInput
from crm.models.agreements import Agreement
from crm.models.employers import Employer
from crm.models.users import SYSTEM, Actor
from crm.models.vacancies import VacancyInput, VacancyStatus
from crm.policy import Role
from crm.services import (
    agreement_checks,
    agreement_members,
    agreement_reach,
    agreements,
    employer_sheet,
    employers,
    unmerging,
    vacancies,
)
from crm.services.agreement_parts import PANEL, SITES
from crm.services.agreements import AgreementFilter
from tests.makers import make_service, make_user
from tests.makers_duplicates import merge_two
from tests.makers_employers import (
    TODAY,
    make_active,
    make_agreement,
    make_employer,
    make_person,
    make_site,
)
from tests.makers_jobs import make_vacancy

DAYS = AgreementMemberInput()


@pytest.fixture
def officer(session: Session) -> Actor:
    return make_user(session, Role.ENGAGEMENT_OFFICER, name="Ines Marlow").as_actor()


@pytest.fixture
def body(session: Session) -> Employer:
    return make_employer(session, "Bakers’ Federation")


@pytest.fixture
def agreement(session: Session, body: Employer) -> Agreement:
    return make_agreement(session, body)


def covered(session: Session, agreement: Agreement) -> list[str]:
    return list(agreement_reach.employers_of(session, agreement, by=SYSTEM, today=TODAY).values())


def found_by(session: Session, **wanted: object) -> list[int]:
    """The agreements that the list finds, and how many it says there are."""
    narrowed = AgreementFilter(**wanted)  # pyright: ignore[reportArgumentType]
    page = agreements.listing(session, narrowed, offset=0, limit=25, by=SYSTEM, today=TODAY)
    assert page.total == len(page.rows)
    return [row.id for row in page.rows]


def join(session: Session, agreement: Agreement, employer: Employer, **days: object) -> AgreementMember:
    new = AgreementMemberInput.model_validate(days)
    return agreement_members.add(session, agreement.key, employer.key, new, by=SYSTEM)


def test_an_agreement_is_found_from_each_employer_that_it_covers(session: Session, agreement: Agreement):
    bakery, later = make_employer(session), make_employer(session, "Later Loaves")
    join(session, agreement, bakery)
    join(session, agreement, later, joined_on=TODAY + timedelta(days=1))
    assert covered(session, agreement) == ["Bakers’ Federation", "Fernside Bakery"]
    assert found_by(session, employer_id=bakery.key) == [agreement.key]
    assert found_by(session, words="fernside") == [agreement.key]
    assert found_by(session, words="federation") == [agreement.key]
    assert found_by(session, employer_id=later.key) == []
    assert found_by(session, words="later") == []


def test_an_employer_that_left_is_not_covered_from_that_day_on(session: Session, agreement: Agreement):
    bakery = make_employer(session)
    member = join(session, agreement, bakery, left_on=TODAY + timedelta(days=1))
    assert "Fernside Bakery" in covered(session, agreement)
    edit = AgreementMemberInput(left_on=TODAY)
    agreement_members.change(session, member.key, edit, version=member.version, by=SYSTEM)
    assert covered(session, agreement) == ["Bakers’ Federation"]


def test_an_employer_is_taken_off_and_put_back(session: Session, agreement: Agreement, officer: Actor):
    bakery = make_employer(session)
    member = join(session, agreement, bakery)
    agreement_members.take_off(session, member.key, version=1, by=officer)
    assert found_by(session, employer_id=bakery.key) == []
    (row,) = agreement_members.of(session, agreement.key, by=officer)
    assert (row.employer, row.member.archived_why) == ("Fernside Bakery", "Taken off the agreement")
    agreement_members.put_back(session, member.key, version=member.version, by=officer)
    assert found_by(session, employer_id=bakery.key) == [agreement.key]
    agreement_members.take_off(session, member.key, version=member.version, by=officer)
    again = join(session, agreement, bakery, joined_on=TODAY)
    assert (again.key, again.archived_at, again.joined_on) == (member.key, None, TODAY)


def test_nobody_is_covered_twice(session: Session, agreement: Agreement, body: Employer):
    bakery = make_employer(session)
    join(session, agreement, bakery)
    with pytest.raises(RuleBrokenError, match="covers this employer already"):
        join(session, agreement, bakery)
    with pytest.raises(RuleBrokenError, match="signs the agreement"):
        join(session, agreement, body)


def test_an_archived_employer_or_agreement_takes_nothing_new(session: Session, agreement: Agreement):
    bakery = make_employer(session)
    employers.archive(session, bakery.key, why="Closed", version=1, by=SYSTEM)
    with pytest.raises(NotFoundError, match="is archived"):
        join(session, agreement, bakery)
    other = make_employer(session, "Harbour Foods")
    member = join(session, agreement, other)
    agreements.archive(session, agreement.key, why="By mistake", version=agreement.version, by=SYSTEM)
    with pytest.raises(NotAllowedError):
        agreement_members.take_off(session, member.key, version=1, by=SYSTEM)
    assert agreement_members.find(session, member.key, by=SYSTEM).archived_at is None


def test_a_coach_sees_whom_it_covers_and_changes_nothing(session: Session, agreement: Agreement):
    coach = make_user(session, Role.JOB_COACH).as_actor()
    bakery = make_employer(session)
    assert agreement_members.of(session, agreement.key, by=coach) == []
    with pytest.raises(NotAllowedError):
        agreement_members.add(session, agreement.key, bakery.key, DAYS, by=coach)
    site = make_site(session, agreement_body(session, agreement))
    with pytest.raises(NotAllowedError):
        SITES.put_in(session, agreement.key, site.key, by=coach, today=TODAY)


def agreement_body(session: Session, agreement: Agreement) -> Employer:
    return session.get_one(Employer, agreement.employer_id)


def test_sites_are_those_of_the_employers_covered(session: Session, agreement: Agreement, body: Employer):
    bakery = make_employer(session)
    mill, head = make_site(session, bakery, "Mill Lane"), make_site(session, body, "Head office")
    assert SITES.offered(session, agreement, by=SYSTEM, today=TODAY) == {head.key: "Head office"}
    with pytest.raises(RuleBrokenError, match="no employer that the agreement covers"):
        SITES.put_in(session, agreement.key, mill.key, by=SYSTEM, today=TODAY)
    join(session, agreement, bakery)
    assert SITES.offered(session, agreement, by=SYSTEM, today=TODAY)[mill.key] == "Mill Lane, Fernside Bakery"
    put = SITES.put_in(session, agreement.key, mill.key, by=SYSTEM, today=TODAY)
    assert SITES.put_in(session, agreement.key, mill.key, by=SYSTEM, today=TODAY) is put
    assert [(row.name, row.employer) for row in SITES.of(session, agreement.key, by=SYSTEM)] == [
        ("Mill Lane", "Fernside Bakery")
    ]


def test_a_site_is_taken_off_and_put_back(session: Session, agreement: Agreement, body: Employer):
    head = make_site(session, body, "Head office")
    put = SITES.put_in(session, agreement.key, head.key, by=SYSTEM, today=TODAY)
    SITES.take_off(session, put.key, version=put.version, by=SYSTEM)
    assert head.key in SITES.offered(session, agreement, by=SYSTEM, today=TODAY)
    again = SITES.put_in(session, agreement.key, head.key, by=SYSTEM, today=TODAY)
    assert (again.key, again.archived_at) == (put.key, None)


def test_the_contact_for_adjustments_never_sits_on_the_panel(
    session: Session, agreement: Agreement, body: Employer
):
    dana, sam = make_person(session, body), make_person(session, body, "Sam Birch")
    clauses = {"kind": agreement.kind, "covers": agreement.covers}
    edit = AgreementInput.model_validate(clauses | {"adjustments_contact_id": dana.key})
    agreements.change(session, agreement.key, edit, version=agreement.version, by=SYSTEM)
    with pytest.raises(RuleBrokenError, match="contact for adjustments"):
        PANEL.put_in(session, agreement.key, dana.key, by=SYSTEM, today=TODAY)
    PANEL.put_in(session, agreement.key, sam.key, by=SYSTEM, today=TODAY)
    judge = AgreementInput.model_validate(clauses | {"adjustments_contact_id": sam.key})
    with pytest.raises(RuleBrokenError, match="sits on interview panels") as caught:
        agreements.change(session, agreement.key, judge, version=agreement.version, by=SYSTEM)
    assert caught.value.field == "adjustments_contact_id"
    assert agreement_checks.blocking(session, agreement, by=SYSTEM, today=TODAY) == []
    agreement.adjustments_contact_id = sam.key
    (only,) = agreement_checks.blocking(session, agreement, by=SYSTEM, today=TODAY)
    assert "sits on the panel" in only.words


def test_the_one_contact_works_for_an_employer_covered(session: Session, agreement: Agreement):
    bakery, stranger = make_employer(session), make_employer(session, "Harbour Foods")
    join(session, agreement, bakery)
    dana = make_person(session, bakery)
    elsewhere = make_person(session, stranger, "Sam Birch")

    def name(person_id: int | None) -> Agreement:
        version = agreement.version
        return agreement_members.name_contact(
            session, agreement.key, person_id, version=version, by=SYSTEM, today=TODAY
        )

    assert name(dana.key).employer_contact_id == dana.key
    offered = agreements.people_to_name(session, agreement.employer_id, chosen=agreement, by=SYSTEM)
    assert offered == [dana]
    with pytest.raises(RuleBrokenError, match="no employer that the agreement covers"):
        name(elsewhere.key)
    assert name(None).employer_contact_id is None


def test_the_contact_on_the_form_works_for_the_employer_that_signs(session: Session, body: Employer):
    dana = make_person(session, make_employer(session))
    with pytest.raises(RuleBrokenError, match="not one of this employer") as caught:
        make_agreement(session, body, employer_contact_id=dana.key)
    assert caught.value.field == "employer_contact_id"


def test_a_vacancy_of_a_member_can_be_under_the_agreement(session: Session, agreement: Agreement):
    bakery, stranger = make_employer(session), make_employer(session, "Harbour Foods")
    join(session, agreement, bakery)
    made = make_vacancy(session, bakery, agreement_id=agreement.key)
    _, offered = vacancies.sites_and_agreements(session, bakery.key, chosen=made, by=SYSTEM)
    assert offered == [agreement]
    with pytest.raises(RuleBrokenError, match="does not cover this employer") as caught:
        make_vacancy(session, stranger, agreement_id=agreement.key)
    assert caught.value.field == "agreement_id"


def test_open_vacancies_and_insurances_are_those_of_the_agreement(
    session: Session, agreement: Agreement, body: Employer
):
    bakery = make_employer(session, insurance_until=TODAY)
    join(session, agreement, bakery)
    vacancy = make_vacancy(session, bakery, agreement_id=agreement.key)
    make_vacancy(session, bakery)

    def around() -> agreement_checks.Around:
        return agreement_checks.around(session, body.key, agreement, by=SYSTEM, today=TODAY)

    assert around().vacancies == 1
    assert around().insured == [("Bakers’ Federation", None), ("Fernside Bakery", TODAY)]
    site = make_site(session, bakery)
    SITES.put_in(session, agreement.key, site.key, by=SYSTEM, today=TODAY)
    assert around().insured == [("Fernside Bakery", TODAY)]
    filled = VacancyInput(
        title=vacancy.title, agreement_id=agreement.key, status=VacancyStatus.FILLED_ELSEWHERE
    )
    vacancies.change(session, vacancy.key, filled, version=1, by=SYSTEM)
    assert around().vacancies == 0
    new = agreement_checks.around(session, bakery.key, None, by=SYSTEM, today=TODAY)
    assert new.insured == [("Fernside Bakery", TODAY)]


def test_the_page_for_a_member_shows_what_its_group_promised(session: Session, body: Employer):
    make_service(session)
    promised, bakery = make_active(session, body), make_employer(session)
    join(session, promised, bakery)
    assert employer_sheet.sheet(session, bakery.key, by=SYSTEM, today=TODAY).promises == [promised]


def test_merging_members_moves_places_sites_and_panel_and_undoing_moves_them_back(
    session: Session, agreement: Agreement
):
    kept, loser = make_employer(session), make_employer(session, "Fernside Bakerry")
    member = join(session, agreement, loser)
    site, dana = make_site(session, loser), make_person(session, loser)
    SITES.put_in(session, agreement.key, site.key, by=SYSTEM, today=TODAY)
    PANEL.put_in(session, agreement.key, dana.key, by=SYSTEM, today=TODAY)
    made = merge_two(session, kept, loser)
    assert member.employer_id == kept.key
    assert covered(session, agreement) == ["Bakers’ Federation", "Fernside Bakery"]
    assert found_by(session, employer_id=kept.key) == [agreement.key]
    for parts in (SITES, PANEL):
        assert [row.employer for row in parts.of(session, agreement.key, by=SYSTEM)] == ["Fernside Bakery"]
    unmerging.undo(session, made.key, version=1, by=SYSTEM, today=TODAY)
    assert covered(session, agreement) == ["Bakers’ Federation", "Fernside Bakerry"]
    assert found_by(session, employer_id=kept.key) == []
    assert [row.employer for row in SITES.of(session, agreement.key, by=SYSTEM)] == ["Fernside Bakerry"]


def test_an_employer_stays_covered_by_the_place_of_one_merged_into_it(session: Session, agreement: Agreement):
    first, second, third = (make_employer(session, name) for name in ("First", "Second", "Third"))
    join(session, agreement, first)
    gone = join(session, agreement, second)
    agreement_members.take_off(session, gone.key, version=1, by=SYSTEM)
    made = merge_two(session, second, first)
    assert covered(session, agreement) == ["Bakers’ Federation", "Second"]
    assert found_by(session, employer_id=second.key) == [agreement.key]
    last = merge_two(session, third, second)
    assert covered(session, agreement) == ["Bakers’ Federation", "Third"]
    assert found_by(session, employer_id=third.key) == [agreement.key]
    unmerging.undo(session, last.key, version=1, by=SYSTEM, today=TODAY)
    unmerging.undo(session, made.key, version=1, by=SYSTEM, today=TODAY)
    assert covered(session, agreement) == ["Bakers’ Federation", "First"]
    assert found_by(session, employer_id=second.key) == []


def test_merging_the_signer_with_a_member_leaves_one_employer_covered(
    session: Session, agreement: Agreement, body: Employer
):
    bakery = make_employer(session)
    join(session, agreement, bakery)
    made = merge_two(session, bakery, body)
    assert agreement.employer_id == bakery.key
    assert len(covered(session, agreement)) == 1
    assert len(session.exec(select(AgreementMember)).all()) == 1
    unmerging.undo(session, made.key, version=1, by=SYSTEM, today=TODAY)
    assert covered(session, agreement) == ["Bakers’ Federation", "Fernside Bakery"]


def test_two_places_in_one_agreement_become_one_name(session: Session, agreement: Agreement):
    kept, loser = make_employer(session), make_employer(session, "Fernside Bakerry")
    for employer in (kept, loser):
        join(session, agreement, employer)
    merge_two(session, kept, loser)
    assert covered(session, agreement) == ["Bakers’ Federation", "Fernside Bakery"]
