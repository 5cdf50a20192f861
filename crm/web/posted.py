"""Forms that a browser posts to us: only those that we drew, and never from another site."""

import hmac
import secrets
from collections.abc import Mapping
from urllib.parse import urlsplit

from starlette.datastructures import FormData
from starlette.requests import HTTPConnection, Request
from starlette.responses import Response

from crm.config import settings
from crm.web import cookies

TOKEN = "form_token"  # noqa: S105
STALE = "This form was open for too long, or in another tab. Nothing was saved; please send it again."


def token_for(request: Request) -> str:
    """What the drawn form carries: the browser's own token, or a new one."""
    return request.cookies.get(cookies.form_name()) or secrets.token_urlsafe(32)


def with_token(response: Response, token: str) -> Response:
    """The response that draws the form, setting the cookie that the form is compared with."""
    cookies.keep_form_token(response, token)
    return response


def is_ours(request: Request, form: FormData) -> bool:
    """Was this form drawn by us, for this browser, and posted from our own pages?"""
    kept = request.cookies.get(cookies.form_name(), "")
    sent = text(form, TOKEN)
    origin = request.headers.get("origin")
    return bool(kept) and hmac.compare_digest(kept, sent) and (origin is None or is_own(request, origin))


def is_own(request: HTTPConnection, origin: str) -> bool:
    """Is this the address of our own pages?"""
    own = urlsplit(settings().public_url)
    given = urlsplit(origin)
    if given.netloc and given.netloc == request.headers.get("host"):
        return given.scheme in ({"https"} if own.scheme == "https" else {"http", "https"})
    return (given.scheme, given.netloc) == (own.scheme, own.netloc)


def text(form: FormData, name: str) -> str:
    """A field's text; an absent one and an uploaded file are empty."""
    value = form.get(name)
    return value if isinstance(value, str) else ""


def texts(form: FormData, name: str) -> list[str]:
    """All values of a group of tick boxes."""
    return [value for value in form.getlist(name) if isinstance(value, str)]


def typed(form: FormData, names: Mapping[str, object]) -> dict[str, str]:
    """The text of these fields."""
    return {name: text(form, name) for name in names}


def local_path(wanted: str) -> str:
    """Where to go next: a path on this site, never another site; the first page when in doubt."""
    parts = urlsplit(wanted)
    is_local = wanted.startswith("/") and not wanted.startswith(("//", "/\\")) and not parts.netloc
    is_plain = wanted.isprintable() and "\\" not in wanted
    if not is_local or not is_plain or parts.path in ("/login", "/logout", "/setup"):
        return "/"
    return wanted
