"""/metrics: how the service is doing, in OpenMetrics text, for administrators and whoever has the token.

Numbers only: nothing says whose they are.
"""

import gc
import hmac
import shutil
import time
from collections.abc import Iterator

import sqlalchemy as sa
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from crm import measures, secret_store
from crm.config import settings
from crm.db import reading
from crm.errors import NotAllowedError
from crm.measures import Count, Level, Spent
from crm.models.base import utc_now
from crm.models.jobs import JobState
from crm.policy import Action
from crm.services import backups, jobs, sessions
from crm.services.access import ensure
from crm.web import cookies

_KIND = "application/openmetrics-text; version=1.0.0; charset=utf-8"
_COUNTS = (measures.REQUESTS, measures.FAULTS, measures.SIGN_INS)
_SPENT = (measures.SCRIPT_RUNS, measures.WRITE_WAIT)
_LEVELS = (measures.CONNECTIONS,)
_LOOKED_AFTER = (JobState.WAITING, JobState.RUNNING, JobState.FAILED)
_STARTED = time.time()


async def metrics(request: Request) -> Response:
    """The figures, for those who may have them; for others there is nothing here."""
    if not await run_in_threadpool(_may_have, request):
        return PlainTextResponse("There is nothing here for you.", status_code=401)
    return Response(await run_in_threadpool(text), headers={"Content-Type": _KIND})


def _may_have(request: Request) -> bool:
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    if kind.lower() == "bearer":
        return hmac.compare_digest(token.encode(), secret_store.metrics_token())
    cookie = cookies.session_token(request)
    with reading() as session:
        sign_in = sessions.in_force(session, sessions.digest(cookie)) if cookie else None
        try:
            if sign_in is not None:
                ensure(session, sign_in.actor, Action.SERVICE_RECORD)
        except NotAllowedError:
            return False
    return sign_in is not None


def text() -> str:
    """All figures as OpenMetrics 1.0 writes them."""
    lines: list[str] = []
    for count in _COUNTS:
        lines += _count(count)
    for spent in _SPENT:
        lines += _spent(spent)
    for level in (*_LEVELS, *_taken_now()):
        lines += _gauge(level.name, level.about, level.now)
    return "\n".join([*lines, "# EOF", ""])


def _taken_now() -> Iterator[Level]:
    """What is looked up at the moment of asking."""
    with reading() as session:
        yield Level("crm_sessions", "Sign-ins in force.", sessions.count_in_force(session))
        stand = jobs.count_by_state(session)
    for state in _LOOKED_AFTER:
        yield Level(f"crm_jobs_{state.value}", f"Background work that is {state.value}.", stand[state])
    yield from _backups()
    yield Level("crm_started_timestamp_seconds", "When this process was started.", int(_STARTED))
    yield Level("crm_collected_objects", "Objects that Python keeps an eye on.", len(gc.get_objects()))
    address = sa.make_url(settings().database_url)
    if address.get_backend_name() == "sqlite" and address.database:
        free = shutil.disk_usage(address.database).free
        yield Level("crm_database_disk_free_bytes", "Room left beside the database file.", free)


def _backups() -> Iterator[Level]:
    kept = backups.in_folder(settings().backup_dir)
    yield Level("crm_backups", "Checked backups that are kept.", len(kept))
    if kept:
        age = int((utc_now() - kept[0].made_at).total_seconds())
        yield Level("crm_last_backup_age_seconds", "Since the last checked backup was made.", age)


def _count(count: Count) -> list[str]:
    return [
        f"# TYPE {count.name} counter",
        f"# HELP {count.name} {count.about}",
        *(f'{count.name}_total{{{count.label}="{word}"}} {often}' for word, often in count.seen().items()),
    ]


def _spent(spent: Spent) -> list[str]:
    return [
        f"# TYPE {spent.name}_seconds summary",
        f"# UNIT {spent.name}_seconds seconds",
        f"# HELP {spent.name}_seconds {spent.about}",
        f"{spent.name}_seconds_count {spent.count}",
        f"{spent.name}_seconds_sum {spent.seconds:.6f}",
        *_gauge(f"{spent.name}_longest_seconds", f"{spent.about} The longest.", round(spent.longest, 6)),
    ]


def _gauge(name: str, about: str, value: float) -> list[str]:
    return [f"# TYPE {name} gauge", f"# HELP {name} {about}", f"{name} {value}"]
