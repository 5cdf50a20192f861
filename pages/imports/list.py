"""All imports: what came in, when and by whom, and what was not taken in."""

import streamlit as st

from crm.db import reading
from crm.models.imports import ImportKind
from crm.models.users import Actor
from crm.policy import Action
from crm.services import imports
from crm.services.access import may
from crm.services.imports import BatchRow
from crm.ui.guard import live_part, require_user
from crm.ui.import_words import kind_words, list_links
from crm.ui.lists import PAGE_SIZE, choice_filter, draw_pages, first_row
from crm.ui.screens import refuse_politely
from crm.ui.tables import Cell, Link, link, links, table
from crm.ui.words import moment

COLUMNS = ["File", "What", "When", "By", "Rows", "Added", "Updated", "Skipped", "Refused"]


def cells(row: BatchRow) -> list[Cell]:
    return [
        link(row.file_name, "import", id=row.id),
        kind_words(row.kind),
        moment(row.at),
        row.by or "the system",
        row.read,
        row.added,
        row.updated,
        row.skipped,
        row.refused,
    ]


def offered(user: Actor) -> list[Link]:
    wanted = (
        (Action.IMPORTS_RUN, "Import job adverts", "import-vacancies"),
        (Action.VOCABULARY_IMPORT, "Import a vocabulary", "import-vocabulary"),
        (Action.JOBS_READ, "Background work", "background-work"),
    )
    return [*list_links(user), *(link(text, page) for action, text, page in wanted if may(user, action))]


@live_part
def import_list(user: Actor) -> None:
    kind = choice_filter("What came in", list(ImportKind), key="kind", say_as=kind_words)
    with reading() as session:
        page = imports.batches(session, kind=kind, offset=first_row(), limit=PAGE_SIZE, by=user)
    if page.rows:
        table(
            "Imports",
            COLUMNS,
            [cells(row) for row in page.rows],
            numbers="Rows,Added,Updated,Skipped,Refused",
        )
    else:
        st.info("Nothing has been imported yet. Start with a list of employers as CSV or from a spreadsheet.")
    draw_pages(page.total, one="import")


user = require_user()
st.title("Imports", anchor=False)
links(offered(user), label="What you can do")
with refuse_politely():
    import_list(user)
