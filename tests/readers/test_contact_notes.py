"""Pasted mails and notes are read by rules: what they say is proposed, what they quote is not."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm.readers.contact_days import coming_day, past_day
from crm.readers.contact_mail import read_mail
from crm.readers.contact_notes import KnownPerson, propose

TODAY = date(2026, 11, 26)  # a Thursday
PEOPLE = [
    KnownPerson(1, "Dana Holt", "dana@fernside.example"),
    KnownPerson(2, "Ines Marlow"),
    KnownPerson(3, "Dana Reed"),
]
MAIL = """From: Dana Holt <dana@fernside.example>
Date: Tue, 24 Nov 2026 09:12:00 +0000
Subject: Work

We need a cleaner for 16 hours a week, closing date 5 December. Please visit next Thursday.

On Mon, 23 Nov 2026 at 10:00, Sam wrote:
> Ring me in two weeks. We are looking for a chef.
"""
WORDS = st.sampled_from(
    [
        *(
            "ring",
            "visit",
            "on",
            "in",
            "last",
            "next",
            "two",
            "31",
            "/",
            "2",
            ".",
            "99",
            "weeks",
            "ago",
            "\n",
            "٣",
        ),
        *(
            "From:",
            "Date:",
            "a@b.co",
            "looking for a",
            "porter",
            "hours",
            "closes",
            "29 February",
            "minutes",
            ">",
        ),
    ]
)


def found(text: str) -> dict[str, Any]:
    return {name: one.value for name, one in propose(text, today=TODAY, people=PEOPLE).fields.items()}


def test_a_mail_gives_its_day_its_sender_and_its_own_words_alone():
    fields = found(MAIL)
    assert (fields["kind"], fields["held_on"], fields["person_ids"]) == ("email", date(2026, 11, 24), (1,))
    assert (fields["lead_title"], fields["lead_hours"]) == ("Cleaner", 16)
    assert (fields["lead_closes_on"], fields["next_step_on"]) == (date(2026, 12, 5), date(2026, 12, 3))
    assert (fields["next_step"], fields["next_step_title"]) == ("day", "Visit")
    assert "Sam wrote" not in fields["summary"]
    assert "chef" not in fields["summary"]


def test_a_mail_of_somebody_unknown_proposes_their_name():
    fields = found(MAIL.replace("Dana Holt", "Petra Lowe").replace("dana@", "petra@"))
    assert fields["new_person"] == "Petra Lowe"
    assert "person_ids" not in fields


def test_dictated_notes_give_kind_day_minutes_who_and_what_comes_next():
    note = (
        "Rang Ines Marlowe last Tuesday, spoke for 15 minutes. They are looking for a kitchen porter. "
        "Ring again in two weeks."
    )
    fields = found(note)
    assert (fields["kind"], fields["held_on"], fields["minutes"]) == ("call", date(2026, 11, 24), 15)
    assert (fields["person_ids"], fields["lead_title"]) == ((2,), "Kitchen porter")
    assert (fields["next_step_title"], fields["next_step_on"]) == ("Ring again", date(2026, 12, 10))


@pytest.mark.parametrize(
    ("note", "kind"),
    [
        ("Popped in for half an hour", "visit"),
        ("Zoom with them", "video"),
        ("Met at their office", "meeting"),
        ("Saw them at the job fair", "event"),
        ("E-mailed the draft", "email"),
        ("A letter came", "letter"),
        ("Nothing said", None),
    ],
)
def test_the_kind_is_the_first_that_is_said(note: str, kind: str | None):
    assert found(note).get("kind") == kind


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("last Thursday", date(2026, 11, 19)),
        ("on Thursday", TODAY),
        ("yesterday", date(2026, 11, 25)),
        ("3/11", date(2026, 11, 3)),
        ("3/12", date(2025, 12, 3)),
        ("3.11.26", date(2026, 11, 3)),
        ("3rd of November 2026", date(2026, 11, 3)),
        ("November 3", date(2026, 11, 3)),
        ("two weeks ago", date(2026, 11, 12)),
        ("3 days ago", date(2026, 11, 23)),
        ("31/2", None),
        ("at 2.10", None),
        ("1/2 an hour", None),
        ("3 December 2026", None),
    ],
)
def test_a_day_that_is_over_is_read_as_people_say_it(text: str, day: date | None):
    said = past_day(text, TODAY)
    assert (said.day if said else None) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("tomorrow", date(2026, 11, 27)),
        ("in a fortnight", date(2026, 12, 10)),
        ("in a couple of weeks", date(2026, 12, 10)),
        ("in 3 months", date(2027, 2, 26)),
        ("in ten days", date(2026, 12, 6)),
        ("next week", date(2026, 12, 3)),
        ("next month", date(2026, 12, 26)),
        ("on Monday", date(2026, 11, 30)),
        ("next Thursday", date(2026, 12, 3)),
        ("on 12 January", date(2027, 1, 12)),
        ("on 12/1", date(2027, 1, 12)),
        ("on 12 January 2026", None),
        ("some time", None),
    ],
)
def test_a_day_to_come_is_read_as_people_say_it(text: str, day: date | None):
    said = coming_day(text, TODAY)
    assert (said.day if said else None) == day


@pytest.mark.parametrize(
    ("note", "minutes"),
    [
        ("spoke for half an hour", 30),
        ("took an hour", 60),
        ("a 20-minute call", 20),
        ("10 minutes' walk", None),
        ("0 min", None),
    ],
)
def test_minutes_are_how_long_it_took(note: str, minutes: int | None):
    assert found(note).get("minutes") == minutes


def test_a_first_name_that_two_people_share_names_nobody():
    assert "person_ids" not in found("Dana was there")
    assert found("Ines was there")["person_ids"] == (2,)


def test_what_is_no_job_is_no_lead():
    assert "lead_title" not in found("They need a bit more time and asked for an answer")


def test_an_older_message_is_cut_off_and_headers_are_read_without_a_name():
    mail = read_mail(
        "From: info@fernside.example\nSent: 3 November 2026 09:00\n\nYes.\n"
        "From: a\nSent: b\nTo: c\nSubject: d\nNo."
    )
    assert (mail.sender_email, mail.sender_name, mail.sent_on) == (
        "info@fernside.example",
        "",
        date(2026, 11, 3),
    )
    assert mail.body == "Yes."
    assert read_mail("From: one line is not a mail").is_mail is False
    assert read_mail("Subject: a\nDate: nonsense\n").body != ""
    assert read_mail("From: a@b.example\nDate: Wed, 99 Nov 2026 99:99:99\n\nx").sent_on is None


@given(st.one_of(st.text(max_size=300), st.lists(WORDS, max_size=30).map(" ".join)))
def test_no_text_fails_or_is_held_in_the_future(text: str):
    fields = found(text)
    assert fields.get("held_on", TODAY) <= TODAY
    assert fields.get("next_step_on", TODAY) >= TODAY
    assert fields.get("lead_closes_on", TODAY) >= TODAY
    assert 1 <= fields.get("minutes", 1) <= 1440
    assert len(str(fields.get("new_person", ""))) <= 200


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.lists(WORDS, max_size=20).map(" ".join))
def test_days_lie_on_their_side_of_any_today(today: date, text: str):
    over, coming = past_day(text, today), coming_day(text, today)
    assert over is None or over.day <= today
    assert coming is None or today <= coming.day <= today + timedelta(days=366 * 90)
