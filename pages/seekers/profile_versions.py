"""The versions of a profile that the person agreed to, and two of them compared field by field."""

import streamlit as st

from crm.db import reading
from crm.policy import Action
from crm.services import profile_versions, seekers, staff
from crm.services.access import may
from crm.ui.address import needed_id
from crm.ui.guard import require_user
from crm.ui.profile_words import difference_cells, version_rows
from crm.ui.screens import refuse_politely
from crm.ui.tables import link, links, said, table
from crm.ui.words import count, day, plain

NOW = 0
user = require_user()
with refuse_politely(), reading() as session:
    seeker = seekers.find(session, needed_id("seeker"), by=user)
    versions = profile_versions.of_seeker(session, seeker.key, by=user)
    now = profile_versions.as_it_stands(session, seeker.key, by=user)
    colleagues = staff.names(session, by=user)

st.title(f"Versions of the profile of {plain(seeker.preferred_name)}", anchor=False)
ways = [link(seeker.preferred_name, "seeker", id=seeker.key)]
if may(user, Action.SEEKERS_RECORD, seeker):
    ways.append(link("All steps of the profile", "profile-edit", seeker=seeker.key))
links(ways, label="Record")
if not versions:
    st.info("No version is kept yet. One is kept each time the person agrees to their profile.")
    st.stop()
table(
    "Versions, the latest first",
    ["Agreed on", "How", "Kept by"],
    [(day(row.agreed_on), row.how or "", colleagues.get(row.created_by or 0, "")) for row in versions],
)

st.header("Compare two of them", anchor=False)
words = {**version_rows(versions), NOW: "As it stands now"}
contents = {row.key: (row.content, row.people) for row in versions} | {NOW: now}
earlier = st.selectbox("Earlier", list(words), format_func=words.__getitem__, index=0)
later = st.selectbox("Later", list(words), format_func=words.__getitem__, index=len(versions))
found = profile_versions.differences(contents[earlier], contents[later])
if found:
    said(f"They differ in {count(len(found), 'field')}; everything else is the same in both.")
    table("What differs", ["Field", words[earlier], words[later]], [difference_cells(one) for one in found])
else:
    st.info("They are the same in every field.")
