"""What is said when a proposal is given: to whom, by when what comes next, and what it tells of a person."""

from collections.abc import Collection

from pydantic import BaseModel, field_validator, model_validator

from crm.models.base import Day, OfFieldError
from crm.models.consents import SharedFact, TickedFacts
from crm.models.sharing import NEVER_ON_PAPER, GivenHow


class ProposalDays(BaseModel):
    """By when the employer answers, when both meet, and the first day; what is not known is to be agreed."""

    answer_by: Day = None
    meet_by: Day = None
    starts_by: Day = None

    @model_validator(mode="after")
    def _days_in_order(self) -> "ProposalDays":
        before = None
        for name in ProposalDays.model_fields:
            day = getattr(self, name)
            if before and day and day < before:
                raise OfFieldError(name, "This day lies before the step that comes first. Check the dates.")
            before = day or before
        return self


class ProposalInput(ProposalDays):
    """A proposal as it is given. Without facts it is about the work alone, and tells of nobody."""

    given_to_id: int | None = None
    facts: TickedFacts = []
    given_how: GivenHow = GivenHow.ON_PAPER

    @field_validator("facts")
    @classmethod
    def _never_health(cls, facts: Collection[SharedFact]) -> list[SharedFact]:
        if NEVER_ON_PAPER.intersection(facts):
            raise ValueError("A proposal never tells of a disability: the person says that, after an offer.")
        return [fact for fact in SharedFact if fact in facts]
