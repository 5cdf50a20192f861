"""Random banks and people with nearly every field filled, and what a carve has to keep, written anew."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from hypothesis import strategies as st

from matching.carve import fit_of
from matching.carve_bank import Bank, BankTask
from matching.carve_fit import Fit
from matching.carve_model import GuardRails
from matching.records import Job, Seeker
from tests.matching.makers import VOCABULARY

NATURES = ("social", "social", "visible", "isolated", "unpleasant", "neutral", None)
NOBODYS = "j9"
SCALES = ("lifting", "noise")
NEAR = 1e-6


@dataclass(frozen=True)
class World:
    """An employer's posts, a person, and the guard rails that they agreed."""

    jobs: list[Job]
    seeker: Seeker
    rails: GuardRails

    @cached_property
    def bank(self) -> Bank:
        """The bank, in which one job is a list of work that nobody does."""
        return Bank.of(self.jobs, VOCABULARY, without_post={NOBODYS})

    @cached_property
    def own(self) -> Fit:
        """What may be chosen for the person."""
        return fit_of(self.seeker, self.bank, 16.0)


@st.composite
def _tasks(draw: st.DrawFn, number: int, count: int) -> dict[str, Any]:
    others = [f"t{at}" for at in range(count)]
    slots = draw(
        st.lists(
            st.tuples(st.integers(0, 1), st.sampled_from((9, 10, 11)), st.sampled_from((2, 3))),
            min_size=1,
            max_size=2,
        )
    )
    times = [{"day": day, "start": f"{at:02}:00", "end": f"{at + length}:00"} for day, at, length in slots]
    return {
        "id": f"t{number}",
        "name": draw(st.sampled_from(["mop", "dust", "alpaca"])),
        "hours_week": draw(st.sampled_from([0.75, 1.0, 1.5, 2.25, 3.0])),
        "essential": "could_move",
        "current_hourly_cost": draw(st.sampled_from([None, 12.0, 15.5, 21.25])),
        "backlog": draw(st.sampled_from(["done", "late", "undone"])),
        "nature": draw(st.sampled_from(NATURES)),
        "slots": times if draw(st.integers(0, 3)) else None,
        "needs": [draw(st.sampled_from([*others, *others, "gone"]))] if draw(st.integers(0, 3)) == 0 else [],
        "dangerous": draw(st.integers(0, 4)) == 0,
        "demands": draw(st.dictionaries(st.sampled_from(SCALES), st.integers(0, 3), max_size=1)),
    }


@st.composite
def _posts(draw: st.DrawFn, most: int) -> list[Job]:
    counts = draw(st.lists(st.integers(min(most, 2), most), min_size=2, max_size=3))
    ids = [f"j{at}" for at in range(len(counts))]
    if draw(st.booleans()):
        ids[-1] = NOBODYS
    return [
        Job.from_record(
            {
                "id": job_id,
                "title": "Post",
                "tasks": [draw(_tasks(number, count)) for number in range(count)],
                "hours": {"max": draw(st.sampled_from([None, None, 30]))},
                "going_rate": draw(st.sampled_from([None, 12.5, 14.0])),
            }
        )
        for job_id, count in zip(ids, counts, strict=True)
    ]


FREE = [{"day": day, "start": "09:00", "end": "13:00"} for day in range(2)]


@st.composite
def people(draw: st.DrawFn, seeker_id: str = "s1") -> Seeker:
    """Somebody with wishes, limits, abilities and free times."""
    return Seeker.from_record(
        {
            "id": seeker_id,
            "hours": {
                "goal": draw(st.sampled_from([None, 3.0, 4.0, 8.0, 10.5])),
                "now_max": draw(st.sampled_from([None, 3.0, 6.0, 9.0])),
            },
            "interests": draw(st.lists(st.sampled_from(["alpaca", "dust"]), max_size=1)),
            "avoid": ["mop"] if draw(st.integers(0, 4)) == 0 else [],
            "abilities": draw(st.dictionaries(st.sampled_from(SCALES), st.integers(1, 3))),
            "ability_supports": draw(st.lists(st.sampled_from(SCALES), max_size=1)),
            "availability": FREE if draw(st.booleans()) else None,
            "waiting_since": draw(st.sampled_from([None, "2025-01-01", "2026-02-03"])),
        }
    )


