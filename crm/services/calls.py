"""Who to call next: employers worth a call for a caseload, in order, each for whom and why.

Employers are compared by id first, all of them; names, warm links and what speaks against a call now are read
only for the page that is shown. Those who are not to be contacted are listed apart.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from math import fsum
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
    found = [key for _, key in comparing.proposals(wanted, by, progress)]
    calls = [key for key in found if not comparing.places[key].is_shut]
    shut = [key for key in found if comparing.places[key].is_shut]
    page = [
        Proposal(key, comparing.pairs(key), comparing.places[key].trades)
        for key in calls[offset : offset + limit]
    ]
    return CallList(
        call_details.told(session, page, caseload.names, by=by, today=today),
        len(calls),
        call_details.names(session, shut[:SHUT_SHOWN], by=by),
        len(shut),
        len(caseload.people),
        caseload.left,
        caseload.silent,
    )


class _Comparing:
    """Compares employers with one caseload; what is the same for many employers is worked out once."""

    def __init__(self, session: Session, caseload: Caseload) -> None:
        self.places: dict[int, _Place] = {}
        self._session = session
        self._people = caseload.people
        self._weights = {key: concept.weight for key, concept in skills.vocabulary(session).items()}
        self._own = call_ground.own_work(session, self._people)
        self._links = call_ground.links(session, [person.id for person in self._people])
        self._by_trade = {trade.division: self._fits(usual_works(trade)) for trade in trades()}
        self._usual: dict[tuple[Trade, ...], list[Fit | None]] = {}
        self._near: dict[tuple[str | None, ...], list[tuple[int, Journey]]] = {}
        self._strength: dict[tuple[tuple[Trade, ...], tuple[str | None, ...]], float] = {}

    def proposals(self, wanted: CallFilter, by: Actor, progress: Progress | None) -> list[tuple[float, int]]:
        """Every employer that suits somebody, by how much it is worth and id; those most worth it first."""
        if not self._people:
            return []
        self.places = _places(call_ground.employers(self._session, self._ground(wanted), by=by))
        found = (
            (worth(self._suits(key, place), self._warm_links(key, place)), key)
            for key, place in _told(self.places, progress)
        )
        return sorted((each for each in found if each[0] > 0), key=lambda each: (-each[0], each[1]))

    def pairs(self, key: int) -> Pairs:
        """Whom an employer suits: each with the work that suits most, and the way there."""
        place = self.places[key]
        fits = self._fits_of(key, place)
        near = self._near_to(place.sectors)
        return tuple((self._people[who].id, fit, way) for who, way in near if (fit := fits[who]) is not None)

    def _ground(self, wanted: CallFilter) -> Ground:
        sectors: set[str] | None = None
        if all(person.home for person in self._people):
            every = call_ground.sectors(self._session)
            sectors = {each for each in every if self._near_to((each,))}
        divisions = [division for division, fits in self._by_trade.items() if any(fits)]
        return Ground(wanted.area, wanted.is_known_only, sectors, divisions, self._own.keys())

    def _suits(self, key: int, place: _Place) -> float:
        """What speaks for all people together; the same for all of one trade and place without known work."""
        if key in self._own:
            return self._strength_of(self._fits_of(key, place), place)
        same = place.trades, place.sectors
        if same not in self._strength:
            self._strength[same] = self._strength_of(self._usual_in(place.trades), place)
        return self._strength[same]

    def _strength_of(self, fits: Sequence[Fit | None], place: _Place) -> float:
        suited = (fits[who] for who, _ in self._near_to(place.sectors))
        return fsum(fit.strength for fit in suited if fit is not None)

    def _fits_of(self, key: int, place: _Place) -> list[Fit | None]:
        usual = self._usual_in(place.trades)
        if key not in self._own:
            return usual
        return [best_of(each) for each in zip(usual, self._fits(self._own[key]), strict=True)]

    def _usual_in(self, trades: tuple[Trade, ...]) -> list[Fit | None]:
        if trades not in self._usual:
            known = [self._by_trade[trade.division] for trade in trades]
            self._usual[trades] = [best_of(fits[who] for fits in known) for who in range(len(self._people))]
        return self._usual[trades]

    def _fits(self, works: Sequence[Work]) -> list[Fit | None]:
        return [best_fit(person, works, self._weights) for person in self._people]

    def _near_to(self, sectors: tuple[str | None, ...]) -> list[tuple[int, Journey]]:
        """Who can reach one of these places, by their number, and the way there."""
        if sectors not in self._near:
            points = [locate(sector) if sector else None for sector in sectors]
            ways = [shortest(journey(person, point) for point in points) for person in self._people]
            self._near[sectors] = [(who, way) for who, way in enumerate(ways) if way.is_within]
        return self._near[sectors]

    def _warm_links(self, key: int, place: _Place) -> int:
        found = self._links
        return place.is_warm + (key in found.agreed) + (key in found.met) + (key in found.opened)


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
