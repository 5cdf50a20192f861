"""Five hundred strings that break other software, through every form: stored as typed, or refused."""

import json
import re
from collections.abc import Generator, Iterable
from html import escape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from crm import db
from crm.config import ROOT
from crm.models.users import User
from crm.policy import Role
from crm.ui.menu import SCREENS, Screen
from crm.ui.words import today
from tests.browser.test_every_page import parameters_of, role_for
from tests.demonstrated import demonstrated, lowest_ids
from tests.pages.opening import checked, choose, open_page, press, shown, type_into

STRINGS = ROOT.parent / "shared" / "reference" / "badinput" / "blns" / "blns.json"
LIST_OF_STEPS = "profile-edit"
NEXT_EDITION = "clause-edit"
"""Its form is of the next edition each time: see tests/pages/test_clauses.py."""
FORMS = [
    screen
    for screen in SCREENS
    if screen.address.endswith(("-edit", "-step")) or screen.address in ("restricted", "carve-case")
    if screen.address not in (LIST_OF_STEPS, NEXT_EDITION)
]
ASIDE = "Why is it put aside?"
"""A box beside the form, not of it."""

pytestmark = [
    pytest.mark.reference,
    pytest.mark.skipif(not STRINGS.exists(), reason="../shared/reference/badinput is not there"),
]


@pytest.fixture(scope="module")
def colleagues(
    template_database: Path, tmp_path_factory: pytest.TempPathFactory
) -> Generator[dict[Role, User]]:
    with demonstrated(template_database, tmp_path_factory.mktemp("naughty")) as found:
        yield found


def naughty() -> list[str]:
    return [text for text in json.loads(STRINGS.read_text(encoding="utf-8")) if text.strip()]


def boxes(app: AppTest) -> dict[str, str]:
    """What every box for text on the form holds, by its label."""
    every = {box.label: str(box.value or "") for box in [*app.text_input, *app.text_area]}
    return {label: held for label, held in every.items() if label != ASIDE}


def type_and_save(app: AppTest, texts: dict[str, str]) -> AppTest:
    for box in [*app.text_input, *app.text_area]:
        if box.label in texts:
            box.set_value(texts[box.label])
    next(button for button in app.button if button.label.startswith("Save")).click()
    return checked(app.run())


def end_the_referral(app: AppTest) -> None:
    """Choose what lets the place to which somebody was referred on be written down."""
    choose(app, "Status", "exited")
    choose(app, "How the referral ended", "referred_on")
    next(box for box in app.date_input if box.label == "On which day").set_value(today())
    type_into(app, "Referred on to", "A college")
    app.run()


def refused(app: AppTest, labels: Iterable[str]) -> set[str]:
    """Those of the labels that the summary of problems names."""
    summary = shown(app).partition("There is a problem")[2].partition("</ul>")[0]
    return {label for label in labels if f">{escape(label)}: " in summary}


def open_again(app: AppTest, screen: Screen, parameters: dict[str, str]) -> AppTest:
    app.switch_page(str(ROOT / "pages" / screen.script))
    for name, value in parameters.items():
        app.query_params[name] = value
    return checked(app.run())


def same(typed: str, now: str) -> bool:
    """Is it there as typed? Numbers may be written differently: 0 for +0.0, +44 before a telephone number."""
    if typed == now:
        return True
    try:
        return float(typed) == float(now)
    except ValueError:
        digits = "".join(filter(str.isdecimal, typed)).lstrip("0")
        return bool(digits) and not re.search("[a-z]", typed.casefold()) and now == f"+44{digits}"


def not_kept(now: dict[str, str], typed: dict[str, str]) -> dict[str, str]:
    """What was typed and is not there."""
    return {label: text for label, text in typed.items() if not same(text, now[label])}


@pytest.mark.parametrize("screen", FORMS, ids=lambda screen: screen.address)
def test_what_is_typed_is_stored_exactly_or_refused_by_name_and_kept(
    screen: Screen, colleagues: dict[Role, User]
):
    user = colleagues[role_for(screen)]
    parameters = parameters_of(screen, lowest_ids(db.engine()))
    strings = naughty()[FORMS.index(screen) :: len(FORMS)]
    app = open_page(user, screen.script, **parameters)
    if screen.address == "restricted":
        choose(app, "Why do you need to see them?", "review_due")
        app = press(app, "Open for 15 minutes")
    if screen.address == "seeker-edit":
        end_the_referral(app)
    before = boxes(app)
    for start in range(0, len(strings), len(before)):
        typed = dict(zip(sorted(before), strings[start:], strict=False))
        app = type_and_save(app, typed)
        while wrong := refused(app, typed):
            assert boxes(app).items() >= typed.items()
            typed |= {label: before[label] for label in wrong}
            app = type_and_save(app, typed)
        assert "There is a problem" not in shown(app)
        app = open_again(app, screen, parameters)
        assert not_kept(boxes(app), typed) == {}
        before = boxes(app)
