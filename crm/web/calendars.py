"""Calendars: the private address that a calendar asks without a sign-in, and one date to take away.

What is sent is an iCalendar (RFC 5545) of whole days, made by the `icalendar` library.
"""

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta
from email.utils import format_datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from crm.config import settings
from crm.db import reading
from crm.errors import CrmError, NotAllowedError
from crm.services import calendar_dates, feeds, refusals, sessions, setup
from crm.services.calendar_dates import DateEntry
from crm.web.gate import SESSION_HEADER
from crm.web.signin import address_of

if TYPE_CHECKING:
    from icalendar import Event

_LARGEST_ID = 2**53
_LONDON = ZoneInfo("Europe/London")
_KIND = "text/calendar; charset=utf-8"


async def feed(request: Request) -> Response:
    """Somebody's own dates, for a calendar that knows their private address."""
    address, token = address_of(request), request.path_params["token"]
    return await run_in_threadpool(_feed, token, address, request.headers.get("if-none-match", ""))


def _feed(token: str, address: str, known: str) -> Response:
    try:
        actor = feeds.whose(token, address=address)
        with reading() as session:
            entries = calendar_dates.own_dates(session, by=actor, today=datetime.now(_LONDON).date())
            name = setup.current(session).name
    except CrmError as problem:
        return _refusal(problem)
    body = written(entries, name=name)
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": "private, no-cache"}
    if entries:
        latest = max(one.updated_at for one in entries)
        headers["Last-Modified"] = format_datetime(latest, usegmt=True)
    if tag in known:
        return Response(status_code=304, headers=headers)
    return Response(body, media_type=_KIND, headers=headers)


async def one_date(request: Request) -> Response:
    """The dates of one record, for somebody who has signed in."""
    digest = request.headers.get(SESSION_HEADER, "")
    kind, record_id = request.path_params["kind"], request.path_params["record_id"]
    answer = await run_in_threadpool(_one_date, digest, kind, record_id)
    await run_in_threadpool(refusals.write)
    return answer


def _one_date(session_digest: str, kind: str, record_id: int) -> Response:
    if record_id > _LARGEST_ID:
        return PlainTextResponse("There is no such date.", status_code=404)
    with reading() as session:
        sign_in = sessions.in_force(session, session_digest)
        if sign_in is None:
            return PlainTextResponse("Sign in first.", status_code=401)
        try:
            entries = calendar_dates.dates_of(session, kind, record_id, by=sign_in.actor)
        except CrmError as problem:
            return _refusal(problem, held_off=403)
    headers = {"Content-Disposition": f'attachment; filename="{kind}-{record_id}.ics"'}
    return Response(written(entries), media_type=_KIND, headers=headers)


def _refusal(problem: CrmError, *, held_off: int = 429) -> Response:
    status = held_off if isinstance(problem, NotAllowedError) else 404
    return PlainTextResponse(str(problem), status_code=status)


def written(entries: Sequence[DateEntry], *, name: str = "") -> bytes:
    """These dates as iCalendar: published, whole days, each known again by its own name and version."""
    from icalendar import Calendar  # A tenth of a second: not at the start of the service.

    calendar: Any = Calendar()  # The library tells the types of `add` only in part.
    calendar.add("prodid", "-//Employer engagement CRM//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    if name:
        calendar.add("x-wr-calname", _line(f"Work dates, {name}"))
        calendar.add("refresh-interval", timedelta(hours=1), parameters={"VALUE": "DURATION"})
    for entry in entries:
        calendar.add_component(_event(entry))
    return calendar.to_ical()


def _event(entry: DateEntry) -> "Event":
    from icalendar import Event

    url = settings().public_url
    event: Any = Event()
    event.add("uid", f"{entry.name}@{urlsplit(url).hostname}")
    event.add("sequence", entry.version)
    event.add("dtstamp", entry.updated_at)
    event.add("created", entry.created_at)
    event.add("last-modified", entry.updated_at)
    event.add("dtstart", entry.day)
    event.add("dtend", entry.day + timedelta(days=1))
    event.add("summary", _line(entry.title))
    event.add("url", f"{url}/{entry.page}?id={entry.record_id}")
    event.add("transp", "TRANSPARENT")
    return event


def _line(text: str) -> str:
    """Text of one line, without control characters: what was typed cannot begin a line of its own."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
