"""/password/…: somebody with a link from an administrator chooses their own password."""

from pydantic import SecretStr
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from crm.db import reading
from crm.errors import NotFoundError, RuleBrokenError
from crm.models.users import LEAST_PASSWORD_LENGTH
from crm.services import invitations
from crm.web import markup, posted
from crm.web.markup import Problem, TextField
from crm.web.signin import service_name

_FIELDS = (
    TextField(
        "password",
        "New password",
        "password",
        "new-password",
        hint=f"At least {LEAST_PASSWORD_LENGTH} characters. Three unrelated words are a good one.",
    ),
    TextField("again", "The same password again", "password", "new-password"),
)


async def choose_password(request: Request) -> Response:
    """Draw the form for the person behind the link, or take what was typed into it."""
    name = await run_in_threadpool(service_name)
    if name is None:
        return RedirectResponse("/setup", status_code=303)
    token = request.path_params["token"]
    try:
        who = await run_in_threadpool(_who, token)
        if request.method == "POST":
            return await _choose(request, name, who, token)
    except NotFoundError as gone:
        body = markup.paragraph(str(gone)) + '<p><a href="/login">Sign in</a></p>'
        return markup.page("This link does not work", body, service=name, status=404)
    return _form(request, name, who, token)


def _who(token: str) -> str:
    with reading() as session:
        return invitations.invited(session, token).name


async def _choose(request: Request, name: str, who: str, token: str) -> Response:
    form = await request.form()
    if not posted.is_ours(request, form):
        return _form(request, name, who, token, [Problem(posted.STALE)], status=403)
    password = posted.text(form, "password")
    if password != posted.text(form, "again"):
        problem = Problem("The two passwords are not the same. Type both again.", "again")
        return _form(request, name, who, token, [problem], status=422)
    try:
        await run_in_threadpool(invitations.accept, token, SecretStr(password))
    except RuleBrokenError as weak:
        return _form(request, name, who, token, [Problem(str(weak), "password")], status=422)
    body = markup.paragraph("Your password is set. Sign in with your e-mail address and this password.")
    return markup.page("Your password is set", f'{body}<p><a href="/login">Sign in</a></p>', service=name)


def _form(
    request: Request,
    name: str,
    who: str,
    token: str,
    problems: list[Problem] | None = None,
    status: int = 200,
) -> Response:
    wrong = problems or []
    ours = posted.token_for(request)
    fields = [markup.hidden(posted.TOKEN, ours), *(field.draw(problems=wrong) for field in _FIELDS)]
    body = markup.paragraph(f"Welcome, {who}. Choose the password that you will sign in with.")
    body += markup.form(f"/password/{token}", fields, "Set password")
    answer = markup.page("Choose your password", body, service=name, problems=wrong, status=status)
    return posted.with_token(answer, ours)
