"""A paper to hand over, whatever it is about: what it says part by part, before it is drawn in any form.

It knows no record and no database: who makes one asks first whether its reader may see what goes into it.
"""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from crm.papers.pictures import Picture

LANGUAGE = "en-GB"


class Reading(StrEnum):
    """How a paper is set.

    In 12 points, closely in 10 to fit on one page, in 18, or in 16 with one sentence a line and pictures.
    """

    STANDARD = "standard"
    ONE_PAGE = "one_page"
    LARGE_PRINT = "large_print"
    EASY_READ = "easy_read"


@dataclass(frozen=True, slots=True)
class Grid:
    """A table. The first cell of each row names the row.

    Columns whose numbers are in `numbers`, counted from 0, are aligned to the right. The empty cells of one
    `to_fill` are as high as handwriting needs. Without a caption it goes by the heading of its section.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str = ""
    numbers: frozenset[int] = frozenset()
    to_fill: bool = False


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a chart: what it stands for, how long it is, and the same in words: 5 hours."""

    label: str
    amount: float
    said: str
    is_striped: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars as a picture, drawn the same each time; a table with the same figures stands beside it.

    Stripes tell two kinds of bar apart, never colour: `plain` and `striped` say what each kind means.
    """

    caption: str
    bars: tuple[Bar, ...]
    plain: str = ""
    striped: str = ""

    @property
    def alt(self) -> str:
        """The picture in words, for those who do not see it."""
        return f"Bar chart. {self.caption}: {'; '.join(map(self._told, self.bars))}."

    def _told(self, bar: Bar) -> str:
        kind = self.striped if bar.is_striped else self.plain
        return f"{bar.label}, {bar.said}{f' ({kind})' if kind else ''}"


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands below it, paragraphs, tables and charts in order.

    A numbered one is a clause: “3. Feedback”, its paragraphs 3.1, 3.2 and so on. The picture is shown where
    the paper is Easy Read.
    """

    heading: str
    parts: tuple[str | Grid | Chart, ...]
    is_numbered: bool = False
    picture: Picture | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole paper.

    `mark` says on every page what it is: “Draft, not signed”, or a version and its day. `made_on` is the day
    that stands in the properties of the file: the same paper gives the same file, byte for byte. `facts` are
    the rows of the table at its head, under `facts_heading`.
    """

    title: str
    service: str
    mark: str
    made_on: date
    facts: tuple[tuple[str, str], ...] = ()
    sections: tuple[Section, ...] = field(default=())
    reading: Reading = Reading.STANDARD
    opening: tuple[str, ...] = ()
    facts_heading: str = "At a glance"
    facts_columns: tuple[str, str] = ("About", "In this paper")

    @property
    def all_sections(self) -> tuple[Section, ...]:
        """Its sections, the table of facts first."""
        if not self.facts:
            return self.sections
        return (Section(self.facts_heading, (Grid(self.facts_columns, self.facts),)), *self.sections)
