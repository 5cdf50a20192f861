"""The papers of agreements and proposals, renewal packs, sheets to take home: files, and pages to print.

Each is asked about each time.
"""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from crm.db import reading
from crm.errors import CrmError, NotAllowedError, NotFoundError, RuleBrokenError
from crm.models.users import Actor
from crm.papers.forms import MEDIA_TYPES, PaperForm
from crm.papers.paper import Reading
from crm.papers.pdf import PaperNotMadeError
from crm.services import agreement_papers, carve_papers, refusals, renewal_papers, sessions, take_home
from crm.services.agreement_papers import WantedPaper
from crm.services.carve_papers import WantedProposal
from crm.services.renewal_papers import WantedPack
from crm.services.take_home import WantedSheet
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

Wanted = WantedPaper | WantedPack | WantedSheet | WantedProposal


async def agreement_file(request: Request) -> Response:
    """An agreement as a file, for somebody who has signed in and may see agreements."""
    form = _FILES.get(request.path_params["ending"])
    return await _answer(request, _wanted(request, form))


async def agreement_page(request: Request) -> Response:
    """An agreement as a page to print, for the same people."""
    return await _answer(request, _wanted(request, PaperForm.PAGE))


async def renewal_file(request: Request) -> Response:
    """The renewal pack of an agreement as a file, for those who may see what came of agreements."""
    form = _FILES.get(request.path_params["ending"])
    return await _answer(request, _wanted_pack(request, form))


async def renewal_page(request: Request) -> Response:
    """The renewal pack as a page to print, for the same people."""
    return await _answer(request, _wanted_pack(request, PaperForm.PAGE))


async def take_home_file(request: Request) -> Response:
    """The sheet about one job that a person takes home, for those who may show it to them."""
    form = _FILES.get(request.path_params["ending"])
    return await _answer(request, _wanted_sheet(request, form))


async def take_home_page(request: Request) -> Response:
    """The sheet as a page to print, for the same people."""
    return await _answer(request, _wanted_sheet(request, PaperForm.PAGE))


async def proposal_file(request: Request) -> Response:
    """A proposal of a carved job as a file, for somebody who has signed in and may see carved jobs."""
    form = _FILES.get(request.path_params["ending"])
    return await _answer(request, _wanted_proposal(request, form))


async def proposal_page(request: Request) -> Response:
    """A proposal as a page to print, for the same people."""
    return await _answer(request, _wanted_proposal(request, PaperForm.PAGE))


async def _answer(request: Request, wanted: Wanted | None) -> Response:
    """A browser that only asks about it (HEAD) takes nothing away, so it is not answered."""
    if request.method != "GET" or wanted is None:
        return PlainTextResponse(_NO_SUCH, status_code=404)
    answer = await run_in_threadpool(_paper, request.headers.get(SESSION_HEADER, ""), wanted)
    await run_in_threadpool(refusals.write)
    return answer


def _wanted_pack(request: Request, form: PaperForm | None) -> WantedPack | None:
    agreement_id = request.path_params["agreement_id"]
    return None if form is None or agreement_id > _LARGEST_ID else WantedPack(agreement_id, form)


def _wanted_sheet(request: Request, form: PaperForm | None) -> WantedSheet | None:
    asked = request.path_params
    numbers = asked["seeker_id"], asked["vacancy_id"]
    known = take_home.READINGS.get(asked["reading"])
    if form is None or known is None or max(numbers) > _LARGEST_ID:
        return None
    return WantedSheet(*numbers, reading=known, form=form)


def _wanted(request: Request, form: PaperForm | None) -> WantedPaper | None:
    """What the address asks for: the draft, or a version by its number."""
    numbers = _numbers(request.path_params["agreement_id"], request.path_params["version"])
    reading = _READINGS.get(request.path_params["reading"])
    if form is None or reading is None or numbers is None:
        return None
    return WantedPaper(*numbers, reading=reading, form=form)


def _wanted_proposal(request: Request, form: PaperForm | None) -> WantedProposal | None:
    """The same of a carved job: the draft, or a proposal that was given by its number."""
    numbers = _numbers(request.path_params["carve_id"], request.path_params["number"])
    reading = carve_papers.READINGS.get(request.path_params["reading"])
    if form is None or reading is None or numbers is None:
        return None
    return WantedProposal(*numbers, reading=reading, form=form)


def _numbers(record_id: int, which: str) -> tuple[int, int | None] | None:
    """The record, and which of its papers by its number, or the draft; None for what can be neither."""
    if which != "draft" and not (which.isascii() and which.isdecimal()):
        return None
    number = None if which == "draft" else int(which[:12])
    return None if max(record_id, number or 0) > _LARGEST_ID else (record_id, number)


def _paper(session_digest: str, wanted: Wanted) -> Response:
    with reading() as session:
        sign_in = sessions.in_force(session, session_digest)
    if sign_in is None:
        return PlainTextResponse("Sign in first.", status_code=401)
    today = datetime.now(_LONDON).date()
    try:
        content = _taken_away(wanted, by=sign_in.actor, today=today)
    except tuple(_STATUS) as problem:
        return PlainTextResponse(str(problem), status_code=_STATUS[type(problem)])
    headers = {"Cache-Control": "no-store"}
    if wanted.form is not PaperForm.PAGE:
        headers["Content-Disposition"] = f'attachment; filename="{wanted.file_name}"'
    return Response(content, media_type=MEDIA_TYPES[wanted.form], headers=headers)


def _taken_away(wanted: Wanted, *, by: Actor, today: date) -> bytes:
    if isinstance(wanted, WantedPack):
        return renewal_papers.take_away(wanted, by=by, today=today)
    if isinstance(wanted, WantedSheet):
        return take_home.take_away(wanted, by=by, today=today)
    if isinstance(wanted, WantedProposal):
        return carve_papers.take_away(wanted, by=by, today=today)
    return agreement_papers.take_away(wanted, by=by, today=today)
