"""The wording of agreements: every clause is worded, plain, easy to read in its twin, and filled in whole."""

import re
from enum import StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm.models.agreement_choices import (
    AgreementKind,
    ClauseKey,
    Covers,
    CriteriaRule,
    InterviewFormat,
    Monitoring,
    OptIn,
    Oversubscription,
)
from crm.models.agreement_papers import ClauseWordingInput
from crm.models.agreements import MOST_TRAINING_HOURS, MOST_TRAINING_WEEKS, Agreement
from crm.models.base import Known
from crm.services.agreement_facts import facts_of, title_of
from crm.services.agreement_needs import needed
from crm.services.agreement_placeholders import PLACEHOLDERS
from crm.services.clause_changes import ensure_sound
from crm.services.clause_filling import names_in
from crm.services.clause_library import Wording, shipped
from crm.services.reading_ease import hints, measure
from tests.makers_terms import FULL, make_terms, printed, with_fields, words_of

WORDINGS = [pytest.param(one, id=key.value) for key, one in shipped().items()]
CHOSEN: list[tuple[str, type[StrEnum]]] = [
    ("criteria_rule", CriteriaRule),
    ("opt_in", OptIn),
    ("oversubscription_rule", Oversubscription),
    ("interview_format", InterviewFormat),
    ("monitoring", Monitoring),
    ("alternative_paid", Known),
    ("training_work_experience", Known),
    ("training_interview", Known),
    ("trial_paid", Known),
]
CHOICES = [(name, value) for name, choices in CHOSEN for value in choices]
TYPED = {
    "named_groups": ClauseKey.WHOM,
    "job_families": ClauseKey.SCOPE,
    "must_haves": ClauseKey.CRITERIA,
    "oversubscription": ClauseKey.LIMITS,
    "training_provider": ClauseKey.TRAINING,
    "training_content": ClauseKey.TRAINING,
    "data_sharing": ClauseKey.DATA_SHARING,
}
"""What people type of an agreement, and the one clause that says it."""
NAUGHTY = ("{employer}", "{no_such}", "{{", "}", "\\g<0>", "$&", "%s", "<b>x</b>", "**x**", "a\nb\n\nc", "x.")


def typed_texts() -> st.SearchStrategy[str]:
    text = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
    return st.one_of(st.sampled_from(NAUGHTY), text)


@pytest.mark.parametrize("wording", WORDINGS)
def test_every_clause_has_a_heading_words_and_an_easy_twin_that_may_stand(wording: Wording):
    assert wording.edition == 1
    typed = ClauseWordingInput(heading=wording.heading, words=wording.words, easy_words=wording.easy_words)
    ensure_sound(wording.clause, typed)


@pytest.mark.parametrize("wording", WORDINGS)
def test_every_clause_is_in_plain_words(wording: Wording):
    assert hints(wording.words, is_easy=False) == []
    assert measure(wording.words).grade <= 9


@pytest.mark.parametrize("wording", WORDINGS)
def test_every_easy_twin_is_easy_to_read(wording: Wording):
    assert hints(wording.easy_words, is_easy=True) == []
    assert measure(wording.easy_words).is_easy


@pytest.mark.parametrize(("name", "value"), CHOICES)
def test_an_easy_twin_stays_easy_whatever_was_agreed(name: str, value: StrEnum):
    words = words_of(printed(with_fields(FULL, **{name: value})), is_easy=True)
    names = ("Fernside Bakery", "Fernside Cafés", "Mill Street; Station Road", "Northside College")
    for put_in in (*names, "Dana Holt, shop manager", "Priya Nair, office manager", "Sam Okafor"):
        words = words.replace(put_in, "Sam")
    assert measure(words).hard == set()
    assert measure(words).longest <= 15, hints(words, is_easy=True)


@pytest.mark.parametrize("covers", Covers)
@pytest.mark.parametrize("kind", AgreementKind)
def test_what_is_not_agreed_yet_is_said_to_be_so_and_never_none(kind: AgreementKind, covers: Covers):
    terms = make_terms(kind=kind, covers=covers)
    clauses = printed(terms)
    said = f"{words_of(clauses)} {words_of(clauses, is_easy=True)} {facts_of(terms)} {title_of(terms)}"
    assert "to be agreed" in said
    assert not re.search(r"\bNone\b|nan|unknown|\{|\}|  |\.\.| \.", said), said


def test_every_placeholder_is_in_a_clause_and_every_one_in_a_clause_is_known():
    used = {name for one in shipped().values() for name in names_in(f"{one.words} {one.easy_words}")}
    assert used == set(PLACEHOLDERS)


@pytest.mark.parametrize("name", PLACEHOLDERS)
def test_every_placeholder_is_filled_in_from_any_agreement(name: str):
    one = PLACEHOLDERS[name]
    for terms in (FULL, make_terms(), make_terms(interview_format=InterviewFormat.TASK)):
        for say in (one.words, one.easy or one.words):
            assert not re.search(r"\bNone\b|\{", say(terms))


