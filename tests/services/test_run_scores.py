"""The figures of a run as bytes: all come back as they were, and the same figures are the same bytes."""

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from crm.services import compared_words, run_scores
from crm.services.compared_content import job_in, packed, seeker_in
from crm.services.run_scores import MICRO, Scored
from crm.services.runs_again import IndexOfThen
from matching.index import SeekerIndex
from matching.records import Job, Seeker
from tests.conftest import at_least
from tests.matching.dense import jobs, seekers
from tests.matching.makers import CONCEPTS, VOCABULARY

ROWS = st.lists(
    st.tuples(
        st.integers(1, 2**31 - 1),
        st.integers(0, 100 * MICRO),
        st.integers(0, 100 * MICRO),
        st.integers(0, len(run_scores.GROUP_NAMES) - 1),
    ),
    max_size=40,
)


def scored(rows: list[tuple[int, int, int, int]]) -> Scored:
    ids, low, high, group = np.array(rows, dtype=np.int64).reshape(-1, 4).T
    return Scored(ids, low, high, group)


@given(ROWS)
def test_any_figures_come_back_in_their_order(rows: list[tuple[int, int, int, int]]):
    bare = run_scores.plain(scored(rows))
    again = run_scores.scores_in(run_scores.packed(bare))
    columns = (again.ids, again.low, again.high, again.group)
    assert [tuple(int(part) for part in row) for row in zip(*columns, strict=True)] == rows
    assert run_scores.plain(again) == bare


@given(ROWS, ROWS)
def test_other_figures_have_another_digest(
    one: list[tuple[int, int, int, int]], other: list[tuple[int, int, int, int]]
):
    digests = [run_scores.digest_of_scores(run_scores.plain(scored(rows))) for rows in (one, other)]
    assert (digests[0] == digests[1]) == (one == other)


@settings(max_examples=at_least(25))
@given(st.lists(seekers(), min_size=1, max_size=5), jobs("9"))
def test_whoever_is_ranked_from_what_was_noted_stands_where_they_stood(people: list[Seeker], post: Job):
    everybody = [replace(one, id=str(number)) for number, one in enumerate(people, start=1)]
    live = SeekerIndex(everybody, vocabulary=CONCEPTS)
    words = compared_words.words_in(compared_words._packed.of(VOCABULARY)[1])
    then = IndexOfThen(live.weights, words)
    noted = [seeker_in(packed(one, CONCEPTS)) for one in reversed(everybody)]
    then.add_all(noted, len(noted), None)
    again = then.scored(job_in(packed(post, CONCEPTS)))
    assert run_scores.plain(again) == run_scores.plain(Scored.of(live.rank(post)))
