"""Files to take away. At each request it is asked whether the person may; nothing is cached."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from crm.db import reading
from crm.errors import NotAllowedError, NotFoundError
from crm.services import imports, refusals, sessions
from crm.web.gate import SESSION_HEADER

_LARGEST_ID = 2**53


async def refused_rows(request: Request) -> Response:
    """The rows of an import that were not taken in, as a CSV file."""
    digest = request.headers.get(SESSION_HEADER, "")
    answer = await run_in_threadpool(_refused_rows, digest, request.path_params["batch_id"])
    await run_in_threadpool(refusals.write)
    return answer


def _refused_rows(session_digest: str, batch_id: int) -> Response:
    if batch_id > _LARGEST_ID:
        return PlainTextResponse("There is no such file.", status_code=404)
    with reading() as session:
        sign_in = sessions.in_force(session, session_digest)
        if sign_in is None:
            return PlainTextResponse("Sign in first.", status_code=401)
        try:
            content = imports.refused_file(session, batch_id, by=sign_in.actor)
        except NotAllowedError as problem:
            return PlainTextResponse(str(problem), status_code=403)
        except NotFoundError as problem:
            return PlainTextResponse(str(problem), status_code=404)
    name = f"not-taken-in-{batch_id}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(content, media_type="text/csv; charset=utf-8", headers=headers)
