"""What a change does to the records: the person and the job as they would be recorded once it is made."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from matching.change import Change, ChangeKind
from matching.concepts import Concepts
from matching.records import Criterion, Job, Seeker, SeekerSkill, SupportNeed, WorkplaceSupport

Pair = tuple[Seeker, Job]
_Edit = Callable[[Change, Seeker, Job, Concepts], Pair]


def applied(changes: Iterable[Change], seeker: Seeker, job: Job, concepts: Concepts) -> Pair:
    """Return the pair as it would be recorded once these changes are made."""
    for one in changes:
        seeker, job = _EDITS[one.kind](one, seeker, job, concepts)
    return seeker, job


def _hold(change: Change, seeker: Seeker, job: Job, _concepts: Concepts) -> Pair:
    return replace(seeker, skills=(*seeker.skills, SeekerSkill(change.name, change.level))), job


def _is_meant(change: Change, criterion: Criterion, concepts: Concepts) -> bool:
    return f"skill:{concepts[criterion.text]}" == change.about


def _adjust(change: Change, seeker: Seeker, job: Job, concepts: Concepts) -> Pair:
    criteria = tuple(
        replace(row, adjustable=True) if _is_meant(change, row, concepts) else row for row in job.criteria
    )
    return seeker, replace(job, criteria=criteria)


def _move(change: Change, seeker: Seeker, job: Job, concepts: Concepts) -> Pair:
    kept = tuple(row for row in job.criteria if not _is_meant(change, row, concepts))
    return seeker, replace(job, criteria=kept)


def _most_hours(change: Change, seeker: Seeker, job: Job, _concepts: Concepts) -> Pair:
    return replace(seeker, hours=replace(seeker.hours, now_max=change.hours)), job


def _least_hours(change: Change, seeker: Seeker, job: Job, _concepts: Concepts) -> Pair:
    return replace(seeker, hours=replace(seeker.hours, now_min=change.hours)), job


def _build_up(_change: Change, seeker: Seeker, job: Job, _concepts: Concepts) -> Pair:
    return replace(seeker, hours=replace(seeker.hours, intent="building_up")), job


def _guarantee(change: Change, seeker: Seeker, job: Job, _concepts: Concepts) -> Pair:
    offer, sure = job.hours, change.hours
    least = None if offer.min is None else min(offer.min, sure)
    most = None if offer.max is None else max(offer.max, sure)
    return seeker, replace(job, hours=replace(offer, min=least, max=most, guaranteed=sure))


def _free_times(change: Change, seeker: Seeker, job: Job, _concepts: Concepts) -> Pair:
    return replace(seeker, availability=change.slots), job


def _times(change: Change, seeker: Seeker, job: Job, _concepts: Concepts) -> Pair:
    return seeker, replace(job, pattern=change.slots)


def _shift_one(change: Change, seeker: Seeker, job: Job, _concepts: Concepts) -> Pair:
    pattern = tuple(change.slots[0] if at == change.at else slot for at, slot in enumerate(job.pattern))
    return seeker, replace(job, pattern=pattern)


def _no_needs(_change: Change, seeker: Seeker, job: Job, _concepts: Concepts) -> Pair:
    return replace(seeker, support_needs=()), job


def _own_circle(change: Change, seeker: Seeker, job: Job, _concepts: Concepts) -> Pair:
    needs = (*(seeker.support_needs or ()), SupportNeed(change.name, personal_cover=True))
    return replace(seeker, support_needs=needs), job


def _in_place(change: Change, seeker: Seeker, job: Job, _concepts: Concepts) -> Pair:
    others = tuple(row for row in job.supports if row.kind != change.name)
    return seeker, replace(job, supports=(*others, WorkplaceSupport(change.name, "exists", confirmed=True)))


def _provide(change: Change, seeker: Seeker, job: Job, concepts: Concepts) -> Pair:
    edit = _own_circle if change.name == "family_or_community" else _in_place
    return edit(change, seeker, job, concepts)


def _beside_the_score(_change: Change, seeker: Seeker, job: Job, _concepts: Concepts) -> Pair:
    return seeker, job


_EDITS: dict[ChangeKind, _Edit] = {
    ChangeKind.FIND_SKILL: _hold,
    ChangeKind.TEACH: _hold,
    ChangeKind.OBTAIN: _hold,
    ChangeKind.ADJUST: _adjust,
    ChangeKind.MOVE: _move,
    ChangeKind.FIND_MOST_HOURS: _most_hours,
    ChangeKind.FIND_LEAST_HOURS: _least_hours,
    ChangeKind.FIND_AIM: _build_up,
    ChangeKind.BUILD_UP: _build_up,
    ChangeKind.FIND_HOURS: _guarantee,
    ChangeKind.OFFER_HOURS: _guarantee,
    ChangeKind.FIND_FREE_TIMES: _free_times,
    ChangeKind.FIND_TIMES: _times,
    ChangeKind.SHIFT_ALL: _times,
    ChangeKind.SHIFT_ONE: _shift_one,
    ChangeKind.FIND_NEEDS: _no_needs,
    ChangeKind.FIND_SUPPORT: _in_place,
    ChangeKind.PROVIDE: _provide,
    ChangeKind.ARRANGE: _in_place,
    ChangeKind.STAND_IN: _in_place,
    ChangeKind.TRAVEL_TRAINING: _beside_the_score,
    ChangeKind.SHARE_LIFT: _beside_the_score,
}
