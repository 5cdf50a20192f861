"""What happens when an address of our own fails: a page with a number, and the fault in the log under it.

It also counts what is answered, as every request comes past here.
"""

from http import HTTPStatus

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from crm import measures
from crm.incidents import incident
from crm.web import markup

_PRODUCT = "Employer engagement CRM"


class Faults:
    """Answers with an incident number when what is inside fails, and counts every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, whatever happens inside."""
        if scope["type"] == "websocket":
            await self._hold_open(scope, receive, send)
        elif scope["type"] == "http":
            await self._answer(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _hold_open(self, scope: Scope, receive: Receive, send: Send) -> None:
        measures.CONNECTIONS.change(1)
        try:
            await self.app(scope, receive, send)
        finally:
            measures.CONNECTIONS.change(-1)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        has_begun = False

        async def note(message: Message) -> None:
            nonlocal has_begun
            if message["type"] == "http.response.start":
                has_begun = True
                measures.REQUESTS.add(str(message["status"]))
            await send(message)

        try:
            await self.app(scope, receive, note)
        except Exception as fault:  # noqa: BLE001 - the last place where a fault can still be told kindly
            number = incident(fault, "request")
            if not has_begun:
                await _page(number)(scope, receive, note)


def _page(number: str) -> ASGIApp:
    body = markup.paragraph(
        "Something went wrong on our side, and this could not be finished. What you saved before is safe. "
        f"If it happens again, give an administrator this number: {number}."
    )
    return markup.page(
        "Something went wrong",
        f'{body}<p><a href="/">Go to the first page</a></p>',
        service=_PRODUCT,
        status=HTTPStatus.INTERNAL_SERVER_ERROR,
    )
