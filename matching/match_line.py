"""A match as one line of JSON, written piece by piece: five times faster than through a dictionary.

Gaps and components come again and again, for other people and for other jobs: their text is kept.
"""

from functools import lru_cache
from json.encoder import encode_basestring as quoted

from matching.match import Component, Gap, Match

_KEPT = 10_000
"""Texts kept, of gaps and of components each."""


def as_line(match: Match, rank: int) -> str:
    """Return `match.record(rank)` as JSON text with a line ending; the keys always in the same order."""
    return (
        f'{{"job_id":{quoted(match.job_id)},"seeker_id":{quoted(match.seeker_id)},"rank":{rank},'
        f'"band":[{match.low!r},{match.high!r}],"score":{_number(match.score)},"coverage":{match.coverage!r},'
        f'"group":"{match.group}","uses_strengths":{_number(match.uses_strengths)},'
        f'"components":[{",".join(map(_component, match.components))}],'
        f'"hours_missing":{_number(match.hours_missing)},"hours_status":"{match.hours_status}",'
        f'"gaps":[{",".join(map(_gap, match.gaps))}],"travel_minutes":{_number(match.travel_minutes)}}}\n'
    )


@lru_cache(maxsize=_KEPT)
def _component(component: Component) -> str:
    coverage, score = component.figures()
    return (
        f'{{"name":"{component.name}","score":{_number(score)},"weight":{component.weight!r},'
        f'"coverage":{coverage!r},"reasons":[{",".join(map(quoted, component.reasons))}]}}'
    )


@lru_cache(maxsize=_KEPT)
def _gap(gap: Gap) -> str:
    what, measure, points = gap
    return f'{{"what":{quoted(what)},"measure":{quoted(measure)},"points":{points!r}}}'


def _number(value: float | None) -> str:
    return "null" if value is None else repr(value)
