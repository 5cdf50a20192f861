"""Which employers are worth a call next, for whom and why: by what people can do, wish and can reach.

Everything here only adds up: another skill that fits never lowers an employer. The shares are our own
proposal. No person's health, benefits or age is known here, and nobody is left out: whoever nothing is
recorded of is told apart by whoever asks.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import fsum
from typing import NamedTuple

from matching.postcodes import Point
from matching.trades import Phrase, Trade, phrases
from matching.travel import Mode, kilometres

UNSAID_MINUTES = 60
"""The longest journey where a person's mode of travel is recorded, and not how long they would travel."""

UNSAID_KM = 15.0
"""The longest way where not even the mode is recorded."""

WISHED = 0.25
"""What a wish that is mentioned adds."""

USUAL = 0.6
"""What usual work of a trade counts beside work that the employer is known to have had."""

WARM = 0.25
"""What each kind of warm link adds to an employer, as a share."""

_KM_PER_DEGREE = 110.0


@dataclass(frozen=True, slots=True)
class Looking:
    """Somebody who looks for work, as far as employers are looked for on their behalf.

    Attributes:
        id: Who it is.
        concepts: The skills that they have.
        wishes: What they would like, phrase by phrase.
        hopes: All folded words in which they told what they hope for.
        avoid: What they do not want.
        home: About where they live, None when not recorded.
        mode: How they travel, None when not recorded.
        most_minutes: How long they would travel, None when not recorded.
    """

    id: int
    concepts: frozenset[str] = frozenset()
    wishes: tuple[Phrase, ...] = ()
    hopes: frozenset[str] = frozenset()
    avoid: tuple[Phrase, ...] = ()
    home: Point | None = None
    mode: Mode | None = None
    most_minutes: int | None = None

    @property
    def is_told(self) -> bool:
        """Is there anything to go by?"""
        return bool(self.concepts or self.wishes or self.hopes)


@dataclass(frozen=True, slots=True)
class Work:
    """Work that an employer has had, or that is usual in its trade.

    Attributes:
        title: What it is called.
        concepts: The skills that it asks for.
        words: The folded words in which it is told.
        hopes: Phrases by which a person's hopes mean it.
        is_own: Whether the employer is known to have had it.
    """

    title: str
    concepts: frozenset[str]
    words: frozenset[str]
    hopes: tuple[Phrase, ...] = ()
    is_own: bool = False


class Fit(NamedTuple):
    """Why a person would suit some work: which of its skills they have, most telling first, and the wish."""

    strength: float
    work: Work
    held: tuple[str, ...]
    wish: str | None


class Journey(NamedTuple):
    """The way to work: minutes where they can be estimated, else km, else nothing known."""

    minutes: int | None
    km: float | None
    is_within: bool


_UNKNOWN = Journey(None, None, is_within=True)


def usual_works(trade: Trade) -> tuple[Work, ...]:
    """The work that is usual in a trade."""
    return tuple(
        Work(role.name, role.concepts, role.words, (*phrases([role.name]), *trade.hopes))
        for role in trade.roles
    )


def fit(person: Looking, work: Work, weights: Mapping[str, float]) -> Fit | None:
    """How a person suits some work; None where nothing speaks for it, or it is what they do not want."""
    if any(phrase.words <= work.words for phrase in person.avoid):
        return None
    held = person.concepts & work.concepts
    wish = _wish(person, work)
    if not held and wish is None:
        return None
    known = fsum(weights.get(concept, 1.0) for concept in held)
    share = (1.0 - 0.5**known) + (WISHED if wish is not None else 0.0)
    most_telling = sorted(held, key=lambda concept: (-weights.get(concept, 1.0), concept))
    return Fit(share if work.is_own else USUAL * share, work, tuple(most_telling), wish)


def best_fit(person: Looking, works: Iterable[Work], weights: Mapping[str, float]) -> Fit | None:
    """The work that suits a person most, whatever the order it comes in; None where none does."""
    return best_of(fit(person, work, weights) for work in works)


def best_of(fits: Iterable[Fit | None]) -> Fit | None:
    """The strongest; of equals what the employer has had, then by title."""
    found = [each for each in fits if each is not None]
    return min(found, key=lambda f: (-f.strength, not f.work.is_own, f.work.title)) if found else None


def journey(person: Looking, place: Point | None) -> Journey:
    """The way from a person's home to a place; where it is not known it counts as within reach."""
    if person.home is None or place is None:
        return _UNKNOWN
    most = _most_km(person)
    if abs(person.home[0] - place[0]) * _KM_PER_DEGREE > most:
        return Journey(None, None, is_within=False)
    km = kilometres(person.home, place)
    if person.mode is None:
        return Journey(None, round(km, 1), km <= most)
    minutes = round(person.mode.fixed_minutes + person.mode.minutes_per_km * km)
    return Journey(minutes, round(km, 1), minutes <= _most_minutes(person))


def shortest(journeys: Iterable[Journey]) -> Journey:
    """The one that is within reach and shortest; one that is not known comes last of those."""
    return min(journeys, key=lambda way: (not way.is_within, way.km is None, way.km or 0.0))


def worth(strength: float, warm_links: int) -> float:
    """How much a call is worth: what speaks for all people together, more for each kind of warm link."""
    return strength * (1.0 + WARM * warm_links)


def _most_minutes(person: Looking) -> int:
    return UNSAID_MINUTES if person.most_minutes is None else person.most_minutes


def _most_km(person: Looking) -> float:
    """Farther than so many km is too far, whatever the way."""
    if person.mode is None:
        return UNSAID_KM
    return max(0.0, (_most_minutes(person) + 0.5 - person.mode.fixed_minutes) / person.mode.minutes_per_km)


def _wish(person: Looking, work: Work) -> str | None:
    """The person's wish that the work mentions, else the words of what they hope for that mean it."""
    for wish in person.wishes:
        if wish.words <= work.words:
            return wish.text
    return next((phrase.text for phrase in work.hopes if phrase.words <= person.hopes), None)
