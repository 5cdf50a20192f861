"""Two processes of the app on one PostgreSQL database, as behind a proxy that keeps a browser at one."""

from collections.abc import Generator
from urllib.parse import urlencode

import pytest
import sqlalchemy as sa
from playwright.sync_api import Browser, expect
from sqlmodel import col

from crm.db import make_engine
from crm.models.employers import Employer
from crm.policy import Role
from crm.ui.menu import SCREENS
from tests import postgresql
from tests.browser.conftest import load_demonstration
from tests.browser.test_every_page import parameters_of, role_for
from tests.demonstrated import lowest_ids
from tests.serving import AppServer, serve
from tests.web.wire import cookie_of, opened, rerun


@pytest.fixture(scope="module")
def servers(
    postgresql_server: str, tmp_path_factory: pytest.TempPathFactory
) -> Generator[tuple[AppServer, AppServer]]:
    """One with the demonstration and everybody in it, and another one on the same records."""
    address = postgresql.copy_template(postgresql_server)
    first, second = tmp_path_factory.mktemp("first"), tmp_path_factory.mktemp("second")
    with (
        serve(first, fill=load_demonstration, database_url=address) as one,
        serve(second, is_set_up=False, database_url=address) as other,
    ):
        yield one, other
    postgresql.drop(postgresql_server, address)


def test_every_screen_opens(servers: tuple[AppServer, AppServer]):
    server, _ = servers
    made = make_engine(server.database_url)
    ids = lowest_ids(made)
    made.dispose()
    for role in (Role.MANAGER, Role.ADMINISTRATOR):
        with opened(server, cookie_of(server, role), server.url) as socket:
            for screen in SCREENS:
                if role_for(screen) is role:
                    _, drawn = rerun(socket, screen.address, urlencode(parameters_of(screen, ids)))
                    assert "could not be finished" not in drawn, screen.address
                    assert "This cannot be shown" not in drawn, screen.address


@pytest.mark.browser
def test_what_is_recorded_at_one_process_is_seen_at_the_other_with_the_same_sign_in(
    servers: tuple[AppServer, AppServer], browser: Browser
):
    one, other = servers
    page = browser.new_page()
    one.sign_in(page, Role.ENGAGEMENT_OFFICER, to="/employer-edit")
    page.get_by_label("Name of the organisation").fill("Tidewater Boats (invented)")
    page.get_by_role("button", name="Save employer").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Tidewater Boats (invented)")
    page.goto(page.url.replace(one.url, other.url))
    expect(page.get_by_role("heading", level=1)).to_have_text("Tidewater Boats (invented)")
    page.close()


@pytest.mark.browser
def test_a_list_comes_in_by_whichever_worker_is_free(servers: tuple[AppServer, AppServer], browser: Browser):
    _, other = servers
    page = browser.new_page()
    other.sign_in(page, Role.ENGAGEMENT_OFFICER, to="/import-employers")
    rows = "Name,Postcode\n" + "".join(f"Boatyard {number} (invented),LS1 4MK\n" for number in range(40))
    page.locator('input[type="file"]').set_input_files(
        {"name": "boats.csv", "mimeType": "text/csv", "buffer": rows.encode()}
    )
    page.get_by_role("button", name="Import 40 rows").click()
    expect(page.get_by_text("The import is done: 40 added, 0 updated.")).to_be_visible(timeout=30_000)
    page.close()
    made = make_engine(other.database_url)
    with made.connect() as connection:
        came = sa.select(sa.func.count()).where(col(Employer.name).startswith("Boatyard "))
        assert connection.execute(came).scalar_one() == 40
    made.dispose()
