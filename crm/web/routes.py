"""The addresses that are answered without Streamlit."""

from pathlib import Path

from sqlmodel import select
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from crm.db import reading
from crm.web.calendars import feed, one_date
from crm.web.documents import document
from crm.web.downloads import exported_list, import_template, person_record, refused_rows
from crm.web.faults import Faults
from crm.web.finding import find
from crm.web.gate import Gate
from crm.web.headers import Headers
from crm.web.invitation import choose_password
from crm.web.metrics import metrics
from crm.web.papers import (
    agreement_file,
    agreement_page,
    proposal_file,
    proposal_page,
    renewal_file,
    renewal_page,
    take_home_file,
    take_home_page,
)
from crm.web.setup import first_visit, progress
from crm.web.signin import login, logout
from crm.web.staying import session_time

ASSETS = Path(__file__).resolve().parent / "assets"


async def health(_request: Request) -> Response:
    """The process answers."""
    return PlainTextResponse("ok")


async def ready(_request: Request) -> Response:
    """The process answers, and so does its database."""
    await run_in_threadpool(_ask_database)
    return PlainTextResponse("ready")


def _ask_database() -> None:
    with reading() as session:
        session.exec(select(1)).one()


async def icon(_request: Request) -> Response:
    """The icon that browsers ask for by its usual name."""
    return FileResponse(ASSETS / "icon.png")


ROUTES: list[BaseRoute] = [
    Route("/login", login, methods=["GET", "POST"]),
    Route("/logout", logout, methods=["GET", "POST"]),
    Route("/password/{token}", choose_password, methods=["GET", "POST"]),
    Route("/setup", first_visit, methods=["GET", "POST"]),
    Route("/setup/progress", progress),
    Route("/files/export/{token}.{ending}", exported_list),
    Route("/files/person/{token}.json", person_record),
    Route("/files/template/{kind}.{ending}", import_template),
    Route("/files/refused/{batch_id:int}.csv", refused_rows),
    Route("/files/document/{side}-{document_id:int}", document),
    Route("/files/calendar/{kind}-{record_id:int}.ics", one_date),
    Route("/files/agreement/{agreement_id:int}/{version}/{reading}.{ending}", agreement_file),
    Route("/print/agreement/{agreement_id:int}/{version}/{reading}", agreement_page),
    Route("/files/renewal-pack/{agreement_id:int}.{ending}", renewal_file),
    Route("/print/renewal-pack/{agreement_id:int}", renewal_page),
    Route("/files/take-home/{seeker_id:int}/{vacancy_id:int}/{reading}.{ending}", take_home_file),
    Route("/print/take-home/{seeker_id:int}/{vacancy_id:int}/{reading}", take_home_page),
    Route("/files/proposal/{carve_id:int}/{number}/{reading}.{ending}", proposal_file),
    Route("/print/proposal/{carve_id:int}/{number}/{reading}", proposal_page),
    Route("/calendar/{token}.ics", feed),
    Route("/session", session_time, methods=["GET", "POST"]),
    Route("/found", find, methods=["POST"]),
    Route("/metrics", metrics),
    Route("/health", health),
    Route("/ready", ready),
    Route("/favicon.png", icon),
    Mount("/assets", StaticFiles(directory=ASSETS)),
]
MIDDLEWARE = [Middleware(Headers), Middleware(Faults), Middleware(Gate)]
