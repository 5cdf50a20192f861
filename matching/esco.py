"""ESCO's skills, read from the zip files as ESCO publishes them (CSV, English).

ESCO is the European Commission's classification; its reuse asks for this attribution: "This service uses the
ESCO classification of the European Commission."
"""

import csv
import zipfile
import zlib
from collections import Counter, defaultdict
from collections.abc import Generator, Iterable, Mapping, Set
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from io import TextIOWrapper
from operator import itemgetter
from pathlib import Path

from matching.concept import Concept
from matching.errors import RecordError, SourceError
from matching.telling import telling_weights
from matching.vocabulary import LARGEST_FAMILY
from matching.vocabulary_file import concepts_in, told_as_file

SKILLS = "skills_en.csv"
FAMILIES = "broaderRelationsSkillPillar.csv"
OCCUPATIONS = "occupationSkillRelations.csv"

MOST_ENTRIES = 1_000
MOST_BYTES = 400_000_000
"""Unpacked size of one zip; ESCO 1.1.1 unpacks to 16 MB (English) and 26 MB (relations)."""
MOST_RATIO = 100
"""Unpacked over packed size of one entry; ESCO's own files stay below 25."""

_RELATION = "relationType"
_OPTIONAL = "optional"

_Members = Mapping[str, tuple[zipfile.ZipFile, zipfile.ZipInfo]]


def read_esco(*paths: Path) -> list[Concept]:
    """The skills of ESCO with one family each and weights from ESCO's occupations, in order of id.

    The zips together hold `skills_en.csv`, `broaderRelationsSkillPillar.csv` and
    `occupationSkillRelations.csv`: the classification in English and the relations, or one zip with all.
    Of several broader concepts a skill gets the one with the fewest members, which says most.

    Raises:
        SourceError: a file is no zip, is too large to be ESCO, or lacks something; the message says which.
    """
    with ExitStack() as open_files:
        members: dict[str, tuple[zipfile.ZipFile, zipfile.ZipInfo]] = {}
        for path in paths:
            archive = open_files.enter_context(_opened(path))
            members |= {Path(entry.filename).name: (archive, entry) for entry in _checked(archive, path)}
        concepts = _skills(members)
        known = {concept.concept_id for concept in concepts}
        families = _nearest_families(_columns(members, FAMILIES, "conceptUri", "broaderUri"), known)
        used_by, occupations = _use(_columns(members, OCCUPATIONS, "occupationUri", "skillUri", _RELATION))
    within = {each: families.get(each) for each in known}
    weights = telling_weights(used_by, occupations, within, smoothing=0)
    return [
        replace(each, broader_id=families.get(each.concept_id), weight=weights[each.concept_id])
        for each in sorted(concepts, key=lambda each: each.concept_id)
    ]


def _opened(path: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(path)
    except zipfile.BadZipFile as error:
        raise SourceError(
            f"{path.name} is not a zip file. Choose the zip exactly as ESCO sent it."
        ) from error
    except OSError as error:
        raise SourceError(f"{path.name} cannot be opened: {error.strerror or error}.") from error


def _checked(archive: zipfile.ZipFile, path: Path) -> list[zipfile.ZipInfo]:
    """The entries, once they are few and small; reading never yields more than an entry's stated size."""
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > MOST_BYTES:
        raise SourceError(f"{path.name} is larger than any ESCO download: it was not unpacked.")
    for entry in entries:
        if entry.file_size > MOST_RATIO * max(entry.compress_size, 1):
            raise SourceError(f"{path.name}: {entry.filename} swells too much: it was not unpacked.")
        if entry.flag_bits & 1:
            raise SourceError(
                f"{path.name} is locked with a password. Choose the zip exactly as ESCO sent it."
            )
    return entries


def _skills(members: _Members) -> list[Concept]:
    with _lines(members, SKILLS) as lines:
        return list(concepts_in(lines))


def _columns(members: _Members, name: str, *wanted: str) -> list[tuple[str, ...]]:
    with _lines(members, name) as lines:
        rows = csv.reader(lines)
        columns = next(rows, list[str]())
        for column in wanted:
            if column not in columns:
                raise RecordError("line 1", f"has no column {column}: this is not ESCO's {name}")
        try:
            return list(map(itemgetter(*map(columns.index, wanted)), rows))
        except IndexError as error:
            raise RecordError(f"line {rows.line_num}", "is cut short: download the file again") from error


@contextmanager
def _lines(members: _Members, name: str) -> Generator[TextIOWrapper]:
    """The text of one file of the bundles; what goes wrong while reading it is told with its name."""
    if name not in members:
        raise SourceError(
            f"There is no {name} in the files chosen. Two of ESCO's CSV downloads are needed together: the "
            "classification in English, and the relations."
        )
    archive, entry = members[name]
    with told_as_file(Path(name)), archive.open(entry) as raw:
        try:
            yield TextIOWrapper(raw, encoding="utf-8-sig", newline="")
        except (zipfile.BadZipFile, EOFError, zlib.error) as error:
            raise SourceError(f"{name} is damaged inside its zip. Download it again.") from error


def _nearest_families(pairs: Iterable[tuple[str, ...]], known: Set[str]) -> dict[str, str]:
    """One broader concept for each skill: of those with 2 to `LARGEST_FAMILY` skills the smallest.

    A family of one relates nothing, and too large a one says too little; they serve for want of better.
    """
    broader: defaultdict[str, list[str]] = defaultdict(list)
    for skill, family in pairs:
        if skill in known and family != skill:
            broader[skill].append(family)
    size = Counter(family for families in broader.values() for family in set(families))

    def preference(family: str) -> tuple[bool, int, str]:
        return not 2 <= size[family] <= LARGEST_FAMILY, size[family], family

    return {skill: min(families, key=preference) for skill, families in broader.items()}


def _use(rows: Iterable[tuple[str, ...]]) -> tuple[Counter[str], int]:
    """How many occupations use each skill, and how many occupations there are.

    Only what an occupation cannot do without counts as used by it, which orders jobs better; a skill that is
    nowhere essential is as telling as its optional uses are few.
    """
    uses = {(occupation, skill, relation == _OPTIONAL) for occupation, skill, relation in rows}
    essential, optional = (
        Counter(skill for _, skill, is_optional in uses if is_optional is wanted) for wanted in (False, True)
    )
    return Counter({**optional, **essential}), len({occupation for occupation, _, _ in uses})
