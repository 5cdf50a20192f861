"""The figures of a run as bytes: all come back as they were, and the same figures are the same bytes."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from crm.services import run_scores
from crm.services.run_scores import MICRO, Scored

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
