"""What a vacancy asks for is settled when it is saved, stands once, and means what a person chose."""

import pytest
from sqlmodel import Session

from crm.errors import NotAllowedError, NotFoundError, RuleBrokenError
from crm.models.users import SYSTEM
from crm.models.vacancies import Vacancy, VacancyCriterionInput
from crm.policy import Role
from crm.services import criteria, vacancies
from tests.makers import make_actor
from tests.makers_employers import make_employer
from tests.makers_jobs import make_vacancy

KENNELS = "animals.clean-kennels-and-cages"


@pytest.fixture
def post(session: Session) -> Vacancy:
    return make_vacancy(session, make_employer(session))


def asks(text: str, **values: object) -> VacancyCriterionInput:
    return VacancyCriterionInput.model_validate({"text": text} | values)


def test_a_criterion_is_settled_when_it_is_saved_and_listed_with_its_meaning(session: Session, post: Vacancy):
    criteria.add(session, post.key, asks("Zymurgy oversight", is_essential=False), by=SYSTEM)
    criteria.add(session, post.key, asks("kennel cleaning", level=2), by=SYSTEM)
    rows = criteria.of_vacancy(session, post.key, by=SYSTEM)
    assert [row.meaning for row in rows] == ["Clean kennels and cages", "Zymurgy oversight"]
    assert rows[0].criterion.concept_id == KENNELS


def test_a_vacancy_asks_for_the_same_thing_once_whatever_the_words(session: Session, post: Vacancy):
    criteria.add(session, post.key, asks("kennel cleaning"), by=SYSTEM)
    with pytest.raises(RuleBrokenError, match="Clean kennels and cages") as caught:
        criteria.add(session, post.key, asks("Clean kennels and cages"), by=SYSTEM)
    assert caught.value.field == "text"


def test_new_words_are_settled_anew_and_a_chosen_meaning_outlives_other_changes(
    session: Session, post: Vacancy
):
    row = criteria.add(session, post.key, asks("Zymurgy oversight"), by=SYSTEM)
    criteria.choose(session, row.key, KENNELS, version=1, by=SYSTEM)
    criteria.change(session, row.key, asks("Zymurgy oversight", level=3), version=2, by=SYSTEM)
    assert (row.concept_id, row.level) == (KENNELS, 3)
    criteria.change(session, row.key, asks("Animals"), version=3, by=SYSTEM)
    assert row.concept_id == "animals"


def test_a_meaning_that_is_not_in_the_vocabulary_cannot_be_chosen(session: Session, post: Vacancy):
    row = criteria.add(session, post.key, asks("Zymurgy oversight"), by=SYSTEM)
    with pytest.raises(NotFoundError, match="vocabulary"):
        criteria.choose(session, row.key, "forged", version=1, by=SYSTEM)


def test_a_meaning_that_another_row_has_cannot_be_chosen(session: Session, post: Vacancy):
    criteria.add(session, post.key, asks("kennel cleaning"), by=SYSTEM)
    row = criteria.add(session, post.key, asks("Zymurgy oversight"), by=SYSTEM)
    with pytest.raises(RuleBrokenError, match="already"):
        criteria.choose(session, row.key, KENNELS, version=1, by=SYSTEM)


def test_an_archived_criterion_is_listed_apart_and_comes_back_unless_asked_for_again(
    session: Session, post: Vacancy
):
    row = criteria.add(session, post.key, asks("kennel cleaning"), by=SYSTEM)
    criteria.archive(session, row.key, why="Not needed", version=1, by=SYSTEM)
    assert criteria.of_vacancy(session, post.key, by=SYSTEM) == []
    assert len(criteria.of_vacancy(session, post.key, is_archived=True, by=SYSTEM)) == 1
    criteria.bring_back(session, row.key, version=2, by=SYSTEM)
    criteria.archive(session, row.key, why="Not needed", version=3, by=SYSTEM)
    criteria.add(session, post.key, asks("Clean kennels and cages"), by=SYSTEM)
    with pytest.raises(RuleBrokenError):
        criteria.bring_back(session, row.key, version=4, by=SYSTEM)


def test_nothing_is_asked_for_by_an_archived_vacancy_or_by_a_coach(session: Session, post: Vacancy):
    row = criteria.add(session, post.key, asks("kennel cleaning"), by=SYSTEM)
    coach = make_actor(Role.JOB_COACH)
    assert criteria.find(session, row.key, by=coach).meaning == "Clean kennels and cages"
    with pytest.raises(NotAllowedError):
        criteria.add(session, post.key, asks("Animals"), by=coach)
    vacancies.archive(session, post.key, why="Filled", version=1, by=SYSTEM)
    with pytest.raises(NotAllowedError, match="archived"):
        criteria.change(session, row.key, asks("Animals"), version=1, by=SYSTEM)
