"""Is it what the person wants? Their interests, musts and no-goes against the job's own words (section 4.4).

A phrase is mentioned when all its telling words stand in the job's title, description or tasks. Silence tells
nothing unless description and tasks are both recorded: adverts leave things out, a job analysis lists them.
Three parts, always the same, so that a field not recorded widens the band and never moves weight:
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from matching.finding import Finding, Shortfall
from matching.profiles import JobProfile, SeekerProfile

Range = tuple[float, float]


class Mentions(NamedTuple):
    """What a job's words say of a person's wishes, all that the comparison rests on.

    Attributes:
        has_interests: Whether any interest is recorded.
        interests: The interests that are mentioned.
        must: What the job must have, and whether it is mentioned.
        has_avoid: Whether anything to avoid is recorded.
        avoid: What is mentioned of it.
        is_told: Whether silence tells anything.
    """

    has_interests: bool
    interests: tuple[str, ...]
    must: tuple[tuple[str, bool], ...]
    has_avoid: bool
    avoid: tuple[str, ...]
    is_told: bool

    @classmethod
    def of(cls, seeker: SeekerProfile, job: JobProfile) -> "Mentions":
        """Look for the person's wishes in the job's words."""
        words = job.words
        return cls(
            bool(seeker.interests),
            tuple([wish.text for wish in seeker.interests if wish.words <= words]),
            tuple([(wish.text, wish.words <= words) for wish in seeker.must]),
            bool(seeker.avoid),
            tuple([wish.text for wish in seeker.avoid if wish.words <= words]),
            job.is_described,
        )

    @property
    def is_recorded(self) -> bool:
        """Whether the person has any wish."""
        return bool(self.has_interests or self.must or self.has_avoid)

    def must_texts(self, is_mentioned: bool) -> list[str]:
        """Return what the job must have and mentions, or does not."""
        return [text for text, found in self.must if found is is_mentioned]


@dataclass(frozen=True, slots=True, eq=False)
class PreferenceFit:
    """How far the job's words meet the person's wishes. The shares are our own proposal; they add up to 1.

    Attributes:
        interests: Share of interests: met in full by any one of them.
        must: Share of what the job must have: the mean over the phrases.
        avoid: Share of what to avoid: lost when any one of them is mentioned.
    """

    interests: float = 0.5
    must: float = 0.25
    avoid: float = 0.25

    def compare(self, seeker: SeekerProfile, job: JobProfile) -> Finding:
        """Compare the person's wishes with the job's words."""
        return _found(self, Mentions.of(seeker, job))

    def weigh(self, wishes: Mentions) -> Finding:
        """Return what follows from what is mentioned."""
        is_told, found = wishes.is_told, len(wishes.must_texts(is_mentioned=True))
        parts = (
            _any_of(wishes.has_interests, bool(wishes.interests), is_told),
            _all_of(len(wishes.must), found, is_told),
            _none_of(wishes.has_avoid, bool(wishes.avoid), is_told),
        )
        low, high = (self.whole(*ends) for ends in zip(*parts, strict=True))
        return Finding(low, high, _reasons(wishes), self._shortfalls(wishes, parts), 1 - high + low)

    def whole(self, interests: float, must: float, avoid: float) -> float:
        """Return the score of three parts, each 0 to 1."""
        return self.interests * interests + self.must * must + self.avoid * avoid

    def _shortfalls(self, wishes: Mentions, parts: tuple[Range, Range, Range]) -> tuple[Shortfall, ...]:
        interests, must, avoid = (1.0 - (low + high) / 2 for low, high in parts)
        found: list[Shortfall] = []
        if not wishes.is_recorded:
            return (Shortfall("Wishes are not recorded", "Ask what the person would like to do", 0.5),)
        if interests and wishes.has_interests:
            ask = "Ask the person what they think of this job"
            found.append(Shortfall("No interest is mentioned in the job", ask, self.interests * interests))
        missing = wishes.must_texts(is_mentioned=False)
        if missing:
            what = f"Must-have not mentioned: {', '.join(missing)}"
            found.append(Shortfall(what, "Ask the employer about it", self.must * must))
        if avoid == 1.0:
            ask = "Talk it over with the person, and ask the employer whether it could be avoided"
            found.append(Shortfall("Mentions what the person wishes to avoid", ask, self.avoid))
        return tuple(found)


@lru_cache(maxsize=10_000)
def _found(fit: PreferenceFit, wishes: Mentions) -> Finding:
    """Return the same finding for the same mentions: most jobs mention few wishes or none."""
    return fit.weigh(wishes)


def _any_of(is_recorded: bool, is_found: bool, is_told: bool) -> Range:
    if is_found:
        return 1.0, 1.0
    return (0.0, 0.0) if is_recorded and is_told else (0.0, 1.0)


def _all_of(count: int, found: int, is_told: bool) -> Range:
    if not count:
        return 0.0, 1.0
    return found / count, found / count if is_told else 1.0


def _none_of(is_recorded: bool, is_found: bool, is_told: bool) -> Range:
    if is_found:
        return 0.0, 0.0
    return (1.0, 1.0) if is_recorded and is_told else (0.0, 1.0)


def _reasons(wishes: Mentions) -> tuple[str, ...]:
    if not wishes.is_recorded:
        return ("What the person would like is not recorded.",)
    groups = (
        ("The job mentions an interest: {}.", wishes.interests),
        ("The job mentions a must-have: {}.", wishes.must_texts(is_mentioned=True)),
        ("The job mentions something to avoid: {}.", wishes.avoid),
    )
    said = [words.format(", ".join(found)) for words, found in groups if found]
    return tuple(said) or ("The job's words mention none of the person's wishes.",)
