"""What would have to be true for a pair to be workable now: the smallest set of changes, found exactly.

The gate of "workable now" is a conjunction: every essential criterion met, the hours right, every need
covered. No change bears on two of these, so the smallest set is the union of the smallest way for each. One
thing ties them together: something has to be left that the job asks. Smallest is fewest changes, then least
effort, then the smallest moves of shifts, then most points, then a fixed order. A test holds it against all
subsets of all changes.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from matching.change import Blocker, Change, ChangeKind, Effort, Limits, Way, cost
from matching.change_edits import applied
from matching.change_hours import hours_blockers
from matching.change_skills import skill_blockers
from matching.change_supports import support_blockers
from matching.compare import DEFAULT_WEIGHTS, Comparison, compare
from matching.concepts import Concepts
from matching.match import Match
from matching.profiles import JobProfile, SeekerProfile
from matching.records import Job, Seeker
from matching.totals import Group, rounded
from matching.vocabulary import Vocabulary
from matching.weights import Weights

MOST_OTHERS = 3
"""Other ways to close one blocker that are offered, at most."""

_LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Step:
    """One change of the set, and where the score stands once it is made after those before it."""

    change: Change
    points: float
    score: float


@dataclass(frozen=True, slots=True)
class OtherWays:
    """What was chosen for one blocker, and the next best ways instead."""

    chosen: Way
    others: tuple[Way, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """What would have to be true for one person and one job.

    Attributes:
        before: The score as things stand, the middle of the band.
        after: The score once every step is made.
        steps: The smallest set, in the order in which its points are counted: they add up to the whole.
        others: Other ways, for each blocker that has any.
        blocked: What no change here can settle, in words; then the steps help, but are not enough.
        beside: What would help with the journey: it moves no score and no group.
    """

    before: float
    after: float
    steps: tuple[Step, ...]
    others: tuple[OtherWays, ...]
    blocked: tuple[str, ...]
    beside: tuple[Change, ...]

    @property
    def is_workable_now(self) -> bool:
        """Is there nothing to change?"""
        return not self.steps and not self.blocked


def find_changes(
    seeker: Seeker,
    job: Job,
    *,
    weights: Weights = DEFAULT_WEIGHTS,
    vocabulary: Vocabulary | Concepts,
    limits: Limits = _LIMITS,
) -> Changes:
    """Find the smallest set of changes that makes a job workable now for a person."""
    concepts = Concepts.of(vocabulary)
    now = compare(seeker, job, weights=weights, vocabulary=concepts)
    one, post = SeekerProfile.of(seeker, concepts), JobProfile.of(job, concepts)
    found = blockers(one, post, limits)
    chosen = _chosen([each for each in found if each.ways], len(post.asked))
    order = [change for way in sorted(chosen.values(), key=cost) for change in way]
    steps = tuple(_steps(Comparison(weights), (seeker, job), order, concepts))
    return Changes(
        before=_middle(now),
        after=steps[-1].score if steps else _middle(now),
        steps=steps,
        others=tuple(_others(found, chosen, len(post.asked))),
        blocked=tuple(each.why for each in found if not each.ways),
        beside=_beside(seeker, now),
    )


def blockers(seeker: SeekerProfile, job: JobProfile, limits: Limits = _LIMITS) -> list[Blocker]:
    """Return everything that keeps a pair from being workable now; none for a pair that is."""
    return [
        *skill_blockers(seeker, job, limits),
        *hours_blockers(seeker, job, limits),
        *support_blockers(seeker, job, limits),
    ]


def _chosen(found: Sequence[Blocker], asked: int) -> dict[str, Way]:
    """Return the smallest way for each blocker, such that something is left that the job asks."""
    chosen = {each.about: each.ways[0] for each in found}
    moved = [each for each in found if _moves(chosen[each.about])]
    if len(moved) < asked or not asked:
        return chosen
    sets = [chosen | {each.about: next(way for way in each.ways if not _moves(way))} for each in moved]
    # The points are the same for all of them: whatever is left is met in full, and nothing else is asked.
    return min(sets, key=lambda each: cost(change for way in each.values() for change in way))


def _moves(way: Way) -> bool:
    return any(one.kind is ChangeKind.MOVE for one in way)


def _middle(match: Match) -> float:
    return rounded((match.low + match.high) / 2)


def _steps(
    engine: Comparison, pair: tuple[Seeker, Job], order: Iterable[Change], concepts: Concepts
) -> Iterable[Step]:
    before = _score(engine, pair, concepts)
    for change in order:
        pair = applied([change], *pair, concepts)
        score = _score(engine, pair, concepts)
        yield Step(change, rounded(score - before), score)
        before = score


def _score(engine: Comparison, pair: tuple[Seeker, Job], concepts: Concepts) -> float:
    seeker, job = SeekerProfile.of(pair[0], concepts), JobProfile.of(pair[1], concepts)
    return _middle(engine.compare(seeker, job, with_rows=False))


def _others(found: Sequence[Blocker], chosen: dict[str, Way], asked: int) -> Iterable[OtherWays]:
    moved = [about for about, way in chosen.items() if _moves(way)]
    for each in found:
        is_last = len({*moved, each.about}) == asked
        others = [way for way in each.ways if way != chosen[each.about] and not (is_last and _moves(way))]
        if others:
            yield OtherWays(chosen[each.about], tuple(others[:MOST_OTHERS]))


def _beside(seeker: Seeker, now: Match) -> tuple[Change, ...]:
    most, minutes = seeker.travel.max_minutes, now.travel_minutes
    if most is None or minutes is None or minutes <= most:
        return ()
    return (
        Change(ChangeKind.TRAVEL_TRAINING, "travel", Effort.OWN_SUPPORT),
        Change(ChangeKind.SHARE_LIFT, "travel", Effort.EMPLOYER_ADJUSTS),
    )


def are_enough(
    seeker: Seeker, job: Job, changes: Iterable[Change], *, vocabulary: Vocabulary | Concepts
) -> bool:
    """Would these changes make the pair workable now? Judged by the engine itself, on the changed records."""
    concepts = Concepts.of(vocabulary)
    after = compare(*applied(changes, seeker, job, concepts), vocabulary=concepts)
    return after.group is Group.WORKABLE_NOW
