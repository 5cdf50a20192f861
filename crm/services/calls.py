"""Who to call next: employers worth a call for a caseload, in order, each for whom and why.

Employers are compared by id first, all of them; names, warm links and what speaks against a call now are read
only for the page that is shown. Those who are not to be contacted are listed apart.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from sqlmodel import Session

from crm.config import DATA
from crm.models.users import Actor
from crm.policy import Action
from crm.services import call_details, call_ground, call_people, skills
from crm.services.access import ensure
from crm.services.call_details import CallRow, Proposal
from crm.services.call_ground import Ground
from crm.services.call_people import Caseload
from crm.services.match_index import Progress
from crm.services.task_list import Whose
from matching.calls import Fit, Journey, Work, best_fit, best_of, journey, shortest, usual_works, worth
from matching.postcodes import locate
from matching.trades import Trade, Trades

SHUT_SHOWN = 10
"""So many of those who are not to be contacted are named."""

MOST_IN_FILE = 500
"""So many employers go into one call list: nobody calls more before things have changed."""

_TOLD_EVERY = 10_000


@dataclass(frozen=True, slots=True)
class CallFilter:
    """For whose sake, and which employers; `area` is the beginning of a postcode, `seeker_id` one person."""

    whose: str = Whose.EVERYBODY
    area: str = ""
    is_known_only: bool = False
    seeker_id: int | None = None


@dataclass(frozen=True, slots=True)
class CallList:
    """One page of employers worth a call, how many there are, and what else is to be said.

    `shut` are those who fit and are not to be contacted: the first few by name, and how many in all. `silent`
    are people of whom nothing is recorded to go by; `left` is how many people were not looked at.
    """

    rows: list[CallRow]
    total: int
    shut: list[tuple[int, str]]
    shut_total: int
    people: int
    left: int
    silent: list[tuple[int, str]] = field(default_factory=list[tuple[int, str]])


class _Place(NamedTuple):
    """An employer as it is compared: its trades, the sectors of its sites, and what else the row said."""

    trades: tuple[Trade, ...]
    sectors: tuple[str | None, ...]
    is_shut: bool
    is_warm: bool


Pairs = tuple[tuple[int, Fit, Journey], ...]


@cache
def trades() -> Trades:
    """The trades that come with the product."""
    return Trades.from_csv(DATA)


def listing(
    session: Session,
    wanted: CallFilter,
    *,
    offset: int,
    limit: int,
    by: Actor,
    today: date,
    progress: Progress | None = None,
) -> CallList:
    """Employers worth a call for the sake of these people, those most worth it first.

    Raises:
        NotAllowedError: the person may not see what is compared.
    """
    for action in (Action.CONTACTS_READ, Action.AGREEMENTS_READ, Action.VACANCIES_READ, Action.ANALYSES_READ):
        ensure(session, by, action)
    whose = Whose(wanted.whose) if wanted.whose in list(Whose) else Whose.EVERYBODY
    caseload = call_people.of(session, whose, wanted.seeker_id, by=by)
    comparing = _Comparing(session, caseload)
    found = comparing.proposals(wanted, by, progress)
    calls = [each for each in found if not each.is_shut]
    shut = [each for each in found if each.is_shut]
    page = calls[offset : offset + limit]
    return CallList(
        call_details.told(session, page, caseload.names, by=by, today=today),
        len(calls),
        call_details.names(session, [each.employer_id for each in shut[:SHUT_SHOWN]], by=by),
        len(shut),
        len(caseload.people),
        caseload.left,
        caseload.silent,
    )


class _Comparing:
    """Compares employers with one caseload; what is the same for many employers is worked out once."""

    def __init__(self, session: Session, caseload: Caseload) -> None:
        self._session = session
        self._people = caseload.people
        self._weights = {key: concept.weight for key, concept in skills.vocabulary(session).items()}
        self._own = call_ground.own_work(session, self._people)
        self._links = call_ground.links(session, [person.id for person in self._people])
        self._usual = {trade.division: self._fits(usual_works(trade)) for trade in trades()}
        self._ways: dict[str | None, tuple[Journey, ...]] = {}
        self._pairs: dict[tuple[tuple[Trade, ...], tuple[str | None, ...]], Pairs] = {}

    def proposals(self, wanted: CallFilter, by: Actor, progress: Progress | None) -> list[Proposal]:
        """Every employer that suits somebody, those most worth a call first."""
        if not self._people:
            return []
        rows = call_ground.employers(self._session, self._ground(wanted), by=by)
        every = _told(_places(rows), progress)
        found = [each for key, place in every if (each := self._proposal(key, place)) is not None]
        return sorted(found, key=lambda each: (-each.worth, each.employer_id))

    def _ground(self, wanted: CallFilter) -> Ground:
        near: set[str] | None = None
        if all(person.home for person in self._people):
            every = call_ground.sectors(self._session)
            near = {each for each in every if any(way.is_within for way in self._ways_to(each))}
        divisions = [division for division, fits in self._usual.items() if any(fits)]
        return Ground(wanted.area, wanted.is_known_only, near, divisions, self._own.keys())

    def _proposal(self, key: int, place: _Place) -> Proposal | None:
        pairs = self._suited(key, place)
        if not pairs:
            return None
        warm = place.is_warm + (key in self._links.agreed) + (key in self._links.met)
        much = worth([fit.strength for _, fit, _ in pairs], warm)
        return Proposal(much, key, pairs, place.trades, place.is_shut)

    def _suited(self, key: int, place: _Place) -> Pairs:
        """Whom an employer suits; the same for all of one trade and place that had no work we know of."""
        own = self._own.get(key)
        if own is not None:
            return self._pairs_of(place, own)
        same = place.trades, place.sectors
        if same not in self._pairs:
            self._pairs[same] = self._pairs_of(place, ())
        return self._pairs[same]

    def _pairs_of(self, place: _Place, own: Sequence[Work]) -> Pairs:
        ways = zip(*(self._ways_to(sector) for sector in place.sectors), strict=True)
        known = [self._fits(own), *(self._usual[trade.division] for trade in place.trades)]
        fits = [best_of(each) for each in zip(*known, strict=True)]
        return tuple(
            (person.id, fit, way)
            for person, fit, each in zip(self._people, fits, ways, strict=True)
            if fit is not None and (way := shortest(each)).is_within
        )

    def _fits(self, works: Sequence[Work]) -> list[Fit | None]:
        return [best_fit(person, works, self._weights) for person in self._people]

    def _ways_to(self, sector: str | None) -> tuple[Journey, ...]:
        if sector not in self._ways:
            point = locate(sector) if sector else None
            self._ways[sector] = tuple(journey(person, point) for person in self._people)
        return self._ways[sector]


def _places(rows: Sequence[Any]) -> dict[int, _Place]:
    """Employers by id, each with all of its sites that came with it."""
    sites: defaultdict[int, set[str | None]] = defaultdict(set)
    for key, _, _, sector, _, _ in rows:
        sites[key].add(sector)
    order = trades().of
    return {
        key: _Place(order(codes, name), tuple(sorted(sites[key], key=str)), is_shut, is_warm)
        for key, codes, name, _, is_shut, is_warm in rows
    }


def _told(places: dict[int, _Place], progress: Progress | None) -> Iterator[tuple[int, _Place]]:
    for number, item in enumerate(places.items()):
        if progress is not None and number and number % _TOLD_EVERY == 0:
            progress(number, len(places))
        yield item
