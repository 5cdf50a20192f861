"""Whose goal a bank can reach: enough to rank by, and asked of the solver as seldom as possible."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from matching.carve_bank import Bank, BankTask
from matching.carve_fit import Fit
from matching.carve_model import GuardRails
from matching.carve_solve import Programme

_NEAR = 1e-6


@dataclass(frozen=True, slots=True)
class Question:
    """All that decides whether a goal can be reached: the tasks, as bits of the bank, and two limits."""

    tasks: int
    goal: float
    most: float


class Reach:
    """Answers for many people, each the same as if asked alone.

    Every guard rail is about the chosen tasks only. So a set that was found serves everybody who may choose
    all of it and whose hours it suits, and what is impossible stays so with fewer tasks, a higher goal or
    fewer hours.
    """

    def __init__(self, bank: Bank, rails: GuardRails, time_limit: float) -> None:
        self._bank, self._rails, self._time_limit = bank, rails, time_limit
        self._place = {(task.job_id, task.task_id): 1 << at for at, task in enumerate(bank.tasks)}
        self._found: list[tuple[int, float]] = []
        self._impossible: list[Question] = []
        self.asked = 0

    def question(self, own: Fit) -> Question:
        """What is asked for one person."""
        return Question(self._bits(own.tasks), own.goal, own.most)

    def can_reach(
        self, fits: Sequence[Fit], progress: Callable[[int, int], None] | None = None
    ) -> list[bool]:
        """Whether the goal of each can be reached; who has the fewest tasks is asked first.

        `progress` hears how many of them have been asked about.
        """
        answers: dict[Question, bool] = {}
        asked = [self.question(own) for own in fits]
        order = sorted(range(len(fits)), key=lambda at: (asked[at].tasks.bit_count(), -asked[at].goal))
        for done, at in enumerate(order, start=1):
            if asked[at] not in answers:
                answers[asked[at]] = self._answer(asked[at], fits[at])
            if progress is not None:
                progress(done, len(fits))
        return [answers[question] for question in asked]

    def _answer(self, question: Question, own: Fit) -> bool:
        if not 0 < question.goal <= min(question.most, self._at_most(own.tasks)) + _NEAR:
            return False
        if any(
            not tasks & ~question.tasks and question.goal - _NEAR <= hours <= question.most + _NEAR
            for tasks, hours in self._found
        ):
            return True
        if any(
            not question.tasks & ~other.tasks and question.goal >= other.goal and question.most <= other.most
            for other in self._impossible
        ):
            return False
        return self._solved(question, own)

    def _solved(self, question: Question, own: Fit) -> bool:
        self.asked += 1
        way = Programme(own, self._bank.post_hours, self._rails).way_to_goal(self._time_limit)
        if way.chosen:
            tasks = [own.tasks[at] for at in way.chosen]
            self._found.append((self._bits(tasks), sum(task.hours for task in tasks)))
        elif way.optimal:
            self._impossible.append(question)
        return bool(way.chosen)

    def _bits(self, tasks: Iterable[BankTask]) -> int:
        return sum(self._place[task.job_id, task.task_id] for task in tasks)

    def _at_most(self, tasks: Sequence[BankTask]) -> float:
        """More hours than these are never reached: what the posts that give most can give."""
        by_post: defaultdict[str, float] = defaultdict(float)
        for task in tasks:
            by_post[task.job_id if task.has_post else ""] += task.hours
        free = by_post.pop("", 0.0)
        given = [min(hours, self._left(post)) for post, hours in by_post.items()]
        return free + sum(sorted(given, reverse=True)[: self._rails.most_posts])

    def _left(self, post: str) -> float:
        return (1 - self._rails.keep) * self._bank.post_hours[post]
