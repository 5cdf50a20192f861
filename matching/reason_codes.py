"""Which sentences a comparison gives as reasons, as bits: for rows of which nobody reads the words yet.

Each bit stands for one sentence of the readable path; `WITH_SUPPORT` for one of each skill concerned.
"""

from enum import IntFlag


class SkillReason(IntFlag):
    """What is said of skills."""

    NOT_ASKED = 1
    """What the job asks for is not recorded."""
    MET = 2
    """Can do some of what is asked."""
    WITH_ADJUSTMENT = 4
    """Can do some with an adjustment agreed with the employer."""
    LEARNABLE = 8
    """Could learn some on the job."""
    GAP = 16
    """Is not yet able to do some."""
    NOT_RECORDED = 32
    """Of some nothing is recorded yet."""
    WITH_SUPPORT = 64
    """Some is done with support."""


class HoursReason(IntFlag):
    """What is said of hours."""

    TOO_FEW = 1
    """The job offers fewer hours than the person wants at least."""
    TOO_MANY = 2
    """The job needs more hours than the person wants at most."""
    OTHER_TIMES = 4
    """The job's days and times are all outside the person's."""
    WISH_NOT_RECORDED = 8
    """The hours wished are not recorded."""
    OFFER_NOT_RECORDED = 16
    """The guaranteed hours are not recorded."""
    BY_CHOICE = 32
    """Fewer than 16 by the person's own wish."""
    BUILDING_UP = 64
    """Building up."""
    GOAL_REACHED = 128
    """The goal is reached."""
    BELOW_GOAL = 256
    """Some of the hours aimed for can be worked."""
    DAYS_NOT_COMPARED = 512
    """The days and times are not recorded on both sides."""


class SupportReason(IntFlag):
    """What is said of natural supports."""

    NOT_ASKED = 1
    """Support needs were not asked about yet."""
    NO_NEEDS = 2
    """There are no support needs."""
    IN_PLACE = 4
    """Some are covered at work."""
    PERSONAL = 8
    """Some are covered by family or community."""
    POSSIBLE = 16
    """Some could be arranged."""
    NOT_AVAILABLE = 32
    """Some are not available."""
    NOT_RECORDED = 64
    """Of some nothing is recorded yet."""


class PreferenceReason(IntFlag):
    """What is said of wishes."""

    NOT_RECORDED = 1
    """What the person would like is not recorded."""
    INTEREST = 2
    """The job mentions an interest."""
    MUST_HAVE = 4
    """The job mentions a must-have."""
    AVOID = 8
    """The job mentions something to avoid."""
    NONE_MENTIONED = 16
    """The job's words mention none of the person's wishes."""
