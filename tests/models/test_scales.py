"""The scales: one list of keys for person and job, and plain words of their own for every step."""

import re

import pytest
from pydantic import BaseModel, ValidationError

from crm.models.scales import FAMILIES, SCALES, STEPS, ScaleSupports, Side, step_words

MOST_WORDS = 12


class Supported(BaseModel):
    supports: ScaleSupports = {}


@pytest.mark.parametrize("side", Side)
def test_every_step_of_every_scale_has_short_words_of_its_own(side: Side):
    told = [words for key in SCALES for words in step_words(side, key).values()]
    assert all(list(step_words(side, key)) == list(STEPS) for key in SCALES)
    assert len(set(told)) == len(SCALES) * len(STEPS)
    assert [words for words in told if len(words.split()) > MOST_WORDS or not words.endswith(".")] == []


def test_what_a_person_reads_speaks_to_them():
    told = [words for key in SCALES for words in step_words(Side.PERSON, key).values()]
    assert [words for words in told if not re.search(r"\byou\b", words, re.IGNORECASE)] == []


def test_every_scale_is_in_one_family():
    assert sorted(key for keys in FAMILIES.values() for key in keys) == sorted(SCALES)


def test_with_what_support_is_kept_by_scale_and_an_empty_line_is_nothing():
    assert Supported.model_validate({"supports": {"noise": "Ear defenders", "light": " "}}).supports == {
        "noise": "Ear defenders"
    }
    with pytest.raises(ValidationError, match="There is no scale called juggling"):
        Supported.model_validate({"supports": {"juggling": "a net"}})
