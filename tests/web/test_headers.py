"""What every answer says to the browser."""

import re

import pytest

from crm.config import settings
from crm.web.headers import policy
from tests.web.asking import Visitor


@pytest.mark.parametrize("path", ["/", "/login", "/nothing-here", "/media/a.csv", "/assets/plain.css"])
def test_every_answer_carries_the_protecting_headers(officer: Visitor, path: str):
    headers = officer.get(path).headers
    assert "script-src 'self';" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "same-origin"


@pytest.mark.parametrize("path", ["/", "/login", "/media/a.csv", "/assets/absent.css"])
def test_what_may_hold_a_record_is_never_kept_by_the_browser(officer: Visitor, path: str):
    assert officer.get(path).headers["cache-control"] == "no-store"


def test_style_and_script_may_be_kept(visitor: Visitor):
    assert "cache-control" not in visitor.get("/assets/plain.css").headers


def test_the_policy_allows_no_inline_script():
    scripts = next(part for part in policy().split("; ") if part.startswith("script-src"))
    assert scripts == "script-src 'self'"


def test_streamlits_page_goes_out_in_british_english_with_our_script_and_without_its_own(officer: Visitor):
    answer = officer.get("/", accept_encoding="gzip", range="bytes=0-3")
    assert '<html lang="en-GB">' in answer.text
    assert '<head><script defer src="/assets/crm.js"></script>' in answer.text
    assert "inline()" not in answer.text
    assert answer.headers["content-length"] == str(len(answer.text.encode()))
    assert "etag" not in answer.headers


RUNS = re.compile(r"<script(?![^>]* src=\"/assets/)|<[^>]*\son\w+\s*=|javascript:|<iframe", re.IGNORECASE)
PLAIN = ("/login", "/login?next=%22%3E%3Cscript%3E", "/logout", "/password/x", "/nothing-here", "/")


@pytest.mark.parametrize("path", PLAIN)
def test_no_page_holds_a_script_of_its_own(officer: Visitor, path: str):
    assert RUNS.findall(officer.get(path).text) == []


def test_the_first_visit_holds_no_script_of_its_own(database: str):
    visitor = Visitor()
    posted = visitor.fill_in("/setup", service_name="<script>alert(1)</script>", name='"><img src=x>')
    assert RUNS.findall(visitor.get("/setup").text + posted.text) == []
    assert "&lt;script&gt;" in posted.text
    assert 'value="&quot;&gt;&lt;img src=x&gt;"' in posted.text


def test_the_search_for_scripts_finds_them():
    for bad in ("<script>x", "<script src='//evil'>", '<p onclick="x">', '<a href="javascript:x">'):
        assert RUNS.search(bad)


def test_asking_for_the_head_only_is_answered_with_the_same_protection(officer: Visitor):
    answer = officer.ask("HEAD", "/", headers={})
    assert answer.status == 200
    assert answer.headers["cache-control"] == "no-store"


def test_over_https_cookies_are_bound_to_the_host_and_browsers_keep_to_https(
    database: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("PUBLIC_URL", "https://crm.example.org")
    settings.cache_clear()
    visitor = Visitor(host="crm.example.org")
    answer = visitor.get("/setup")
    assert answer.headers["strict-transport-security"] == "max-age=31536000"
    assert "connect-src 'self' wss://crm.example.org;" in answer.headers["content-security-policy"]
    (cookie,) = answer.set_cookies
    assert cookie.startswith("__Host-crm_form=")
    assert "Secure" in cookie
