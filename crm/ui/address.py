"""What the address of a page says: record ids, only a wish until a service has allowed them."""

import streamlit as st

from crm.errors import NotFoundError


def optional_id(name: str) -> int | None:
    """The id that the address gives under this name, None without one or when it is no number."""
    given = st.query_params.get(name, "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 12 else None


def needed_id(name: str) -> int:
    """The same, where the page cannot do without.

    Raises:
        NotFoundError: the address lacks it.
    """
    found = optional_id(name)
    if found is None:
        raise NotFoundError("This address is not complete. Open the record from its list.")
    return found
