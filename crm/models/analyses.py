"""Job analyses: what a job is made of, task by task, and which supports the workplace has."""

from datetime import date
from enum import StrEnum
from typing import Annotated

import sqlalchemy as sa
from pydantic import AfterValidator, BaseModel, model_validator
from pydantic import Field as PydanticField
from sqlmodel import Field

from crm.models.base import (
    Day,
    HourlyPay,
    Known,
    Line,
    Meanings,
    Name,
    Record,
    Text,
    WeekHours,
    choice_column,
    ensure_range,
    utc_now,
)
from crm.models.scales import Scales
from crm.models.week import Slot, Week


class AnalysisMethod(StrEnum):
    """How the analyst learnt what is recorded."""

    OBSERVED = "observed"
    DID_IT = "did_it"
    INTERVIEWED = "interviewed"
    DOCUMENTS = "documents"


class TaskClass(StrEnum):
    """How a task comes up in the job."""

    CORE = "core"
    EPISODIC = "episodic"
    JOB_RELATED = "job_related"


class TaskNeed(StrEnum):
    """Whether the task has to stay in this job."""

    ESSENTIAL = "essential"
    PREFERRED = "preferred"
    COULD_MOVE = "could_move"


class Backlog(StrEnum):
    """Whether the task gets done today."""

    DONE = "done"
    LATE = "late"
    UNDONE = "undone"
    UNKNOWN = "unknown"


class Nature(StrEnum):
    """What doing the task is like; a carved job is never only isolated or unpleasant."""

    SOCIAL = "social"
    VISIBLE = "visible"
    ISOLATED = "isolated"
    UNPLEASANT = "unpleasant"
    NEUTRAL = "neutral"


class SupportKind(StrEnum):
    """Kinds of natural support, the same words for the workplace and for the person."""

    INDUCTION = "induction"
    NAMED_BUDDY = "named_buddy"
    COWORKER_ON_SHIFT = "coworker_on_shift"
    SUPERVISOR_CHECKIN = "supervisor_checkin"
    WRITTEN_OR_VISUAL_CUE = "written_or_visual_cue"
    ROUTINE = "routine"
    TECHNOLOGY = "technology"
    SOCIAL_BREAKS = "social_breaks"
    TRANSPORT_SHARE = "transport_share"
    FAMILY_OR_COMMUNITY = "family_or_community"


class SupportState(StrEnum):
    """What the workplace has of a support."""

    EXISTS = "exists"
    COULD_BE_FACILITATED = "could_be_facilitated"
    NOT_AVAILABLE = "not_available"
    UNKNOWN = "unknown"


class JobAnalysisInput(BaseModel):
    """What is recorded about a job as it was seen."""

    title: Name
    site_id: int | None = None
    vacancy_id: int | None = None
    analysed_on: date = PydanticField(default_factory=lambda: utc_now().date())
    method: AnalysisMethod = AnalysisMethod.OBSERVED
    hours_week: WeekHours = None
    pay_hourly: HourlyPay = None
    going_rate: HourlyPay = None
    demands: Scales = {}
    pattern: Week = []
    conditions: Text = None
    supervision: Text = None
    coworker_contact: Text = None
    breaks: Text = None
    unwritten_rules: Text = None
    flexibility: Text = None
    culture: Text = None
    is_unmet_needs: bool = False


class JobAnalysis(Record, table=True):
    """A job seen at a site: its tasks, demands and supports.

    One of unmet needs is a list of work that nobody does yet: there is no post, and nobody's hours shrink.
    """

    employer_id: int = Field(foreign_key="employer.id", index=True)
    site_id: int | None = Field(default=None, foreign_key="employer_site.id")
    vacancy_id: int | None = Field(default=None, foreign_key="vacancy.id", index=True)
    analyst_id: int | None = Field(default=None, foreign_key="user.id")
    title: str
    analysed_on: date = Field(index=True)
    method: AnalysisMethod = Field(sa_type=choice_column(AnalysisMethod))
    hours_week: float | None = None
    pay_hourly: float | None = None
    going_rate: float | None = None
    demands: dict[str, int] = Field(default_factory=dict, sa_type=sa.JSON)
    pattern: list[Slot] = Field(default_factory=list, sa_type=sa.JSON)
    conditions: str | None = None
    supervision: str | None = None
    coworker_contact: str | None = None
    breaks: str | None = None
    unwritten_rules: str | None = None
    flexibility: str | None = None
    culture: str | None = None
    is_unmet_needs: bool = Field(default=False, nullable=False)


def _times(value: float) -> float:
    if not 0 < value <= 500:
        raise ValueError("Times a week is more than 0 and at most 500.")
    return value


def _minutes(value: float) -> float:
    if not 0 < value <= 2880:
        raise ValueError("Minutes each time is more than 0 and at most 2,880 (48 hours).")
    return value


TimesAWeek = Annotated[float, AfterValidator(_times)] | None
MinutesEach = Annotated[float, AfterValidator(_minutes)] | None


