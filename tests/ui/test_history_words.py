"""A line of a record's history as prose."""

from datetime import UTC, datetime

import pytest

from crm.services.history import Happened
from crm.ui.history_words import sentence

AT = datetime(2026, 11, 3, 9, tzinfo=UTC)


def happened(
    action: str = "change",
    values: dict[str, tuple[object, object]] | None = None,
    part: str = "",
    fields: tuple[str, ...] = (),
) -> Happened:
    return Happened(at=AT, by="Ines", action=action, part=part, fields=fields, values=values or {})


@pytest.mark.parametrize(
    ("before_and_after", "said"),
    [
        ((None, "Leeds"), "Changed: notes from nothing to “Leeds”."),
        (("", "Leeds"), "Changed: notes from nothing to “Leeds”."),
        ((False, True), "Changed: notes from no to yes."),
        (("2026-11-03", None), "Changed: notes from 3 November 2026 to nothing."),
        ((16, 20.5), "Changed: notes from “16” to “20.5”."),
        (("x" * 121, None), f"Changed: notes from “{'x' * 120}…” to nothing."),
    ],
)
def test_a_change_says_what_was_there_before_and_after(before_and_after: tuple[object, object], said: str):
    assert sentence(happened(values={"notes": before_and_after})) == said


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"on": (None, "2026-05-04")}, "Asked whether under 16 on 4 May 2026."),
        ({}, "Asked whether under 16."),
    ],
)
def test_a_question_about_age_is_told_with_its_day(values: dict[str, tuple[object, object]], said: str):
    assert sentence(happened("asked_whether_under_16", values)) == said


def test_a_change_whose_values_are_not_known_names_its_fields():
    assert sentence(happened(fields=("notes", "owner_id"))) == "Changed: notes, owner."


def test_something_new_is_told_without_its_fields():
    assert sentence(happened("add", part="EmployerSite", fields=("label",))) == "Added employer site."


def test_an_action_without_a_word_of_its_own_is_said_as_it_is():
    assert sentence(happened("restore")) == "Restore."
