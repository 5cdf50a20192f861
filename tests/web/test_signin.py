"""/login and /logout as a browser meets them."""

import pytest

from crm.db import transaction
from crm.policy import Role
from crm.services import sessions
from crm.services.signin import MOST_FAILURES
from tests.makers import PASSWORD
from tests.serving import email_of
from tests.web.asking import Visitor

EMAIL = email_of(Role.ENGAGEMENT_OFFICER)
WRONG = "The e-mail address or the password is not right. Check both, then try again."


def test_signing_in_leads_to_where_one_was_going(visitor: Visitor):
    answer = visitor.fill_in("/login?next=/employer%3Fid%3D7", email=f" {EMAIL.upper()} ", password=PASSWORD)
    assert (answer.status, answer.headers["location"]) == (303, "/employer?id=7")


def test_the_session_cookie_is_out_of_reach_of_scripts_and_other_sites(visitor: Visitor):
    answer = visitor.fill_in("/login", email=EMAIL, password=PASSWORD)
    cookie = next(line for line in answer.set_cookies if line.startswith("crm_session="))
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Path=/" in cookie
    assert "Secure" not in cookie


def test_the_database_holds_no_token_that_could_be_used(officer: Visitor):
    token = officer.cookies["crm_session"]
    with transaction() as session:
        kept = session.connection().exec_driver_sql("SELECT token_digest FROM user_session").scalars().all()
    assert kept == [sessions.digest(token)]
    assert token not in kept


@pytest.mark.parametrize(
    ("email", "password"),
    [
        (EMAIL, "wrong"),
        ("nobody@example.org", PASSWORD),
        ("not an address", PASSWORD),
        ("a" * 900, "x" * 9000),
    ],
)
def test_what_was_wrong_is_not_told(visitor: Visitor, email: str, password: str):
    answer = visitor.fill_in("/login", email=email, password=password)
    assert (answer.status, answer.problems) == (401, [WRONG])
    assert "crm_session" not in visitor.cookies


def test_what_was_typed_is_kept_but_never_the_password(visitor: Visitor):
    answer = visitor.fill_in("/login", email='"><script>alert(1)</script>', password="wrong-secret")
    assert "&quot;&gt;&lt;script&gt;" in answer.text
    assert "<script>" not in answer.text
    assert "wrong-secret" not in answer.text


def test_empty_fields_are_named_together(visitor: Visitor):
    answer = visitor.fill_in("/login", email=" ", password="")
    assert answer.status == 422
    assert answer.problems == ["Enter your e-mail address.", "Enter your password."]
    assert "<title>Error: Sign in" in answer.text
    assert 'aria-invalid="true"' in answer.text


def test_a_form_that_we_did_not_draw_signs_nobody_in(visitor: Visitor):
    answer = visitor.post("/login", {"email": EMAIL, "password": PASSWORD, "form_token": "guessed"})
    assert answer.status == 403
    assert "crm_session" not in visitor.cookies


def test_a_form_posted_from_another_site_signs_nobody_in(visitor: Visitor):
    visitor.get("/login")
    values = {"email": EMAIL, "password": PASSWORD, "form_token": visitor.cookies["crm_form"]}
    assert visitor.post("/login", values, origin="https://evil.example").status == 403
    assert visitor.post("/login", values, origin="http://localhost:8501").status == 303


@pytest.mark.parametrize(
    "wanted",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/%0d%0aset-cookie:x=y",
        "javascript:alert(1)",
        "http:evil.example",
        "/login",
        "",
    ],
)
def test_signing_in_never_leads_to_another_site(visitor: Visitor, wanted: str):
    answer = visitor.fill_in(f"/login?next={wanted}", email=EMAIL, password=PASSWORD)
    assert answer.headers["location"] in ("/", "/%0d%0aset-cookie:x=y")
    assert "evil" not in answer.headers["location"]


def test_guessing_at_an_account_is_stopped_for_a_while_even_with_the_right_password(visitor: Visitor):
    for number in range(MOST_FAILURES):
        Visitor(visitor.app, address=f"192.0.2.{number}").fill_in("/login", email=EMAIL, password="wrong")
    answer = visitor.fill_in("/login", email=EMAIL, password=PASSWORD)
    assert answer.status == 429
    assert answer.problems[0].startswith("There have been too many wrong passwords. Wait five minutes")


def test_guessing_from_one_address_is_stopped_whatever_the_account(visitor: Visitor):
    for number in range(MOST_FAILURES):
        visitor.fill_in("/login", email=f"person{number}@example.org", password="wrong")
    assert visitor.fill_in("/login", email=EMAIL, password=PASSWORD).status == 429
    elsewhere = Visitor(visitor.app, address="198.51.100.1")
    assert elsewhere.fill_in("/login", email=EMAIL, password=PASSWORD).status == 303


def test_signing_in_again_ends_the_session_before(officer: Visitor):
    before = officer.cookies["crm_session"]
    officer.fill_in("/login", email=EMAIL, password=PASSWORD)
    assert officer.cookies["crm_session"] != before
    officer.cookies["crm_session"] = before
    assert officer.get("/").status == 303


def test_signing_out_asks_first_and_then_ends_the_session(officer: Visitor):
    token = officer.cookies["crm_session"]
    assert "Sign out" in officer.get("/logout").text
    assert officer.get("/").status == 200
    answer = officer.fill_in("/logout")
    assert (answer.status, answer.headers["location"]) == (303, "/login")
    officer.cookies["crm_session"] = token
    assert officer.get("/").status == 303


def test_another_site_cannot_sign_anybody_out(officer: Visitor):
    answer = officer.post("/logout", {})
    assert answer.status == 403
    assert officer.get("/").status == 200


def test_somebody_shut_out_has_no_session_any_more(officer: Visitor):
    with transaction() as session:
        session.connection().exec_driver_sql("UPDATE user SET disabled_at = '2026-11-03 09:00:00'")
    assert officer.get("/").status == 303
    assert officer.fill_in("/login", email=EMAIL, password=PASSWORD).problems == [WRONG]
