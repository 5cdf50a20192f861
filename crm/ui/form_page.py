"""A form whose page draws its fields one by one, some of them only where another answer asks for them."""

from typing import Any

import streamlit as st

from crm.ui.fields import Typed
from crm.ui.forms import RecordForm
from crm.ui.problems import Problems, field_problem


class FormPage:
    """The fields of a form as they are drawn one by one, or kept as they are; `typed` is what they hold."""

    def __init__(self, form: RecordForm[Any], problems: Problems) -> None:
        self._prefix, self._problems = form.prefix, problems
        self._fields = {field.name: field for field in form.fields}
        self.typed: dict[str, Typed] = {}

    def draw(self, name: str) -> Typed:
        """Draw a field, with what is wrong with it."""
        field = self._fields[name]
        self.typed[name] = field.draw(f"{self._prefix}{name}", field.label, field.hint)
        field_problem(name, self._problems)
        return self.typed[name]

    def keep(self, name: str) -> Typed:
        """Hold what a field that is not drawn has: Streamlit forgets what is on no page."""
        key = f"{self._prefix}{name}"
        self.typed[name] = st.session_state[key] = st.session_state[key]
        return self.typed[name]
