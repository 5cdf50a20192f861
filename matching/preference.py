"""Is it what the person wants? Their interests, musts and no-goes against the job's own words (section 4.4).

A phrase is mentioned when all its telling words stand in the job's title, description or tasks. Silence tells
nothing unless description and tasks are both recorded: adverts leave things out, a job analysis lists them.
Three parts, always the same, so that a field not recorded widens the band and never moves weight:
"""

from dataclasses import dataclass

from matching.finding import Finding, Shortfall
from matching.profiles import JobProfile, SeekerProfile
from matching.wording import Phrase

Range = tuple[float, float]


@dataclass(frozen=True, slots=True)
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
        words = job.words
        interests = [phrase for phrase in seeker.interests if phrase.is_in(words)]
        must = [phrase for phrase in seeker.must if phrase.is_in(words)]
        avoid = [phrase for phrase in seeker.avoid if phrase.is_in(words)]
        is_told = job.is_described
        parts = (
            _any_of(bool(seeker.interests), bool(interests), is_told),
            _all_of(len(seeker.must), len(must), is_told),
            _none_of(bool(seeker.avoid), bool(avoid), is_told),
        )
        low, high = (self.whole(*ends) for ends in zip(*parts, strict=True))
        return Finding(
            low,
            high,
            _reasons(seeker, interests, must, avoid),
            self._shortfalls(seeker, parts, must),
            1 - high + low,
        )

    def whole(self, interests: float, must: float, avoid: float) -> float:
        """Return the score of three parts, each 0 to 1."""
        return self.interests * interests + self.must * must + self.avoid * avoid

    def _shortfalls(
        self, seeker: SeekerProfile, parts: tuple[Range, Range, Range], met: list[Phrase]
    ) -> tuple[Shortfall, ...]:
        interests, must, avoid = (1.0 - (low + high) / 2 for low, high in parts)
        found: list[Shortfall] = []
        if not (seeker.interests or seeker.must or seeker.avoid):
            return (Shortfall("Wishes are not recorded", "Ask what the person would like to do", 0.5),)
        if interests and seeker.interests:
            ask = "Ask the person what they think of this job"
            found.append(Shortfall("No interest is mentioned in the job", ask, self.interests * interests))
        missing = [phrase.text for phrase in seeker.must if phrase not in met]
        if missing:
            what = f"Must-have not mentioned: {', '.join(missing)}"
            found.append(Shortfall(what, "Ask the employer about it", self.must * must))
        if avoid == 1.0:
            ask = "Talk it over with the person, and ask the employer whether it could be avoided"
            found.append(Shortfall("Mentions what the person wishes to avoid", ask, self.avoid))
        return tuple(found)


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


def _reasons(
    seeker: SeekerProfile, interests: list[Phrase], must: list[Phrase], avoid: list[Phrase]
) -> tuple[str, ...]:
    if not (seeker.interests or seeker.must or seeker.avoid):
        return ("What the person would like is not recorded.",)
    groups = (
        ("The job mentions an interest: {}.", interests),
        ("The job mentions a must-have: {}.", must),
        ("The job mentions something to avoid: {}.", avoid),
    )
    said = [words.format(", ".join(phrase.text for phrase in found)) for words, found in groups if found]
    return tuple(said) or ("The job's words mention none of the person's wishes.",)
