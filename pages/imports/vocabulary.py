"""Import a skills vocabulary: ESCO's published files, beside the one that ships with the product."""

import streamlit as st

from crm.db import reading, transaction
from crm.errors import CrmError
from crm.models.users import Actor
from crm.policy import Action
from crm.services import skills, vocabulary_imports
from crm.services.access import may
from crm.ui.flash import after_this, show_flash
from crm.ui.guard import require_user
from crm.ui.problems import show_problem
from crm.ui.progress import telling
from crm.ui.screens import go_to, refuse_politely
from crm.ui.tables import summary
from crm.ui.words import count


def take_in(contents: list[tuple[str, bytes]], user: Actor) -> None:
    try:
        with st.spinner("Reading the files…"):
            file = vocabulary_imports.read_vocabulary(contents)
        with telling("Importing") as progress, transaction() as session:
            batch = vocabulary_imports.take_in(session, file, by=user, progress=progress)
    except CrmError as problem:
        show_problem(problem)
        return
    after_this(f"{count(len(file.concepts), 'skill')} imported.")
    if may(user, Action.IMPORTS_READ):
        go_to("import", id=batch.key)
    st.rerun()


user = require_user()
with refuse_politely(), reading() as session:
    loaded = vocabulary_imports.loaded(session, by=user)
    shipped = len(skills.shipped())
st.title("Import a vocabulary", anchor=False)
show_flash()
summary([("Skills and families that come with the product", shipped), ("Imported beside them", loaded)])
st.html(
    "<p>Upload ESCO’s two zip files in English as the European Commission sends them: the classification "
    "(CSV) and the relations between its skills and occupations. They take the place of what was imported "
    "before. What people’s skills and jobs’ criteria were settled to stays as it is.</p>"
)
files = st.file_uploader("ESCO’s zip files", accept_multiple_files=True, type="zip", max_upload_size=50)
if files and st.button("Import the vocabulary", type="primary"):
    take_in([(file.name, file.getvalue()) for file in files], user)
