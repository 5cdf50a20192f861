"""The service's own word for a job seeker on its screens."""

import pytest
import streamlit as st

from crm.models.users import Service
from crm.ui.calling import in_our_words, use_words_of


@pytest.fixture
def called(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(st, "session_state", {})


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("Job seekers", "Apprentices to be"),
        ("Add a job seeker", "Add an apprentice"),
        ("A job seeker", "An apprentice"),
        ("See job seekers and their profiles", "See apprentices to be and their profiles"),
        ("Edit job seeker", "Edit apprentice"),
        ("Job Seekers Direct Ltd", "Job Seekers Direct Ltd"),
        ("Employers", "Employers"),
    ],
)
@pytest.mark.usefixtures("called")
def test_the_word_of_the_service_stands_where_the_product_says_job_seeker(said: str, shown: str):
    use_words_of(Service(name="A", seeker_word="apprentice", seeker_words="apprentices to be"))
    assert in_our_words(said) == shown


@pytest.mark.usefixtures("called")
def test_a_service_that_sets_no_word_says_job_seeker():
    use_words_of(Service(name="A"))
    assert in_our_words("Add a job seeker") == "Add a job seeker"