@given(st.fixed_dictionaries(dict.fromkeys(TYPED, typed_texts())))
def test_what_people_typed_comes_out_word_for_word_once_and_in_its_clause(typed: dict[str, str]):
    marked = {name: f"⟦{name}{text}⟧" for name, text in typed.items()}
    clauses = printed(with_fields(FULL, covers=Covers.NAMED_GROUPS, **marked))
    for name, text in marked.items():
        for is_easy in (False, True):
            of_clause = [one for one in clauses if one.key is TYPED[name]]
            assert words_of(of_clause, is_easy=is_easy).count(text) == 1
            assert words_of(clauses, is_easy=is_easy).count(text) == 1


def test_notes_are_for_colleagues_and_on_no_paper():
    terms = with_fields(FULL, notes="They were hard to win over")
    assert "hard to win" not in f"{words_of(printed(terms))} {facts_of(terms)}"


def test_a_combined_agreement_that_has_agreed_on_everything_has_every_clause():
    assert needed(FULL) == list(ClauseKey)


def test_a_combined_agreement_prints_no_promise_that_nobody_made():
    promises = {ClauseKey.MOCK_INTERVIEWS, ClauseKey.TRAINING, ClauseKey.TRIAL}
    assert not promises & set(needed(make_terms()))
    assert promises & set(needed(make_terms(mock_places=8))) == {ClauseKey.MOCK_INTERVIEWS}
    assert promises & set(needed(make_terms(training_interview=Known.YES))) == {ClauseKey.TRAINING}


@pytest.mark.parametrize(
    ("kind", "own"),
    [
        (AgreementKind.GUARANTEED_INTERVIEW, ClauseKey.PROMISE_INTERVIEW),
        (AgreementKind.MOCK_INTERVIEW, ClauseKey.MOCK_INTERVIEWS),
        (AgreementKind.PRE_EMPLOYMENT_TRAINING, ClauseKey.TRAINING),
        (AgreementKind.WORK_TRIAL, ClauseKey.TRIAL),
    ],
)
def test_each_kind_has_its_own_promise_and_no_other(kind: AgreementKind, own: ClauseKey):
    promises = {
        ClauseKey.PROMISE_INTERVIEW,
        ClauseKey.MOCK_INTERVIEWS,
        ClauseKey.TRAINING,
        ClauseKey.TRIAL,
    }
    assert promises & set(needed(make_terms(kind=kind))) == {own}
    always = {ClauseKey.ADJUSTMENTS, ClauseKey.NO_HEALTH_QUESTIONS, ClauseKey.DATA_SHARING, ClauseKey.ENDING}
    assert always <= set(needed(make_terms(kind=kind)))


def test_limits_and_other_ways_are_printed_once_something_of_them_is_agreed():
    optional = {ClauseKey.LIMITS, ClauseKey.ALTERNATIVES}
    assert not optional & set(needed(make_terms()))
    assert optional <= set(needed(make_terms(most_interviews=3, interview_alternatives=["task"])))


def test_a_trial_in_place_of_an_interview_says_whether_it_is_paid_and_the_minimum_wage():
    terms = make_terms(interview_format=InterviewFormat.WORK_TRIAL, alternative_paid=Known.NO)
    words = words_of([one for one in printed(terms) if one.key is ClauseKey.ALTERNATIVES])
    assert "not paid, as it is too short to be real work" in words
    assert "A trial that is real work is paid at least the National Minimum Wage" in words
    task = make_terms(interview_alternatives=["task"], alternative_paid=Known.NO)
    assert "not paid" not in words_of(printed(task))


def test_being_put_forward_is_said_to_tell_only_where_it_does():
    said = {covers: words_of(printed(make_terms(covers=covers, named_groups="A"))) for covers in Covers}
    assert "tells Fernside that a person is disabled" in said[Covers.DISABLED_PEOPLE]
    assert "is of one of these groups" in said[Covers.NAMED_GROUPS]
    assert "Being put forward" not in said[Covers.EVERYONE]
    assert [covers for covers, words in said.items() if "13(3)" in words] == [Covers.DISABLED_PEOPLE]


def test_the_limits_of_training_are_those_that_are_kept():
    words = shipped()[ClauseKey.TRAINING].words
    assert f"{MOST_TRAINING_WEEKS} weeks or {MOST_TRAINING_HOURS} hours a week" in words


def test_the_example_has_agreed_on_every_field_that_is_printed():
    left_open = {"named_groups", "oversubscription", "data_sharing", "must_have_score"}
    agreement: Agreement = FULL.agreement
    named = {name for name in PLACEHOLDERS if name in Agreement.model_fields} - left_open
    assert [name for name in named if getattr(agreement, name) in (None, [], "unknown")] == []
