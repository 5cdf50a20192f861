"""Whether the service has kept what somebody is writing: a window can be closed before a word was sent."""

import sqlalchemy as sa
from sqlmodel import col

from crm.db import make_engine
from crm.models.users import FormDraft
from tests.browser.conftest import Visitor
from tests.serving import AppServer


def last_kept(server: AppServer) -> object:
    """When the service last kept what somebody was writing."""
    made = make_engine(server.database_url)
    with made.connect() as connection:
        kept = connection.execute(sa.select(sa.func.max(col(FormDraft.saved_at)))).scalar_one()
    made.dispose()
    return kept


def expect_kept(visitor: Visitor, before: object) -> None:
    """Wait until something was kept since: on a busy machine it takes a while, and a window can be closed."""
    for _ in range(200):
        if last_kept(visitor.server) != before:
            return
        visitor.page.wait_for_timeout(100)
    raise AssertionError("What was typed was not kept within 20 seconds.")
