"""Vacancies are listed soonest first, name only what is their employer's, and keep their figures' origins."""

from datetime import date

import pytest
from sqlmodel import Session

from crm.errors import NotAllowedError, NotFoundError, RuleBrokenError, StaleFormError
from crm.models.employers import Employer, EmployerSiteInput
from crm.models.users import SYSTEM, Actor
from crm.models.vacancies import VacancyInput, VacancyStatus
from crm.policy import Role
from crm.services import employers, vacancies
from crm.services.employer_parts import SITES
from crm.services.vacancies import VacancyFilter
from tests.makers import make_actor, make_user
from tests.makers_employers import make_employer
from tests.makers_jobs import TODAY, make_vacancy


@pytest.fixture
def officer(session: Session) -> Actor:
    return make_user(session, Role.ENGAGEMENT_OFFICER).as_actor()


@pytest.fixture
def bakery(session: Session) -> Employer:
    return make_employer(session)


def titles(session: Session, **wanted: object) -> list[str]:
    chosen = VacancyFilter(**wanted)  # pyright: ignore[reportArgumentType]
    found = vacancies.listing(session, chosen, offset=0, limit=25, by=SYSTEM, today=TODAY)
    assert found.total == len(found.rows)
    return [row.title for row in found.rows]


def test_those_that_close_soonest_come_first_then_those_without_a_date_then_the_closed(
    session: Session, bakery: Employer
):
    for title, closes_on in (
        ("Closed", date(2026, 11, 1)),
        ("No date", None),
        ("Later", date(2026, 12, 24)),
        ("Tomorrow", date(2026, 11, 24)),
    ):
        make_vacancy(session, bakery, title, closes_on=closes_on)
    assert titles(session) == ["Tomorrow", "Later", "No date", "Closed"]
    assert titles(session, is_closing_soon=True) == ["Tomorrow"]


def test_a_closed_post_is_not_closing_soon(session: Session, bakery: Employer):
    make_vacancy(session, bakery, closes_on=date(2026, 11, 24), status=VacancyStatus.FILLED_ELSEWHERE)
    assert titles(session, is_closing_soon=True) == []


def test_words_are_found_in_the_title_and_in_the_employers_name(session: Session, bakery: Employer):
    make_vacancy(session, bakery, "Café porter")
    make_vacancy(session, make_employer(session, "Cafe Nord"), "Cleaner")
    assert titles(session, words="CAFE") == ["Café porter", "Cleaner"]
    assert titles(session, words="porter") == ["Café porter"]
    assert titles(session, words="%") == []


def test_a_list_is_narrowed_by_employer_status_and_kind(session: Session, bakery: Employer):
    make_vacancy(session, bakery, "Ours", status=VacancyStatus.LEAD, kind="hidden")
    make_vacancy(session, make_employer(session, "Other"), "Theirs")
    assert titles(session, employer_id=bakery.key) == ["Ours"]
    assert titles(session, status="lead") == ["Ours"]
    assert titles(session, kind="hidden") == ["Ours"]


def test_a_page_holds_its_rows_and_the_count_of_all(session: Session, bakery: Employer):
    for number in range(5):
        make_vacancy(session, bakery, f"Post {number}")
    page = vacancies.listing(session, VacancyFilter(), offset=2, limit=2, by=SYSTEM, today=TODAY)
    assert ([row.title for row in page.rows], page.total) == (["Post 2", "Post 3"], 5)


def test_an_archived_vacancy_leaves_the_list_and_can_be_brought_back(
    session: Session, bakery: Employer, officer: Actor
):
    post = make_vacancy(session, bakery)
    vacancies.archive(session, post.key, why="Advertised twice", version=1, by=officer)
    assert titles(session) == []
    assert titles(session, is_archived=True) == ["Kitchen assistant"]
    vacancies.bring_back(session, post.key, version=2, by=officer)
    assert titles(session) == ["Kitchen assistant"]


def test_archiving_needs_a_reason(session: Session, bakery: Employer, officer: Actor):
    with pytest.raises(RuleBrokenError, match="few words"):
        vacancies.archive(session, make_vacancy(session, bakery).key, why=" ", version=1, by=officer)


