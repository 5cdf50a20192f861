"""Import a skills vocabulary: ESCO's published files, beside the one that ships with the product."""

import streamlit as st

from crm.db import reading
from crm.models.imports import ImportKind
from crm.models.users import Actor
from crm.services import uploads, vocabularies, vocabulary_imports
from crm.ui.flash import show_flash
from crm.ui.guard import require_user
from crm.ui.holding import bring_in
from crm.ui.job_progress import follow, go_on_to_result, is_live, job_of, say_how_it_ended
from crm.ui.screens import refuse_politely
from crm.ui.tables import summary
from crm.units import carry_out


def upload(user: Actor) -> None:
    st.html(
        "<p>Upload ESCO’s two zip files in English as the European Commission sends them: the "
        "classification (CSV) and the relations between its skills and occupations. They take the place of "
        "what was imported before. What people’s skills and jobs’ criteria were settled to stays.</p>"
    )
    files = st.file_uploader("ESCO’s zip files", accept_multiple_files=True, type="zip", max_upload_size=50)
    if files and st.button("Import the vocabulary", type="primary"):
        contents = [(file.name, file.getvalue()) for file in files]
        kept = carry_out(lambda session: uploads.keep(session, ImportKind.VOCABULARY, contents, by=user))
        bring_in(kept, user)
        st.rerun()


user = require_user()
with refuse_politely(), reading() as session:
    loaded = vocabulary_imports.loaded(session, by=user)
    shipped = len(vocabularies.shipped())
    kept = uploads.waiting(session, ImportKind.VOCABULARY, by=user)
st.title("Import a vocabulary", anchor=False)
show_flash()
summary([("Skills and families that come with the product", shipped), ("Imported beside them", loaded)])
job = job_of(kept, user) if kept else None
if job is not None and is_live(job):
    follow(job.key, user)
else:
    go_on_to_result(user)
    say_how_it_ended(job)
    upload(user)
