"""What differs between two wordings of a clause, and what no wording may leave out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from crm.errors import FieldChange, RuleBrokenError, StaleFormError
from crm.models.agreement_choices import ClauseKey
from crm.models.agreement_papers import ClauseWordingInput
from crm.services.clause_filling import ensure_fillable, names_in

PARTS = ("heading", "words", "easy_words")
"""What a wording is made of."""

_LAW: dict[ClauseKey, dict[str, tuple[str, ...]]] = {
    ClauseKey.WHOM: {"words": ("{whom}", "{lawful}")},
    ClauseKey.OPT_IN: {"words": ("{disclosure}",), "easy_words": ("{disclosure}",)},
    ClauseKey.ALTERNATIVES: {"words": ("National Minimum Wage",), "easy_words": ("minimum wage",)},
    ClauseKey.TRAINING: {"words": ("National Minimum Wage",), "easy_words": ("minimum wage",)},
    ClauseKey.TRIAL: {"words": ("National Minimum Wage",), "easy_words": ("minimum wage",)},
    ClauseKey.ADJUSTMENTS: {"words": ("reasonable adjustments",)},
    ClauseKey.NO_HEALTH_QUESTIONS: {"words": ("health", "offer"), "easy_words": ("health", "offer")},
    ClauseKey.DATA_SHARING: {"words": ("UK GDPR",)},
}
"""What each wording of a clause has to say in these words, as the law asks it."""


class Worded(Protocol):
    """A wording: stored, shipped or typed."""

    @property
    def heading(self) -> str:
        """What stands above it."""
        ...

    @property
    def words(self) -> str:
        """The clause itself."""
        ...

    @property
    def easy_words(self) -> str:
        """Its Easy Read twin."""
        ...


class Edition(Worded, Protocol):
    """A wording with its number."""

    @property
    def edition(self) -> int:
        """Its number."""
        ...


@dataclass(frozen=True, slots=True)
class Difference:
    """The lines of one part that only one of two wordings has."""

    part: str
    was: str
    now: str


def differences(earlier: Worded, later: Worded) -> list[Difference]:
    """What differs between two wordings, part by part, told by the lines that differ."""
    pairs = [(part, _lines(earlier, part), _lines(later, part)) for part in PARTS]
    return [Difference(part, _only(was, now), _only(now, was)) for part, was, now in pairs if was != now]


def _lines(wording: Worded, part: str) -> list[str]:
    text: str = getattr(wording, part)
    return [line.strip() for line in text.splitlines() if line.strip()]


def _only(lines: Sequence[str], others: Sequence[str]) -> str:
    """All of them where only their order differs."""
    is_moved = sorted(lines) == sorted(others)
    return "\n".join(line for line in lines if is_moved or line not in others)


def left_unsaid(before: Worded, now: Worded) -> list[str]:
    """The placeholders that a wording no longer has: agreements would not say what was agreed there."""
    kept = {*names_in(now.words), *names_in(now.easy_words)}
    return [name for name in names_in(before.words) if name not in kept]


def ensure_sound(clause: ClauseKey, typed: ClauseWordingInput) -> None:
    """Let a wording go on if it can be filled in and says what the law asks.

    Raises:
        RuleBrokenError: a placeholder is unknown, a brace stands alone, or what the law asks is missing.
    """
    if names_in(typed.heading) or "{" in typed.heading or "}" in typed.heading:
        raise RuleBrokenError("Nothing is filled into a heading: write it without braces.", field="heading")
    for part in ("words", "easy_words"):
        text: str = getattr(typed, part)
        ensure_fillable(text, field=part)
        for asked in _LAW.get(clause, {}).get(part, ()):
            if asked.casefold() not in text.casefold():
                raise RuleBrokenError(f"The law asks that this clause says “{asked}”. Put it in.", field=part)


def ensure_not_stale(latest: Edition, typed: ClauseWordingInput, *, seen: int) -> None:
    """Let a wording go on if the edition that it was made from is still in force.

    Raises:
        StaleFormError: somebody made another one meanwhile.
    """
    if latest.edition == seen:
        return
    changes = [
        FieldChange(part, getattr(latest, part))
        for part in PARTS
        if getattr(latest, part) != getattr(typed, part)
    ]
    raise StaleFormError(
        f"Edition {latest.edition} was made after you opened the form. Nothing you typed is lost: compare it "
        "with what is in force now, then save again.",
        changes=changes,
        version=latest.edition,
    )
