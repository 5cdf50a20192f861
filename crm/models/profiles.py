"""What a vocational profile holds row by row, how far its steps have come, and the versions people agreed."""

from datetime import date
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from pydantic import BaseModel, model_validator
from sqlalchemy import event
from sqlmodel import Field

from crm.models.base import Day, Known, Line, Name, Record, Text, choice_column
from crm.models.seekers import VocationalProfileInput


class Step(StrEnum):
    """One short step of the vocational profile; none is compulsory."""

    OWN_WORDS = "own_words"
    ASPIRATIONS = "aspirations"
    STRENGTHS = "strengths"
    WORK_HISTORY = "work_history"
    SKILLS = "skills"
    EDUCATION = "education"
    JOBS = "jobs"
    HOURS = "hours"
    WEEK = "week"
    TRAVEL = "travel"
    ENVIRONMENT = "environment"
    WORKS = "works"
    CONDITIONS = "conditions"
    NEEDS = "needs"
    PASSPORT = "passport"
    COMMUNICATION = "communication"
    DISCLOSURE = "disclosure"
    PEOPLE = "people"
    FAMILY = "family"


FIELDS_OF: dict[Step, tuple[str, ...]] = {
    Step.OWN_WORDS: ("own_description", "words_not_to_use"),
    Step.ASPIRATIONS: ("aspirations", "dream"),
    Step.STRENGTHS: ("strengths", "interests"),
    Step.WORK_HISTORY: (),
    Step.SKILLS: (),
    Step.EDUCATION: (),
    Step.JOBS: ("preferred_jobs", "no_go_jobs"),
    Step.HOURS: ("hours_now_min", "hours_now_max", "hours_goal", "hours_intent", "build_up_plan"),
    Step.WEEK: ("availability",),
    Step.TRAVEL: ("travel_mode", "travel_minutes", "travel_training"),
    Step.ENVIRONMENT: ("must", "avoid"),
    Step.WORKS: ("abilities", "ability_supports"),
    Step.CONDITIONS: ("conditions_for_success",),
    Step.NEEDS: ("needs_asked", "who_helps"),
    Step.PASSPORT: ("adjustments", "adjustments_looked_at"),
    Step.COMMUNICATION: ("communication", "accessible_format"),
    Step.DISCLOSURE: ("disclosure_wishes",),
    Step.PEOPLE: (),
    Step.FAMILY: ("family_views", "family_views_of"),
}
"""The fields of the profile that each step is about; a step without any is kept in rows of its own."""


class StepState(StrEnum):
    """How far a step has come. That nothing was asked on purpose is an answer of its own."""

    NOT_STARTED = "not_started"
    STARTED = "started"
    DONE = "done"
    NOTHING_ASKED = "nothing_asked"


class ProfileStepInput(VocationalProfileInput):
    """What one step says of a person; fields that the step does not draw are left as they are."""

    state: StepState = StepState.DONE

    @model_validator(mode="after")
    def _a_step_that_is_saved_has_begun(self) -> "ProfileStepInput":
        if self.state is StepState.NOT_STARTED:
            raise ValueError("Say how far this step has come.")
        return self


class ProfileStep(Record, table=True):
    """How far one step of a person's profile has come; its version is the one that the step's form carries.

    It counts its saves, so that its version rises with each, also where nothing but the profile changes.
    """

    __table_args__ = (sa.UniqueConstraint("seeker_id", "step", name="uq_profile_step"),)

    seeker_id: int = Field(foreign_key="job_seeker.id", index=True)
    step: Step = Field(sa_type=choice_column(Step))
    state: StepState = Field(sa_type=choice_column(StepState))
    saves: int = 1


class WorkKind(StrEnum):
    """What kind of work it was."""

    PAID = "paid"
    VOLUNTARY = "voluntary"
    PLACEMENT = "placement"
    UNKNOWN = "unknown"


class PastJobInput(BaseModel):
    """Work that a person has done: what they did, liked and disliked, and why it ended."""

    title: Name
    workplace: Line = None
    kind: WorkKind = WorkKind.UNKNOWN
    years: Line = None
    duties: Text = None
    liked: Text = None
    disliked: Text = None
    why_left: Line = None


class PastJob(Record, table=True):
    """One row of a person's work history."""

    seeker_id: int = Field(foreign_key="job_seeker.id", index=True)
    title: str
    workplace: str | None = None
    kind: WorkKind = Field(default=WorkKind.UNKNOWN, sa_type=choice_column(WorkKind))
    years: str | None = None
    duties: str | None = None
    liked: str | None = None
    disliked: str | None = None
    why_left: str | None = None


class QualificationKind(StrEnum):
    """What a person has to show."""

    EDUCATION = "education"
    QUALIFICATION = "qualification"
    LICENCE = "licence"


class QualificationInput(BaseModel):
    """A school or course, a qualification, or a licence, and until when it holds."""

    kind: QualificationKind
    name: Name
    awarded_by: Line = None
    gained_on: Day = None
    expires_on: Day = None

    @model_validator(mode="after")
    def _days_in_order(self) -> "QualificationInput":
        if self.gained_on and self.expires_on and self.expires_on <= self.gained_on:
            raise ValueError("It runs out on the day it was gained, or before. Check both dates.")
        return self


class Qualification(Record, table=True):
    """One school, course, qualification or licence of a person."""

    __table_args__ = (sa.CheckConstraint("expires_on > gained_on", name="days_in_order"),)

    seeker_id: int = Field(foreign_key="job_seeker.id", index=True)
    kind: QualificationKind = Field(sa_type=choice_column(QualificationKind))
    name: str
    awarded_by: str | None = None
    gained_on: date | None = None
    expires_on: date | None = Field(default=None, index=True)


class ConnectionInput(BaseModel):
    """Somebody whom the person knows and who may help; named only once they have said yes themselves."""

    tie: Name
    name: Line = None
    agrees: Known = Known.UNKNOWN
    works_at: Line = None
    can_help_with: Line = None

    @model_validator(mode="after")
    def _named_only_with_their_yes(self) -> "ConnectionInput":
        if self.name and self.agrees is not Known.YES:
            raise ValueError(
                "Write a name only when they have agreed to it. Until then, say how they know them."
            )
        return self


class Connection(Record, table=True):
    """Somebody of a person's own circle."""

    __table_args__ = (sa.CheckConstraint("name IS NULL OR agrees = 'yes'", name="named_with_their_yes"),)

    seeker_id: int = Field(foreign_key="job_seeker.id", index=True)
    tie: str
    name: str | None = None
    agrees: Known = Field(default=Known.UNKNOWN, sa_type=choice_column(Known))
    works_at: str | None = None
    can_help_with: str | None = None


class AgreementWithMeInput(BaseModel):
    """When the person agreed to the profile as it stands, and how it was gone through with them."""

    agreed_on: Day = None
    how: Line = None


class ProfileVersion(Record, table=True):
    """A whole profile as the person agreed to it on a day; it is never changed afterwards."""

    seeker_id: int = Field(foreign_key="job_seeker.id", index=True)
    agreed_on: date
    how: str | None = None
    content: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)
    people: list[dict[str, Any]] = Field(default_factory=list, sa_type=sa.JSON)


def _ensure_as_agreed(_mapper: object, _connection: object, _row: ProfileVersion) -> None:
    raise RuntimeError("What a person agreed to is never changed: they agree to a new version.")


event.listen(ProfileVersion, "before_update", _ensure_as_agreed)
