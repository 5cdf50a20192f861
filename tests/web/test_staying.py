"""/session: how long a sign-in lasts, and making it last."""

import json
from datetime import timedelta

from crm.db import transaction
from crm.models.base import utc_now
from tests.web.asking import Visitor

OWN = "http://localhost:8501"


def used(minutes_ago: int) -> None:
    with transaction() as session:
        at = (utc_now() - timedelta(minutes=minutes_ago)).isoformat(" ")
        session.connection().exec_driver_sql(f"UPDATE user_session SET seen_at = '{at}'")


def test_it_tells_the_seconds_until_the_end_and_asking_is_no_use(officer: Visitor):
    used(minutes_ago=119)
    for _ in range(2):
        told = json.loads(officer.get("/session").text)
        assert 50 <= told["left"] <= 60
        assert told["at_most"] > 11 * 3600


def test_staying_counts_as_use(officer: Visitor):
    used(minutes_ago=119)
    told = json.loads(officer.post("/session", {}, origin=OWN).text)
    assert 119 * 60 <= told["left"] <= 120 * 60


def test_nobody_stays_once_it_has_ended(officer: Visitor):
    used(minutes_ago=121)
    assert officer.post("/session", {}, origin=OWN).status == 401


def test_only_our_own_pages_make_it_last(officer: Visitor):
    used(minutes_ago=119)
    assert officer.post("/session", {}).status == 403
    assert officer.post("/session", {}, origin="https://evil.example").status == 403
    assert json.loads(officer.get("/session").text)["left"] <= 60


def test_without_sign_in_there_is_nothing_to_tell(visitor: Visitor):
    assert visitor.get("/session").status == 401
