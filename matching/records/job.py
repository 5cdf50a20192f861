"""The job as matching sees it: a vacancy or a job analysis, with what it asks, its tasks and its supports."""

from dataclasses import dataclass, field

from matching.records.fields import Fields
from matching.records.forbidden import refuse_forbidden
from matching.records.parts import NOWHERE, SUPPORT_KINDS, WEEK_HOURS, Place, Slot

TASK_CLASSES = ("core", "episodic", "job_related")
ESSENTIALS = ("essential", "preferred", "could_move")
BACKLOGS = ("done", "late", "undone")
NATURES = ("social", "visible", "isolated", "unpleasant", "neutral")
SUPPORT_STATES = ("exists", "could_be_facilitated", "not_available", "unknown")
MOST_POUNDS = 100_000.0


@dataclass(frozen=True, slots=True)
class Criterion:
    """What the job asks; `essential` is None when the employer did not say."""

    text: str
    level: int | None = None
    essential: bool | None = None
    could_move: bool = False
    adjustable: bool = False

    KEYS = frozenset(("text", "level", "essential", "could_move", "adjustable"))

    @classmethod
    def from_fields(cls, fields: Fields) -> "Criterion":
        """Read a criterion."""
        return cls(
            fields.required_text("text"),
            fields.whole("level", high=4),
            fields.flag("essential"),
            fields.flag("could_move") or False,
            fields.flag("adjustable") or False,
        )


@dataclass(frozen=True, slots=True)
class Task:
    """A task of the job; costs are pounds an hour of whoever does it now.

    It makes sense only together with the tasks that it `needs`, by their ids in the same job. `demands` are
    its own, on the scales of the job's; empty when nobody told them task by task.
    """

    id: str
    name: str
    hours_week: float | None = None
    task_class: str | None = None
    essential: str | None = None
    skills: tuple[str, ...] = ()
    done_by: str | None = None
    current_hourly_cost: float | None = None
    backlog: str | None = None
    nature: str | None = None
    slots: tuple[Slot, ...] = ()
    needs: tuple[str, ...] = ()
    dangerous: bool = False
    demands: dict[str, int] = field(default_factory=dict[str, int])

    KEYS = frozenset((
        "id", "name", "hours_week", "task_class", "essential", "skills", "done_by",
        "current_hourly_cost", "backlog", "nature", "slots", "needs", "dangerous", "demands",
    ))  # fmt: skip

    @classmethod
    def from_fields(cls, fields: Fields) -> "Task":
        """Read a task."""
        return cls(
            id=fields.required_text("id"),
            name=fields.required_text("name"),
            hours_week=fields.number("hours_week", high=WEEK_HOURS),
            task_class=fields.choice("task_class", TASK_CLASSES),
            essential=fields.choice("essential", ESSENTIALS),
            skills=fields.texts("skills"),
            done_by=fields.text("done_by"),
            current_hourly_cost=fields.number("current_hourly_cost", high=MOST_POUNDS),
            backlog=fields.choice("backlog", BACKLOGS),
            nature=fields.choice("nature", NATURES),
            slots=fields.parts("slots", Slot.from_fields, Slot.KEYS),
            needs=fields.texts("needs"),
            dangerous=fields.flag("dangerous") or False,
            demands=fields.levels("demands"),
        )


@dataclass(frozen=True, slots=True)
class JobHours:
    """Hours a week of the job; `negotiable` is None when nobody asked."""

    min: float | None = None
    max: float | None = None
    guaranteed: float | None = None
    negotiable: bool | None = None

    KEYS = frozenset(("min", "max", "guaranteed", "negotiable"))

    @classmethod
    def from_fields(cls, fields: Fields) -> "JobHours":
        """Read the hours."""
        return cls(
            fields.number("min", high=WEEK_HOURS),
            fields.number("max", high=WEEK_HOURS),
            fields.number("guaranteed", high=WEEK_HOURS),
            fields.flag("negotiable"),
        )


@dataclass(frozen=True, slots=True)
class WorkplaceSupport:
    """A natural support of the workplace, who gives it, and whether the employer confirmed it."""

    kind: str
    state: str = "unknown"
    confirmed: bool = False
    who: str | None = None

    KEYS = frozenset(("kind", "state", "confirmed", "who"))

    @classmethod
    def from_fields(cls, fields: Fields) -> "WorkplaceSupport":
        """Read a support."""
        fields.required_text("kind")
        return cls(
            fields.choice("kind", SUPPORT_KINDS) or "",
            fields.choice("state", SUPPORT_STATES) or "unknown",
            fields.flag("confirmed") or False,
            fields.text("who"),
        )


@dataclass(frozen=True, slots=True)
class Job:
    """A vacancy's or a job analysis's record; empty lists mean not recorded."""

    id: str
    title: str
    employer: str | None = None
    description: str | None = None
    criteria: tuple[Criterion, ...] = ()
    tasks: tuple[Task, ...] = ()
    demands: dict[str, int] = field(default_factory=dict[str, int])
    hours: JobHours = JobHours()
    pattern: tuple[Slot, ...] = ()
    supports: tuple[WorkplaceSupport, ...] = ()
    pay_hourly: float | None = None
    going_rate: float | None = None
    place: Place = NOWHERE

    KEYS = frozenset((
        "id", "title", "employer", "description", "criteria", "tasks", "demands",
        "hours", "pattern", "supports", "pay_hourly", "going_rate", "place",
    ))  # fmt: skip

    @classmethod
    def from_record(cls, record: object, *, unknown: set[str] | None = None) -> "Job":
        """Read a decoded JSON object; keys that matching does not use are added to `unknown`.

        Raises:
            RecordError: a field is not what it should be, or a key may never be read.
        """
        refuse_forbidden(record)
        fields = Fields(record, cls.KEYS, set() if unknown is None else unknown)
        return cls(
            id=fields.required_text("id"),
            title=fields.required_text("title"),
            employer=fields.text("employer"),
            description=fields.text("description"),
            criteria=fields.parts("criteria", Criterion.from_fields, Criterion.KEYS),
            tasks=fields.parts("tasks", Task.from_fields, Task.KEYS),
            demands=fields.levels("demands"),
            hours=fields.part("hours", JobHours.from_fields, JobHours.KEYS) or JobHours(),
            pattern=fields.parts("pattern", Slot.from_fields, Slot.KEYS),
            supports=fields.parts("supports", WorkplaceSupport.from_fields, WorkplaceSupport.KEYS),
            pay_hourly=fields.number("pay_hourly", high=MOST_POUNDS),
            going_rate=fields.number("going_rate", high=MOST_POUNDS),
            place=fields.part("place", Place.from_fields, Place.KEYS) or NOWHERE,
        )
