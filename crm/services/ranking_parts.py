"""One part of a run: some vacancies with everybody for whom something has changed. No database is needed.

The same ground and number give the same part, whoever works it out and in whatever order.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from crm.services.ranking_ground import Ground, JobNow
from crm.services.suggestion_reasons import reason
from matching.index import SeekerIndex
from matching.profiles import JobProfile
from matching.ranking import GROUPS, Ranking, seeker_keys
from matching.totals import Group

NOW, WITH_MEASURES = GROUPS.index(Group.WORKABLE_NOW), GROUPS.index(Group.WITH_MEASURES)
_NOWHERE = len(GROUPS)
"""The group of somebody, or of a vacancy, that is not among those compared."""

MOST_KEPT = 3
"""So many of a part may become suggestions for one person."""

_KEY_BITS = 56
_NOT_BETTER = np.iinfo(np.int64).max

Groups = NDArray[np.int8]
Order = NDArray[np.int64]
_Row = tuple[JobNow, Order]


@dataclass(slots=True)
class Part:
    """What a part found.

    Attributes:
        counts: People in each group, by vacancy.
        changes: How many more than before, for vacancies whose counts are mended.
        workable: How many more vacancies than before are workable now, by person; in a whole run, how many.
        found: What may be suggested, by person: the group, the order for the person, the vacancy and why.
    """

    counts: dict[int, list[int]] = field(default_factory=dict[int, list[int]])
    changes: dict[int, list[int]] = field(default_factory=dict[int, list[int]])
    workable: Counter[int] = field(default_factory=Counter[int])
    found: dict[int, list[list[Any]]] = field(default_factory=dict[int, list[list[Any]]])

    def written(self) -> dict[str, Any]:
        """The part as plain JSON."""
        workable = {key: number for key, number in sorted(self.workable.items()) if number}
        return {"counts": self.counts, "changes": self.changes, "workable": workable, "found": self.found}


@dataclass(frozen=True, slots=True)
class _Beside:
    """The people of an index beside one vacancy: the groups that they are in, and were in before."""

    index: SeekerIndex
    ranking: Ranking | None
    old: Groups

    @property
    def new(self) -> Groups:
        return _group_of(self.index, self.ranking)

    def better(self, ground: Ground, job: JobNow) -> Order:
        """For those for whom the vacancy has become better where it stands on their list; else the last."""
        order = np.full(len(self.index), _NOT_BETTER)
        if self.ranking is None or job.after is None:
            return order
        is_better = (self.new < self.old) & (self.new <= WITH_MEASURES)
        if not is_better.any():
            return order
        is_better &= ~self.index.is_beyond_limit(job.after)
        for key in ground.passed_over_for(job.id):
            is_better &= np.asarray(self.ranking.ids) != str(key)
        keys = seeker_keys(self.ranking.middle[is_better], self.ranking.uses_strengths[is_better])
        order[is_better] = (self.new[is_better].astype(np.int64) << _KEY_BITS) | keys
        return order


def work_out(ground: Ground, number: int) -> Part:
    """Compare the vacancies of a part, and keep of each person the best that have become better."""
    part, changed, others = Part(), list[_Row](), list[_Row]()
    for job in ground.jobs_of(number):
        of_changed, *of_others = _count(ground, job, part)
        changed.append((job, of_changed.better(ground, job)))
        others += [(job, one.better(ground, job)) for one in of_others]
    _keep_best(ground, ground.now, changed, part)
    _keep_best(ground, ground.others, others, part)
    return part


def _count(ground: Ground, job: JobNow, part: Part) -> list[_Beside]:
    """Count a vacancy with those who changed as they were and as they are; with the others if need be."""
    was = _group_of(ground.was, _ranked(ground.was, job.before))
    beside = [
        _Beside(ground.now, _ranked(ground.now, job.after), np.append(was, np.int8(_NOWHERE))[ground.places])
    ]
    if not ground.is_counted_anew(job):
        part.changes[job.id] = (_tally(beside[0].new) - _tally(was)).tolist()
    else:
        beside.append(_others(ground, job))
        if job.after is not None:
            part.counts[job.id] = np.sum([_tally(one.new) for one in beside], axis=0).tolist()
    for one in beside:
        _add(part, one.index, one.new, 1)
    if not ground.is_whole:
        _add(part, ground.was, was, -1)
        for one in beside[1:]:
            _add(part, one.index, one.old, -1)
    return beside


def _others(ground: Ground, job: JobNow) -> _Beside:
    ranking = _ranked(ground.others, job.after)
    before = _ranked(ground.others, job.before) if job.has_changed else ranking
    return _Beside(ground.others, ranking, _group_of(ground.others, before))


def _ranked(index: SeekerIndex, job: JobProfile | None) -> Ranking | None:
    return index.rank(job) if job is not None and len(index) else None


def _group_of(index: SeekerIndex, ranking: Ranking | None) -> Groups:
    return np.full(len(index), _NOWHERE, dtype=np.int8) if ranking is None else ranking.group


def _tally(groups: Groups) -> NDArray[np.int64]:
    return np.bincount(groups, minlength=_NOWHERE + 1)[:_NOWHERE]


def _add(part: Part, index: SeekerIndex, groups: Groups, times: int) -> None:
    """Add to how many vacancies are workable now for each person."""
    ids = index.ids[0]
    for place in np.flatnonzero(groups == NOW):
        part.workable[int(ids[place])] += times


def _keep_best(ground: Ground, index: SeekerIndex, rows: list[_Row], part: Part) -> None:
    if not rows or not len(index):
        return
    jobs, ids = [job for job, _ in rows], index.ids[0]
    orders = np.stack([order for _, order in rows])
    first = np.argsort(orders, axis=0, kind="stable")[:MOST_KEPT]
    for at, place in np.argwhere(np.take_along_axis(orders, first, axis=0) != _NOT_BETTER).tolist():
        row = int(first[at, place])
        job, seeker_id, order = jobs[row], int(ids[place]), int(orders[row, place])
        group, key = divmod(order, 1 << _KEY_BITS)
        part.found.setdefault(seeker_id, []).append([group, key, job.id, reason(ground, seeker_id, job.id)])


def best_of(rows: Iterable[list[Any]]) -> list[list[Any]]:
    """What was found for one person in order: workable now first, then as their own list orders it."""
    return sorted(rows, key=lambda row: (row[0], row[1], row[2]))
