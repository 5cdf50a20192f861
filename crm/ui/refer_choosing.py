"""Choosing the agreement, and the employer that it covers, for putting somebody forward."""

import streamlit as st

from crm.db import reading
from crm.models.users import Actor
from crm.services import promise_terms
from crm.services.agreements import AgreementRow
from crm.ui.agreement_rows import ends
from crm.ui.guard import live_part
from crm.ui.tables import Cell, link, links, said, table
from crm.ui.words import say, today

_MOST = 12
_COLUMNS = ["Agreement", "Employer", "Ends"]


@live_part
def choose_agreement(user: Actor, employer_id: int | None, others: dict[str, int]) -> None:
    """Draw the agreements in force, those of one employer or by a search; each links back with its id."""
    words = ""
    if employer_id is None:
        words = st.text_input("With which employer?", key="agreement-words", type="search", live="300ms")
    with reading() as session:
        found = promise_terms.in_force(
            session, words=words or "", employer_id=employer_id, limit=_MOST, by=user, today=today()
        )
    if found:
        table("Agreements in force", _COLUMNS, [_cells(row, others) for row in found])
    else:
        st.info("No agreement is in force there, so there is no promise to put somebody forward for.")


def _cells(row: AgreementRow, others: dict[str, int]) -> list[Cell]:
    chosen = link(say(row.kind), "refer", **{**others, "agreement": row.id})
    return [chosen, row.employer, ends(row.ends_on, today())]


def choose_covered(employers: dict[int, str], others: dict[str, int]) -> None:
    """Draw the employers that the agreement covers; each links back with its id."""
    if len(employers) == 1:
        said("The agreement does not cover that employer. It covers this one:")
    else:
        said("The agreement covers several employers. To which one? Each is asked about by itself.")
    items = [link(name, "refer", **{**others, "employer": key}) for key, name in employers.items()]
    links(items, label="Employers")
