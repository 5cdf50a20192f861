"""Nothing is served without a session in force, and nobody can say of themselves that they have one."""

import json
from typing import Any

import pytest

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
    assert visitor.ask("PUT", "/_stcore/upload_file/a", headers={}, body=b"x").status == 401


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


def test_a_foreign_host_name_that_points_here_is_refused(officer: Visitor):
    officer.host = "evil.example"
    answer = officer.get("/login")
    assert answer.status == 400
    assert answer.text == "This service is reached at http://localhost:8501."
