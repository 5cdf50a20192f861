"""One concept of a vocabulary: a skill, or a family of skills, with the words people use for it."""

from dataclasses import dataclass
from math import isfinite

from matching.errors import RecordError


@dataclass(frozen=True, slots=True)
class Concept:
    """One skill, or one family of skills.

    Attributes:
        concept_id: Its id; for ESCO, the URI.
        label: The preferred label.
        alternatives: Other words for the same thing.
        broader_id: The family it belongs to, which need not be a concept of the vocabulary itself.
        description: One line on what is meant.
        weight: How telling it is, above 0, about 1 on average: squared inverse frequency over occupations.
    """

    concept_id: str
    label: str
    alternatives: tuple[str, ...] = ()
    broader_id: str | None = None
    description: str = ""
    weight: float = 1.0

    def __post_init__(self) -> None:
        """Raise `RecordError` for a blank id or label, a weight that is not above 0, its own family."""
        for field, text in (("concept_id", self.concept_id), ("preferred_label", self.label)):
            if not text.strip():
                raise RecordError(field, "is empty: every concept needs one")
        if not isfinite(self.weight) or self.weight <= 0:
            raise RecordError("weight", f"is {self.weight}: it must be a number above 0")
        if self.broader_id == self.concept_id:
            raise RecordError("broader_id", f"makes {self.concept_id} broader than itself")

    @property
    def labels(self) -> tuple[str, ...]:
        """The preferred label, then the alternatives."""
        return (self.label, *self.alternatives)