def test_a_vacancy_may_name_a_site_of_its_employer_only(session: Session, bakery: Employer, officer: Actor):
    other = make_employer(session, "Other")
    ours = SITES.add(session, bakery.key, EmployerSiteInput(label="Shop"), by=officer)
    theirs = SITES.add(session, other.key, EmployerSiteInput(label="Depot"), by=officer)
    make_vacancy(session, bakery, site_id=ours.key)
    for forged in (theirs.key, 4711):
        with pytest.raises(RuleBrokenError, match="site is not one of this employer’s") as caught:
            make_vacancy(session, bakery, site_id=forged)
        assert caught.value.field == "site_id"


def test_a_vacancy_keeps_a_site_that_was_archived_since(session: Session, bakery: Employer, officer: Actor):
    site = SITES.add(session, bakery.key, EmployerSiteInput(label="Shop"), by=officer)
    post = make_vacancy(session, bakery, site_id=site.key)
    SITES.archive(session, site.key, why="Closed", version=1, by=officer)
    edit = VacancyInput(title="Baker", site_id=site.key)
    assert vacancies.change(session, post.key, edit, version=1, by=officer).title == "Baker"
    offered, _ = vacancies.sites_and_agreements(session, bakery.key, chosen=post, by=officer)
    assert [one.label for one in offered] == ["Shop"]
    assert vacancies.sites_and_agreements(session, bakery.key, chosen=None, by=officer) == ([], [])


def test_a_changed_vacancy_may_not_name_anothers_agreement(
    session: Session, bakery: Employer, officer: Actor
):
    post = make_vacancy(session, bakery)
    with pytest.raises(RuleBrokenError, match="agreement"):
        vacancies.change(session, post.key, VacancyInput(title="X", agreement_id=9), version=1, by=officer)
    with pytest.raises(RuleBrokenError, match="site"):
        vacancies.change(session, post.key, VacancyInput(title="X", site_id=9), version=1, by=officer)


def test_a_figure_that_is_changed_by_hand_loses_its_origin_and_the_others_keep_theirs(
    session: Session, bakery: Employer, officer: Actor
):
    post = make_vacancy(session, bakery, hours_min=16, pay_hourly=12.6)
    post.figure_sources = {name: {"source": "text", "quote": "q"} for name in ("hours_min", "pay_hourly")}
    session.flush()
    edit = VacancyInput(title="Kitchen assistant", hours_min=20, pay_hourly=12.6)
    changed = vacancies.change(session, post.key, edit, version=2, by=officer)
    assert list(changed.figure_sources) == ["pay_hourly"]
    assert changed.version == 3


def test_a_stale_form_changes_nothing(session: Session, bakery: Employer, officer: Actor):
    post = make_vacancy(session, bakery)
    vacancies.change(session, post.key, VacancyInput(title="Baker"), version=1, by=officer)
    with pytest.raises(StaleFormError):
        vacancies.change(session, post.key, VacancyInput(title="Porter"), version=1, by=officer)
    assert (post.title, post.title_key) == ("Baker", "baker")


def test_nothing_new_is_recorded_for_an_archived_or_unknown_employer(
    session: Session, bakery: Employer, officer: Actor
):
    employers.archive(session, bakery.key, why="Closed", version=1, by=officer)
    with pytest.raises(NotFoundError, match="archived"):
        make_vacancy(session, bakery)
    with pytest.raises(NotFoundError, match="employer was not found"):
        vacancies.add(session, 4711, VacancyInput(title="X"), by=officer)


def test_a_coach_sees_vacancies_and_does_not_record_them(session: Session, bakery: Employer):
    coach = make_actor(Role.JOB_COACH)
    post = make_vacancy(session, bakery)
    assert vacancies.find(session, post.key, by=coach) is post
    with pytest.raises(NotAllowedError):
        vacancies.bring_back(session, post.key, version=1, by=coach)
    with pytest.raises(NotAllowedError):
        vacancies.listing(
            session, VacancyFilter(), offset=0, limit=1, by=make_actor(Role.ADMINISTRATOR), today=TODAY
        )
