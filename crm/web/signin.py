"""/login and /logout: plain forms that work without JavaScript and with any password manager."""

import structlog
from pydantic import SecretStr
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from crm import measures
from crm.db import reading, transaction
from crm.errors import CrmError, NotAllowedError, NotFoundError
from crm.services import setup, signin
from crm.web import cookies, markup, posted
from crm.web.markup import Problem, TextField

_LOG = structlog.get_logger()
_EMAIL = TextField("email", "E-mail address", kind="email", autocomplete="username")
_PASSWORD = TextField("password", "Password", kind="password", autocomplete="current-password")


async def login(request: Request) -> Response:
    """Draw the sign-in form, or take what was typed into it."""
    name = await run_in_threadpool(service_name)
    if name is None:
        return RedirectResponse("/setup", status_code=303)
    if request.method == "POST":
        return await _sign_in(request, name)
    onward = posted.local_path(request.query_params.get("next", "/"))
    return _form(request, name, onward)


def service_name() -> str | None:
    """The name of the service, None before it is set up."""
    try:
        with reading() as session:
            return setup.current(session).name
    except NotFoundError:
        return None


async def _sign_in(request: Request, name: str) -> Response:
    form = await request.form()
    onward = posted.local_path(posted.text(form, "next"))
    email, password = posted.text(form, "email"), posted.text(form, "password")
    if not posted.is_ours(request, form):
        return _form(request, name, onward, email, [Problem(posted.STALE)], status=403)
    problems = _missing(email, password)
    if problems:
        return _form(request, name, onward, email, problems, status=422)
    try:
        token = await run_in_threadpool(
            signin.sign_in, email, SecretStr(password), address=address_of(request)
        )
    except CrmError as problem:
        status = 429 if isinstance(problem, NotAllowedError) else 401
        _note("held off" if status == 429 else "refused")
        return _form(request, name, onward, email, [Problem(str(problem), "email")], status=status)
    _note("let in")
    await run_in_threadpool(_end, cookies.session_token(request))
    answer = RedirectResponse(onward, status_code=303)
    cookies.keep_session(answer, token)
    return answer


def _note(outcome: str) -> None:
    measures.SIGN_INS.add(outcome)
    _LOG.info("sign_in", outcome=outcome)


def address_of(request: Request) -> str:
    """The network address that asks, as the server or its trusted proxy tells it."""
    return request.client.host if request.client else "unknown"


def _missing(email: str, password: str) -> list[Problem]:
    problems = [] if email.strip() else [Problem("Enter your e-mail address.", "email")]
    return problems + ([] if password else [Problem("Enter your password.", "password")])


def _form(
    request: Request,
    name: str,
    onward: str,
    email: str = "",
    problems: list[Problem] | None = None,
    status: int = 200,
) -> Response:
    wrong = problems or []
    token = posted.token_for(request)
    fields = [
        markup.hidden(posted.TOKEN, token),
        markup.hidden("next", onward),
        _EMAIL.draw(email, wrong),
        _PASSWORD.draw(problems=wrong),
    ]
    body = markup.form("/login", fields, "Sign in")
    body += markup.paragraph("Forgotten your password? Ask an administrator of your service for a new one.")
    answer = markup.page("Sign in", body, service=name, problems=wrong, status=status)
    return posted.with_token(answer, token)


async def logout(request: Request) -> Response:
    """Ask whether to sign out, then do so; pages left open stop at their next action."""
    name = await run_in_threadpool(service_name)
    if name is None:
        return RedirectResponse("/setup", status_code=303)
    token = posted.token_for(request)
    problems: list[Problem] = []
    if request.method == "POST":
        if posted.is_ours(request, await request.form()):
            return await _sign_out(request)
        problems = [Problem(posted.STALE)]
    fields = [markup.hidden(posted.TOKEN, token)]
    body = (
        markup.paragraph("You will need your password to come back. What you have saved stays saved.")
        + markup.form("/logout", fields, "Sign out")
        + '<p><a href="/">Go back without signing out</a></p>'
    )
    status = 403 if problems else 200
    answer = markup.page("Sign out", body, service=name, problems=problems, status=status)
    return posted.with_token(answer, token)


async def _sign_out(request: Request) -> Response:
    await run_in_threadpool(_end, cookies.session_token(request))
    answer = RedirectResponse("/login", status_code=303)
    cookies.forget_session(answer)
    return answer


def _end(token: str | None) -> None:
    """End the session of this browser, if it has one."""
    if token is not None:
        with transaction() as session:
            signin.sign_out(session, token)
