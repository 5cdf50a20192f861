"""Runs of a shortlist as rows and facts, in words."""

from collections.abc import Sequence

from crm.models.matches import MatchRun
from crm.services.run_looks import RunGroup, RunLine, RunRow
from crm.ui.tables import Cell, link
from crm.ui.words import moment

COLUMNS = ["When", "Opened by", "Weights", "People", "Decisions", "Digest"]
"""The columns of a list of runs."""

GROUP_COLUMNS = ["Place", "Who", "Score"]
"""The columns of a group of a run."""

_NOTHING_KNOWN = 100
_SHORT_DIGEST = 12
_HIDDEN = "Somebody whose name you may not see"


def line_rows(vacancy_id: int, lines: Sequence[RunLine]) -> list[list[Cell]]:
    """The rows of a list of runs; when it was leads to the run itself."""
    return [
        [
            link(moment(one.at), "runs", id=vacancy_id, run=one.id),
            one.by,
            _version(one.weights),
            one.people,
            one.decisions,
            one.digest[:_SHORT_DIGEST],
        ]
        for one in lines
    ]


def run_facts(line: RunLine, run: MatchRun) -> list[tuple[str, Cell]]:
    """What went into one run."""
    parts = ", ".join(f"{name.replace('_', ' ')} {weight:g}" for name, weight in run.weights.items())
    return [
        ("First opened by", line.by),
        ("People compared", line.people),
        ("Weights", f"{_version(line.weights)}: {parts}"),
        ("Version of the engine", line.engine),
        ("Decisions made on it", line.decisions),
        ("Digest of the inputs", run.inputs_digest),
        ("Digest of the scores", line.digest),
    ]


def group_rows(group: RunGroup) -> list[list[Cell]]:
    """The first people of a group, in the order of the run."""
    return [[str(row.place), row.name or _HIDDEN, _score(row)] for row in group.rows]


def _score(row: RunRow) -> str:
    if row.high - row.low >= _NOTHING_KNOWN:
        return "No score: nothing was known"
    return f"{row.middle:.0f} ({row.low:.0f}–{row.high:.0f})"


def _version(number: int | None) -> str:
    return "Not numbered" if number is None else f"Version {number}"
