"""The policy on the running app: every screen by its address, and foreign widgets, over a raw websocket."""

from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
import sqlalchemy as sa
from sqlmodel import Session, col, select
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection

from crm.db import make_engine
from crm.models.matches import MatchDecision
from crm.models.restricted import OpeningInput, RestrictedFacts
from crm.models.seeker_inputs import JobSeekerInput
from crm.models.seekers import JobSeeker, ProfileSkill
from crm.models.tasks import TaskInput
from crm.models.users import SYSTEM, User
from crm.policy import Role
from crm.services import restricted_views, seekers, sessions, tasks
from crm.ui.menu import SCREENS
from tests.browser.test_every_page import parameters_of
from tests.conftest import copy_of
from tests.demonstrated import lowest_ids
from tests.makers import make_user
from tests.makers_employers import make_active, make_employer, make_person, make_site
from tests.makers_jobs import make_analysis, make_task, make_vacancy
from tests.makers_people import make_criterion, make_need, make_profile, make_seeker, make_skill
from tests.makers_restricted import make_restricted
from tests.makers_teams import make_team
from tests.serving import AppServer, email_of, serve
from tests.web.wire import cookie_of, opened

OLD_PHONE, PHONE, EMAIL, POSTCODE = "+441134967777", "+441134968888", "canary@example.org", "LS1 4ZY"
DIAGNOSIS, BENEFITS = "a canary diagnosis", "a canary benefit"
CANARIES = (OLD_PHONE, PHONE, EMAIL, POSTCODE, DIAGNOSIS, BENEFITS)
CURIOUS = (Role.ENGAGEMENT_OFFICER, Role.JOB_COACH, Role.ADMINISTRATOR, Role.AUDITOR)
NOT_MADE = {
    *("workplace_support", "job_risk", "job_carve", "import_batch", "consent", "programme", "list_choice"),
    *("awareness_session", "employer_contact", "saved_view", "share_sheet", "row_dispute", "placement"),
    *("agreement_use", "promised_session"),
}
FORGED = "Forged by somebody else"


def load_canaries(session: Session) -> None:
    """Somebody of another team of whom there is something on every screen, and secrets."""
    near, far = make_user(session, Role.JOB_COACH), make_user(session, Role.JOB_COACH, name="Olga Other")
    make_team(session, "North", *session.exec(select(User).where(User.id != far.id)))
    make_team(session, "South", far)
    employer = make_employer(session, owner_id=near.id)
    make_site(session, employer)
    make_person(session, employer)
    make_active(session, employer)
    vacancy, analysis = make_vacancy(session, employer), make_analysis(session, employer)
    make_criterion(session, vacancy)
    make_task(session, analysis)
    seeker = make_seeker(session, coach_id=far.id, phone=OLD_PHONE, email=EMAIL, postcode=POSTCODE)
    typed = {name: getattr(seeker, name) for name in JobSeekerInput.model_fields} | {"phone": PHONE}
    seekers.change(session, seeker.key, JobSeekerInput.model_validate(typed), version=1, by=SYSTEM)
    make_profile(session, seeker)
    make_skill(session, seeker)
    make_need(session, seeker)
    tasks.add(session, TaskInput(title="Ring", seeker_id=seeker.key), by=far.as_actor())
    make_restricted(session, seeker, far.as_actor(), health=DIAGNOSIS, benefits=BENEFITS)


