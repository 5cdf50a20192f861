"""/session: how long the sign-in lasts, and a way to make it last longer, for the warning before it ends."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from crm.db import reading, transaction
from crm.services import sessions
from crm.web import posted
from crm.web.gate import SESSION_HEADER


async def session_time(request: Request) -> Response:
    """Tell the seconds that are left; a POST from our own pages counts as use first."""
    digest = request.headers.get(SESSION_HEADER, "")
    if request.method == "POST":
        origin = request.headers.get("origin")
        if origin is None or not posted.is_own(request, origin):
            return PlainTextResponse("This does not come from our own pages.", status_code=403)
        await run_in_threadpool(_use, digest)
    left, at_most = await run_in_threadpool(_left, digest)
    return JSONResponse({"left": left, "at_most": at_most})


def _use(digest: str) -> None:
    with transaction() as session:
        sessions.note_use(session, digest)


def _left(digest: str) -> tuple[int, int]:
    with reading() as session:
        return sessions.seconds_left(session, digest)
