"""What a paper says as plain values, to be kept and drawn again later, word for word."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from crm.papers.paper import Bar, Chart, Grid, Section


def as_values(sections: Sequence[Section]) -> list[dict[str, Any]]:
    """Sections as JSON holds them; which have pictures of Easy Read is not kept."""
    return [
        {
            "heading": section.heading,
            "is_numbered": section.is_numbered,
            "parts": [_kept(part) for part in section.parts],
        }
        for section in sections
    ]


def from_values(kept: Sequence[Mapping[str, Any]]) -> tuple[Section, ...]:
    """The same sections again."""
    return tuple(
        Section(one["heading"], tuple(map(_part, one["parts"])), is_numbered=one["is_numbered"])
        for one in kept
    )


def _kept(part: str | Grid | Chart) -> Any:
    if isinstance(part, str):
        return part
    if isinstance(part, Chart):
        return {"chart": asdict(part)}
    return {"grid": asdict(part) | {"numbers": sorted(part.numbers)}}


def _part(kept: Any) -> str | Grid | Chart:
    if isinstance(kept, str):
        return kept
    if "chart" in kept:
        chart = kept["chart"]
        bars = tuple(Bar(**bar) for bar in chart["bars"])
        return Chart(chart["caption"], bars, chart["plain"], chart["striped"])
    grid = kept["grid"]
    return Grid(
        tuple(grid["columns"]),
        tuple(tuple(row) for row in grid["rows"]),
        grid["caption"],
        frozenset(grid["numbers"]),
        grid["to_fill"],
    )
