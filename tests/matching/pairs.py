"""Random small pairs of which something is recorded nearly everywhere, and most of it can be changed."""

from typing import Any

from hypothesis import strategies as st

from matching.records import Job, Seeker
from tests.matching.dense import SUPPORT
from tests.matching.makers import days, job, seeker

_NAMES = ("mop floors", "clean windows", "use a till", "DBS check", "driving licence")
_KINDS = ("named_buddy", "written_or_visual_cue", "transport_share", "family_or_community")
_CRITERION = st.fixed_dictionaries(
    {
        "text": st.sampled_from(_NAMES),
        "level": st.sampled_from((None, 1, 2, 3)),
        "essential": st.sampled_from((True, True, False)),
        "could_move": st.booleans(),
        "adjustable": st.booleans(),
    }
)
_SKILL = st.fixed_dictionaries(
    {"name": st.sampled_from(_NAMES), "level": st.sampled_from((None, 0, 0, 1, 2, 3))}
)
_NEED = st.fixed_dictionaries({"kind": st.sampled_from(_KINDS), "personal_cover": st.just(value=False)})
_SUPPORT = st.builds(lambda row, kind: row | {"kind": kind}, SUPPORT, st.sampled_from(_KINDS))


def _perhaps(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(values, values, values, values, st.none())


def _week(*starts: str) -> st.SearchStrategy[list[dict[str, Any]]]:
    return st.builds(
        lambda first, count, start: days(
            *range(first, first + count), start=start, end=f"{int(start[:2]) + 6:02}{start[2:]}"
        ),
        st.integers(0, 2),
        st.integers(2, 4),
        st.sampled_from(starts),
    )


SEEKERS: st.SearchStrategy[Seeker] = st.fixed_dictionaries(
    {
        "skills": st.lists(_SKILL, max_size=4, unique_by=lambda row: row["name"]),
        "hours": st.fixed_dictionaries(
            {
                "now_min": _perhaps(st.sampled_from((4, 8, 12, 22))),
                "now_max": _perhaps(st.sampled_from((10, 16, 18, 24))),
                "goal": _perhaps(st.sampled_from((16, 20))),
                "intent": st.sampled_from((None, "aims_for_16", "prefers_fewer", "building_up")),
            }
        ),
        "availability": _perhaps(_week("08:30", "09:00", "10:00")),
        "support_needs": _perhaps(st.lists(_NEED, max_size=2, unique_by=lambda row: row["kind"])),
    }
).map(lambda fields: seeker(**fields))
"""People of whom most is known."""

JOBS: st.SearchStrategy[Job] = st.fixed_dictionaries(
    {
        "criteria": st.lists(_CRITERION, min_size=1, max_size=3),
        "hours": st.fixed_dictionaries(
            {
                "min": _perhaps(st.sampled_from((8, 16, 20))),
                "max": _perhaps(st.sampled_from((10, 20, 30))),
                "guaranteed": _perhaps(st.sampled_from((0, 8, 16, 24))),
                "negotiable": st.sampled_from((True, True, None, None, False)),
            }
        ),
        "pattern": _perhaps(_week("08:30", "10:00", "10:30")),
        "supports": st.lists(_SUPPORT, max_size=2, unique_by=lambda row: row["kind"]),
    }
).map(lambda fields: job(**fields))
"""Jobs of which most can be changed."""
