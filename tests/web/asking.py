"""A small browser for the plain pages: it keeps cookies and asks the application without a socket."""

import re
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import anyio
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket

from crm.web.routes import MIDDLEWARE, ROUTES

STREAMLIT_PAGE = (
    '<!DOCTYPE html><html lang="en"><head><title>Streamlit</title></head>'
    "<body><noscript>x</noscript><script>inline()</script>"
    '<div id="root"></div></body></html>'
)


async def _page(request: Request) -> Response:
    return HTMLResponse(STREAMLIT_PAGE, headers={"etag": '"old"'})


async def _headers(request: Request) -> Response:
    return JSONResponse(dict(request.headers))


async def _socket(websocket: WebSocket) -> None:
    await websocket.accept()
    await websocket.send_json(dict(websocket.headers))
    await websocket.close()


def make_app() -> Starlette:
    """Our routes and middleware around stand-ins for what Streamlit serves."""
    inner = [
        Route("/media/{name}", _headers),
        Route("/_stcore/metrics", _headers),
        Route("/_stcore/health", _headers),
        Route("/_stcore/upload_file/{session}/{name}", _headers, methods=["PUT"]),
        WebSocketRoute("/_stcore/stream", _socket),
        Route("/{path:path}", _page),
    ]
    return Starlette(routes=[*ROUTES, *inner], middleware=MIDDLEWARE)


def run_apart(work: Callable[..., Awaitable[Any]], *arguments: Any) -> Any:
    """Run asynchronous work in a thread of its own: the browser's tests keep a loop running in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(anyio.run, work, *arguments).result()


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    text: str
    set_cookies: list[str]

    @property
    def problems(self) -> list[str]:
        """The entries of the error summary."""
        listed = re.search(r'class="summary".*?</ul>', self.text, re.DOTALL)
        return re.findall(r"<li>(?:<a [^>]*>)?([^<]*)", listed.group(0)) if listed else []


@dataclass
class Visitor:
    """One browser at one address."""

    app: Starlette = field(default_factory=make_app)
    host: str = "localhost:8501"
    address: str = "192.0.2.7"
    server: str = "127.0.0.1"
    cookies: dict[str, str] = field(default_factory=dict[str, str])

    def get(self, path: str, **headers: str) -> Answer:
        """Ask for a page."""
        return self.ask("GET", path, headers=headers)

    def fill_in(self, path: str, **values: Any) -> Answer:
        """Open a form and post it with these values beside the hidden ones."""
        drawn = self.get(path).text
        hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', drawn))
        return self.post(path.partition("?")[0], hidden | values)

    def post(self, path: str, values: dict[str, Any], **headers: str) -> Answer:
        """Post a form."""
        body = urlencode(values, doseq=True).encode()
        kind = {"content-type": "application/x-www-form-urlencoded"}
        return self.ask("POST", path, headers=kind | headers, body=body)

    def ask(self, method: str, path: str, *, headers: dict[str, str], body: bytes = b"") -> Answer:
        """Ask in any way."""
        route, _, query = path.partition("?")
        scope = self._scope("http", route, query, headers) | {"method": method}
        sent = run_apart(self._exchange, scope, {"type": "http.request", "body": body, "more_body": False})
        start = sent[0]
        pairs = [(name.decode(), value.decode()) for name, value in start["headers"]]
        self._keep([value for name, value in pairs if name == "set-cookie"])
        text = b"".join(message.get("body", b"") for message in sent[1:]).decode(errors="replace")
        return Answer(start["status"], dict(pairs), text, [v for name, v in pairs if name == "set-cookie"])

    def connect(self, **headers: str) -> list[dict[str, Any]]:
        """Open the websocket; the messages that the server sends."""
        scope = self._scope("websocket", "/_stcore/stream", "", headers) | {"subprotocols": []}
        return run_apart(self._exchange, scope, {"type": "websocket.connect"})

    def _scope(self, kind: str, route: str, query: str, headers: dict[str, str]) -> dict[str, Any]:
        sent = {"host": self.host} | {name.replace("_", "-"): value for name, value in headers.items()}
        if self.cookies:
            sent["cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return {
            "type": kind,
            "http_version": "1.1",
            "scheme": "http",
            "path": route,
            "raw_path": route.encode(),
            "root_path": "",
            "query_string": query.encode(),
            "headers": [(name.encode(), value.encode()) for name, value in sent.items()],
            "client": (self.address, 50000),
            "server": (self.server, 8501),
        }

    async def _exchange(self, scope: dict[str, Any], first: dict[str, Any]) -> list[dict[str, Any]]:
        sent: list[dict[str, Any]] = []
        waiting = [first]

        async def receive() -> dict[str, Any]:
            return waiting.pop(0) if waiting else {"type": f"{scope['type']}.disconnect"}

        async def send(message: Any) -> None:
            sent.append(dict(message))

        await self.app(scope, receive, send)
        return sent

    def _keep(self, set_cookies: list[str]) -> None:
        for line in set_cookies:
            name, _, value = line.partition(";")[0].partition("=")
            if "Max-Age=0" in line:
                self.cookies.pop(name, None)
            else:
                self.cookies[name] = value
