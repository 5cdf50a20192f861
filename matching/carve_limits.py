"""The limits that may hold a better job back, and what of each is to be recorded, asked or changed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from matching import carve_situation as lifted
from matching.carve_bank import BankTask
from matching.carve_situation import Situation
from matching.finding import in_hours
from matching.week import hours_in


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit that may hold a better job back.

    Attributes:
        what: What it is called.
        lift: Gives the situation without it.
        without: The start of a sentence on what would have to be so.
        ask: What to record, ask or change.
        touched: The chosen tasks that it is about, given the situation where it holds.
        is_guard_rail: Whether it is law: named, and never loosened.
        is_about_hours: Whether it asks the person for more hours.
    """

    what: str
    lift: Callable[[Situation], Situation]
    without: str
    ask: str
    touched: Callable[[Situation, Sequence[BankTask]], list[BankTask]] = lifted.barred
    is_guard_rail: bool = False
    is_about_hours: bool = False

    def said(self, held: Situation, chosen: Sequence[BankTask]) -> tuple[str, str]:
        """Both halves of its sentence, with the tasks that it is about by name."""
        tasks, rails = self.touched(held, chosen), held.rails
        words = {
            "tasks": "1 task" if len(tasks) == 1 else f"{len(tasks)} tasks",
            "names": ", ".join(dict.fromkeys(task.name for task in tasks)),
            "most": in_hours(held.fit().most),
            "free": in_hours(hours_in(held.profile.cells or 0)),
            "contact": in_hours(rails.contact_hours),
            "hard": f"{rails.most_hard:.0%}",
            "keep": f"{rails.keep:.0%}",
            "posts": "1 post" if rails.most_posts == 1 else f"{rails.most_posts} posts",
        }
        return self.without.format_map(words), self.ask.format_map(words)


def _rail(what: str, lift: Callable[[Situation], Situation], without: str, ask: str) -> Limit:
    held_back = f"This guard rail is never loosened: {ask}"
    return Limit(what, lift, f"Without {without}", held_back, lifted.nothing, is_guard_rail=True)


LIMITS = (
    Limit(
        "The person's most hours",
        lifted.any_hours,
        "If the person could work more than {most} a week",
        "Ask whether they want to build up their hours, and record what they say.",
        lifted.nothing,
        is_about_hours=True,
    ),
    Limit(
        "Times outside the person's week",
        lifted.moved_times,
        "If the times of {tasks} could move into the person's week",
        "Ask the employer whether they can be done at other times: {names}.",
    ),
    Limit(
        "The person's free time",
        lifted.more_free_time,
        "If the person were free for more than {free} a week",
        "Ask when else they are free, and record it.",
        lifted.nothing,
        is_about_hours=True,
    ),
    Limit(
        "Two tasks at the same time",
        lifted.apart,
        "If tasks did not fall into the same hours",
        "Ask the employer which of these can be done at other times: {names}.",
        lifted.at_once,
    ),
    Limit(
        "Skill gaps without a measure",
        lifted.skilled,
        "If there were a measure for the skill gaps of {tasks}",
        "Agree how it is taught or what support helps, and record it: {names}.",
    ),
    Limit(
        "Demands out of reach",
        lifted.within_reach,
        "If the demands of {tasks} were within the person's reach",
        "Agree an adjustment or a support, and record it: {names}.",
    ),
    Limit(
        "What the person wishes to avoid",
        lifted.nothing_avoided,
        "If the person did not wish to avoid {tasks}",
        "Their wish counts; ask only whether they meant this: {names}.",
    ),
    Limit(
        "Tasks that need other tasks",
        lifted.needing_nothing,
        "If {tasks} could be done without the tasks that they need",
        "Ask the employer whether somebody else can do that part: {names}.",
        lifted.parted,
    ),
    _rail(
        "Guard rail: hours beside colleagues",
        lifted.without_rail(contact_hours=0.0),
        "the guard rail of {contact} a week beside colleagues",
        "look for tasks in company or in sight of colleagues.",
    ),
    _rail(
        "Guard rail: hard tasks",
        lifted.all_liked,
        "the guard rail of at most {hard} of the hours isolated, unpleasant or dangerous",
        "look for more tasks that are none of these.",
    ),
    _rail(
        "Guard rail: what every post keeps",
        lifted.without_rail(keep=0.0),
        "the guard rail that every post keeps {keep} of its hours",
        "look for tasks in other posts, or for work that nobody gets to.",
    ),
    _rail(
        "Guard rail: number of posts",
        lifted.any_posts,
        "the guard rail of tasks from at most {posts}",
        "look for more tasks in the same posts.",
    ),
)
"""In the order in which they are tried. Moved times come before free time, which leaves the others out."""
