"""The log of the running app after faults, refusals, imports and sign-ins: nothing that anybody typed."""

import json
import re
import sqlite3
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session

from crm.policy import Role
from tests.conftest import copy_of
from tests.makers import PASSWORD
from tests.makers_employers import make_employer
from tests.makers_people import make_seeker
from tests.serving import AppServer, email_of, serve
from tests.web.wire import answer_of, cookie_of, elements, opened, put, rerun, run, try_to_sign_in

CANARY = "Zyxcanary"
NUMBER = re.compile(r"this number: (\w{8})")
PERSON = f"{CANARY} Amara"
FILE = f"Name,Town\n{CANARY} Bakery,{CANARY}ton\n={CANARY}(),\n".encode()


def add_people(session: Session) -> None:
    make_employer(session, f"{CANARY} Cafe", unmet_needs=f"{CANARY} needs")
    make_seeker(session, PERSON)


@pytest.fixture(scope="module")
def server(template_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Generator[AppServer]:
    folder = copy_of(template_database, tmp_path_factory.mktemp("canaries"))
    with serve(folder, fill=add_people) as running:
        yield running


def spoil(server: AppServer, change: str) -> None:
    """Write into the database what no service would: the app fails when it meets it."""
    with sqlite3.connect(server.database_url.removeprefix("sqlite:///"), timeout=10) as database:
        database.execute("PRAGMA ignore_check_constraints=ON")
        database.execute(change, (CANARY,))
    database.close()


def shown_number(text: str) -> str:
    found = NUMBER.search(text)
    assert found is not None
    return found[1]


def fail_at_a_screen(server: AppServer) -> str:
    spoil(server, "UPDATE employer SET stage = ?")
    with opened(server, cookie_of(server, Role.ENGAGEMENT_OFFICER), server.url) as socket:
        return shown_number(rerun(socket, "employer", "id=1")[1])


def fail_at_a_plain_page(server: AppServer) -> str:
    cookie = cookie_of(server, Role.MANAGER)
    spoil(server, f"UPDATE user SET role_names = ? WHERE email = '{email_of(Role.MANAGER)}'")
    status, _, text = answer_of(server, "GET", f"/employers?q={CANARY}", cookie)
    assert status == 500
    assert CANARY not in text
    return shown_number(text)


def be_refused(server: AppServer) -> None:
    with opened(server, cookie_of(server, Role.AUDITOR), server.url) as socket:
        run(socket, "import-employers")
        run(socket, "restricted", f"seeker=1&q={CANARY}")
    answer_of(server, "GET", f"/files/refused/7.csv?{CANARY}", cookie_of(server, Role.JOB_COACH))
    for path in (f"/password/{CANARY}", f"/media/{CANARY}.csv", f"/login?next=/{CANARY}"):
        answer_of(server, "GET", path)


def sign_in_wrongly(server: AppServer) -> None:
    for email, password in (
        (f"{CANARY}@example.org", PASSWORD),
        (email_of(Role.JOB_COACH), CANARY),
        (CANARY * 200, CANARY),
    ):
        assert try_to_sign_in(server, email, password)[0] == 401


def import_file(server: AppServer, content: bytes) -> list[Any]:
    cookie = cookie_of(server, Role.ENGAGEMENT_OFFICER)
    with opened(server, cookie, server.url) as socket:
        (field,) = elements(run(socket, "import-employers"), "file_uploader")
        _, held = put(server, socket, cookie, f"{CANARY}.csv", content)
        held.id = field.id
        seen = run(socket, "import-employers", "", [held])
        for button in elements(seen, "button"):
            if button.label.startswith("Import"):
                held.Clear()
                held.id, held.trigger_value = button.id, True
                return run(socket, "import-employers", "", [held])
    raise AssertionError("The preview offered no import.")


def send_rubbish(server: AppServer) -> None:
    with opened(server, cookie_of(server, Role.JOB_COACH), server.url) as socket:
        run(socket, f"{CANARY}", f"id={CANARY}")
        socket.send(b"\xff" + CANARY.encode())


def test_nothing_that_anybody_typed_is_in_the_log(server: AppServer):
    import_file(server, FILE)
    sign_in_wrongly(server)
    be_refused(server)
    send_rubbish(server)
    numbers = [fail_at_a_screen(server), fail_at_a_plain_page(server)]
    log = server.log.read_text()
    events = [json.loads(line) for line in log.splitlines() if line.startswith("{")]
    told = {event.get("number"): event for event in events if event.get("event") == "fault"}
    assert all(told[number]["where"] for number in numbers)
    assert {event.get("outcome") for event in events if event.get("event") == "sign_in"} == {
        "let in",
        "refused",
    }
    for value in (CANARY, PERSON, PASSWORD, "example.org", "Alex"):
        assert value not in log, value
    assert "locals" not in log
