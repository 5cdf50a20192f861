"""Random records with few concepts and nearly all fields filled: sparse ones miss known counter-examples."""

from typing import Any

from hypothesis import strategies as st

from matching.records import SUPPORT_KINDS, Job, Seeker
from tests.matching.makers import OWN_WORDS, SKILLS

KINDS = SUPPORT_KINDS[:4]
WORDS = ("cooking", "music", "quiet", "nights")
NAMES = (*SKILLS, OWN_WORDS)
LEVELS = st.sampled_from((None, 0, 1, 2, 3, 4))
HALF_HOURS = st.integers(0, 80).map(lambda half_hours: half_hours / 2)


def _mostly(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(values, values, values, values, values, values, values, st.none())


def _slots() -> st.SearchStrategy[list[dict[str, Any]]]:
    slot = st.builds(
        lambda day, start, length: {"day": day, "start": f"{start:02}:00", "end": f"{start + length:02}:30"},
        st.integers(0, 2),
        st.sampled_from((8, 9, 12)),
        st.integers(0, 8),
    )
    return st.lists(slot, min_size=1, max_size=3)


def _some(words: tuple[str, ...]) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(words), max_size=2, unique=True)


SKILL_ROW = st.fixed_dictionaries(
    {"name": st.sampled_from(NAMES), "level": LEVELS, "evidence": st.sampled_from(("self", "observed", None))}
)
NEED = st.fixed_dictionaries({"kind": st.sampled_from(KINDS), "personal_cover": st.booleans()})
SEEKER_FIELDS = st.fixed_dictionaries(
    {
        "skills": _mostly(st.lists(SKILL_ROW, max_size=6, unique_by=lambda row: row["name"])),
        "hours": _mostly(
            st.fixed_dictionaries(
                {
                    "now_min": _mostly(HALF_HOURS),
                    "now_max": _mostly(HALF_HOURS),
                    "goal": _mostly(HALF_HOURS),
                    "intent": st.sampled_from((None, "aims_for_16", "prefers_fewer", "building_up")),
                }
            )
        ),
        "availability": _mostly(_slots()),
        "support_needs": _mostly(st.lists(NEED, max_size=4, unique_by=lambda row: row["kind"])),
        "interests": _mostly(_some(WORDS)),
        "must": _mostly(_some(WORDS)),
        "avoid": _mostly(_some(WORDS)),
        "abilities": st.dictionaries(st.sampled_from(("noise", "reading")), st.integers(0, 4)),
        "waiting_since": _mostly(st.sampled_from(("2025-01-01", "2026-02-03"))),
    }
)
CRITERION = st.fixed_dictionaries(
    {
        "text": st.sampled_from(NAMES),
        "level": LEVELS,
        "essential": st.sampled_from((True, False, None)),
        "could_move": st.booleans(),
        "adjustable": st.booleans(),
    }
)
SUPPORT = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(KINDS),
        "state": st.sampled_from(("exists", "could_be_facilitated", "not_available", "unknown")),
        "confirmed": st.booleans(),
    }
)
TASK = st.fixed_dictionaries(
    {
        "id": st.just("t1"),
        "name": st.sampled_from(WORDS),
        "skills": st.lists(st.sampled_from(NAMES), max_size=2),
    }
)
JOB_FIELDS = st.fixed_dictionaries(
    {
        "criteria": _mostly(st.lists(CRITERION, max_size=5)),
        "hours": _mostly(
            st.fixed_dictionaries(
                {
                    "min": _mostly(HALF_HOURS),
                    "max": _mostly(HALF_HOURS),
                    "guaranteed": _mostly(HALF_HOURS),
                    "negotiable": st.sampled_from((True, False, None)),
                }
            )
        ),
        "pattern": _mostly(_slots()),
        "supports": _mostly(st.lists(SUPPORT, max_size=4, unique_by=lambda row: row["kind"])),
        "description": _mostly(_some(WORDS).map(" ".join)),
        "tasks": _mostly(st.lists(TASK, max_size=1)),
        "demands": st.dictionaries(st.sampled_from(("noise", "reading")), st.integers(0, 4)),
    }
)


def seekers(seeker_id: str = "s1") -> st.SearchStrategy[Seeker]:
    """Dense random seekers."""
    return SEEKER_FIELDS.map(lambda fields: Seeker.from_record({"id": seeker_id} | fields))


def jobs(job_id: str = "j1") -> st.SearchStrategy[Job]:
    """Dense random jobs."""
    return JOB_FIELDS.map(lambda fields: Job.from_record({"id": job_id, "title": "Assistant"} | fields))


def several(records: st.SearchStrategy[Any], most: int = 6) -> st.SearchStrategy[list[Any]]:
    """Lists of records with ids of their own, in no order."""

    def named(found: list[Any]) -> list[Any]:
        return [_renamed(record, f"{'cabfed'[place % 6]}{place}") for place, record in enumerate(found)]

    return st.lists(records, min_size=1, max_size=most).map(named)


def _renamed(record: Any, new_id: str) -> Any:
    from dataclasses import replace

    return replace(record, id=new_id)
