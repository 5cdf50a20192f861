"""Columns without records: the same figures, and an id that comes twice is refused."""

import numpy as np
import pytest

from matching.blocks.ranking import AllPairs
from matching.compiled import compiled_jobs, compiled_people
from matching.errors import MatchingError
from matching.index import JobIndex, SeekerIndex
from tests.matching.makers import CONCEPTS, WORKABLE_JOB, WORKABLE_SEEKER, job, seeker


def test_pairs_of_compiled_sides_are_those_of_the_indices():
    people = [seeker("b", **WORKABLE_SEEKER), seeker("a"), seeker("c", skills=[{"name": "mop floors"}])]
    posts = [job("k", **WORKABLE_JOB), job("j")]
    compiled = AllPairs(
        compiled_people(iter(people), vocabulary=CONCEPTS), compiled_jobs(iter(posts), vocabulary=CONCEPTS)
    )
    indexed = AllPairs(SeekerIndex(people, vocabulary=CONCEPTS), JobIndex(posts, vocabulary=CONCEPTS))
    (cell,) = compiled.cells()
    (ours,), (theirs,) = compiled.top(cell, 3), indexed.top(cell, 3)
    assert np.array_equal(ours.person, theirs.person)
    assert np.array_equal(ours.low, theirs.low)
    assert np.array_equal(ours.high, theirs.high)


def test_an_id_that_comes_twice_is_refused():
    with pytest.raises(MatchingError, match='"s1" comes twice'):
        compiled_people([seeker("s1"), seeker("s2"), seeker("s1")], vocabulary=CONCEPTS)
    with pytest.raises(MatchingError, match='"j1" comes twice'):
        compiled_jobs([job("j1"), job("j1")], vocabulary=CONCEPTS)
