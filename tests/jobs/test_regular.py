"""What is done regularly is made once for each occasion, at London's hours."""

from datetime import UTC, datetime, time, timedelta

import pytest
from sqlmodel import select

from crm import db
from crm.jobs import regular
from crm.jobs.regular import REGULAR, Daily, Every, make_due
from crm.models.jobs import Job
from tests.makers_work import NOW


def stored() -> list[Job]:
    with db.reading() as session:
        return list(session.exec(select(Job)))


@pytest.mark.parametrize(
    ("now", "occasion", "moment"),
    [
        ("2026-11-26T00:00:00", "2026-11-26", "2026-11-26T00:00"),
        ("2026-11-25T23:59:59", "2026-11-25", "2026-11-25T00:00"),
        ("2026-06-30T23:00:00", "2026-07-01", "2026-06-30T23:00"),
        ("2026-06-30T22:59:59", "2026-06-30", "2026-06-29T23:00"),
    ],
)
def test_a_day_begins_at_midnight_in_london(now: str, occasion: str, moment: str):
    found = Daily(time(0, 0)).latest(datetime.fromisoformat(now).replace(tzinfo=UTC))
    assert found == (occasion, datetime.fromisoformat(moment).replace(tzinfo=UTC))


def test_before_its_time_of_day_it_is_still_yesterdays():
    occasion, _ = Daily(time(2, 0)).latest(datetime(2026, 11, 26, 1, 59, tzinfo=UTC))
    assert occasion == "2026-11-25"


def test_every_so_many_minutes_is_counted_from_midnight():
    occasion, moment = Every(15).latest(datetime(2026, 11, 26, 9, 44, 59, tzinfo=UTC))
    assert (occasion, moment) == ("2026-11-26T09:30", datetime(2026, 11, 26, 9, 30, tzinfo=UTC))


def test_each_occasion_is_made_once_however_often_it_is_asked(database: str):
    for minutes in (0, 1, 600):
        make_due(NOW + timedelta(minutes=minutes))
    assert sorted(job.kind for job in stored()) == sorted(REGULAR)
    make_due(NOW + timedelta(days=1))
    assert len(stored()) == 2 * len(REGULAR)


def test_an_occasion_that_another_worker_has_just_made_is_left_to_it(
    database: str, monkeypatch: pytest.MonkeyPatch
):
    make_due(NOW)
    monkeypatch.setattr(regular, "_is_made", lambda *_: False)
    make_due(NOW)
    assert len(stored()) == len(REGULAR)


def test_days_on_which_nothing_ran_are_not_made_up_for(database: str):
    make_due(NOW)
    make_due(NOW + timedelta(days=9))
    assert len(stored()) == 2 * len(REGULAR)
