"""The clauses as a service words them: editions are added and never changed, and the law stays in them."""

import pytest
from sqlmodel import Session, select

from crm.errors import NotAllowedError, NotFoundError, RuleBrokenError, StaleFormError
from crm.models.agreement_choices import ClauseKey
from crm.models.agreement_papers import ClauseWording, ClauseWordingInput
from crm.models.users import Actor
from crm.policy import Role
from crm.services import clause_library
from crm.services.clause_changes import differences, left_unsaid
from crm.services.clause_library import shipped
from tests.makers import make_actor, make_service, make_user

FEEDBACK = ClauseKey.FEEDBACK


def wording(**parts: str) -> ClauseWordingInput:
    usual = {"heading": "Feedback", "words": "{employer} rings.", "easy_words": "They ring you."}
    return ClauseWordingInput.model_validate(usual | parts)


@pytest.fixture
def administrator(session: Session) -> Actor:
    make_service(session)
    return make_user(session, Role.ADMINISTRATOR, name="Ada Quill").as_actor()


def test_every_clause_begins_with_the_edition_that_the_product_came_with(
    session: Session, administrator: Actor
):
    assert clause_library.in_force(session, by=administrator) == shipped()
    assert list(shipped()) == list(ClauseKey)


def test_a_new_wording_is_the_next_edition_and_the_others_stay(session: Session, administrator: Actor):
    clause_library.reword(session, FEEDBACK, wording(why="Shorter"), seen=1, by=administrator)
    clause_library.reword(session, FEEDBACK, wording(words="{employer} writes."), seen=2, by=administrator)
    third, second, first = clause_library.history(session, FEEDBACK, by=administrator)
    assert [one.edition for one in (third, second, first)] == [3, 2, 1]
    assert (second.words, second.why, second.made_by) == ("{employer} rings.", "Shorter", "Ada Quill")
    assert first == shipped()[FEEDBACK]
    now = clause_library.in_force(session, by=administrator)
    assert (now[FEEDBACK].words, now[ClauseKey.PURPOSE].edition) == ("{employer} writes.", 1)


def test_an_unknown_placeholder_is_refused_by_name_with_those_that_there_are(
    session: Session, administrator: Actor
):
    typed = wording(easy_words="You hear within {feedback_weeks}.")
    with pytest.raises(RuleBrokenError, match=r"\{feedback_weeks\}.*\{feedback_days\}") as refused:
        clause_library.reword(session, FEEDBACK, typed, seen=1, by=administrator)
    assert refused.value.field == "easy_words"


@pytest.mark.parametrize("words", ["{employer", "employer}", "{}", "{ employer }", "{{employer}}"])
def test_a_brace_that_belongs_to_no_placeholder_is_refused(
    session: Session, administrator: Actor, words: str
):
    with pytest.raises(RuleBrokenError, match="A brace stands alone"):
        clause_library.reword(session, FEEDBACK, wording(words=words), seen=1, by=administrator)


def test_nothing_is_filled_into_a_heading(session: Session, administrator: Actor):
    with pytest.raises(RuleBrokenError, match="without braces"):
        clause_library.reword(session, FEEDBACK, wording(heading="{employer}"), seen=1, by=administrator)


@pytest.mark.parametrize(
    ("clause", "missing"),
    [
        (ClauseKey.NO_HEALTH_QUESTIONS, "health"),
        (ClauseKey.TRIAL, "National Minimum Wage"),
        (ClauseKey.ALTERNATIVES, "National Minimum Wage"),
        (ClauseKey.TRAINING, "National Minimum Wage"),
        (ClauseKey.ADJUSTMENTS, "reasonable adjustments"),
        (ClauseKey.DATA_SHARING, "UK GDPR"),
        (ClauseKey.OPT_IN, "{disclosure}"),
    ],
)
def test_a_wording_that_drops_what_the_law_asks_is_refused(
    session: Session, administrator: Actor, clause: ClauseKey, missing: str
):
    with pytest.raises(RuleBrokenError, match=f"“{missing}”"):
        clause_library.reword(session, clause, wording(), seen=1, by=administrator)
    assert session.exec(select(ClauseWording)).all() == []


def test_a_wording_made_from_an_edition_that_is_not_in_force_any_more_is_refused(
    session: Session, administrator: Actor
):
    clause_library.reword(session, FEEDBACK, wording(), seen=1, by=administrator)
    with pytest.raises(StaleFormError) as refused:
        clause_library.reword(session, FEEDBACK, wording(words="No."), seen=1, by=administrator)
    assert refused.value.version == 2
    assert [(one.field, one.now) for one in refused.value.changes] == [("words", "{employer} rings.")]


def test_saving_what_is_in_force_already_makes_no_edition(session: Session, administrator: Actor):
    clause_library.reword(session, FEEDBACK, wording(), seen=1, by=administrator)
    with pytest.raises(RuleBrokenError, match="Nothing differs"):
        clause_library.reword(session, FEEDBACK, wording(why="Again"), seen=2, by=administrator)


def test_an_old_edition_taken_back_is_the_next_one(session: Session, administrator: Actor):
    clause_library.reword(session, FEEDBACK, wording(), seen=1, by=administrator)
    clause_library.take_back(session, FEEDBACK, 1, seen=2, by=administrator)
    latest = clause_library.in_force(session, by=administrator)[FEEDBACK]
    assert (latest.edition, latest.why) == (3, "Taken back to edition 1")
    assert differences(shipped()[FEEDBACK], latest) == []
    with pytest.raises(NotFoundError, match="no such edition"):
        clause_library.take_back(session, FEEDBACK, 9, seen=3, by=administrator)


def test_two_editions_are_told_apart_by_the_lines_that_differ():
    before = wording(words="One.\nTwo.\nThree.")
    (found,) = differences(before, wording(words="One.\nThree.\nFour."))
    assert (found.part, found.was, found.now) == ("words", "Two.", "Four.")
    (moved,) = differences(before, wording(words="Two.\nOne.\nThree."))
    assert (moved.was, moved.now) == ("One.\nTwo.\nThree.", "Two.\nOne.\nThree.")


def test_what_a_wording_does_not_say_any_more_is_found():
    now = wording(words="{employer} rings.")
    assert left_unsaid(shipped()[FEEDBACK], now) == ["feedback_days", "service"]


@pytest.mark.parametrize("role", Role)
def test_everybody_reads_the_clauses_and_an_administrator_words_them(session: Session, role: Role):
    make_service(session)
    actor = make_actor(role)
    assert clause_library.in_force(session, by=actor)
    if role is Role.ADMINISTRATOR:
        assert clause_library.reword(session, FEEDBACK, wording(), seen=1, by=actor).edition == 2
    else:
        with pytest.raises(NotAllowedError):
            clause_library.reword(session, FEEDBACK, wording(), seen=1, by=actor)
        with pytest.raises(NotAllowedError):
            clause_library.take_back(session, FEEDBACK, 1, seen=1, by=actor)