RAILS = st.builds(
    GuardRails,
    contact_hours=st.sampled_from((0.0, 1.0, 2.0, 4.0)),
    most_hard=st.sampled_from((0.0, 0.25, 0.5, 0.5)),
    keep=st.sampled_from((0.0, 0.3, 0.5)),
    most_posts=st.integers(1, 3),
)


def worlds(most: int = 3) -> st.SearchStrategy[World]:
    """Worlds of at most three posts with at most so many tasks each."""
    return st.builds(World, _posts(most), people(), RAILS)


def chosen_of(own: Fit, positions: tuple[int, ...]) -> list[BankTask]:
    """The tasks at these positions."""
    return [own.tasks[at] for at in positions]


def keeps_the_rails(chosen: list[BankTask], world: World) -> bool:
    """Whether a set of tasks, each of which may be chosen, keeps every guard rail and limit."""
    return not chosen or (
        sum(each.hours for each in chosen) <= world.own.most + NEAR
        and _has_the_right_mix(chosen, world.rails)
        and _leaves_colleagues_a_job(chosen, world.bank, world.rails)
        and _comes_together(chosen)
        and has_time(chosen)
    )


def _has_the_right_mix(chosen: list[BankTask], rails: GuardRails) -> bool:
    contact = sum(each.hours for each in chosen if each.nature in (None, "social", "visible"))
    hard = sum(
        each.hours for each in chosen if each.is_dangerous or each.nature in ("isolated", "unpleasant")
    )
    return (
        contact >= rails.contact_hours - NEAR
        and hard <= rails.most_hard * sum(each.hours for each in chosen) + NEAR
    )


def _leaves_colleagues_a_job(chosen: list[BankTask], bank: Bank, rails: GuardRails) -> bool:
    posts = {each.job_id for each in chosen} - {NOBODYS}
    taken = {post: sum(each.hours for each in chosen if each.job_id == post) for post in posts}
    return len(posts) <= rails.most_posts and all(
        hours <= (1 - rails.keep) * bank.post_hours[post] + NEAR for post, hours in taken.items()
    )


def _comes_together(chosen: list[BankTask]) -> bool:
    there = {(each.job_id, each.task_id) for each in chosen}
    return all((each.job_id, needed) in there for each in chosen for needed in each.needs)


def has_time(chosen: list[BankTask]) -> bool:
    """Whether no stretch of the week holds more work than itself: every stretch is looked at."""
    parts = [
        (start, end, each.hours * (end - start) / each.cells.bit_count())
        for each in chosen
        if each.cells
        for start, end in runs(each.cells)
    ]
    return all(
        sum(hours for own_start, own_end, hours in parts if start <= own_start and own_end <= end)
        <= (end - start) / 2 + NEAR
        for start in {part[0] for part in parts}
        for end in {part[1] for part in parts}
        if start < end
    )


def runs(cells: int) -> list[tuple[int, int]]:
    """The times of a task as half hours from and to, written down apart from the engine."""
    is_in = [cells >> bit & 1 for bit in range(336)]
    starts = [bit for bit in range(336) if is_in[bit] and (bit == 0 or not is_in[bit - 1])]
    ends = [bit + 1 for bit in range(336) if is_in[bit] and (bit == 335 or not is_in[bit + 1])]
    return list(zip(starts, ends, strict=True))


def worth(chosen: list[BankTask], world: World) -> tuple[float, ...]:
    """The aims in their order, each as a number to maximise, written down apart from the engine."""
    own, pay = world.own, world.bank.going_rate
    place = {(each.job_id, each.task_id): at for at, each in enumerate(own.tasks)}
    at = [place[each.job_id, each.task_id] for each in chosen]
    money = [
        each.hours * (each.likely_cost - (pay or 0.0))
        for each in chosen
        if not each.is_undone and each.likely_cost is not None
    ]
    return (
        round(min(own.goal, sum(each.hours for each in chosen)), 4),
        round(sum(own.tasks[place].hours for place in at if own.wished[place]), 4),
        round(sum(money), 4),
        round(sum(each.hours for each in chosen if each.is_undone), 4),
        -sum(place + 1 for place in at),
    )
