"""What is written of a match: the names of the contract, in its order, each figure where it belongs."""

from tests.matching.makers import WORKABLE_JOB, WORKABLE_SEEKER, job, matched, seeker

HOME = {"lat": 53.8, "lon": -1.55}
PERSON = seeker(**WORKABLE_SEEKER, home=HOME, travel={"mode": "bus"}, abilities={"noise": 1})
POST = job(**WORKABLE_JOB | {"demands": {"noise": 2}, "supports": []}, place=HOME)


def test_a_match_is_written_with_every_name_of_the_contract():
    match = matched(PERSON, POST)
    assert match.record(3) == {
        "job_id": "j1",
        "seeker_id": "s1",
        "rank": 3,
        "band": (match.low, match.high),
        "score": match.score,
        "coverage": match.coverage,
        "group": "with_measures",
        "uses_strengths": 1.0,
        "components": [part.record() for part in match.components],
        "hours_missing": 0.0,
        "hours_status": "meets_16",
        "gaps": [
            {"what": "Not recorded: a named buddy", "measure": "Ask the employer about it", "points": 10.0},
            {
                "what": "Noise: the job asks 2, 1 works for the person now",
                "measure": "Ask for ear protection or a quieter place",
                "points": 0.0,
            },
        ],
        "travel_minutes": 12,
    }
    assert (match.low, match.high, match.score, match.coverage) == (72.5, 100.0, 86.25, 0.725)


def test_a_component_is_written_with_every_name_of_the_contract():
    skills, hours, supports, preference = (part.record() for part in matched(PERSON, POST).components)
    assert skills == {
        "name": "skills",
        "score": 1.0,
        "weight": 40.0,
        "coverage": 1.0,
        "reasons": ("Can do mop floors and use a till.",),
    }
    assert (hours["name"], hours["score"], hours["coverage"], hours["weight"]) == ("hours", 1.0, 1.0, 25.0)
    assert (supports["name"], supports["score"], supports["coverage"]) == ("natural_supports", None, 0.0)
    assert (preference["name"], preference["score"], preference["coverage"]) == ("preference", 1.0, 0.5)


def test_what_is_not_known_is_written_as_null():
    record = matched(seeker(), job()).record(1)
    for name in ("score", "uses_strengths", "hours_missing", "travel_minutes"):
        assert record[name] is None, name
    assert (record["band"], record["coverage"], record["hours_status"]) == ((0.0, 100.0), 0.0, "unknown")
