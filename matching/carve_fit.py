"""Which tasks of a bank a person can do and wants, and how many hours they wish."""

from collections import Counter
from dataclasses import dataclass

from matching.carve_bank import Bank, BankTask
from matching.carve_needs import self_sufficient
from matching.profiles import SeekerProfile
from matching.records import SeekerHours
from matching.week import hours_in

NOW = "now"
WITH_SUPPORT = "with_support"
NOT_RECORDED = "not_recorded"
GAP = "gap"


@dataclass(frozen=True, slots=True)
class Fit:
    """What can be chosen for one person.

    Attributes:
        tasks: The tasks that may be chosen, in the order of the bank.
        readiness: How ready the person is for each: now, with support, or not recorded.
        wished: Whether each is an interest of theirs.
        goal: Hours a week to reach.
        most: Hours a week at most.
        left_out: Sentences on what could not be chosen for them.
    """

    tasks: tuple[BankTask, ...]
    readiness: tuple[str, ...]
    wished: tuple[bool, ...]
    goal: float
    most: float
    left_out: tuple[str, ...]


def fit(profile: SeekerProfile, bank: Bank, goal: float) -> Fit:
    """Choose what may be chosen.

    A task is left out when it takes a skill that is a recorded gap without a measure (no support named, no
    closely related skill), when it asks more than works for them with no support named (`beyond`), when it
    mentions what the person wishes to avoid, when one of its times is not inside their free time, or when it
    needs a task that is left out. What is not recorded leaves nothing out. `goal` is for people without their
    own.
    """
    blocked = {(task.job_id, task.task_id): _block(profile, task) for task in bank.tasks}
    kept = self_sufficient(
        {
            (task.job_id, task.task_id): [(task.job_id, needed) for needed in task.needs]
            for task in bank.tasks
            if not blocked[task.job_id, task.task_id]
        }
    )
    tasks = tuple(task for task in bank.tasks if (task.job_id, task.task_id) in kept)
    reached, most = hours_within(profile, goal)
    return Fit(
        tasks=tasks,
        readiness=tuple(readiness(profile, task) for task in tasks),
        wished=tuple(any(wish.is_in(task.words) for wish in profile.interests) for task in tasks),
        goal=reached,
        most=most,
        left_out=_left_out(
            Counter("needs" if not why and key not in kept else why for key, why in blocked.items())
        ),
    )


def hours_within(profile: SeekerProfile, goal: float) -> tuple[float, float]:
    """The hours to reach and the hours never to pass: as wished, and no more than the recorded free time."""
    reached, most = wished_hours(profile.seeker.hours, goal)
    return reached, most if profile.cells is None else min(most, hours_in(profile.cells))


def wished_hours(wish: SeekerHours, goal: float) -> tuple[float, float]:
    """The hours to reach and the hours never to pass.

    The goal is the person's own, else `goal`; who prefers fewer hours or is building up is not pushed beyond
    what they can do now. No carve passes their most hours now; without these, the goal is the most.
    """
    most = wish.now_max
    if wish.goal is not None:
        reached = wish.goal
    elif most is not None and wish.intent in ("prefers_fewer", "building_up"):
        reached = min(goal, most)
    else:
        reached = goal
    return reached, reached if most is None else most


def readiness(profile: SeekerProfile, task: BankTask) -> str:
    """How ready the person is: as their least ready skill of the task; not recorded when it names none.

    What it demands beyond their abilities is a gap too, or takes the support that is named for it.
    """
    states = {_state(profile, concept) for concept in task.concepts} or {NOT_RECORDED}
    if beyond(profile, task):
        states.add(GAP if beyond(profile, task, with_support=True) else WITH_SUPPORT)
    return next(state for state in (GAP, WITH_SUPPORT, NOT_RECORDED, NOW) if state in states)


def beyond(profile: SeekerProfile, task: BankTask, *, with_support: bool = False) -> tuple[str, ...]:
    """The scales on which the task itself demands more than works for the person now, or with named support.

    An ability that is not recorded is not beyond anybody, and what is told of the whole job only is not
    compared.
    """
    abilities = profile.seeker.abilities
    supported = profile.seeker.ability_supports if with_support else ()
    return tuple(
        key for key, asked in task.demands if abilities.get(key, asked) < asked and key not in supported
    )


def _state(profile: SeekerProfile, concept: str) -> str:
    held = profile.skills.get(concept)
    if held is None:
        return NOT_RECORDED
    if held.lowest:
        return WITH_SUPPORT if held.with_support else NOW
    has_measure = held.with_support or held.related & profile.strengths
    return WITH_SUPPORT if has_measure else GAP


def _block(profile: SeekerProfile, task: BankTask) -> str:
    if beyond(profile, task, with_support=True):
        return "demands"
    if readiness(profile, task) == GAP:
        return "skill"
    if any(phrase.is_in(task.words) for phrase in profile.avoid):
        return "avoid"
    if task.cells is not None and profile.cells is not None and task.cells & ~profile.cells:
        return "times"
    return ""


def _left_out(blocked: Counter[str]) -> tuple[str, ...]:
    sentences = (
        ("skill", "Left out for a skill gap that has no measure yet: {}."),
        ("demands", "Left out for asking more than works for the person, with no support named: {}."),
        ("avoid", "Left out because the person wishes to avoid it: {}."),
        ("times", "Left out because the times are outside the person's week: {}."),
        ("needs", "Left out because they need a task that was left out: {}."),
    )
    return tuple(
        words.format("1 task" if blocked[reason] == 1 else f"{blocked[reason]} tasks")
        for reason, words in sentences
        if blocked[reason]
    )
