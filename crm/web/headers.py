"""What every answer says to the browser, and our additions to Streamlit's one HTML page."""

import re
from functools import lru_cache
from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from crm.config import settings
from crm.web.feed_address import is_feed

_KEPT_FOLDERS = ("/static/", "/assets/")
_NOT_PAGES = (*_KEPT_FOLDERS, "/_stcore/", "/media/", "/component/", "/files/")
_DOCUMENTS = "/files/document/"
_IN_A_SANDBOX = "sandbox; default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
"""For what somebody uploaded: should a browser open it all the same, nothing in it runs or is fetched."""

_PAPERS = "/print/"
_ONLY_STYLE = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
    "frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
)
"""For a page to print: it holds all that it needs, and runs and fetches nothing."""

_ASKS_FOR_LESS = {b"range", b"if-range", b"if-none-match", b"if-modified-since", b"accept-encoding"}
_STYLE = '<link rel="stylesheet" href="/assets/crm.css"></head>'
_SCRIPT = '<head><script defer src="/assets/crm.js"></script>'
"""Before all others: Streamlit reads as it starts what ours asks it to leave out."""
_NOSCRIPT = "<noscript><p>This service needs JavaScript. Please switch it on for this site.</p></noscript>"


def policy() -> str:
    """The content security policy: our own files only; no inline script runs."""
    own = urlsplit(settings().public_url)
    socket = f"{'wss' if own.scheme == 'https' else 'ws'}://{own.netloc}"
    return (
        "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; font-src 'self' data:; "
        f"connect-src 'self' {socket}; worker-src 'self' blob:; frame-src 'self'; "
        "frame-ancestors 'none'; base-uri 'self'; form-action 'self'; object-src 'none'"
    )


def _always() -> dict[str, str]:
    headers = {
        "Content-Security-Policy": policy(),
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    }
    if settings().is_https:
        headers["Strict-Transport-Security"] = "max-age=31536000"
    return headers


@lru_cache(maxsize=4)
def ours(html: bytes) -> bytes:
    """Streamlit's page in our language, with our style and script, and without its inline script."""
    text = html.decode()
    text = text.replace('<html lang="en">', '<html lang="en-GB">')
    text = re.sub(r"<script>.*?</script>", "", text, flags=re.DOTALL)
    text = re.sub(r"<noscript>.*?</noscript>", _NOSCRIPT, text, flags=re.DOTALL)
    text = re.sub(r'<link rel="service-desc"[^>]*>', "", text)
    text = text.replace("<title>Streamlit</title>", "<title>Opening…</title>")
    text = text.replace("<head>", _SCRIPT, 1)
    return text.replace("</head>", _STYLE, 1).encode()


def _own_policy(path: str) -> str | None:
    """A policy narrower than everybody's, for what is no page of the application."""
    if path.startswith(_DOCUMENTS):
        return _IN_A_SANDBOX
    return _ONLY_STYLE if path.startswith(_PAPERS) else None


def _is_no_page(path: str) -> bool:
    return path.startswith(_NOT_PAGES) or is_feed(path)


class Headers:
    """Sets the headers on every answer, and rewrites Streamlit's page on its way out."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        is_page = scope["method"] in ("GET", "HEAD") and not _is_no_page(scope["path"])
        if is_page:
            scope = dict(scope)
            scope["headers"] = [
                (name, value) for name, value in scope["headers"] if name.lower() not in _ASKS_FOR_LESS
            ]
        await self.app(scope, receive, _Answer(scope, send, is_page=is_page).send)


class _Answer:
    """One answer on its way out; a page is held back until it is whole."""

    def __init__(self, scope: Scope, send: Send, *, is_page: bool) -> None:
        self._is_kept = scope["path"].startswith(_KEPT_FOLDERS) or is_feed(scope["path"])
        self._own_policy = _own_policy(scope["path"])
        self._is_head = scope["method"] == "HEAD"
        self._is_page = is_page
        self._send = send
        self._start: Message | None = None
        self._body = b""

    async def send(self, message: Message) -> None:
        """Pass a message on, changed where it has to be."""
        if message["type"] == "http.response.start":
            await self._begin(message)
        elif self._start is None:
            await self._send(message)
        else:
            await self._hold(message, self._start)

    async def _begin(self, message: Message) -> None:
        headers = MutableHeaders(scope=message)
        for name, value in _always().items():
            headers[name] = value
        if self._own_policy:
            headers["Content-Security-Policy"] = self._own_policy
        if not (self._is_kept and message["status"] in (200, 206, 304)):
            headers["Cache-Control"] = "no-store"
        is_html = headers.get("content-type", "").startswith("text/html")
        if self._is_page and is_html and message["status"] == 200 and not self._is_head:
            self._start = message
        else:
            await self._send(message)

    async def _hold(self, message: Message, start: Message) -> None:
        self._body += message.get("body", b"")
        if message.get("more_body"):
            return
        is_streamlit = b'<div id="root"></div>' in self._body
        body = ours(self._body) if is_streamlit else self._body
        headers = MutableHeaders(scope=start)
        headers["content-length"] = str(len(body))
        for stale in ("etag", "last-modified", "accept-ranges") if is_streamlit else ():
            del headers[stale]
        await self._send(start)
        await self._send({"type": "http.response.body", "body": body})
