"""A fault in a plain page is told by a number; in the log it stands under the same one."""

import re

import pytest

from crm.web import signin
from tests.web.asking import Visitor


@pytest.fixture
def failing(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> Visitor:
    """A visitor of a service whose sign-in page fails."""

    def fail() -> str:
        raise ValueError("the password of the database is tulip")

    monkeypatch.setattr(signin, "service_name", fail)
    return visitor


def test_the_page_has_a_number_and_no_details(failing: Visitor, capsys: pytest.CaptureFixture[str]):
    answer = failing.get("/login")
    assert answer.status == 500
    assert "tulip" not in answer.text
    assert "Traceback" not in answer.text
    number = re.search(r"this number: (\w+)", answer.text)
    assert number is not None
    assert number[1] in capsys.readouterr().out


def test_it_is_protected_like_every_other_page(failing: Visitor):
    headers = failing.get("/login").headers
    assert "script-src 'self';" in headers["content-security-policy"]
    assert headers["cache-control"] == "no-store"


def test_a_fault_in_a_file_is_told_the_same_way(officer: Visitor, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("crm.web.downloads.imports.refused_file", lambda *_, **__: 1 / 0)
    answer = officer.get("/files/refused/1.csv")
    assert answer.status == 500
    assert "Something went wrong on our side" in answer.text
