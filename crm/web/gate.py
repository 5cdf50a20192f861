"""Nothing is served without a session in force: not pages, not files, and not the websocket."""

from urllib.parse import quote, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from crm import startup
from crm.config import settings
from crm.db import reading
from crm.services import sessions, setup
from crm.web import cookies, holders, posted
from crm.web.feed_address import is_feed

TRUSTED_PREFIX = "x-eecrm-"
SESSION_HEADER = "x-eecrm-sid"
_OPEN = ("/login", "/logout", "/setup", "/health", "/ready", "/metrics", "/_stcore/health", "/favicon.png")
_OPEN_FOLDERS = ("/assets/", "/static/")
_PARTS = ("/_stcore/", "/media/", "/component/", "/files/")
_CLOSED = ("/_stcore/metrics", "/_stcore/script-health-check", "/_stcore/agent")
"""Streamlit's own addresses that nothing of ours uses: not even for those who have signed in."""

_LOOPBACK = {"localhost", "127.0.0.1", "::1"}


class Gate:
    """Lets a request through when its cookie belongs to a session in force, and says to Streamlit which.

    What a client says in a header of ours is thrown away first, so that only the gate can say it.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._is_set_up = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, redirect or refuse one request."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        scope = dict(scope)
        scope["headers"] = [
            (name, value)
            for name, value in scope["headers"]
            if not name.lower().startswith(TRUSTED_PREFIX.encode())
        ]
        refusal = await self._refusal(scope)
        if refusal is None:
            await self.app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008, "reason": "Sign in first."})
        else:
            await refusal(scope, receive, send)

    async def _refusal(self, scope: Scope) -> Response | None:
        """What to answer instead of what was asked for; None lets it through, its session named."""
        request = HTTPConnection(scope)
        if not _is_our_host(request):
            return PlainTextResponse(f"This service is reached at {settings().public_url}.", status_code=400)
        if not _is_safe_address(scope):
            return PlainTextResponse(startup.IN_THE_CLEAR, status_code=400)
        if scope["type"] == "http" and _is_open(request.url.path):
            return None
        if scope["type"] == "websocket" and not _comes_from_our_pages(request):
            return PlainTextResponse("This connection does not come from our own pages.", status_code=403)
        token_digest = await run_in_threadpool(self._session_of, cookies.session_token(request))
        if token_digest is None:
            return self._ask_to_sign_in(scope, request)
        if request.url.path.startswith(_CLOSED):
            return PlainTextResponse("There is nothing here.", status_code=404)
        if holders.is_foreign_upload(request.url.path, token_digest):
            return PlainTextResponse("This upload belongs to another session.", status_code=403)
        MutableHeaders(scope=scope)[SESSION_HEADER] = token_digest
        return None

    def _session_of(self, token: str | None) -> str | None:
        """The digest of the session in force that the cookie stands for."""
        with reading() as session:
            self._is_set_up = self._is_set_up or setup.is_done(session)
            token_digest = sessions.digest(token) if token else ""
            return token_digest if token and sessions.in_force(session, token_digest) else None

    def _ask_to_sign_in(self, scope: Scope, request: HTTPConnection) -> Response:
        path = request.url.path
        if scope["type"] == "websocket" or scope["method"] not in ("GET", "HEAD") or _is_part(path):
            return PlainTextResponse("Sign in first.", status_code=401)
        if not self._is_set_up:
            return RedirectResponse("/setup", status_code=303)
        wanted = f"{path}?{request.url.query}" if request.url.query else path
        onward = "" if wanted == "/" else f"?next={quote(wanted, safe='/')}"
        return RedirectResponse(f"/login{onward}", status_code=303)


def _is_open(path: str) -> bool:
    is_in_open_folder = path.startswith(("/setup/", "/password/", *_OPEN_FOLDERS))
    return path in _OPEN or is_in_open_folder or is_feed(path)


def _is_part(path: str) -> bool:
    """Is this asked for by a page rather than by a person?"""
    return path == "/session" or path.startswith(_PARTS)


def _is_our_host(request: HTTPConnection) -> bool:
    """A name that points to us without being ours could read our pages through a browser."""
    host = urlsplit(f"//{request.headers.get('host', '')}").hostname
    return host in _LOOPBACK or host == urlsplit(settings().public_url).hostname


def _is_safe_address(scope: Scope) -> bool:
    """Whatever serves us, and whatever it was told to listen on: from other machines only behind TLS."""
    here = scope.get("server") or ("localhost",)
    return here[0].startswith("/") or settings().is_https or startup.is_loopback(here[0])


def _comes_from_our_pages(request: HTTPConnection) -> bool:
    origin = request.headers.get("origin")
    return origin is not None and posted.is_own(request, origin)
