"""Adverts as uploaded, and what would become of each of them: nothing is stored here."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlmodel import Session, col, select

from crm.errors import UnreadableFileError
from crm.models.users import Actor
from crm.models.vacancies import Vacancy
from crm.policy import Action
from crm.readers.adverts import Advert, RefusedAdvert
from crm.readers.jobposting import read_adverts
from crm.services import import_traces, imports, uploads
from crm.services.access import ensure
from crm.services.employer_matching import KnownEmployer, KnownEmployers, bare_name

MOST_ADVERTS = 50_000
"""Most adverts that one import takes in."""

_AT_ONCE = 500

Progress = Callable[[int, int], None]
"""Hears how many of how many are done."""

Reader = Callable[[Sequence[tuple[str, bytes]]], Iterable[Advert | RefusedAdvert]]
"""Reads adverts from files."""


class Fate(StrEnum):
    """What would become of an advert."""

    NEW = "new"
    HERE = "already here"
    UNNAMED = "no employer named"


@dataclass(frozen=True, slots=True)
class Lot:
    """The adverts of one upload, read: those that can be used and those that cannot, with their reasons."""

    adverts: tuple[Advert, ...]
    refused: tuple[RefusedAdvert, ...]
    name: str
    digest: str


@dataclass(frozen=True, slots=True)
class NamedEmployer:
    """An employer as adverts name it, how many new adverts do, and which recorded one it is or may be."""

    name: str
    adverts: int
    same: KnownEmployer | None
    perhaps: tuple[KnownEmployer, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """What an import would do: each advert's fate, in order, and the new ones' employers by bare name."""

    fates: tuple[Fate, ...]
    employers: Mapping[str, NamedEmployer]

    def count(self, fate: Fate) -> int:
        """How many adverts have this fate."""
        return self.fates.count(fate)

    @property
    def uncertain(self) -> dict[str, NamedEmployer]:
        """The employers that a person has to look at, those with the most adverts first."""
        open_ones = {bare: one for bare, one in self.employers.items() if one.perhaps}
        return dict(sorted(open_ones.items(), key=lambda item: (-item[1].adverts, item[0])))


def read_lot(files: Sequence[tuple[str, bytes]], *, read: Reader = read_adverts) -> Lot:
    """Read the adverts of files (name, content); those of uploads with `read=apart.read_adverts`.

    Raises:
        UnreadableFileError: there is nothing in them, or more adverts than one import takes.
    """
    found: list[Advert | RefusedAdvert] = []
    for one in read(files):
        found.append(one)
        if len(found) > MOST_ADVERTS:
            raise UnreadableFileError(f"There are more than {MOST_ADVERTS:,} adverts. Please split them.")
    if not found:
        raise UnreadableFileError("There is no job advert in what you uploaded.")
    adverts = tuple(one for one in found if isinstance(one, Advert))
    refused = tuple(one for one in found if isinstance(one, RefusedAdvert))
    digest = imports.digest_of(*(content for _, content in files))
    return Lot(adverts, refused, uploads.name_of(files), digest)


def preview(session: Session, lot: Lot, *, by: Actor) -> Preview:
    """What an import of these adverts would do; nothing is stored.

    Raises:
        NotAllowedError: the person may not run imports.
    """
    ensure(session, by, Action.IMPORTS_RUN)
    here = _fingerprints_here(session, lot)
    fates: list[Fate] = []
    named: dict[str, str] = {}
    numbers: Counter[str] = Counter()
    for advert in lot.adverts:
        fate = _fate(advert, here)
        fates.append(fate)
        if fate is Fate.NEW:
            bare = bare_name(advert.organisation or "")
            named.setdefault(bare, advert.organisation or "")
            numbers[bare] += 1
    known = KnownEmployers(session)
    employers: dict[str, NamedEmployer] = {}
    for bare, name in named.items():
        meant = known.meant_by(name)
        employers[bare] = NamedEmployer(name, numbers[bare], meant.same, meant.perhaps)
    return Preview(tuple(fates), employers)


def _fate(advert: Advert, here: set[str]) -> Fate:
    """The fate of an advert; its fingerprint counts as here from now on, so that a second one is told."""
    if advert.fingerprint in here:
        return Fate.HERE
    if not bare_name(advert.organisation or ""):
        return Fate.UNNAMED
    here.add(advert.fingerprint)
    return Fate.NEW


def _fingerprints_here(session: Session, lot: Lot) -> set[str]:
    wanted = sorted({advert.fingerprint for advert in lot.adverts})
    here: set[str] = set()
    for start in range(0, len(wanted), _AT_ONCE):
        some = wanted[start : start + _AT_ONCE]
        query = select(Vacancy.advert_fingerprint).where(
            col(Vacancy.advert_fingerprint).in_(some), ~import_traces.is_of_undone(Vacancy)
        )
        here.update(found for found in session.exec(query) if found)
    return here
