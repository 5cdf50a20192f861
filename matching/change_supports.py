"""What would cover a support need that is not covered yet: the workplace first, paid support last."""

from collections.abc import Iterator

from matching.change import Blocker, Change, ChangeKind, Effort, Limits, Way
from matching.change_ways import blocker
from matching.profiles import JobProfile, SeekerProfile
from matching.supports import COVERED, SupportRow, SupportsFit

PROVIDED = ("written_or_visual_cue", "technology", "family_or_community")
"""Kinds of support that the coach and the person can see to themselves."""


def support_blockers(seeker: SeekerProfile, job: JobProfile, limits: Limits) -> list[Blocker]:
    """Return the needs that are not covered for sure, or that nobody has asked about them."""
    if seeker.needs is None:
        ask = (Change(ChangeKind.FIND_NEEDS, "needs", Effort.FIND_OUT),)
        return [blocker("needs", ask, _closes, limits)]
    rows = SupportsFit().compare(seeker, job).rows
    return [
        blocker(f"support:{row.kind}", list(_changes(row)), _closes, limits)
        for row in rows
        if row.low < COVERED
    ]


def _closes(_way: Way) -> bool:
    return True


def _changes(row: SupportRow) -> Iterator[Change]:
    about, kind = f"support:{row.kind}", row.kind
    is_possible = row.high > 0
    if row.low != row.high:
        yield Change(ChangeKind.FIND_SUPPORT, about, Effort.FIND_OUT, kind)
    if kind in PROVIDED:
        yield Change(ChangeKind.PROVIDE, about, Effort.OWN_SUPPORT, kind)
    elif not is_possible:
        yield Change(ChangeKind.STAND_IN, about, Effort.OWN_SUPPORT, kind)
    if is_possible and kind != "family_or_community":
        yield Change(ChangeKind.ARRANGE, about, Effort.EMPLOYER_ADJUSTS, kind)
