"""Import a list of sites, people, vacancies or job seekers: the kind stands in the address."""

import streamlit as st

from crm.models.imports import ImportKind
from crm.services import list_imports
from crm.ui.guard import require_user
from crm.ui.import_words import list_links
from crm.ui.list_importing import draw_import
from crm.ui.tables import links, said

user = require_user()
wanted = next((kind for kind in list_imports.LISTS if kind == st.query_params.get("of")), None)
if wanted is None:
    st.title("Import a list", anchor=False)
    said("Choose what the rows of the list are about.")
    links(list_links(user), label="What a list can hold")
else:
    draw_import(ImportKind(wanted), user)
