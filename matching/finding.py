"""What a comparison found: a range from 0 to 1, said in words, with what is short and what would close it."""

from dataclasses import dataclass
from typing import NamedTuple


class Shortfall(NamedTuple):
    """Something that is missing or not known, and the measure that would close it.

    Attributes:
        what: What is short, in plain words.
        measure: What to do about it.
        share: How much of the component's middle closing it would give back, 0 to 1.
    """

    what: str
    measure: str
    share: float


@dataclass(frozen=True, slots=True)
class Finding:
    """The result of one comparison.

    Attributes:
        low: The score with everything unknown answered in the worst way, 0 to 1.
        high: The same with the best answers.
        reasons: Sentences for a person to read.
        shortfalls: What is missing or not known.
        certain: The share that is known and rests on more than the person's own word, 0 to 1.
        is_counted: Whether the component belongs in the total; false when the person has no support needs.
    """

    low: float
    high: float
    reasons: tuple[str, ...]
    shortfalls: tuple[Shortfall, ...] = ()
    certain: float = 0.0
    is_counted: bool = True


def listed(names: list[str]) -> str:
    """Return names as running text: "a", "a and b", "a, b and c"."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def in_hours(hours: float) -> str:
    """Return an amount of time as text: "1 hour", "7.5 hours"."""
    return "1 hour" if hours == 1 else f"{round(hours, 2):g} hours"
