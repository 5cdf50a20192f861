"""Nothing is served without a session in force, and nobody can say of themselves that they have one."""

import json
from typing import Any

import pytest

from crm.config import settings
from crm.services import sessions
from crm.web import holders
from tests.web.asking import Visitor

OWN = "http://localhost:8501"


def told(messages: list[dict[str, Any]]) -> dict[str, str]:
    return json.loads(messages[1]["text"])


@pytest.mark.parametrize("path", ["/", "/employers", "/employer"])
def test_a_page_leads_to_sign_in_and_back(visitor: Visitor, path: str):
    answer = visitor.get(f"{path}?id=7")
    assert answer.status == 303
    assert answer.headers["location"] == f"/login?next={path}%3Fid%3D7"


@pytest.mark.parametrize("path", ["/media/a.csv", "/_stcore/metrics", "/_stcore/host-config", "/component/x"])
def test_files_and_inner_addresses_are_refused_without_sign_in(visitor: Visitor, path: str):
    assert visitor.get(path).status == 401


def test_nothing_can_be_uploaded_without_sign_in(visitor: Visitor):
    assert visitor.ask("PUT", "/_stcore/upload_file/a/b", headers={}, body=b"x").status == 401


@pytest.mark.parametrize(
    "path", ["/health", "/ready", "/_stcore/health", "/assets/plain.css", "/favicon.png"]
)
def test_what_holds_no_record_is_open(visitor: Visitor, path: str):
    assert visitor.get(path).status == 200


def test_a_session_opens_pages_and_files(officer: Visitor):
    assert officer.get("/").status == 200
    assert "x-eecrm-sid" in json.loads(officer.get("/media/a.csv").text)


def test_headers_of_ours_that_a_client_sends_are_thrown_away(officer: Visitor):
    seen = json.loads(officer.get("/media/a.csv", x_eecrm_sid="forged", X_EECRM_USER="forged").text)
    assert "forged" not in seen.values()


def test_forged_headers_do_not_stand_for_a_session(visitor: Visitor):
    assert visitor.get("/media/a.csv", x_eecrm_sid="forged").status == 401


@pytest.mark.parametrize("token", ["", "x", "a" * 5000, "é"])
def test_a_made_up_cookie_is_worth_nothing(visitor: Visitor, token: str):
    visitor.cookies["crm_session"] = token
    assert visitor.get("/media/a.csv").status == 401


def test_the_websocket_of_our_own_pages_is_told_whose_session_it_is(officer: Visitor):
    messages = officer.connect(origin=OWN, x_eecrm_sid="forged")
    assert messages[0]["type"] == "websocket.accept"
    assert len(told(messages)["x-eecrm-sid"]) == 64


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://localhost.evil.example:8501"},
        {"origin": "http://localhost:9999"},
    ],
)
def test_the_websocket_is_refused_to_other_sites_and_to_programs(officer: Visitor, headers: dict[str, str]):
    assert officer.connect(**headers) == [
        {"type": "websocket.close", "code": 1008, "reason": "Sign in first."}
    ]


def test_the_websocket_is_refused_without_sign_in(visitor: Visitor):
    assert visitor.connect(origin=OWN)[0]["type"] == "websocket.close"


@pytest.mark.parametrize("here", ["192.0.2.1", "0.0.0.0", "2001:db8::1"])
def test_whatever_serves_us_other_machines_are_not_answered_in_the_clear(
    visitor: Visitor, here: str, monkeypatch: pytest.MonkeyPatch
):
    visitor.server = here
    assert "without encryption" in visitor.get("/login").text
    monkeypatch.setenv("PUBLIC_URL", "https://crm.example.org")
    settings.cache_clear()
    visitor.host = "crm.example.org"
    assert visitor.get("/login").status == 200


@pytest.mark.parametrize("path", ["/_stcore/metrics", "/_stcore/script-health-check", "/_stcore/agent/tools"])
def test_what_of_streamlits_nobody_needs_is_not_there_after_sign_in_either(officer: Visitor, path: str):
    assert officer.get(path).status == 404


def test_a_file_goes_into_ones_own_session_only(officer: Visitor):
    digest = sessions.digest(officer.cookies["crm_session"])
    holders.hold("mine", digest)
    holders.hold("another", "somebody else's")
    statuses = [
        officer.ask("PUT", f"/_stcore/upload_file/{session}/a", headers={}, body=b"x").status
        for session in ("mine", "another", "unknown")
    ]
    assert statuses == [200, 403, 403]


def test_the_oldest_sessions_are_forgotten_first(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(holders, "_MOST", 2)
    for name in ("one", "two", "one", "three"):
        holders.hold(name, "d")
    assert not holders.is_foreign_upload("/_stcore/upload_file/one/a", "d")
    assert holders.is_foreign_upload("/_stcore/upload_file/two/a", "d")


def test_a_foreign_host_name_that_points_here_is_refused(officer: Visitor):
    officer.host = "evil.example"
    answer = officer.get("/login")
    assert answer.status == 400
    assert answer.text == "This service is reached at http://localhost:8501."
