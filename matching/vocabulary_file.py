"""Vocabularies as CSV files: our own columns, or the columns of ESCO's `skills_en.csv`."""

import csv
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from matching.concept import Concept
from matching.errors import RecordError, SourceError
from matching.esco_weights import esco_weight

COLUMNS = ("concept_id", "preferred_label", "alternative_labels", "broader_id", "description", "weight")
_NEEDED = ("concept_id", "preferred_label")
_NEEDED_IN_ESCO = ("conceptUri", "preferredLabel", "altLabels")
_LONGEST_FIELD = 1_000_000


@contextmanager
def told_as_file(path: Path) -> Generator[None]:
    """Turn what goes wrong while reading `path` into a `SourceError` that names the file."""
    try:
        yield
    except OSError as error:
        raise SourceError(f"{path.name} cannot be opened: {error.strerror or error}.") from error
    except UnicodeError as error:
        raise SourceError(f"{path.name} is not UTF-8 text. Save it again as CSV UTF-8.") from error
    except (csv.Error, RecordError) as error:
        raise SourceError(f"{path.name}: {str(error).rstrip('.')}.") from error


def read_concepts(path: Path) -> list[Concept]:
    """The concepts of a file in our columns or in ESCO's, in the order of its rows.

    Raises:
        RecordError: a row cannot be used; the field named starts with its line.
        OSError, UnicodeError, csv.Error: the file is no readable CSV; `told_as_file` puts these in words.
    """
    csv.field_size_limit(_LONGEST_FIELD)
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return list(concepts_in(lines, esco_weight))


def concepts_in(lines: Iterable[str], weight_of: Callable[[str], float] | None = None) -> Iterator[Concept]:
    """The concepts of CSV text, ours or ESCO's by its header; raises `RecordError` naming the line.

    ESCO's columns hold no weight: `weight_of` gives it by the concept's id, else it is 1.
    """
    rows = csv.DictReader(lines)
    columns = tuple(rows.fieldnames or ())
    read = _reader_for(columns, weight_of or _unweighed)
    for row in rows:
        try:
            yield read({key: row.get(key) or "" for key in columns})
        except RecordError as error:
            raise RecordError(f"line {rows.line_num}, {error.field}", error.reason) from error


def write_concepts(concepts: Iterable[Concept], path: Path) -> None:
    """Write concepts in our columns, in order of id, weights to 4 decimals."""
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(COLUMNS)
        for concept in sorted(concepts, key=lambda each: each.concept_id):
            alternatives = "|".join(concept.alternatives)
            broader, weight = concept.broader_id or "", f"{concept.weight:.4f}"
            writer.writerow(
                (concept.concept_id, concept.label, alternatives, broader, concept.description, weight)
            )


def esco_labels(text: str) -> tuple[str, ...]:
    """The labels of an ESCO cell: one a line, trimmed, each once."""
    return tuple(dict.fromkeys(label for line in text.splitlines() if (label := line.strip())))


def _unweighed(_concept_id: str) -> float:
    return 1.0


def _reader_for(
    columns: tuple[str, ...], weight_of: Callable[[str], float]
) -> Callable[[Mapping[str, str]], Concept]:
    if all(name in columns for name in _NEEDED):
        return _own_concept
    if all(name in columns for name in _NEEDED_IN_ESCO):
        return lambda row: _esco_concept(row, weight_of)
    missing = next(name for name in _NEEDED if name not in columns)
    raise RecordError(
        "line 1", f"has no column {missing}: expected {', '.join(COLUMNS)}, or ESCO's skills_en.csv"
    )


def _own_concept(row: Mapping[str, str]) -> Concept:
    alternatives = (label.strip() for label in row.get("alternative_labels", "").split("|"))
    return Concept(
        concept_id=row["concept_id"].strip(),
        label=row["preferred_label"].strip(),
        alternatives=tuple(dict.fromkeys(label for label in alternatives if label)),
        broader_id=row.get("broader_id", "").strip() or None,
        description=row.get("description", "").strip(),
        weight=_weight(row.get("weight", "").strip()),
    )


def _esco_concept(row: Mapping[str, str], weight_of: Callable[[str], float]) -> Concept:
    label = row["preferredLabel"].strip()
    return Concept(
        concept_id=row["conceptUri"].strip(),
        label=label,
        alternatives=tuple(other for other in esco_labels(row["altLabels"]) if other != label),
        description=" ".join(row.get("description", "").split()),
        weight=weight_of(row["conceptUri"].strip()),
    )


def _weight(text: str) -> float:
    if not text:
        return 1.0
    try:
        return float(text)
    except ValueError as error:
        raise RecordError("weight", f'is "{text}": it must be a number above 0, or empty for 1') from error
