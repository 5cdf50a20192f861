"""In which order people get interviews when more want one than there are: by the agreement's rule, openly.

Within every rule the longest wait comes first. Lots are drawn once and for all: each is a digest of the
vacancy and the person, so that nobody can draw again, and whoever doubts can work it out anew.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from crm.models.agreement_choices import Oversubscription


@dataclass(frozen=True, slots=True)
class Wanting:
    """Somebody who wants one of the interviews of a vacancy.

    `since` is the day of their referral to the service, from which they wait (None is not known to be long);
    `chances` how many interviews under agreements they have been put forward for so far.
    """

    seeker_id: int
    since: date | None
    chances: int


def lot(vacancy_id: int, seeker_id: int) -> str:
    """The lot of a person for a vacancy, from 0000 to FFFF; the lowest goes first."""
    return sha256(f"{vacancy_id}:{seeker_id}".encode()).hexdigest()[:4].upper()


def in_order(wanting: Sequence[Wanting], rule: Oversubscription, *, vacancy_id: int) -> list[Wanting]:
    """Everybody in the order of the rule; one that is not recorded, or left to the employer, is by wait."""

    def by_wait(one: Wanting) -> tuple[int, int]:
        return (one.since.toordinal() if one.since else date.max.toordinal(), one.seeker_id)

    keys: dict[Oversubscription, Callable[[Wanting], tuple[object, ...]]] = {
        Oversubscription.FEWEST_CHANCES: lambda one: (one.chances, *by_wait(one)),
        Oversubscription.DRAW: lambda one: (lot(vacancy_id, one.seeker_id), *by_wait(one)),
    }
    return sorted(wanting, key=keys.get(rule, by_wait))


def left(most: int | None, taken: int) -> int | None:
    """How many interviews are left of those that were agreed; None where no most was agreed."""
    return None if most is None else max(most - taken, 0)


def chosen_by_rule(ready: Sequence[int], rule: Oversubscription, free: int | None) -> set[int]:
    """Whom the rule gives an interview of those who can have one; all of them where the employer chooses."""
    is_cut = free is not None and rule is not Oversubscription.EMPLOYER_CHOOSES
    return set(ready[:free] if is_cut else ready)
