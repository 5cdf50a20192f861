"""The job seeker as matching sees them: what they can do, wish and need; nothing about health or benefits."""

from dataclasses import dataclass, field
from datetime import date

from matching.records.fields import Fields
from matching.records.forbidden import refuse_forbidden
from matching.records.parts import NOWHERE, SUPPORT_KINDS, WEEK_HOURS, Place, Slot

EVIDENCE = ("observed", "did_paid", "did_unpaid", "certificate", "self", "others_say")
INTENTS = ("aims_for_16", "prefers_fewer", "building_up")
MOST_MINUTES = 24 * 60


@dataclass(frozen=True, slots=True)
class SeekerSkill:
    """A skill as written down; level 0 is a recorded gap, None a skill listed without a level."""

    name: str
    level: int | None = None
    evidence: str | None = None
    with_support: str | None = None

    KEYS = frozenset(("name", "level", "evidence", "with_support"))

    @classmethod
    def from_fields(cls, fields: Fields) -> "SeekerSkill":
        """Read a skill."""
        return cls(
            fields.required_text("name"),
            fields.whole("level", high=4),
            fields.choice("evidence", EVIDENCE),
            fields.text("with_support"),
        )


@dataclass(frozen=True, slots=True)
class SeekerHours:
    """Hours a week that the person wishes to work: now from, now up to, later, and what they aim for."""

    now_min: float | None = None
    now_max: float | None = None
    goal: float | None = None
    intent: str | None = None

    KEYS = frozenset(("now_min", "now_max", "goal", "intent"))

    @classmethod
    def from_fields(cls, fields: Fields) -> "SeekerHours":
        """Read the hours."""
        return cls(
            fields.number("now_min", high=WEEK_HOURS),
            fields.number("now_max", high=WEEK_HOURS),
            fields.number("goal", high=WEEK_HOURS),
            fields.choice("intent", INTENTS),
        )


@dataclass(frozen=True, slots=True)
class SupportNeed:
    """A kind of support that the person needs; `personal_cover` when family or community gives it."""

    kind: str
    personal_cover: bool = False

    KEYS = frozenset(("kind", "personal_cover"))

    @classmethod
    def from_fields(cls, fields: Fields) -> "SupportNeed":
        """Read a need."""
        fields.required_text("kind")
        kind = fields.choice("kind", SUPPORT_KINDS)
        return cls(kind or "", fields.flag("personal_cover") or False)


@dataclass(frozen=True, slots=True)
class Travel:
    """How the person travels and the most minutes they wish to, one way."""

    mode: str | None = None
    max_minutes: float | None = None

    KEYS = frozenset(("mode", "max_minutes"))

    @classmethod
    def from_fields(cls, fields: Fields) -> "Travel":
        """Read the travel wishes; any mode may be written."""
        return cls(fields.text("mode"), fields.number("max_minutes", high=MOST_MINUTES))


@dataclass(frozen=True, slots=True)
class Seeker:
    """A job seeker's record. `support_needs` is None when nobody asked and empty when there are none.

    `ability_supports` names the scales of `abilities` on which more works with a support that is named.
    """

    id: str
    skills: tuple[SeekerSkill, ...] = ()
    hours: SeekerHours = SeekerHours()
    availability: tuple[Slot, ...] = ()
    support_needs: tuple[SupportNeed, ...] | None = None
    abilities: dict[str, int] = field(default_factory=dict[str, int])
    interests: tuple[str, ...] = ()
    must: tuple[str, ...] = ()
    avoid: tuple[str, ...] = ()
    home: Place = NOWHERE
    travel: Travel = Travel()
    waiting_since: date | None = None
    ability_supports: tuple[str, ...] = ()

    KEYS = frozenset((
        "id", "skills", "hours", "availability", "support_needs", "abilities", "ability_supports",
        "interests", "must", "avoid", "home", "travel", "waiting_since",
    ))  # fmt: skip

    @classmethod
    def from_record(cls, record: object, *, unknown: set[str] | None = None) -> "Seeker":
        """Read a decoded JSON object; keys that matching does not use are added to `unknown`.

        Raises:
            RecordError: a field is not what it should be, or a key may never be read.
        """
        refuse_forbidden(record)
        fields = Fields(record, cls.KEYS, set() if unknown is None else unknown)
        needs = fields.parts("support_needs", SupportNeed.from_fields, SupportNeed.KEYS)
        return cls(
            id=fields.required_text("id"),
            skills=fields.parts("skills", SeekerSkill.from_fields, SeekerSkill.KEYS),
            hours=fields.part("hours", SeekerHours.from_fields, SeekerHours.KEYS) or SeekerHours(),
            availability=fields.parts("availability", Slot.from_fields, Slot.KEYS),
            support_needs=needs if fields.is_recorded("support_needs") else None,
            abilities=fields.levels("abilities"),
            interests=fields.texts("interests"),
            must=fields.texts("must"),
            avoid=fields.texts("avoid"),
            home=fields.part("home", Place.from_fields, Place.KEYS) or NOWHERE,
            travel=fields.part("travel", Travel.from_fields, Travel.KEYS) or Travel(),
            waiting_since=fields.day("waiting_since"),
            ability_supports=fields.texts("ability_supports"),
        )
