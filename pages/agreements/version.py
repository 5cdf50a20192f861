"""One version of an agreement, word for word as it was approved, sent, signed or renewed."""

import streamlit as st

from crm.db import reading
from crm.services import agreement_papers, agreement_signing, agreement_versions, agreements, employers
from crm.services.agreement_text import content_from
from crm.ui.address import needed_id
from crm.ui.agreement_papers import draw_downloads
from crm.ui.agreement_versions import SIGNATURE_COLUMNS, can_be_signed, signature_row
from crm.ui.flash import show_flash
from crm.ui.guard import require_user
from crm.ui.screens import refuse_politely
from crm.ui.tables import heading_line, link, links, said, summary, table
from crm.ui.words import day, plain, say

user = require_user()
with refuse_politely(), reading() as session:
    version = agreement_versions.find(session, needed_id("id"), by=user)
    agreement = agreements.find(session, version.agreement_id, by=user)
    employer = employers.find(session, agreement.employer_id, by=user)
    signatures = agreement_signing.under(session, [version], by=user)

content = content_from(version.content)
st.title(f"Version {version.number}: {say(agreement.kind)}, {plain(employer.name)}", anchor=False)
show_flash()
heading_line(say(version.at_stage), note=f"as it stood on {day(version.made_on)}")
offered = [link("Back to the agreement", "agreement", id=agreement.key)]
if can_be_signed(version, agreement, user):
    offered.append(link("Add a signature or the signed copy", "agreement-signature", version=version.key))
links(offered, label="What you can do")
if agreement_versions.is_whole(version):
    draw_downloads(agreement, user, version)
else:
    st.error(agreement_papers.NOT_WHOLE)
summary(list(content.facts))
for number, clause in enumerate(content.clauses, start=1):
    st.header(f"{number}\\. {plain(clause.heading)}", anchor=False)
    for paragraph in clause.paragraphs:
        said(paragraph)
st.header("Signatures", anchor=False)
if signatures:
    table("Signatures", SIGNATURE_COLUMNS, [signature_row(one) for one in signatures])
else:
    said("Nobody has signed this version.")
said(f"Check number of these words: {version.digest}")
