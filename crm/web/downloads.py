"""Files to take away. At each request it is asked whether the person may; nothing is cached."""

import tempfile
from io import BytesIO
from typing import IO

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import Receive, Scope, Send

from crm.db import reading
from crm.errors import NotAllowedError, NotFoundError, RuleBrokenError
from crm.models.exports import FileFormat
from crm.models.imports import ImportKind
from crm.models.users import Actor
from crm.services import exports, import_templates, imports, person_exports, refusals, sessions
from crm.services.list_imports import LISTS
from crm.web.gate import SESSION_HEADER

_LARGEST_ID = 2**53
_AT_A_TIME = 256 * 1024
_KINDS = {
    FileFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FileFormat.CSV: "text/csv; charset=utf-8",
}


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
    return _attached(content, f"not-taken-in-{batch_id}.csv", _KINDS[FileFormat.CSV])


async def exported_list(request: Request) -> Response:
    """A list that somebody ordered as a file: once, for the sign-in that ordered it.

    A browser that only asks about the file (HEAD) would use the link up, so it is not answered.
    """
    ending = request.path_params["ending"]
    if request.method != "GET" or ending not in _KINDS:
        return PlainTextResponse("There is no such file.", status_code=404)
    digest = request.headers.get(SESSION_HEADER, "")
    token = request.path_params["token"]
    answer = await run_in_threadpool(_exported_list, digest, token, FileFormat(ending))
    await run_in_threadpool(refusals.write)
    return answer


def _exported_list(session_digest: str, token: str, file_format: FileFormat) -> Response:
    with reading() as session:
        sign_in = sessions.in_force(session, session_digest)
    if sign_in is None:
        return PlainTextResponse("Sign in first.", status_code=401)
    # The file has no name on the disk: it is gone when it has been sent, or when sending breaks off.
    file = tempfile.TemporaryFile()  # noqa: SIM115
    try:
        return _sent(token, file_format, file, sign_in.actor, session_digest)
    except NotAllowedError as problem:
        file.close()
        return PlainTextResponse(str(problem), status_code=403)
    except NotFoundError as problem:
        file.close()
        return PlainTextResponse(str(problem), status_code=404)


def _sent(token: str, file_format: FileFormat, file: IO[bytes], by: Actor, digest: str) -> Response:
    taken = exports.take_away(token, file_format, file, by=by, session_digest=digest)
    name = f"{taken.kind}-{taken.created_at:%Y-%m-%d}.{file_format}"
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Cache-Control": "no-store",
        "Content-Length": str(file.seek(0, 2)),
    }
    return OnePass(file, media_type=_KINDS[file_format], headers=headers)


async def person_record(request: Request) -> Response:
    """Everything about one person as a file: once, for the sign-in that ordered it."""
    if request.method != "GET":
        return PlainTextResponse("There is no such file.", status_code=404)
    digest = request.headers.get(SESSION_HEADER, "")
    answer = await run_in_threadpool(_person_record, digest, request.path_params["token"])
    await run_in_threadpool(refusals.write)
    return answer


def _person_record(session_digest: str, token: str) -> Response:
    with reading() as session:
        sign_in = sessions.in_force(session, session_digest)
    if sign_in is None:
        return PlainTextResponse("Sign in first.", status_code=401)
    file = BytesIO()
    try:
        taken = person_exports.take_away(token, file, by=sign_in.actor, session_digest=session_digest)
    except (NotAllowedError, RuleBrokenError) as problem:
        return PlainTextResponse(str(problem), status_code=403)
    except NotFoundError as problem:
        return PlainTextResponse(str(problem), status_code=404)
    # The name of the file tells nobody whose it is.
    name = f"person-record-{taken.created_at:%Y-%m-%d}.json"
    return _attached(file.getvalue(), name, "application/json")


async def import_template(request: Request) -> Response:
    """An empty list of one kind to fill in, for those who may bring such a list in."""
    digest = request.headers.get(SESSION_HEADER, "")
    asked = request.path_params["kind"], request.path_params["ending"]
    answer = await run_in_threadpool(_import_template, digest, *asked)
    await run_in_threadpool(refusals.write)
    return answer


def _import_template(session_digest: str, kind: str, ending: str) -> Response:
    with reading() as session:
        sign_in = sessions.in_force(session, session_digest)
        if sign_in is None:
            return PlainTextResponse("Sign in first.", status_code=401)
        if kind not in set(LISTS) or ending not in _KINDS:
            return PlainTextResponse("There is no such file.", status_code=404)
        try:
            wanted, file_format = ImportKind(kind), FileFormat(ending)
            content = import_templates.template(session, wanted, file_format, by=sign_in.actor)
        except NotAllowedError as problem:
            return PlainTextResponse(str(problem), status_code=403)
    return _attached(content, f"{kind.replace('_', '-')}-template.{ending}", _KINDS[file_format])


def _attached(content: bytes, name: str, media_type: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(content, media_type=media_type, headers=headers)


class OnePass(Response):
    """An answer that sends an open file, and closes it whatever happens on the way."""

    def __init__(self, file: IO[bytes], *, media_type: str, headers: dict[str, str]) -> None:
        super().__init__(media_type=media_type, headers=headers)
        self._file = file
        file.seek(0)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the file piece by piece."""
        with self._file as file:
            start = {"status": self.status_code, "headers": self.raw_headers}
            await send({"type": "http.response.start", **start})
            piece = b" "
            while piece:
                piece = await run_in_threadpool(file.read, _AT_A_TIME)
                await send({"type": "http.response.body", "body": piece, "more_body": bool(piece)})
