"""Import a vocabulary of skills (ESCO) and roles (SOC 2020), beside those that ship with the product."""

import streamlit as st

from crm.db import reading
from crm.errors import CrmError
from crm.models.imports import ImportKind
from crm.models.users import Actor
from crm.services import role_imports, roles, uploads, vocabularies, vocabulary_imports
from crm.ui.doing import do_now
from crm.ui.flash import show_flash
from crm.ui.guard import require_user
from crm.ui.holding import bring_in
from crm.ui.job_progress import follow, go_on_to_result, is_live, job_of, say_how_it_ended
from crm.ui.problems import show_problem
from crm.ui.screens import refuse_politely
from crm.ui.tables import said, summary
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


def take_in_roles(user: Actor, name: str, content: bytes) -> None:
    try:
        with st.spinner("Reading the workbook…"):
            read = role_imports.read_roles(name, content)
    except CrmError as problem:
        show_problem(problem)
        return
    done = f"{len(read.groups)} roles are there."
    do_now(lambda session: role_imports.take_in(session, read, by=user), done)


def upload_roles(user: Actor) -> None:
    st.header("Roles for job analyses", anchor=False)
    own = ("Roles that come with the product", len(roles.shipped()))
    summary([own, ("Imported beside them", loaded_roles)])
    said(
        "Upload SOC 2020 volume 1 (structure and descriptions of unit groups), the workbook of the Office "
        "for National Statistics: its typical tasks can then start a job analysis. It knows no times."
    )
    file = st.file_uploader("The workbook of SOC 2020", type="xlsx", max_upload_size=10)
    if file and st.button("Import the roles"):
        take_in_roles(user, file.name, file.getvalue())


user = require_user()
with refuse_politely(), reading() as session:
    loaded = vocabulary_imports.loaded(session, by=user)
    loaded_roles = role_imports.loaded(session, by=user)
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
    upload_roles(user)
