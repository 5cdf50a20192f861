"""Every page starts here: who is asking?"""

import time
from collections.abc import Callable

from streamlit.testing.v1 import AppTest

from crm.db import reading, transaction
from crm.models.users import SYSTEM, User
from crm.policy import Role
from crm.services import sessions, users
from tests.makers import make_sign_in, make_user


def a_page() -> None:
    import streamlit as st

    from crm.ui.guard import require_user

    user = require_user()
    st.write(f"Hello {user.name}")


def signed_in(script: Callable[[], None] = a_page) -> tuple[AppTest, User]:
    with transaction() as session:
        user = make_user(session, Role.MANAGER, name="Noor")
        sid = make_sign_in(session, user)
    page = AppTest.from_function(script)
    page.user = {"sid": sid}
    return page, user


def test_whoever_has_a_session_sees_the_page(database: str):
    page, _ = signed_in()
    assert page.run().markdown[0].value == "Hello Noor"


def test_without_a_session_the_page_ends_with_a_way_to_sign_in(database: str):
    page = AppTest.from_function(a_page).run()
    assert page.title[0].value == "You are signed out"
    assert not page.markdown
    assert not page.exception


def test_a_page_left_open_stops_once_its_owner_is_shut_out(database: str):
    page, user = signed_in()
    page.run()
    with transaction() as session:
        users.disable(session, user.key, version=1, by=SYSTEM)
    assert page.run().title[0].value == "You are signed out"


def a_page_with_a_part() -> None:
    import streamlit as st

    from crm.ui.guard import is_still, live_part, require_user

    user = require_user()

    @live_part
    def draw() -> None:
        st.write(f"{', '.join(sorted(user.roles))}: {is_still(user)}")

    draw()


def test_a_part_is_drawn_for_the_roles_of_this_moment(database: str):
    page, user = signed_in(a_page_with_a_part)
    assert page.run().markdown[0].value == "manager: True"
    with transaction() as session:
        session.connection().exec_driver_sql(f"UPDATE user SET role_names = 'auditor' WHERE id = {user.key}")
    assert page.run().markdown[0].value == "auditor: True"
    assert not page.exception


def is_noted(sid: str) -> bool:
    time.sleep(0.02)
    with reading() as session:
        found = sessions.in_force(session, sid)
    return found is not None and not found.is_note_due


def test_use_is_noted_beside_the_page(database: str):
    page, _ = signed_in()
    sid = page.user["sid"]
    with transaction() as session:
        session.connection().exec_driver_sql(
            "UPDATE user_session SET seen_at = datetime('now', '-5 minutes')"
        )
    page.run()
    assert any(is_noted(sid) for _ in range(200))
