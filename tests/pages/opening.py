"""Opening a page as somebody, filling it in, and reading what it shows."""

from typing import Any

from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from crm import db
from crm.config import ROOT
from crm.models.users import User
from crm.ui.menu import SCREENS
from tests.makers import make_sign_in


def open_page(user: User, script: str, **parameters: int | str) -> AppTest:
    """A page as this person sees it, with these ids in its address."""
    with db.transaction() as session:
        digest = make_sign_in(session, user)
    return checked(open_straight(app_of(digest), script, **parameters))


def app_of(digest: str) -> AppTest:
    """The app for whoever has this sign-in, who has opened nothing yet."""
    app = AppTest.from_file(str(ROOT / "crm" / "ui" / "script" / "main.py"), default_timeout=60)
    app.user = {"sid": digest}
    return app


def open_straight(app: AppTest, script: str, **parameters: int | str) -> AppTest:
    """Open a page by its address, as from a bookmark: `switch_page` would have another page drawn first."""
    screen = next(screen for screen in SCREENS if screen.script == script)
    asked = calc_hash(screen.address)
    app._page_hash = asked
    for name, value in parameters.items():
        app.query_params[name] = str(value)
    app.run()
    assert app._finished_page_script_hash == asked, f"{script} is not among the pages of this person"
    return app


def checked(app: AppTest) -> AppTest:
    """The page, which has not failed."""
    assert not app.exception
    return app


def shown(app: AppTest) -> str:
    """Everything that the page says, as HTML."""
    parts: list[Any] = [*app.title, *app.header, *app.get("html"), *app.info, *app.success, *app.warning]
    return " ".join(str(getattr(one, "body", "")) + str(getattr(one, "value", "")) for one in parts)


def type_into(app: AppTest, label: str, text: str) -> None:
    """Type into the line with this label."""
    next(box for box in app.text_input if box.label == label).set_value(text)


def choose(app: AppTest, label: str, value: object) -> None:
    """Choose in the list with this label."""
    next(box for box in app.selectbox if box.label == label).set_value(value)


def pick(app: AppTest, label: str, value: object) -> None:
    """Choose among the words with this label, all of which are on the page."""
    next(box for box in app.radio if box.label == label).set_value(value)


def press(app: AppTest, label: str) -> AppTest:
    """Press the button with this label."""
    next(button for button in app.button if button.label == label).click()
    return checked(app.run())