@pytest.fixture(scope="module")
def server(template_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Generator[AppServer]:
    folder = tmp_path_factory.mktemp("canaries")
    with serve(copy_of(template_database, folder), fill=load_canaries) as running:
        yield running


@pytest.fixture(scope="module")
def pages(server: AppServer) -> dict[str, str]:
    """The query of each screen's address: everything that it can be asked about the person."""
    made = make_engine(server.database_url)
    ids = lowest_ids(made)
    made.dispose()
    ids |= dict.fromkeys(NOT_MADE - ids.keys(), 1)
    queries = {screen.address: urlencode(parameters_of(screen, ids)) for screen in SCREENS}
    return queries | {"history": f"of=seeker&id={ids['job_seeker']}"}


def run(
    socket: ClientConnection, address: str, query: str, typed: dict[str, str] | None = None
) -> list[ForwardMsg]:
    """Open a page by its address, with these values of widgets; what is drawn."""
    asked = BackMsg()
    asked.rerun_script.page_name = address
    asked.rerun_script.query_string = query
    for widget, kind in (typed or {}).items():
        state = asked.rerun_script.widget_states.widgets.add(id=widget)
        if kind == "button":
            state.trigger_value = True
        else:
            state.string_value = FORGED
    socket.send(asked.SerializeToString())
    drawn: list[ForwardMsg] = []
    while not drawn or drawn[-1].WhichOneof("type") != "script_finished":
        message = ForwardMsg.FromString(bytes(socket.recv(timeout=60)))  # pyright: ignore[reportArgumentType]
        assert message.delta.new_element.WhichOneof("type") != "exception", address
        drawn.append(message)
    return drawn


def leaks(drawn: list[ForwardMsg]) -> list[str]:
    text = "\n".join(map(str, drawn))
    return [canary for canary in CANARIES if canary in text]


@pytest.mark.parametrize("role", CURIOUS)
def test_no_screen_shows_what_a_role_may_not_see(server: AppServer, pages: dict[str, str], role: Role):
    with opened(server, cookie_of(server, role), server.url) as socket:
        found = {address: leaks(run(socket, address, query)) for address, query in pages.items()}
    assert {address: leaked for address, leaked in found.items() if leaked} == {}


def open_for_the_manager(server: AppServer, cookie: str) -> None:
    """Give a reason to see the restricted facts, in the sign-in of this cookie."""
    here = sessions.digest(cookie.partition("session=")[2].partition(";")[0])
    made = make_engine(server.database_url)
    with Session(made.execution_options(is_write=True)) as session, session.begin():
        manager = session.exec(select(User).where(User.email == email_of(Role.MANAGER))).one()
        seeker = session.exec(select(JobSeeker).where(col(JobSeeker.phone) == PHONE)).one()
        why = OpeningInput.model_validate({"reason": "review_due"})
        by = manager.as_actor()
        restricted_views.open_facts(session, seeker.key, why, in_session=here, by=by)
    made.dispose()


def test_the_manager_is_shown_all_of_it_so_that_the_test_bites(server: AppServer, pages: dict[str, str]):
    cookie = cookie_of(server, Role.MANAGER)
    open_for_the_manager(server, cookie)
    with opened(server, cookie, server.url) as socket:
        asked = ("seeker", "restricted", "history")
        found = {canary for address in asked for canary in leaks(run(socket, address, pages[address]))}
    assert found == set(CANARIES)


def test_the_view_for_the_person_brings_nobody_elses_name_and_no_way_to_reach_anybody(
    server: AppServer, pages: dict[str, str]
):
    with opened(server, cookie_of(server, Role.MANAGER), server.url) as socket:
        drawn = run(socket, "with-person", pages["with-person"])
        framed = run(socket, "seeker", pages["seeker"])
    text = "\n".join(map(str, drawn))
    assert "Fold boxes" in text
    assert leaks(drawn) == []
    for words in ("Olga Other", "data-crm-find", "/account", "crm-log"):
        assert words not in text
        assert words in "\n".join(map(str, framed)), "Elsewhere it is there, so that this test bites."


def widgets(drawn: list[ForwardMsg]) -> Iterator[tuple[str, str]]:
    """The lines, texts and buttons of a page, by the ids that the browser would send."""
    for message in drawn:
        element = message.delta.new_element
        kind = element.WhichOneof("type")
        if kind in {"text_input", "text_area", "button"}:
            yield getattr(element, kind).id, kind


ATTACKS = [
    (Role.JOB_COACH, "seeker-edit"),
    (Role.JOB_COACH, "compare"),
    (Role.ENGAGEMENT_OFFICER, "restricted"),
]


def test_what_a_manager_could_press_saves_and_shows_nothing_when_somebody_else_sends_it(
    server: AppServer, pages: dict[str, str]
):
    with opened(server, cookie_of(server, Role.MANAGER), server.url) as manager:
        for role, address in ATTACKS:
            typed = dict(widgets(run(manager, address, pages[address])))
            assert "button" in typed.values()
            with opened(server, cookie_of(server, role), server.url) as other:
                run(other, address, pages[address])
                assert leaks(run(other, address, pages[address], typed)) == []
        assert kept(server) == (PHONE, DIAGNOSIS, "Fold boxes", 0)
        typed = dict(widgets(run(manager, "skill-edit", pages["skill-edit"])))
        run(manager, "skill-edit", pages["skill-edit"], typed)
    assert kept(server) == (PHONE, DIAGNOSIS, FORGED, 0), "The manager's own press does save."


def kept(server: AppServer) -> tuple[str, str, str, int]:
    """The telephone, the diagnosis and the skill that are recorded, and how many decisions there are."""
    made = make_engine(server.database_url)
    asked: tuple[Any, ...] = (
        JobSeeker.phone,
        RestrictedFacts.health,
        ProfileSkill.name,
        sa.func.count(col(MatchDecision.id)),
    )
    with made.connect() as connection:
        found = [connection.execute(sa.select(column)).scalar_one() for column in asked]
    made.dispose()
    return found[0], found[1], found[2], found[3]
