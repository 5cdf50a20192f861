"""Fast path and readable path, on ten thousand random pairs and more: the same figures to 1e-9."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matching.index import JobIndex, SeekerIndex
from matching.match import Match
from matching.ranking import GROUPS, Ranking
from matching.records import Job, Seeker
from tests.matching.dense import jobs, seekers
from tests.matching.makers import CONCEPTS, matched

SIDE, TIMES = 20, 25
"""So many people beside so many jobs, so many times: 10,000 pairs."""

COMPONENTS = ("skills", "hours", "natural_supports", "preference")


def side_of(records: st.SearchStrategy[Any], size: int = SIDE) -> st.SearchStrategy[list[Any]]:
    """So many records with ids of their own."""
    return st.lists(records, min_size=size, max_size=size).map(
        lambda found: [replace(record, id=f"{record.id}{place}") for place, record in enumerate(found)]
    )


def readable(matches: Sequence[Match]) -> np.ndarray[Any, Any]:
    """Every figure of the readable path, a line for each match."""
    rows = [
        [
            *(match.low, match.high, match.score, match.coverage, match.uses_strengths),
            GROUPS.index(match.group),
            *(end for part in match.components for end in (part.low, part.high)),
        ]
        for match in matches
    ]
    return np.array(rows, dtype=np.float64)


def fast(ranking: Ranking) -> np.ndarray[Any, Any]:
    """The same figures of the fast path."""
    size = len(ranking.ids)
    ends = [np.broadcast_to(end, size) for name in COMPONENTS for end in ranking.components[name]]
    figures = (ranking.low, ranking.high, ranking.score, ranking.coverage, ranking.uses_strengths)
    return np.array([*figures, ranking.group, *ends]).T


def assert_same(ranking: Ranking, matches: Sequence[Match]) -> None:
    """Nothing differs by more than 1e-9, what is not known included."""
    np.testing.assert_allclose(fast(ranking), readable(matches), rtol=0, atol=1e-9)


@settings(max_examples=TIMES, suppress_health_check=[HealthCheck.too_slow])
@given(side_of(seekers()), side_of(jobs()))
def test_ten_thousand_pairs_have_the_same_figures_on_both_paths(people: list[Seeker], posts: list[Job]):
    people_index = SeekerIndex(people, vocabulary=CONCEPTS)
    post_index = JobIndex(posts, vocabulary=CONCEPTS)
    pairs = {(person.id, post.id): matched(person, post) for person in people for post in posts}
    for post in posts:
        assert_same(people_index.rank(post), [pairs[name, post.id] for name in people_index.ids[0]])
    for person in people:
        assert_same(post_index.rank(person), [pairs[person.id, name] for name in post_index.ids[0]])
