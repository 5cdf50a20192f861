"""The two cookies: the session's random token, and the one that a posted form is compared with."""

from starlette.requests import HTTPConnection
from starlette.responses import Response

from crm.config import settings


def session_name() -> str:
    """The session cookie's name; over https the browser itself binds a `__Host-` cookie to this one host."""
    return _named("crm_session")


def form_name() -> str:
    """The name of the cookie that proves that a posted form was drawn by us."""
    return _named("crm_form")


def _named(name: str) -> str:
    return f"__Host-{name}" if settings().is_https else name


def session_token(request: HTTPConnection) -> str | None:
    """The token that the browser sent, whatever it is worth."""
    return request.cookies.get(session_name())


def keep_session(response: Response, token: str) -> None:
    """Have the browser keep a new session's token until the session has to end."""
    _set(response, session_name(), token, settings().session_hours * 3600, "lax")


def keep_form_token(response: Response, token: str) -> None:
    """Have the browser keep what the posted form will be compared with."""
    _set(response, form_name(), token, None, "strict")


def forget_session(response: Response) -> None:
    """Have the browser forget the session's token."""
    _set(response, session_name(), "", 0, "lax")


def _set(response: Response, name: str, value: str, seconds: int | None, same_site: str) -> None:
    response.set_cookie(
        name,
        value,
        max_age=seconds,
        path="/",
        secure=settings().is_https,
        httponly=True,
        samesite="strict" if same_site == "strict" else "lax",
    )
