"""Attacks on the running app (docs/SECURITY.md): forged fields, files, messages and addresses."""

from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session, select
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

from crm.db import make_engine
from crm.models.employers import Employer, Tier
from crm.policy import Role
from tests.conftest import copy_of
from tests.makers_employers import make_employer
from tests.serving import AppServer, serve
from tests.web.wire import (
    answer_of,
    cookie_of,
    elements,
    opened,
    part_of,
    put,
    rerun,
    run,
    send_file,
    sign_out,
)

OFFICER, COACH = Role.ENGAGEMENT_OFFICER, Role.JOB_COACH


@pytest.fixture(scope="module")
def server(template_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Generator[AppServer]:
    """A running app with one employer."""
    folder = copy_of(template_database, tmp_path_factory.mktemp("attacked"))
    with serve(folder, fill=add_employer) as running:
        yield running


def add_employer(session: Session) -> None:
    make_employer(session)


def stored(server: AppServer) -> Employer:
    made = make_engine(server.database_url)
    with Session(made) as session:
        employer = session.exec(select(Employer)).one()
    made.dispose()
    return employer


def forged(messages: list[Any], **values: str) -> list[WidgetState]:
    """The form of the employer with these values in its fields, and its button pressed."""
    fields = {field.id: field for kind in ("selectbox", "text_input") for field in elements(messages, kind)}
    states = [
        WidgetState(id=identity, string_value=values[identity.rpartition("-")[2]])
        for identity in fields
        if identity.rpartition("-")[2] in values
    ]
    return [*states, *(WidgetState(id=one.id, trigger_value=True) for one in elements(messages, "button"))]


def test_a_value_that_the_list_does_not_offer_is_not_saved(server: AppServer):
    with opened(server, cookie_of(server, OFFICER), server.url) as socket:
        drawn = run(socket, "employer-edit", "id=1")
        run(socket, "employer-edit", "id=1", forged(drawn, tier="Regional", name="Fernside Ltd"))
    with opened(server, cookie_of(server, OFFICER), server.url) as socket:
        drawn = run(socket, "employer-edit", "id=1")
        seen = run(socket, "employer-edit", "id=1", forged(drawn, tier="c999", name="Forged"))
    assert "Tier: Choose one of the list." in str(seen)
    assert (stored(server).tier, stored(server).name) == (Tier.REGIONAL, "Fernside Ltd")


def test_the_same_forged_message_saves_nothing_for_a_role_that_may_not(server: AppServer):
    with opened(server, cookie_of(server, OFFICER), server.url) as socket:
        drawn = run(socket, "employer-edit", "id=1")
    with opened(server, cookie_of(server, Role.AUDITOR), server.url) as socket:
        seen = run(socket, "employer-edit", "id=1", forged(drawn, name="Taken over"))
    assert elements(seen, "text_input") == []
    assert stored(server).name != "Taken over"


def test_a_list_left_open_shows_nothing_more_after_signing_out(server: AppServer):
    cookie = cookie_of(server, OFFICER)
    with opened(server, cookie, server.url) as socket:
        drawn = run(socket, "employers")
        assert "Fernside" in str(run(socket, "employers", part=part_of(drawn)))
        sign_out(server, cookie)
        seen = str(run(socket, "employers", part=part_of(drawn)))
    assert "You are signed out" in seen
    assert "Fernside" not in seen


def test_a_form_left_open_saves_nothing_more_after_signing_out(server: AppServer):
    cookie = cookie_of(server, OFFICER)
    with opened(server, cookie, server.url) as socket:
        drawn = run(socket, "employer-edit", "id=1")
        sign_out(server, cookie)
        typed = forged(drawn, name="Typed by somebody who has gone")
        seen = str(run(socket, "employer-edit", "id=1", typed, part=part_of(drawn)))
    assert "You are signed out" in seen
    assert stored(server).name != "Typed by somebody who has gone"


@pytest.mark.parametrize("page", ["colleagues", "colleague-edit", "import-employers", "restricted"])
def test_a_screen_that_a_role_does_not_have_cannot_be_asked_for(server: AppServer, page: str):
    role = COACH if page == "import-employers" else OFFICER
    with opened(server, cookie_of(server, role), server.url) as socket:
        seen = run(socket, page, "id=1&seeker=1")
    assert [message for message in seen if message.WhichOneof("type") == "page_not_found"]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("people.exe", b"MZ\x90\x00" + b"\x00" * 200, "Something went wrong on our side"),
        ("people.xlsx", b"MZ\x90\x00" + b"\x00" * 200, "crm-error-summary"),
        ("people.csv", b"PK\x03\x04" + b"\xff" * 200, "crm-error-summary"),
    ],
)
def test_a_file_of_another_kind_is_refused_when_it_is_read(
    server: AppServer, name: str, content: bytes, said: str
):
    cookie = cookie_of(server, OFFICER)
    with opened(server, cookie, server.url) as socket:
        (field,) = elements(run(socket, "import-employers"), "file_uploader")
        _, held = put(server, socket, cookie, name, content)
        held.id = field.id
        seen = str(run(socket, "import-employers", "", [held]))
    assert said in seen
    assert "What will happen" not in seen


