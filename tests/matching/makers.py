"""A small vocabulary, and records with readable defaults, for the tests of the matching engine."""

from typing import Any

from matching.compare import Comparison
from matching.concept import Concept
from matching.concepts import Concepts
from matching.finding import Finding, Shortfall
from matching.match import Match
from matching.profiles import JobProfile, SeekerProfile
from matching.records import Job, Seeker
from matching.vocabulary import Vocabulary
from matching.weights import Weights

FAMILIES = {
    "cleaning": ("mop floors", "clean windows", "dust shelves"),
    "serving": ("serve customers", "use a till"),
    "growing": ("plant seedlings",),
}
WEIGHTS = {
    "mop floors": 0.4,
    "clean windows": 1.3,
    "dust shelves": 2.0,
    "serve customers": 0.7,
    "use a till": 1.1,
}
SKILLS = tuple(label for family in FAMILIES.values() for label in family)
OWN_WORDS = "juggle with fire"
UNRELATED = "breed alpacas"

VOCABULARY = Vocabulary.from_concepts(
    [Concept(f"family/{family}", f"{family} work") for family in FAMILIES]
    + [
        Concept(f"skill/{label}", label, broader_id=f"family/{family}", weight=WEIGHTS.get(label, 1.0))
        for family, labels in FAMILIES.items()
        for label in labels
    ]
)
CONCEPTS = Concepts(VOCABULARY)
for _label in (*SKILLS, OWN_WORDS, UNRELATED):
    # Settled here, so that no test pays for building the index of phrases.
    CONCEPTS.settle(_label, f"skill/{_label}" if _label in SKILLS else f"own:{_label}")


def seeker(seeker_id: str = "s1", /, **fields: Any) -> Seeker:
    """A seeker of whom only the given fields are recorded."""
    return Seeker.from_record({"id": seeker_id} | fields)


def job(job_id: str = "j1", /, **fields: Any) -> Job:
    """A job of which only the given fields are recorded."""
    return Job.from_record({"id": job_id, "title": "Kitchen assistant"} | fields)


def skill(name: str, level: int | None = None, **fields: Any) -> dict[str, Any]:
    """A skill row of a seeker."""
    return {"name": name} | ({} if level is None else {"level": level}) | fields


def asks(text: str, level: int | None = None, **fields: Any) -> dict[str, Any]:
    """An essential criterion of a job."""
    return {"text": text, "essential": True} | ({} if level is None else {"level": level}) | fields


def days(*numbers: int, start: str = "09:00", end: str = "13:00") -> list[dict[str, Any]]:
    """The same slot on several days."""
    return [{"day": number, "start": start, "end": end} for number in numbers]


def profiles(person: Seeker, post: Job) -> tuple[SeekerProfile, JobProfile]:
    """Both made ready with the tests' vocabulary."""
    return SeekerProfile.of(person, CONCEPTS), JobProfile.of(post, CONCEPTS)


def matched(person: Seeker, post: Job, weights: Weights | None = None) -> Match:
    """The readable comparison."""
    return Comparison(weights or Weights()).compare(*profiles(person, post))


def middle(match: Match) -> float:
    """The score as it is ordered by: 50 where nothing is known."""
    return 50.0 if match.score is None else match.score


def told(finding: Finding) -> tuple[list[str], list[Shortfall]]:
    """What a finding says, and what it finds short."""
    return list(finding.reasons), list(finding.shortfalls)


WORKABLE_SEEKER: dict[str, Any] = {
    "skills": [skill("mop floors", 3), skill("use a till", 2)],
    "hours": {"now_min": 8, "now_max": 20, "goal": 16, "intent": "aims_for_16"},
    "availability": days(0, 1, 2, 3, 4),
    "support_needs": [{"kind": "named_buddy"}],
    "interests": ["cooking"],
}
WORKABLE_JOB: dict[str, Any] = {
    "criteria": [asks("mop floors", 2), asks("use a till", 1, essential=False)],
    "hours": {"min": 16, "max": 20, "guaranteed": 16, "negotiable": True},
    "pattern": days(0, 1, 2, 3),
    "supports": [{"kind": "named_buddy", "state": "exists", "confirmed": True}],
    "description": "Cooking and washing up",
}
