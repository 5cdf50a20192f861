"""People counted group by group, with those who were shortlisted: only in cells that point at nobody.

Of each group two counts are known, the people shortlisted and the others; a cell is either. Fewer than five
people are shown in none (domain, section 7). Groups are put together until no cell is small, or left out
together with what would give them away.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from crm.services import small_cells
from crm.services.small_cells import LEAST

Name = TypeVar("Name", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Share:
    """How many people a group has, and how many of them were shortlisted."""

    people: int
    shortlisted: int

    @property
    def others(self) -> int:
        """Those who were not shortlisted."""
        return self.people - self.shortlisted

    @property
    def part(self) -> float | None:
        """The share of those who were shortlisted, from 0 to 1; None where the group is empty."""
        return self.shortlisted / self.people if self.people else None

    @property
    def may_be_shown(self) -> bool:
        """Is neither of its two cells from 1 to 4?"""
        return not any(0 < number < LEAST for number in (self.shortlisted, self.others))


NOBODY = Share(0, 0)


def together(shares: Iterable[Share]) -> Share:
    """Several groups as one."""
    found = list(shares)
    return Share(sum(one.people for one in found), sum(one.shortlisted for one in found))


def first_clean(
    shares: Mapping[Name, Share], ways: Sequence[Mapping[str, Sequence[Name]]]
) -> dict[str, Share] | None:
    """The groups put together in the first of these ways that leaves no small cell; None if none does."""
    for way in ways:
        found = {label: together(shares.get(name, NOBODY) for name in names) for label, names in way.items()}
        if all(share.may_be_shown for share in found.values()):
            return found
    return None


def left_standing(shares: Mapping[str, Share]) -> dict[str, Share | None]:
    """Every group, with None for those left out: small ones, and what would give them away.

    The two counts are looked at apart, each with its sum known; a group is shown where both of its may be.
    """
    shortlisted = small_cells.shown({name: share.shortlisted for name, share in shares.items()})
    others = small_cells.shown({name: share.others for name, share in shares.items()})
    return {
        name: share
        if (share.shortlisted == 0 or name in shortlisted) and (share.others == 0 or name in others)
        else None
        for name, share in shares.items()
    }
