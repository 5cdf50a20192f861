"""Facts that matching may never read are refused wherever they stand in a record, and however written."""

import unicodedata
from collections import OrderedDict
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from matching.errors import RecordError
from matching.records import Job, Seeker
from matching.records.forbidden import FORBIDDEN_KEYS, refuse_forbidden

CONTRACT = {
    *("disability", "diagnosis", "health", "age", "date_of_birth", "sex", "gender", "ethnicity", "religion"),
    *("benefits", "under16_reason", "unemployed_since", "conviction"),
}
LEAVES = st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=5))


@st.composite
def spellings(draw: st.DrawFn) -> str:
    """A forbidden key in any case, with any separators, in letters of full width or not."""
    letters = draw(st.sampled_from(FORBIDDEN_KEYS)).replace(
        "_", draw(st.sampled_from(("_", "", "-", " ", ".")))
    )
    cased = "".join(draw(st.sampled_from((each.lower(), each.upper()))) for each in letters)
    wide = "".join(chr(ord(each) + 0xFEE0) if each.isascii() and each.isalnum() else each for each in cased)
    return draw(st.sampled_from((cased, wide, f" {cased}", f"{cased}_")))


@st.composite
def buried(draw: st.DrawFn, value: Any) -> Any:
    """A value inside lists and objects, beside other things."""
    for _ in range(draw(st.integers(0, 4))):
        beside = draw(st.dictionaries(st.sampled_from(("a", "b", "z")), LEAVES, max_size=2))
        value = draw(
            st.sampled_from(
                ({**beside, "m": value}, {"m": value, **beside}, [value, *beside.values()], [beside, value])
            )
        )
    return value


@given(spellings(), LEAVES, st.data(), st.sampled_from(("note", "skills", "hours", "supports")))
def test_a_forbidden_key_is_refused_at_any_depth_in_any_case_and_named(
    key: str, value: Any, data: st.DataObject, field: str
):
    inside = data.draw(buried({"before": [1], key: value, "after": None}))
    person = {"id": "s1", "skills": [{"name": "mop floors"}], field: inside}
    post = {"id": "j1", "title": "Assistant", field: inside}
    for read in (lambda: Seeker.from_record(person), lambda: Job.from_record(post)):
        with pytest.raises(RecordError, match="may not be used in matching") as refused:
            read()
        assert str(refused.value).startswith(f"{field}")
        assert key in str(refused.value)


@given(st.text(min_size=1, max_size=8), st.data())
def test_no_other_key_is_refused_as_forbidden(key: str, data: st.DataObject):
    plain = "".join(filter(str.isalnum, unicodedata.normalize("NFKC", key).casefold()))
    assume(plain not in {each.replace("_", "") for each in CONTRACT})
    refuse_forbidden({"id": "s1", "note": data.draw(buried({key: 1}))})


@pytest.mark.parametrize("key", ["language", "manage", "aged_goods", "message", "healthy eating", "sexton"])
def test_words_that_only_hold_a_forbidden_one_are_not_refused(key: str):
    assert Seeker.from_record({"id": "s1", key: 1}) == Seeker("s1")


def test_the_forbidden_keys_are_those_of_the_contract():
    assert set(FORBIDDEN_KEYS) == CONTRACT


def test_objects_of_other_kinds_are_looked_through_too():
    with pytest.raises(RecordError, match=r"skills\[0\].Age may not"):
        Seeker.from_record({"id": "s1", "skills": [OrderedDict(name="mop", Age=3)]})


def test_no_record_of_the_engine_has_a_place_for_a_forbidden_fact():
    for kind in (Seeker, Job):
        asked = {name.replace("_", "") for name in kind.KEYS}
        assert asked.isdisjoint(key.replace("_", "") for key in CONTRACT)