def test_a_file_that_is_too_large_is_refused_while_it_comes(server: AppServer):
    cookie = cookie_of(server, OFFICER)
    with opened(server, cookie, server.url) as socket:
        run(socket, "import-employers")
        status, _ = put(server, socket, cookie, "big.csv", b"x" * 11_000_000)
    assert status == 413


def test_a_file_is_not_taken_without_sign_in_even_for_a_live_session(server: AppServer):
    with opened(server, cookie_of(server, OFFICER), server.url) as socket:
        session_id, _ = rerun(socket)
        assert send_file(server, f"/_stcore/upload_file/{session_id}/a", "", b"x") == 401


def test_nobody_puts_a_file_into_the_session_of_another(server: AppServer):
    with opened(server, cookie_of(server, OFFICER), server.url) as socket:
        session_id, _ = rerun(socket)
        stranger = cookie_of(server, COACH)
        assert send_file(server, f"/_stcore/upload_file/{session_id}/a", stranger, b"x") == 403


@pytest.mark.parametrize("path", ["/media/a.csv", "/_stcore/host-config", "/_stcore/metrics", "/session"])
def test_inner_addresses_tell_nothing_without_sign_in(server: AppServer, path: str):
    assert answer_of(server, "GET", path)[0] == 401


@pytest.mark.parametrize(
    "path", ["/_stcore/metrics", "/_stcore/script-health-check", "/_stcore/agent/tools", "/media/a.csv"]
)
def test_streamlits_own_figures_and_doors_are_shut_to_everybody(server: AppServer, path: str):
    assert answer_of(server, "GET", path, cookie_of(server, Role.ADMINISTRATOR))[0] == 404


@pytest.mark.parametrize("words", ["debug_shutdown_runtime", "debug_disconnect_websocket"])
def test_nobody_stops_the_service_with_a_message_of_its_developers(server: AppServer, words: str):
    with opened(server, cookie_of(server, COACH), server.url) as socket:
        asked = BackMsg()
        setattr(asked, words, True)
        socket.send(asked.SerializeToString())
        assert "Alex Job_Coach" in rerun(socket)[1]


def test_what_is_no_message_ends_that_connection_only(server: AppServer):
    cookie = cookie_of(server, COACH)
    with opened(server, cookie, server.url) as other:
        with opened(server, cookie, server.url) as socket:
            socket.send(b"\xff\xff not a message")
        assert "Alex Job_Coach" in rerun(other)[1]


def test_no_number_in_an_address_shows_what_is_not_there(server: AppServer):
    with opened(server, cookie_of(server, OFFICER), server.url) as socket:
        for given in ("99", "-1", "1e3", "1' OR '1'='1", "9" * 40, "\x00"):
            assert "Fernside" not in rerun(socket, "employer", f"id={given}")[1]


def test_another_sites_form_cannot_make_anybody_stay_signed_in(server: AppServer):
    cookie = cookie_of(server, COACH)
    for origin in ({}, {"Origin": "https://evil.example"}, {"Origin": "null"}):
        assert answer_of(server, "POST", "/session", cookie, **origin)[0] == 403
    assert answer_of(server, "POST", "/session", cookie, Origin=server.url)[0] == 200