class JobTaskInput(BaseModel):
    """One task of a job. Times that nobody measured stay empty.

    A guess is a range: `minutes_most` and `hourly_cost_most` are its upper ends, empty where it is known.
    """

    name: Name
    task_class: TaskClass = TaskClass.CORE
    need: TaskNeed = TaskNeed.ESSENTIAL
    times_a_week: TimesAWeek = None
    minutes_each: MinutesEach = None
    skills: Line = None
    done_by: Line = None
    current_hourly_cost: HourlyPay = None
    backlog: Backlog = Backlog.UNKNOWN
    nature: Nature = Nature.NEUTRAL
    slots: Week = []
    standard: Line = None
    pace: Line = None
    tools: Line = None
    steps: Text = None
    trained_by: Line = None
    hazards: Line = None
    meanings: Meanings = {}
    minutes_most: MinutesEach = None
    hourly_cost_most: HourlyPay = None
    dangerous: Known = Known.UNKNOWN
    demands: Scales = {}
    needs_task_ids: list[int] = []

    @model_validator(mode="after")
    def _ranges_in_order(self) -> "JobTaskInput":
        ensure_range("minutes_most", self.minutes_each, self.minutes_most)
        ensure_range("hourly_cost_most", self.current_hourly_cost, self.hourly_cost_most)
        return self


class JobTask(Record, table=True):
    """One task of a job; `skills` as typed, parted by commas, and `concept_ids` as settled when saved.

    `usual_times` and `usual_minutes` are what is usual in such a role. Nobody saw them here: they stand
    beside the times, so that nothing that counts hours takes them for measured ones. A task makes sense only
    together with those of the same analysis in `needs_task_ids`.
    """

    analysis_id: int = Field(foreign_key="job_analysis.id", index=True)
    name: str
    task_class: TaskClass = Field(sa_type=choice_column(TaskClass))
    need: TaskNeed = Field(sa_type=choice_column(TaskNeed))
    times_a_week: float | None = None
    minutes_each: float | None = None
    skills: str | None = None
    concept_ids: list[str] = Field(default_factory=list, sa_type=sa.JSON)
    done_by: str | None = None
    current_hourly_cost: float | None = None
    backlog: Backlog = Field(default=Backlog.UNKNOWN, sa_type=choice_column(Backlog))
    nature: Nature = Field(default=Nature.NEUTRAL, sa_type=choice_column(Nature))
    slots: list[Slot] = Field(default_factory=list, sa_type=sa.JSON)
    standard: str | None = None
    pace: str | None = None
    tools: str | None = None
    steps: str | None = None
    trained_by: str | None = None
    hazards: str | None = None
    usual_times: float | None = None
    usual_minutes: float | None = None
    minutes_most: float | None = None
    hourly_cost_most: float | None = None
    dangerous: Known = Field(default=Known.UNKNOWN, sa_type=choice_column(Known))
    demands: dict[str, int] = Field(default_factory=dict, sa_type=sa.JSON)
    needs_task_ids: list[int] = Field(default_factory=list, sa_type=sa.JSON)

    @property
    def is_assumed(self) -> bool:
        """Is it only known what is usual, as nobody confirmed a time on site?"""
        return self.hours_week is None and self.usual_hours is not None

    @property
    def usual_hours(self) -> float | None:
        """Hours a week that such a task usually takes: never counted, only said."""
        if self.usual_times is None or self.usual_minutes is None:
            return None
        return self.usual_times * self.usual_minutes / 60

    @property
    def hours_week(self) -> float | None:
        """Hours a week that the task takes, None where a time was not recorded."""
        if self.times_a_week is None or self.minutes_each is None:
            return None
        return self.times_a_week * self.minutes_each / 60

    @property
    def hours_most(self) -> float | None:
        """The upper end of its hours a week where the minutes are a guess, else the same."""
        if self.times_a_week is None or self.minutes_most is None:
            return self.hours_week
        return self.times_a_week * self.minutes_most / 60


class UnmetNeedsInput(BaseModel):
    """What is asked of a list of work that nobody does yet: there is no post to tell about."""

    title: Name
    site_id: int | None = None
    analysed_on: date = PydanticField(default_factory=lambda: utc_now().date())


class WorkplaceSupportInput(BaseModel):
    """One natural support as the workplace has it, or could."""

    kind: SupportKind = SupportKind.INDUCTION
    state: SupportState = SupportState.UNKNOWN
    who: Line = None
    is_confirmed: bool = False
    confirmed_on: Day = None


class WorkplaceSupport(Record, table=True):
    """One natural support at the workplace of a job analysis."""

    analysis_id: int = Field(foreign_key="job_analysis.id", index=True)
    kind: SupportKind = Field(sa_type=choice_column(SupportKind))
    state: SupportState = Field(sa_type=choice_column(SupportState))
    who: str | None = None
    is_confirmed: bool = False
    confirmed_on: date | None = None
