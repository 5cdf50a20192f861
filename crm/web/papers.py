"""The papers of an agreement: files to take away, and a page to print; asked about anew at each request."""

from datetime import datetime
from zoneinfo import ZoneInfo

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from crm.db import reading
from crm.errors import CrmError, NotAllowedError, NotFoundError, RuleBrokenError
from crm.papers.forms import MEDIA_TYPES, PaperForm
from crm.papers.paper import Reading
from crm.papers.pdf import PaperNotMadeError
from crm.services import agreement_papers, refusals, sessions
from crm.services.agreement_papers import WantedPaper
from crm.web.gate import SESSION_HEADER

_LARGEST_ID = 2**31 - 1
_LONDON = ZoneInfo("Europe/London")
_READINGS = {"full": Reading.STANDARD, "easy-read": Reading.EASY_READ}
_FILES = {form.value: form for form in (PaperForm.WORD, PaperForm.PDF)}
_STATUS: dict[type[CrmError], int] = {
    NotAllowedError: 403,
    NotFoundError: 404,
    RuleBrokenError: 409,
    PaperNotMadeError: 503,
}
_NO_SUCH = "There is no such paper."


async def agreement_file(request: Request) -> Response:
    """An agreement as a file, for somebody who has signed in and may see agreements."""
    form = _FILES.get(request.path_params["ending"])
    return await _answer(request, form)


async def agreement_page(request: Request) -> Response:
    """An agreement as a page to print, for the same people."""
    return await _answer(request, PaperForm.PAGE)


async def _answer(request: Request, form: PaperForm | None) -> Response:
    """A browser that only asks about it (HEAD) takes nothing away, so it is not answered."""
    wanted = _wanted(request, form)
    if request.method != "GET" or wanted is None:
        return PlainTextResponse(_NO_SUCH, status_code=404)
    answer = await run_in_threadpool(_paper, request.headers.get(SESSION_HEADER, ""), wanted)
    await run_in_threadpool(refusals.write)
    return answer


def _wanted(request: Request, form: PaperForm | None) -> WantedPaper | None:
    """What the address asks for: the draft, or a version by its number."""
    asked = request.path_params
    numbers = [asked["agreement_id"]]
    if asked["version"] != "draft":
        if not (asked["version"].isascii() and asked["version"].isdecimal()):
            return None
        numbers.append(int(asked["version"][:12]))
    if form is None or asked["reading"] not in _READINGS or max(numbers) > _LARGEST_ID:
        return None
    return WantedPaper(*numbers, reading=_READINGS[asked["reading"]], form=form)


def _paper(session_digest: str, wanted: WantedPaper) -> Response:
    with reading() as session:
        sign_in = sessions.in_force(session, session_digest)
    if sign_in is None:
        return PlainTextResponse("Sign in first.", status_code=401)
    today = datetime.now(_LONDON).date()
    try:
        content = agreement_papers.take_away(wanted, by=sign_in.actor, today=today)
    except tuple(_STATUS) as problem:
        return PlainTextResponse(str(problem), status_code=_STATUS[type(problem)])
    headers = {"Cache-Control": "no-store"}
    if wanted.form is not PaperForm.PAGE:
        headers["Content-Disposition"] = f'attachment; filename="{wanted.file_name}"'
    return Response(content, media_type=MEDIA_TYPES[wanted.form], headers=headers)
