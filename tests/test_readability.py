"""What we say to job seekers ourselves is short and plain, sentence by sentence."""

from collections.abc import Iterator

import pytest

from crm.models.analyses import SupportKind
from crm.models.consents import Purpose, SharedFact
from crm.models.seekers import TravelMode
from crm.services import seeker_words
from crm.services.consent_words import Person, fact_words, statement
from tests.readability import MOST_WORDS, measure, syllables


def texts_in(value: object) -> Iterator[str]:
    """Every text in a constant: itself, the items of a tuple, the values of a table."""
    match value:
        case str():
            yield value
        case tuple():
            yield from value
        case dict():
            yield from value.values()
        case _:
            pass


OURS = {
    text: name for name, value in vars(seeker_words).items() if name.isupper() for text in texts_in(value)
}
ASKED = [
    statement(purpose, "Fernside", [fact.value])
    for purpose in Purpose
    for fact in (SharedFact if purpose is Purpose.SHARE_FACTS else [SharedFact.NAME])
]
FACTS = [fact_words(fact, Person.I) for fact in SharedFact]


@pytest.mark.parametrize("text", OURS)
def test_every_sentence_of_ours_for_job_seekers_is_short_and_in_short_words(text: str):
    reading = measure(text)
    assert (reading.longest <= MOST_WORDS, reading.hard) == (True, frozenset()), reading


@pytest.mark.parametrize("text", ASKED)
def test_what_somebody_is_told_before_they_agree_is_easy_to_read(text: str):
    assert measure(text).is_easy, measure(text)


def test_all_of_it_together_is_easy_to_read():
    assert len(OURS) > 20
    sentences = " ".join(text for text in OURS if text.endswith("."))
    assert measure(sentences).is_easy, measure(sentences)


def test_facts_are_named_in_short_words():
    assert [fact for fact in FACTS if measure(fact).longest > 8] == []


def test_every_kind_of_support_and_travel_has_its_words():
    assert set(seeker_words.SUPPORT_WORDS) == {kind.value for kind in SupportKind}
    assert set(seeker_words.TRAVEL_WORDS) == {mode.value for mode in TravelMode} - {"unknown"}


@pytest.mark.parametrize(
    "text",
    [
        "We hold this in accordance with our organisational confidentiality arrangements.",
        "You may at any time and for any reason that you like tell us that you do not want this page.",
    ],
)
def test_a_sentence_that_is_long_or_full_of_long_words_is_found(text: str):
    assert not measure(text).is_easy


@pytest.mark.parametrize(
    ("word", "count"),
    [("page", 1), ("people", 2), ("anybody", 4), ("someone", 2), ("see", 1), ("table", 2), ("16", 1)],
)
def test_syllables_are_counted_near_enough(word: str, count: int):
    assert syllables(word) == count
