"""What a proposal says, as it stands or as it was given: kept as plain values, and set as a paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from crm.papers.kept import as_values, from_values
from crm.papers.paper import Paper, Reading, Section
from crm.services.plain_words import day

DRAFT = "Draft"
FROM_PERSON = "About a person for this job"
IN_THEIR_WORDS = "They chose what you read here, and that you are told. It is in their words."


@dataclass(frozen=True, slots=True)
class Content:
    """A whole proposal in words, and nothing of any person."""

    title: str
    service: str
    employer: str
    facts: tuple[tuple[str, str], ...]
    opening: tuple[str, ...]
    sections: tuple[Section, ...]

    def as_json(self) -> dict[str, Any]:
        """The content as it is kept with a proposal."""
        return {
            "title": self.title,
            "service": self.service,
            "employer": self.employer,
            "facts": [list(row) for row in self.facts],
            "opening": list(self.opening),
            "sections": as_values(self.sections),
        }


def content_from(kept: dict[str, Any]) -> Content:
    """The content of a proposal as it was kept."""
    facts = tuple((label, value) for label, value in kept["facts"])
    return Content(
        kept["title"],
        kept["service"],
        kept["employer"],
        facts,
        tuple(kept["opening"]),
        from_values(kept["sections"]),
    )


@dataclass(frozen=True, slots=True)
class Mark:
    """Which proposal of a job it is: the draft as of a day, or one that was given, by its number."""

    on: date
    number: int | None = None

    @property
    def words(self) -> str:
        """What stands on every page."""
        which = DRAFT if self.number is None else f"Proposal {self.number}"
        return f"{which}, {day(self.on)}"


def as_paper(
    content: Content, mark: Mark, reading: Reading = Reading.STANDARD, people: Sequence[Section] = ()
) -> Paper:
    """The whole paper; what is told of a person stands before what happens next."""
    *first, last = content.sections
    return Paper(
        title=content.title,
        service=content.service,
        mark=mark.words,
        made_on=mark.on,
        facts=content.facts,
        sections=(*first, *people, last),
        reading=reading,
        opening=content.opening,
        facts_columns=("About", "What we propose"),
    )


def person_sections(told: Sequence[tuple[str, Sequence[str]]]) -> tuple[Section, ...]:
    """A page about a person as parts of a paper, word for word."""
    parts = (Section(heading, tuple(lines)) for heading, lines in told)
    return (Section(FROM_PERSON, (IN_THEIR_WORDS,)), *parts)
