"""/setup: the first visit makes the service and its first administrator."""

from pydantic import SecretStr, ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from crm.db import reading, transaction
from crm.errors import RuleBrokenError
from crm.models.users import LEAST_PASSWORD_LENGTH, NewService
from crm.policy import Role, role_word
from crm.services import passwords, setup, signin
from crm.web import cookies, demonstration, markup, posted
from crm.web.markup import Choice, Problem, TextField

_TITLE = "Set up your service"
_PRODUCT = "Employer engagement CRM"
_FIELDS = {
    field.name: field
    for field in (
        TextField("service_name", "Name of your service", autocomplete="organization"),
        TextField("name", "Your name", autocomplete="name"),
        TextField(
            "email", "Your e-mail address", "email", "username", hint="You sign in with it. Nothing is sent."
        ),
        TextField(
            "password",
            "Password",
            "password",
            "new-password",
            hint=f"At least {LEAST_PASSWORD_LENGTH} characters. Three unrelated words are a good one.",
        ),
        TextField("again", "The same password again", "password", "new-password"),
    )
}
_MINE = (Role.ENGAGEMENT_OFFICER, Role.JOB_COACH, Role.MANAGER)
_ROLES = [Choice(role.value, role_word(role).capitalize()) for role in _MINE]
_DEMONSTRATION = "demonstration"
_KINDS = [
    Choice("empty", "An empty service", "Start with your own employers and job seekers."),
    Choice(
        _DEMONSTRATION,
        "A demonstration service",
        "Fictional people and employers, to look at everything first. Never put real people into it.",
    ),
]
_EMPTY = "This cannot be left empty."
_WORDS = {
    "service_name": "Enter the name of your service.",
    "name": "Enter your name.",
    "email": "Enter an e-mail address, for example name@example.org.",
}


async def first_visit(request: Request) -> Response:
    """Draw the set-up form, or take what was typed into it; afterwards there is only sign-in."""
    if request.method == "POST":
        return await _set_up(request)
    if await run_in_threadpool(_is_done):
        return RedirectResponse("/login", status_code=303)
    return _form(request, FormData([("kind", "empty"), *(("roles", role.value) for role in _MINE)]), [])


def _is_done() -> bool:
    with reading() as session:
        return setup.is_done(session)


async def _set_up(request: Request) -> Response:
    form = await request.form()
    if not posted.is_ours(request, form):
        return _form(request, form, [Problem(posted.STALE)], status=403)
    new, problems = _understood(form)
    if new is None or problems:
        return _form(request, form, problems, status=422)
    wants_demonstration = posted.text(form, "kind") == _DEMONSTRATION
    try:
        token = await run_in_threadpool(_create, new)
    except RuleBrokenError as problem:
        return _form(request, form, [Problem(str(problem), problem.field)], status=422)
    if wants_demonstration:
        demonstration.LOADING.start()
    answer = RedirectResponse("/setup/progress" if wants_demonstration else "/", status_code=303)
    cookies.keep_session(answer, token)
    return answer


def _create(new: NewService) -> str:
    with transaction() as session:
        return signin.begin(session, setup.create(session, new))


def _understood(form: FormData) -> tuple[NewService | None, list[Problem]]:
    """What was asked for, and everything that is wrong with it."""
    typed = posted.typed(form, _FIELDS)
    problems = _password_problems(typed)
    known = {role.value for role in _MINE}
    roles = [name for name in posted.texts(form, "roles") if name in known]
    try:
        new = NewService.model_validate(
            typed | {"roles": roles, "password": SecretStr(typed["password"])}, extra="ignore"
        )
    except ValidationError as refusal:
        names = {str(error["loc"][0]) for error in refusal.errors()}
        order = [name for name in _FIELDS if name in names]
        return None, [Problem(_WORDS.get(name, _EMPTY), name) for name in order] + problems
    return new, problems


def _password_problems(typed: dict[str, str]) -> list[Problem]:
    problems: list[Problem] = []
    try:
        about = (typed["name"], typed["email"], typed["service_name"])
        passwords.ensure_strong(SecretStr(typed["password"]), about=about)
    except RuleBrokenError as weak:
        problems.append(Problem(str(weak), "password"))
    if typed["password"] != typed["again"]:
        problems.append(Problem("The two passwords are not the same. Type both again.", "again"))
    return problems


def _form(request: Request, form: FormData, problems: list[Problem], status: int = 200) -> Response:
    token = posted.token_for(request)
    typed = posted.typed(form, _FIELDS)
    fields = [
        markup.hidden(posted.TOKEN, token),
        *(field.draw(typed[name], problems) for name, field in _FIELDS.items()),
        markup.choices(
            "checkbox",
            "roles",
            "What you do yourself, beside administration",
            _ROLES,
            posted.texts(form, "roles"),
        ),
        markup.choices("radio", "kind", "Start with", _KINDS, [posted.text(form, "kind") or "empty"]),
    ]
    introduction = markup.paragraph("This is done once. You become the first administrator.")
    body = introduction + markup.form("/setup", fields, "Set up the service")
    answer = markup.page(_TITLE, body, service=_PRODUCT, problems=problems, status=status)
    return posted.with_token(answer, token)


async def progress(_request: Request) -> Response:
    """How far the demonstration service has come; goes on to the first page when it is there."""
    state = demonstration.LOADING.state
    if state is demonstration.State.WORKING:
        done = demonstration.LOADING.percent
        body = (
            '<p role="status">Fictional employers, vacancies and job seekers are being written: '
            f"{done} % done. This takes less than a minute, and the page goes on by itself.</p>"
            f'<progress max="100" value="{done}" aria-label="Written so far"></progress>'
        )
        return markup.page("Making the demonstration service", body, service=_PRODUCT, refresh=2)
    if state is demonstration.State.FAILED:
        body = markup.paragraph(
            "The demonstration records could not be written, and none of them was kept. Your account was "
            "made: go on with an empty service, or have an administrator of this machine look at its log."
        )
        return markup.page(
            "The demonstration is not there", f'{body}<p><a href="/">Go on</a></p>', service=_PRODUCT
        )
    return RedirectResponse("/", status_code=303)
