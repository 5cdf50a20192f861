"""An agreement in words: what it is made of, clause by clause, as it is shown, printed and frozen."""

from dataclasses import asdict, dataclass
from typing import Any

from crm.models.agreement_choices import ClauseKey


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause as it is printed: its paragraphs, its Easy Read twin, and which edition of the wording."""

    key: ClauseKey
    heading: str
    paragraphs: tuple[str, ...]
    easy: tuple[str, ...]
    edition: int


@dataclass(frozen=True, slots=True)
class Content:
    """A whole agreement in words. `facts` are the label and value of each row of the table at its head."""

    title: str
    service: str
    employer: str
    facts: tuple[tuple[str, str], ...]
    clauses: tuple[Clause, ...]

    def as_json(self) -> dict[str, Any]:
        """The content as it is kept with a version."""
        return asdict(self)


def content_from(kept: dict[str, Any]) -> Content:
    """The content of a version as it was kept."""
    clauses = tuple(
        Clause(
            ClauseKey(one["key"]),
            one["heading"],
            tuple(one["paragraphs"]),
            tuple(one["easy"]),
            one["edition"],
        )
        for one in kept["clauses"]
    )
    facts = tuple((label, value) for label, value in kept["facts"])
    return Content(kept["title"], kept["service"], kept["employer"], facts, clauses)
