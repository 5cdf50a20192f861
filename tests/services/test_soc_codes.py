"""The SOC 2020 codes that a vacancy is offered follow from what is done in it, and a person chooses."""

import pytest
from sqlmodel import Session

from crm.errors import NotAllowedError
from crm.models.users import SYSTEM, Actor
from crm.models.vacancies import Vacancy
from crm.services import role_imports, soc_codes
from crm.services.role_imports import RoleFile, UnitGroup
from tests.makers_employers import make_employer
from tests.makers_jobs import make_analysis, make_task, make_vacancy
from tests.makers_people import make_criterion

GROUPS = (
    UnitGroup("soc-9111", "Bakers (SOC 9111)", ("Bakers",), ("Kneads dough", "Watches ovens")),
    UnitGroup("soc-9112", "Grooms (SOC 9112)", ("Grooms",), ("Feeds horses", "Brushes ponies")),
    UnitGroup("soc-9113", "Sailors (SOC 9113)", ("Sailors",), ("Moors ships",)),
)


@pytest.fixture
def post(session: Session) -> Vacancy:
    """A vacancy whose title says nothing, at a yard."""
    return make_vacancy(session, make_employer(session), "Yard person")


def load(session: Session) -> None:
    role_imports.take_in(session, RoleFile(GROUPS, "soc.xlsx", "0"), by=SYSTEM)


def test_nothing_is_offered_where_soc_2020_is_not_loaded(session: Session, post: Vacancy):
    make_criterion(session, post, "Brush ponies")
    assert soc_codes.likely(session, post, by=SYSTEM) == []


def test_what_is_asked_and_what_was_seen_tell_the_code(session: Session, post: Vacancy):
    load(session)
    make_criterion(session, post, "Brush ponies")
    assert soc_codes.likely(session, post, by=SYSTEM) == ["Grooms (SOC 9112)"]
    analysis = make_analysis(session, make_employer(session, "Docks"), vacancy_id=None)
    make_task(session, analysis, "Moor ships")
    assert soc_codes.likely(session, post, by=SYSTEM) == ["Grooms (SOC 9112)"]


def test_the_tasks_of_its_own_analysis_count(session: Session, post: Vacancy):
    load(session)
    employer = make_employer(session, "Docks")
    own = make_vacancy(session, employer, "Hand")
    make_task(session, make_analysis(session, employer, vacancy_id=own.key), "Moor ships")
    assert soc_codes.likely(session, own, by=SYSTEM) == ["Sailors (SOC 9113)"]


def test_who_may_not_see_vacancies_is_told_no_codes(session: Session, post: Vacancy):
    nobody = Actor(id=None, name="Nobody", email="nobody@example.org", roles=frozenset())
    with pytest.raises(NotAllowedError):
        soc_codes.likely(session, post, by=nobody)
