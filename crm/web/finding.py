"""/found: what is found by what is typed, as JSON for the box at the top of every page.

It is posted, and never part of an address: what people search for are names. The page with everything that
was found is opened by an address that holds the words locked, so that only the same person can read them.
"""

import json
from collections.abc import Sequence

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from crm import locks
from crm.db import reading
from crm.models.search import EntryKind
from crm.models.users import Actor, Service
from crm.services import search, sessions, setup
from crm.services.search import Group
from crm.services.search_query import Hit
from crm.web import posted
from crm.web.gate import SESSION_HEADER

MOST = 20
_PAGES = {
    EntryKind.EMPLOYER: "employer",
    EntryKind.PERSON: "employer",
    EntryKind.VACANCY: "vacancy",
    EntryKind.AGREEMENT: "agreement",
    EntryKind.SEEKER: "seeker",
}
_KINDS = {
    EntryKind.EMPLOYER: "Employers",
    EntryKind.PERSON: "People at employers",
    EntryKind.VACANCY: "Vacancies",
    EntryKind.AGREEMENT: "Agreements",
}


def address_of(hit: Hit) -> str:
    """The page that a record is seen on: of somebody at an employer, the employer's."""
    return f"{_PAGES[hit.kind]}?id={hit.opens_id}"


def kind_words(kind: EntryKind, seeker_words: str) -> str:
    """What records of a kind are called, several of them."""
    return _KINDS.get(kind) or seeker_words[:1].upper() + seeker_words[1:]


def as_json(
    groups: Sequence[Group], *, by: Actor, typed: str = "", seeker_words: str = "job seekers"
) -> bytes:
    """What was found, group by group, as small as it can be said."""
    said = {
        "total": sum(group.total for group in groups),
        "all": f"find?of={locked(typed, by)}",
        "groups": [
            {
                "name": kind_words(group.kind, seeker_words),
                "total": group.total,
                "hits": [_as_row(hit) for hit in group.hits],
            }
            for group in groups
        ],
    }
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()


def _as_row(hit: Hit) -> dict[str, str]:
    detail = ", ".join(filter(None, [hit.detail, "archived" if hit.is_archived else ""]))
    return {"title": hit.title, "detail": detail, "to": address_of(hit)}


def locked(typed: str, by: Actor) -> str:
    """What was typed as an address may hold it: readable for the same person only."""
    return locks.lock(typed[: search.MOST_TYPED], _place(by))


def unlocked(held: str, by: Actor) -> str:
    """What `locked` made of something typed.

    Raises:
        SecretsError: it was made for somebody else, or with another key.
    """
    return locks.unlock(held, _place(by))


def _place(by: Actor) -> str:
    return f"words looked for by {by.id}"


async def find(request: Request) -> Response:
    """Answer what is found; only our own pages ask."""
    origin = request.headers.get("origin")
    if origin is None or not posted.is_own(request, origin):
        return PlainTextResponse("This does not come from our own pages.", status_code=403)
    form = await request.form()
    digest = request.headers.get(SESSION_HEADER, "")
    return await run_in_threadpool(_find, digest, posted.text(form, "q"))


def _find(session_digest: str, typed: str) -> Response:
    with reading() as session:
        sign_in = sessions.in_force(session, session_digest)
        if sign_in is None:
            return PlainTextResponse("Sign in first.", status_code=401)
        by = sign_in.actor
        service: Service = setup.current(session)
        groups = search.find(session, typed, limit=MOST, by=by)
    content = as_json(groups, by=by, typed=typed, seeker_words=service.seeker_words)
    return Response(content, media_type="application/json")
