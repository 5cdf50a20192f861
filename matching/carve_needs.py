"""Tasks that make sense only together with other tasks."""

from collections import defaultdict
from collections.abc import Collection, Hashable, Mapping
from typing import TypeVar

K = TypeVar("K", bound=Hashable)


def self_sufficient(needs: Mapping[K, Collection[K]]) -> set[K]:
    """The keys that are left when each that needs one that is not there goes, over and over.

    >>> sorted(self_sufficient({"bake": ["knead"], "knead": [], "sell": ["ice"], "sweep": ["sell"]}))
    ['bake', 'knead']
    """
    needed_by: defaultdict[K, list[K]] = defaultdict(list)
    for key, wanted in needs.items():
        for needed in wanted:
            needed_by[needed].append(key)
    gone = set[K]()
    going = [key for needed in needed_by if needed not in needs for key in needed_by[needed]]
    while going:
        key = going.pop()
        if key not in gone:
            gone.add(key)
            going += needed_by[key]
    return set(needs) - gone
