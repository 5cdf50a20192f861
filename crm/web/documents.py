"""One document to take away: never shown in the browser, and asked about anew at each request."""

import re
import unicodedata
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from crm.db import reading
from crm.errors import DamagedError, NotFoundError
from crm.readers.file_types import MEDIA_TYPES
from crm.services import documents, refusals, sessions
from crm.web.gate import SESSION_HEADER

_LARGEST_ID = 2**31 - 1
_UNSAFE = re.compile(r"[^A-Za-z0-9 ._()-]")


async def document(request: Request) -> Response:
    """A document that is attached to a record, for somebody who has signed in and may see it."""
    digest = request.headers.get(SESSION_HEADER, "")
    side, document_id = request.path_params["side"], request.path_params["document_id"]
    answer = await run_in_threadpool(_document, digest, side, document_id)
    await run_in_threadpool(refusals.write)
    return answer


def _document(session_digest: str, side: str, document_id: int) -> Response:
    with reading() as session:
        sign_in = sessions.in_force(session, session_digest)
        if sign_in is None:
            return PlainTextResponse("Sign in first.", status_code=401)
        if document_id > _LARGEST_ID:
            return PlainTextResponse(documents.NO_SUCH, status_code=404)
        try:
            row, content = documents.take_away(session, side, document_id, by=sign_in.actor)
        except NotFoundError as problem:
            return PlainTextResponse(str(problem), status_code=404)
        except DamagedError as problem:
            return PlainTextResponse(str(problem), status_code=500)
        headers = {"Content-Disposition": disposition(row.name), "Cache-Control": "no-store"}
        return Response(content, media_type=MEDIA_TYPES[row.file_type], headers=headers)


def disposition(name: str) -> str:
    """The header that has a browser keep a file under this name: in ASCII, and in full for those that can."""
    ascii_only = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    plain = _UNSAFE.sub("_", ascii_only).strip() or "document"
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
