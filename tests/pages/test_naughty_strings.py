"""Five hundred strings that break other software, typed in: stored as typed, or refused with a reason."""

import json

import pytest
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from crm import db
from crm.config import ROOT
from crm.models.employers import Employer
from crm.policy import Role
from tests.makers import make_service, make_sign_in, make_user

STRINGS = ROOT.parent / "shared" / "reference" / "badinput" / "blns" / "blns.json"
LABELS = {
    "Name of the organisation": "name",
    "Trading name": "trading_name",
    "Sector": "sector",
    "Where the lead came from": "lead_source",
    "Needs that nobody meets yet": "unmet_needs",
    "Recruitment and retention policies": "policy_notes",
}
PARTS = 4

pytestmark = [
    pytest.mark.reference,
    pytest.mark.skipif(not STRINGS.exists(), reason="../shared/reference/badinput is not there"),
]


def naughty() -> list[str]:
    return [text for text in json.loads(STRINGS.read_text(encoding="utf-8")) if text.strip()]


def form(digest: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "crm" / "ui" / "script" / "main.py"), default_timeout=30)
    app.user = {"sid": digest}
    app.run()
    app.switch_page(str(ROOT / "pages" / "employers" / "edit.py"))
    return app.run()


def boxes(app: AppTest) -> dict[str, object]:
    return {box.label: box for box in [*app.text_input, *app.text_area] if box.label in LABELS}


def type_and_save(app: AppTest, texts: list[str]) -> AppTest:
    for box, text in zip(boxes(app).values(), texts, strict=False):
        box.set_value(text)  # pyright: ignore[reportAttributeAccessIssue]
    next(button for button in app.button if button.label.startswith("Save")).click()
    return app.run()


@pytest.mark.parametrize("part", range(PARTS))
def test_every_naughty_string_is_stored_exactly_as_typed_or_refused_and_kept(part: int, database: str):
    with db.transaction() as session:
        make_service(session)
        digest = make_sign_in(session, make_user(session, Role.ENGAGEMENT_OFFICER))
    strings = naughty()[part::PARTS]
    for start in range(0, len(strings), len(LABELS)):
        texts = strings[start : start + len(LABELS)]
        app = form(digest)
        names = list(boxes(app))
        app = type_and_save(app, texts)
        assert not app.exception
        with db.reading() as session:
            stored = session.exec(select(Employer).order_by(Employer.id.desc())).first()  # pyright: ignore
        if boxes(app):
            assert any("There is a problem" in str(getattr(part, "body", "")) for part in app.get("html"))
            kept = {label: box.value for label, box in boxes(app).items()}  # pyright: ignore
            assert [kept[label] for label in names[: len(texts)]] == texts
        else:
            assert stored is not None
            assert [getattr(stored, LABELS[label]) for label in names[: len(texts)]] == texts
