"""Taking a list away as a file: a button, and the links that it makes."""

import streamlit as st

from crm.errors import CrmError
from crm.models.exports import ExportKind, FileFormat
from crm.models.users import Actor
from crm.services import exports
from crm.services.export_lists import Filter
from crm.ui.problems import show_problem
from crm.ui.tables import link, links
from crm.units import carry_out

_WORDS = {FileFormat.XLSX: "Excel workbook", FileFormat.CSV: "CSV file"}


def offer_file(
    kind: ExportKind, wanted: Filter, user: Actor, *, label: str = "Download as spreadsheet"
) -> None:
    """Offer a list as it is narrowed now, to those who may take such lists away."""
    if not exports.may_take_away(user, kind):
        return
    if not st.button(label, key=f"export-{kind}"):
        return
    digest = str(st.user.get("sid", ""))
    try:
        token = carry_out(
            lambda session: exports.order(session, kind, wanted, by=user, session_digest=digest)
        )
    except CrmError as problem:
        show_problem(problem)
        return
    st.caption(
        "Choose one: the link works once, for ten minutes, and for you only. It is recorded that you took "
        "this list away. Keep the file where only those may read it who need it, and delete it after use."
    )
    offered = [link(words, f"files/export/{token}.{ending}") for ending, words in _WORDS.items()]
    links(offered, label="Download")
