"""Parts that seekers and jobs share: times in the week, places, and the kinds of natural support."""

from dataclasses import dataclass

from matching.errors import RecordError
from matching.records.fields import Fields

SUPPORT_KINDS = (
    "induction",
    "named_buddy",
    "coworker_on_shift",
    "supervisor_checkin",
    "written_or_visual_cue",
    "routine",
    "technology",
    "social_breaks",
    "transport_share",
    "family_or_community",
)
WEEK_HOURS = 168.0
_DAY_MINUTES = 24 * 60


@dataclass(frozen=True, slots=True)
class Slot:
    """A time in the week.

    Attributes:
        day: 0 for Monday to 6 for Sunday.
        start: Minutes after midnight.
        end: Minutes after the midnight before `start`; above 1440 when the slot runs into the next day.
    """

    day: int
    start: int
    end: int

    KEYS = frozenset(("day", "start", "end"))

    @classmethod
    def from_fields(cls, fields: Fields) -> "Slot":
        """Read a slot; an end before its start is on the next day, as in a night shift.

        Raises:
            RecordError: a field is missing, or the slot starts and ends at the same time.
        """
        day = fields.whole("day", high=6)
        if day is None:
            raise RecordError(fields.path("day"), "is missing: 0 is Monday, 6 is Sunday")
        start, end = fields.clock("start"), fields.clock("end")
        if start == end:
            raise RecordError(fields.path("end"), "must differ from the start")
        return cls(day, start, end if end > start else end + _DAY_MINUTES)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a person lives or a job is: a point, or a postcode, sector or district; all may be None."""

    lat: float | None = None
    lon: float | None = None
    postcode: str | None = None

    KEYS = frozenset(("lat", "lon", "postcode"))

    @classmethod
    def from_fields(cls, fields: Fields) -> "Place":
        """Read a place.

        Raises:
            RecordError: only one of latitude and longitude is there, or either is not on the globe.
        """
        lat = fields.number("lat", low=-90, high=90)
        lon = fields.number("lon", low=-180, high=180)
        if (lat is None) != (lon is None):
            missing = "lat" if lat is None else "lon"
            raise RecordError(fields.path(missing), "is missing: latitude and longitude go together")
        return cls(lat, lon, fields.text("postcode"))


NOWHERE = Place()
"""A place that is not recorded."""
