"""All interviews under agreements for which people wait, shared out in two ways.

The one is each agreement's rule, which decides; the other looks at all of them at once, so that those with
fewest chances get their best one first. Both are proposals: a named person decides.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from crm.models.agreement_choices import Oversubscription
from crm.models.consents import SharedFact
from crm.models.users import Actor
from crm.policy import Action
from crm.services import consent_reach, slot_counts
from crm.services.access import ensure
from crm.services.agreement_reach import DISCLOSING
from crm.services.interview_wishes import Asked, SharedVacancy, wishes
from crm.services.match_index import Progress
from crm.services.pair_points import points_of
from crm.services.seekers import days_waiting
from crm.services.slot_order import Wanting, chosen_by_rule, in_order
from matching.fair_interviews import Wish, propose

Pair = tuple[int, int]
"""A person and a vacancy, by their ids."""


@dataclass(frozen=True, slots=True)
class EitherWay:
    """One person: their interviews by the rules and by the proposal, each with how well it suits them.

    `lacks_yes` names the vacancies of employers to whom they have not said yes yet: neither way gives these.
    """

    seeker_id: int
    name: str
    chances: int
    days_waiting: int | None
    by_rule: dict[int, float]
    by_proposal: dict[int, float]
    lacks_yes: tuple[int, ...]

    @property
    def difference(self) -> float:
        """What the proposal gives beside the rules: above 0 they gain by it, below 0 they lose by it.

        Having one interview counts before all else, then how well the best one suits, then their number.
        """
        ours, theirs = (_worth(way) for way in (self.by_proposal, self.by_rule))
        return next((one - other for one, other in zip(ours, theirs, strict=True) if one != other), 0.0)


@dataclass(frozen=True, slots=True)
class Shared:
    """The interviews of a period: vacancies by their closing day, people with those who gain first.

    `optimal`: no better proposal exists for sure.
    """

    vacancies: list[SharedVacancy]
    people: list[EitherWay]
    optimal: bool


def of_period(
    session: Session, first: date, last: date, *, by: Actor, today: date, progress: Progress | None = None
) -> Shared:
    """Both ways for the open vacancies that close within a period, and those without a closing day.

    Where the employer chooses among all, the rule puts everybody forward and there is nothing to share out.

    Raises:
        NotAllowedError: the person may not see promises, matches or consents.
    """
    ensure(session, by, Action.PROMISES_READ)
    asked, vacancies = wishes(session, first, last, by=by)
    chances = slot_counts.chances(session, {one.seeker_id for one in asked})
    yes = _yes(session, asked, by=by, today=today)
    ready = [one for one in asked if (one.seeker_id, one.vacancy_id) in yes]
    pairs = [(one.seeker_id, one.vacancy_id) for one in ready]
    points = points_of(session, pairs, by=by, progress=progress)
    by_rule = _by_rule(ready, vacancies, chances)
    proposal = propose(_as_wishes(ready, points, chances), _places(vacancies))
    met = {(wish.seeker_id, wish.vacancy_id) for wish in proposal.met}
    people = _people(asked, by_rule, met, points, chances, today)
    return Shared(list(vacancies.values()), people, proposal.optimal)


def _yes(session: Session, asked: list[Asked], *, by: Actor, today: date) -> set[Pair]:
    """Who can be put forward for which vacancy: by the yes that each agreement asks for."""
    employers, people = {one.employer_id for one in asked}, {one.seeker_id for one in asked}
    yes = consent_reach.yes_to_employers(session, employers, people, on=today, by=by)
    named = consent_reach.who_lets(session, SharedFact.NAME, employers, on=today, by=by)
    return {
        (one.seeker_id, one.vacancy_id)
        for one in asked
        if (one.seeker_id, one.employer_id) in (yes if one.covers in DISCLOSING else yes | named)
    }


def _by_rule(ready: list[Asked], vacancies: dict[int, SharedVacancy], chances: dict[int, int]) -> set[Pair]:
    found: set[Pair] = set()
    for key, vacancy in vacancies.items():
        wanting = [
            Wanting(one.seeker_id, one.since, chances.get(one.seeker_id, 0))
            for one in ready
            if one.vacancy_id == key
        ]
        order = [one.seeker_id for one in in_order(wanting, vacancy.rule, vacancy_id=key)]
        found |= {(seeker_id, key) for seeker_id in chosen_by_rule(order, vacancy.rule, vacancy.left)}
    return found


def _as_wishes(ready: list[Asked], points: dict[Pair, float], chances: dict[int, int]) -> list[Wish]:
    waits = sorted({(one.since or date.max, one.seeker_id) for one in ready})
    places = {seeker_id: place for place, (_, seeker_id) in enumerate(waits, start=1)}
    return [
        Wish(
            one.seeker_id,
            one.vacancy_id,
            points[one.seeker_id, one.vacancy_id],
            chances.get(one.seeker_id, 0),
            places[one.seeker_id],
        )
        for one in ready
    ]


def _places(vacancies: dict[int, SharedVacancy]) -> dict[int, int | None]:
    chooses = Oversubscription.EMPLOYER_CHOOSES
    return {key: None if one.rule is chooses else one.left for key, one in vacancies.items()}


def _people(
    asked: list[Asked],
    by_rule: set[Pair],
    met: set[Pair],
    points: dict[Pair, float],
    chances: dict[int, int],
    today: date,
) -> list[EitherWay]:
    theirs: defaultdict[int, list[Asked]] = defaultdict(list)
    for one in asked:
        theirs[one.seeker_id].append(one)

    def given(key: int, way: set[Pair]) -> dict[int, float]:
        return {
            one.vacancy_id: points[key, one.vacancy_id] for one in theirs[key] if (key, one.vacancy_id) in way
        }

    people = [
        EitherWay(
            seeker_id=key,
            name=all_of[0].name,
            chances=chances.get(key, 0),
            days_waiting=days_waiting(all_of[0].since, today),
            by_rule=given(key, by_rule),
            by_proposal=given(key, met),
            lacks_yes=tuple(one.vacancy_id for one in all_of if (key, one.vacancy_id) not in points),
        )
        for key, all_of in theirs.items()
    ]
    return sorted(
        people, key=lambda one: (-one.difference, one.chances, -(one.days_waiting or 0), one.seeker_id)
    )


def _worth(way: dict[int, float]) -> tuple[float, float, float]:
    """What one way gives somebody: an interview at all, how well the best one suits, how many."""
    return 100.0 * bool(way), round(max(way.values(), default=0.0)), len(way)
