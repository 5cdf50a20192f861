"""Records are read field by field; what is wrong is said with file, line and field."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from matching.errors import RecordError, SourceError
from matching.records import Job, Place, Seeker, Slot, read_jobs, read_seekers
from matching.records.forbidden import FORBIDDEN_KEYS


def test_a_full_seeker_is_read():
    person = Seeker.from_record(
        {
            "id": "s1",
            "skills": [
                {"name": "mop floors", "level": 3, "evidence": "observed", "with_support": "a checklist"}
            ],
            "hours": {"now_min": 8, "now_max": 16.5, "goal": 20, "intent": "building_up"},
            "availability": [{"day": 0, "start": "09:00", "end": "17:00"}],
            "support_needs": [{"kind": "routine", "personal_cover": True}],
            "abilities": {"noise": 2, "light": None},
            "interests": ["music", " "],
            "home": {"postcode": "LS1 4"},
            "travel": {"mode": "bus", "max_minutes": 45},
            "waiting_since": "2026-03-01",
        }
    )
    assert person.skills[0].with_support == "a checklist"
    assert person.hours.now_max == 16.5
    assert person.availability == (Slot(0, 540, 1020),)
    assert person.abilities == {"noise": 2}
    assert person.interests == ("music",)
    assert person.waiting_since == date(2026, 3, 1)


def test_a_missing_field_and_null_both_mean_not_recorded():
    assert Seeker.from_record({"id": "s1", "hours": None, "skills": None}) == Seeker.from_record({"id": "s1"})
    assert Job.from_record({"id": "j", "title": "t", "place": None}).place == Place()


def test_needs_that_are_none_differ_from_needs_that_nobody_asked_about():
    assert Seeker.from_record({"id": "s1", "support_needs": []}).support_needs == ()
    assert Seeker.from_record({"id": "s1"}).support_needs is None


def test_a_night_shift_runs_into_the_next_day():
    person = Seeker.from_record({"id": "s1", "availability": [{"day": 6, "start": "22:00", "end": "06:00"}]})
    assert person.availability == (Slot(6, 1320, 1800),)


def test_an_unmarked_support_is_unknown_and_unconfirmed():
    support = Job.from_record({"id": "j", "title": "t", "supports": [{"kind": "routine"}]}).supports[0]
    assert (support.state, support.confirmed) == ("unknown", False)


def test_keys_that_are_not_used_are_collected_once_without_positions():
    unknown: set[str] = set()
    Seeker.from_record(
        {"id": "s", "skills": [{"name": "a", "x": 1}, {"name": "b", "x": 2}], "y": 3}, unknown=unknown
    )
    assert unknown == {"skills.x", "y"}


@pytest.mark.parametrize("key", [*FORBIDDEN_KEYS, "Date-of-Birth", "dateOfBirth", "ＳＥＸ", " Health "])
@pytest.mark.parametrize(
    "wrap", [lambda key: {key: 1}, lambda key: {"skills": [{"name": "x", "deep": [{key.upper(): None}]}]}]
)
def test_a_forbidden_key_is_refused_at_any_depth_and_in_any_case(key: str, wrap: Any):
    with pytest.raises(RecordError, match="may not be used in matching"):
        Seeker.from_record({"id": "s1"} | wrap(key))
    with pytest.raises(RecordError, match="may not be used in matching"):
        Job.from_record({"id": "j1", "title": "t"} | wrap(key))


BAD_SEEKERS: list[tuple[dict[str, Any], str]] = [
    ({"id": None}, "id is missing"),
    ({"id": 5}, "id must be text"),
    ({"id": "  "}, "id is missing"),
    ({"id": "\ud800"}, "id holds half of a character"),
    ({"skills": "mop"}, "skills must be a list"),
    ({"skills": ["mop"]}, r"skills\[0\] must be an object"),
    ({"skills": [{"name": "mop", "level": 5}]}, r"skills\[0\].level must be a number from 0 to 4"),
    ({"skills": [{"name": "mop", "level": True}]}, r"skills\[0\].level must be a number"),
    ({"skills": [{"name": "mop", "level": "3"}]}, r"skills\[0\].level must be a number"),
    ({"skills": [{"name": "mop", "level": 2.5}]}, r"skills\[0\].level must be a whole number"),
    ({"skills": [{"level": 2}]}, r"skills\[0\].name is missing"),
    ({"skills": [{"name": "mop", "evidence": "hearsay"}]}, r"skills\[0\].evidence must be one of observed"),
    ({"hours": {"now_max": 1e400}}, "hours.now_max must be a number from 0 to 168"),
    ({"hours": {"now_max": 10**400}}, "hours.now_max must be a number"),
    ({"hours": {"now_max": float("nan")}}, "hours.now_max must be a number"),
    ({"hours": {"now_min": -1}}, "hours.now_min must be a number"),
    ({"hours": []}, "hours must be an object"),
    ({"availability": [{"start": "09:00", "end": "10:00"}]}, r"availability\[0\].day is missing"),
    ({"availability": [{"day": 7, "start": "09:00", "end": "10:00"}]}, r"availability\[0\].day must be"),
    ({"availability": [{"day": 1, "start": "9am", "end": "10:00"}]}, r"start must be a time such as"),
    ({"availability": [{"day": 1, "start": "٠٩:٠٠", "end": "10:00"}]}, r"start must be a time such as"),
    ({"availability": [{"day": 1, "start": "10:00", "end": "10:00"}]}, r"end must differ from the start"),
    ({"availability": [{"day": 1, "end": "10:00"}]}, r"start is missing"),
    ({"support_needs": [{"kind": "magic"}]}, r"support_needs\[0\].kind must be one of induction"),
    (
        {"support_needs": [{"kind": "routine", "personal_cover": "yes"}]},
        "personal_cover must be true or false",
    ),
    ({"abilities": [1]}, "abilities must be an object of levels"),
    ({"abilities": {"noise": 9}}, "abilities.noise must be a number from 0 to 4"),
    ({"home": {"lat": 53}}, "home.lon is missing"),
    ({"home": {"lon": 1}}, "home.lat is missing"),
    ({"home": {"lat": 91, "lon": 0}}, "home.lat must be a number from -90 to 90"),
    ({"waiting_since": "1st March"}, "waiting_since must be a date such as"),
    ({"interests": [7]}, r"interests\[0\] must be text"),
]


@pytest.mark.parametrize(("fields", "sentence"), BAD_SEEKERS)
def test_a_bad_field_is_named_with_what_would_be_right(fields: dict[str, Any], sentence: str):
    with pytest.raises(RecordError, match=sentence):
        Seeker.from_record({"id": "s1"} | fields)


@pytest.mark.parametrize("record", [None, 5, "text", [], [{"id": "s1"}]])
def test_a_record_that_is_no_object_is_refused(record: object):
    with pytest.raises(RecordError, match="the record must be an object"):
        Seeker.from_record(record)


def test_a_job_without_a_title_is_refused():
    with pytest.raises(RecordError, match="title is missing"):
        Job.from_record({"id": "j1"})


def lines(path: Path, *records: object) -> Path:
    path.write_text(
        "".join(f"{r if isinstance(r, str) else json.dumps(r)}\n" for r in records), encoding="utf-8"
    )
    return path


def test_files_are_read_in_order_past_blank_lines_and_a_byte_order_mark(tmp_path: Path):
    path = lines(tmp_path / "s.jsonl", '\ufeff{"id": "b"}', "", {"id": "a"})
    assert [person.id for person in read_seekers(path)] == ["b", "a"]


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("{", "the line is not JSON"),
        ('{"id": NaN}', "holds NaN, which is not a number"),
        ('{"id": -Infinity}', "holds -Infinity"),
        ('{"id": ' + "[" * 100_000, "nests lists or objects too deeply"),
        ('{"id": "x", "hours": {"goal": ' + "9" * 5000 + "}}", "a number that is too long"),
        ("[1, 2]", "the record must be an object"),
        ('{"id": "s1"}', '"s1" is already used on line 1'),
        ('{"id": "s2", "Health": "x"}', "Health may not be used in matching"),
    ],
)
def test_a_bad_line_is_named_with_its_file_and_number(tmp_path: Path, line: str, sentence: str):
    path = lines(tmp_path / "people.jsonl", {"id": "s1"}, line)
    with pytest.raises(SourceError, match=r"people\.jsonl, line 2: .*" + sentence):
        read_seekers(path)


def test_a_file_that_is_not_utf8_is_named(tmp_path: Path):
    path = tmp_path / "jobs.jsonl"
    path.write_bytes(b'{"id": "caf\xe9"}')
    with pytest.raises(SourceError, match=r"line 1: the line is not UTF-8"):
        read_jobs(path)


def test_a_file_that_is_not_there_is_named(tmp_path: Path):
    with pytest.raises(SourceError, match=r"none\.jsonl cannot be read: No such file"):
        read_jobs(tmp_path / "none.jsonl")
