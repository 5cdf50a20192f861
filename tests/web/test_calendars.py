"""Calendars on the wire: a private address and nothing else, whole days, nothing that was typed as a line."""

from datetime import UTC, date, datetime

import pytest
from sqlmodel import select

from crm.db import transaction
from crm.models.feeds import CalendarFeed
from crm.models.users import User
from crm.policy import Role
from crm.services import feeds, guessing
from crm.services.calendar_dates import DateEntry
from crm.ui.words import today
from crm.web.calendars import written
from tests.makers import make_user
from tests.makers_contacts import make_task
from tests.serving import email_of
from tests.web.asking import Visitor

MOMENT = datetime(2026, 3, 29, 0, 30, tzinfo=UTC)


def entry(title: str = "Ring", day: date = date(2026, 3, 29)) -> DateEntry:
    return DateEntry("task-1", day, title, "task", 1, 3, MOMENT, MOMENT)


def address_of_officer(title: str = "Ring the bakery") -> str:
    """The address of the officer's calendar, with one task of theirs and one of somebody else's."""
    with transaction() as session:
        officer = session.exec(select(User).where(User.email == email_of(Role.ENGAGEMENT_OFFICER))).one()
        make_task(session, title, by=officer.as_actor(), due_on=today())
        make_task(session, "Somebody else’s", by=make_user(session).as_actor(), due_on=today())
        return f"/calendar/{feeds.make(session, by=officer.as_actor())}.ics"


def test_a_calendar_is_given_its_owners_dates_without_a_sign_in(visitor: Visitor):
    answer = visitor.get(address_of_officer())
    assert answer.status == 200
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert answer.headers["cache-control"] == "private, no-cache"
    assert "SUMMARY:Ring the bakery\r\n" in answer.text
    assert "Somebody else" not in answer.text
    assert answer.set_cookies == []


def test_the_same_calendar_is_not_sent_twice(visitor: Visitor):
    address = address_of_officer()
    first = visitor.get(address)
    again = visitor.get(address, if_none_match=first.headers["etag"])
    assert (again.status, again.text) == (304, "")
    assert first.headers["last-modified"].endswith(" GMT")
    assert visitor.get(address, if_none_match='"another"').status == 200
    assert visitor.ask("HEAD", address, headers={}).headers["etag"] == first.headers["etag"]


def stop(user: User) -> None:
    with transaction() as session:
        feeds.stop(session, by=user.as_actor())


def shut_out(user: User) -> None:
    with transaction() as session:
        session.info["actor"] = user.as_actor()
        session.get_one(User, user.id).disabled_at = MOMENT


@pytest.mark.parametrize("end", [stop, shut_out])
def test_an_address_that_was_stopped_or_whose_owner_is_shut_out_looks_as_one_that_never_was(
    visitor: Visitor, end: object
):
    address = address_of_officer()
    with transaction() as session:
        user = session.exec(select(User).where(User.email == email_of(Role.ENGAGEMENT_OFFICER))).one()
    assert callable(end)
    end(user)
    made_up = visitor.get(f"/calendar/{'x' * 43}.ics")
    answer = visitor.get(address)
    assert (answer.status, answer.text) == (made_up.status, made_up.text)
    assert answer.status == 404


def test_the_digest_that_is_kept_opens_nothing(visitor: Visitor):
    address_of_officer()
    with transaction() as session:
        kept = session.exec(select(CalendarFeed)).one().token_digest
    assert visitor.get(f"/calendar/{kept}.ics").status == 303
    assert visitor.get(f"/calendar/{kept[:43]}.ics").status == 404


def test_whoever_guesses_addresses_is_held_off_for_a_while(visitor: Visitor):
    address = address_of_officer()
    for number in range(guessing.MOST_FAILURES):
        assert visitor.get(f"/calendar/{number:043d}.ics").status == 404
    assert visitor.get(address).status == 429
    visitor.address = "192.0.2.99"
    assert visitor.get(address).status == 200


@pytest.mark.parametrize(
    "path",
    [
        "/calendar/",
        "/calendar/x.ics",
        f"/calendar/{'x' * 43}",
        f"/calendar/{'x' * 43}.ics/employers",
        f"/calendar/../employers/{'x' * 43}.ics",
        f"/employers/calendar/{'x' * 43}.ics",
    ],
)
def test_nothing_else_is_open_because_its_address_looks_alike(visitor: Visitor, path: str):
    address_of_officer()
    assert visitor.get(path).status == 303


def test_an_address_lets_nobody_write_or_into_the_service(visitor: Visitor):
    address = address_of_officer()
    assert visitor.post(address, {}).status == 405
    assert visitor.get("/employers").status == 303
    assert visitor.get("/files/calendar/task-1.ics").status == 401


def test_one_date_is_taken_away_after_sign_in(officer: Visitor):
    address_of_officer("Ring; the bakery")
    answer = officer.get("/files/calendar/task-1.ics")
    assert answer.headers["content-disposition"] == 'attachment; filename="task-1.ics"'
    assert "SUMMARY:Ring\\; the bakery" in answer.text
    for path in ("task-99", "task-99999999999999999999", "employer-1"):
        assert officer.get(f"/files/calendar/{path}.ics").status == 404


def test_whoever_may_not_see_tasks_takes_none_away(visitor: Visitor):
    address_of_officer()
    with transaction() as session:
        make_user(session, Role.ADMINISTRATOR, email=email_of(Role.ADMINISTRATOR), can_sign_in=True)
    visitor.fill_in("/login", email=email_of(Role.ADMINISTRATOR), password="lantern river tuesday")
    assert visitor.get("/files/calendar/task-1.ics").status == 403


@pytest.mark.parametrize(
    "typed",
    [
        "Ring\r\nATTENDEE:mailto:a@example.org",
        "Ring\nEND:VEVENT\nBEGIN:VEVENT",
        "Ring\rX-EVIL:1",
        "Ring\u2028X-EVIL:1",
        "Ring\x0b\x0c\x85X-EVIL:1",
        "Ring\x00X-EVIL:1",
    ],
)
def test_what_was_typed_begins_no_line_of_its_own(typed: str):
    lines = written([entry(typed)]).decode().split("\r\n")
    assert [line for line in lines if line.startswith(("ATTENDEE", "X-EVIL"))] == []
    assert (lines.count("BEGIN:VEVENT"), lines.count("END:VEVENT")) == (1, 1)
    assert not any(sign in "".join(lines) for sign in "\r\n\x00\x0b\x0c\x85\u2028")


def test_a_date_is_a_whole_day_whatever_the_clocks_do_and_its_moments_are_utc():
    lines = written([entry()]).decode().split("\r\n")
    assert {"DTSTART;VALUE=DATE:20260329", "DTEND;VALUE=DATE:20260330", "SEQUENCE:3"} < set(lines)
    assert {"METHOD:PUBLISH", "UID:task-1@localhost", "DTSTAMP:20260329T003000Z"} < set(lines)


def test_long_lines_are_folded_at_75_octets_and_commas_are_kept():
    text = written([entry("é, ; \\ " * 40)]).decode()
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    assert "é\\, \\; \\\\" in text.replace("\r\n ", "")
