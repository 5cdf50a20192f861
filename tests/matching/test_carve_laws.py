"""Laws of carving on random banks: exact, inside every guard rail, never worse than taking tasks greedily."""

from itertools import product
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from matching.carve import carve_for
from matching.carve_bank import BESIDE_COLLEAGUES, HARD_TO_LIKE, Bank, BankTask
from matching.carve_fit import Fit, fit
from matching.carve_model import GuardRails
from matching.concepts import Concepts
from matching.profiles import SeekerProfile
from matching.records import Job, Seeker
from tests.matching.makers import VOCABULARY

RAILS = GuardRails(most_posts=2)
NATURES = ("social", "visible", "isolated", "unpleasant", "neutral", None)
DAY = {"start": "09:00", "end": "12:00"}


@st.composite
def tasks(draw: st.DrawFn, number: int) -> dict[str, Any]:
    slots = [{"day": day} | DAY for day in draw(st.sets(st.integers(0, 2), min_size=1))]
    return {
        "id": f"t{number}",
        "name": draw(st.sampled_from(["mop", "dust", "alpaca"])),
        "hours_week": draw(st.sampled_from([1.0, 1.5, 2.25, 3.0, 4.0])),
        "essential": "could_move",
        "current_hourly_cost": draw(st.sampled_from([None, 12.0, 15.5, 21.25])),
        "backlog": draw(st.sampled_from(["done", "late", "undone"])),
        "nature": draw(st.sampled_from(NATURES)),
        "slots": slots if draw(st.booleans()) else None,
    }


@st.composite
def banks(draw: st.DrawFn) -> list[Job]:
    numbers = draw(st.lists(st.integers(1, 3), min_size=1, max_size=3))
    return [
        Job.from_record(
            {
                "id": f"j{at}",
                "title": "Post",
                "tasks": [draw(tasks(number)) for number in range(count)],
                "hours": {"max": draw(st.sampled_from([4, 8, 30]))},
                "going_rate": draw(st.sampled_from([None, 12.5, 14.0])),
            }
        )
        for at, count in enumerate(numbers)
    ]


@st.composite
def people(draw: st.DrawFn) -> Seeker:
    return Seeker.from_record(
        {
            "id": "s1",
            "hours": {
                "goal": draw(st.sampled_from([None, 4.0, 8.0, 10.5])),
                "now_max": draw(st.sampled_from([None, 6.0, 9.0, 16.0])),
            },
            "interests": draw(st.lists(st.sampled_from(["alpaca", "dust"]), max_size=1)),
            "avoid": draw(st.lists(st.sampled_from(["mop"]), max_size=1)),
        }
    )


def keeps_the_rails(chosen: list[BankTask], own: Fit, bank: Bank) -> bool:
    hours = sum(each.hours for each in chosen)
    contact = sum(each.hours for each in chosen if each.nature is None or each.nature in BESIDE_COLLEAGUES)
    hard = sum(each.hours for each in chosen if each.nature in HARD_TO_LIKE)
    posts = {each.job_id for each in chosen}
    taken = {post: sum(each.hours for each in chosen if each.job_id == post) for post in posts}
    near = 1e-6
    return not chosen or (
        hours <= own.most + near
        and contact >= RAILS.contact_hours - near
        and hard <= RAILS.most_hard * hours + near
        and len(posts) <= RAILS.most_posts
        and all(taken[post] <= (1 - RAILS.keep) * bank.post_hours[post] + near for post in posts)
        and all(load <= 1 + near for load in loads(chosen))
    )


def loads(chosen: list[BankTask]) -> list[float]:
    """The work in each half hour of the week, when every task fills its times evenly."""
    timed = [(each.hours, each.cells) for each in chosen if each.cells]
    return [
        sum(hours / (cells.bit_count() / 2) for hours, cells in timed if cells >> bit & 1)
        for bit in range(336)
    ]


def worth(chosen: list[BankTask], own: Fit, pay: float | None) -> tuple[float, ...]:
    """The aims in their order, each as a number to maximise, written down apart from the engine."""
    place = {(each.job_id, each.task_id): at for at, each in enumerate(own.tasks, start=1)}
    keys = [(each.job_id, each.task_id) for each in chosen]
    money = [
        each.hours * (each.likely_cost - (pay or 0.0))
        for each in chosen
        if not each.is_undone and each.likely_cost is not None
    ]
    return (
        round(min(own.goal, sum(each.hours for each in chosen)), 4),
        round(
            sum(each.hours for each, key in zip(chosen, keys, strict=True) if own.wished[place[key] - 1]), 4
        ),
        round(sum(money), 4),
        round(sum(each.hours for each in chosen if each.is_undone), 4),
        -sum(place[key] for key in keys),
    )


def chosen_by_engine(seeker: Seeker, bank: Bank) -> tuple[list[BankTask], Fit]:
    own = fit(SeekerProfile.of(seeker, Concepts(VOCABULARY)), bank, 16.0)
    result = carve_for(seeker, bank, rails=RAILS)
    assert result.optimal
    picked = {(each.job_id, each.task_id) for each in result.tasks}
    return [each for each in own.tasks if (each.job_id, each.task_id) in picked], own


@given(people(), banks())
@settings(max_examples=40)
def test_a_carve_keeps_every_guard_rail_and_nothing_better_does(seeker: Seeker, jobs: list[Job]):
    bank = Bank.of(jobs, VOCABULARY)
    chosen, own = chosen_by_engine(seeker, bank)
    assert keeps_the_rails(chosen, own, bank)
    every = (
        [each for each, is_in in zip(own.tasks, picks, strict=True) if is_in]
        for picks in product((False, True), repeat=len(own.tasks))
    )
    best = max(worth(each, own, bank.going_rate) for each in every if keeps_the_rails(each, own, bank))
    assert worth(chosen, own, bank.going_rate) == best


@given(people(), banks())
@settings(max_examples=20)
def test_taking_the_longest_tasks_first_never_reaches_more_hours(seeker: Seeker, jobs: list[Job]):
    bank = Bank.of(jobs, VOCABULARY)
    chosen, own = chosen_by_engine(seeker, bank)
    greedy: list[BankTask] = []
    for each in sorted(own.tasks, key=lambda each: -each.hours):
        if keeps_the_rails([*greedy, each], own, bank):
            greedy.append(each)
    assert sum(each.hours for each in greedy) <= sum(
        each.hours for each in chosen
    ) + own.most - own.goal + 1e-6 or (
        min(own.goal, sum(each.hours for each in greedy)) <= worth(chosen, own, None)[0] + 1e-6
    )


@given(people(), banks())
@settings(max_examples=20)
def test_the_order_of_jobs_and_tasks_changes_nothing(seeker: Seeker, jobs: list[Job]):
    turned = [
        Job(id=job.id, title=job.title, tasks=job.tasks[::-1], hours=job.hours, going_rate=job.going_rate)
        for job in reversed(jobs)
    ]
    assert carve_for(seeker, Bank.of(turned, VOCABULARY)) == carve_for(seeker, Bank.of(jobs, VOCABULARY))
