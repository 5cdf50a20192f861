"""The settings of the whole service: its words, its weights, and who changed them."""

import pytest
from pydantic import ValidationError
from sqlmodel import Session

from crm.audit import write_entries
from crm.errors import NotAllowedError, RuleBrokenError, StaleFormError
from crm.models.service import WeightsEdit, WordsInput
from crm.policy import Role
from crm.services import match_index, service, setup, weights_versions
from tests.makers import make_actor, make_service, make_user
from tests.services.test_setup import asked as new_service

WORDS = WordsInput(name="Northside", seeker_word="participant", seeker_words="participants")


def weights(skills: float = 50, hours: float = 25, supports: float = 20, preference: float = 15):
    return WeightsEdit(
        why="A meeting of all coaches",
        weight_skills=skills,
        weight_hours=hours,
        weight_natural_supports=supports,
        weight_preference=preference,
    )


def test_the_words_of_the_service_are_set(session: Session):
    make_service(session)
    service.change_words(session, WORDS, version=1, by=make_actor(Role.ADMINISTRATOR))
    here = service.current(session, by=make_actor(Role.JOB_COACH))
    assert (here.name, here.seeker_word, here.seeker_words) == ("Northside", "participant", "participants")


@pytest.mark.parametrize(
    ("typed", "kept"), [("Participant", "participant"), (" young  person ", "young person"), ("NEET", "NEET")]
)
def test_a_word_is_kept_as_it_stands_in_a_sentence(typed: str, kept: str):
    assert WordsInput(name="A", seeker_word=typed, seeker_words="people").seeker_word == kept


@pytest.mark.parametrize("typed", ["", "<b>", "one [two]", "*", "x" * 41, "9 lives"])
def test_a_word_that_cannot_stand_in_a_menu_is_refused(typed: str):
    with pytest.raises(ValidationError):
        WordsInput(name="A", seeker_word=typed, seeker_words="people")


def test_weights_are_used_by_the_next_comparison_and_the_change_is_told(session: Session):
    make_service(session)
    ada = make_user(session, Role.ADMINISTRATOR, name="Ada Quill").as_actor()
    here = service.change_weights(session, weights(), version=1, by=ada)
    assert match_index.weights_of(here).skills == 50
    write_entries(session)
    latest = service.changes(session, offset=0, limit=9, by=ada).rows[0]
    assert (latest.by, latest.values) == ("Ada Quill", {"weight_skills": (40.0, 50.0)})


def test_two_who_change_the_weights_at_once_do_not_overwrite_each_other(session: Session):
    make_service(session)
    ada = make_actor(Role.ADMINISTRATOR)
    service.change_weights(session, weights(), version=1, by=ada)
    with pytest.raises(StaleFormError):
        service.change_weights(session, weights(skills=1), version=1, by=ada)


@pytest.mark.parametrize("values", [(0, 0, 20, 0), (-1, 1, 1, 1), (101, 1, 1, 1), (float("nan"), 1, 1, 1)])
def test_weights_with_which_nothing_can_be_compared_are_refused(values: tuple[float, ...]):
    with pytest.raises(ValidationError):
        weights(*values)


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.ADMINISTRATOR}))
def test_nobody_but_an_administrator_changes_settings(session: Session, role: Role):
    make_service(session)
    with pytest.raises(NotAllowedError):
        service.change_words(session, WORDS, version=1, by=make_actor(role))
    with pytest.raises(NotAllowedError):
        service.change_weights(session, weights(), version=1, by=make_actor(role))


def test_every_change_of_weights_is_a_version_with_who_and_why(session: Session):
    setup.create(session, new_service())
    ada = make_user(session, Role.ADMINISTRATOR, name="Ada Quill").as_actor()
    service.change_weights(session, weights(), version=1, by=ada)
    later, first = weights_versions.all_of_them(session, by=make_actor(Role.JOB_COACH))
    assert (later.by, later.version.why, later.version.number) == ("Ada Quill", "A meeting of all coaches", 2)
    assert (later.version.weight_skills, first.version.weight_skills) == (50, 40)
    assert (first.version.number, first.by) == (1, "the system")


def test_weights_that_change_nothing_are_no_version(session: Session):
    setup.create(session, new_service())
    with pytest.raises(RuleBrokenError, match="in force"):
        service.change_weights(session, weights(skills=40), version=1, by=make_actor(Role.ADMINISTRATOR))
    assert len(weights_versions.all_of_them(session, by=make_actor(Role.AUDITOR))) == 1


@pytest.mark.parametrize("why", ["", "  "])
def test_why_has_to_be_said(why: str):
    with pytest.raises(ValidationError):
        WeightsEdit.model_validate(weights().model_dump() | {"why": why})
