"""Dates, places and titles in the forms that boards write."""

from datetime import date
from typing import Any

import pytest

from crm.readers.adverts import Place
from crm.readers.dates import closing_in, dated, read_date
from crm.readers.places import read_place
from crm.readers.titles import plain_title


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2026-11-03", "2026-11-03"),
        ("2026-11-03T10:00:00Z", "2026-11-03"),
        ("03/11/2026", "2026-11-03"),
        ("11/23/2026", "2026-11-23"),
        ("3 November 2026", "2026-11-03"),
        ("November 3, 2026", "2026-11-03"),
        ("3rd Nov 26", "2026-11-03"),
        ("Tue, 03 Nov 2026 10:00:00 GMT", "2026-11-03"),
        ("1793664000", "2026-11-03"),
        ("1793664000000", "2026-11-03"),
        ("20261103", "2026-11-03"),
        ("03.11.2026", "2026-11-03"),
        ("2026/11/3", "2026-11-03"),
        ("Tue Nov 03 2026 00:00:00 GMT+0000", "2026-11-03"),
        ("soon", None),
        ("2026-13-45", None),
        ("3 days ago", None),
        ("0000-00-00", None),
        ("31-Oct-2026", "2026-10-31"),
        ("99999999999999", None),
        ("Nov 3 2026", "2026-11-03"),
        ("31/02/2026", None),
        ("03/04/1850", None),
        (None, None),
    ],
)
def test_dates_are_read_the_uk_way(value: Any, expected: str | None):
    assert read_date(value) == (date.fromisoformat(expected) if expected else None)


def test_a_date_says_which_property_it_is_from():
    figure = dated("datePosted", "2026-11-03T09:00:00Z")
    assert figure is not None
    assert (figure.source, figure.quote) == ("field:datePosted", "2026-11-03T09:00:00Z")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Closing date: 5 December 2026 at noon", date(2026, 12, 5)),
        ("Applications close on Friday January 8, 2027", date(2027, 1, 8)),
        ("Closing date: when filled", None),
        ("Posted 5 December 2026", None),
    ],
)
def test_a_closing_date_in_the_text_is_found(text: str, expected: date | None):
    found = closing_in(text)
    assert (found and found.value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("Leeds", Place("Leeds", town="Leeds")),
        (
            "12 High St, Leeds, West Yorkshire LS1 4AP, UK",
            Place(
                "12 High St, Leeds, West Yorkshire LS1 4AP, UK",
                "Leeds",
                "West Yorkshire",
                "LS1 4AP",
                "United Kingdom",
            ),
        ),
        ("San Diego, CA", Place("San Diego, CA", "San Diego", "CA")),
        ("Remote, UK", Place("Remote, UK", country="United Kingdom", is_remote=True)),
        ({"address": "York"}, Place("York", town="York")),
        ({"name": "Head office"}, Place("Head office", town="Head office")),
        (
            "{'address': {'addressLocality': 'Hull', 'postcode': 'hu12ab', 'addressCountry': 'GB'}}",
            Place("Hull, HU1 2AB, United Kingdom", "Hull", None, "HU1 2AB", "United Kingdom"),
        ),
        (
            {"address": {"addressLocality": "Austin", "addressRegion": "TX", "postalCode": 78701}},
            Place("Austin, TX, 78701", "Austin", "TX", "78701"),
        ),
        ({"@type": "Place"}, None),
        (None, None),
        ("null", None),
    ],
)
def test_places_are_read_from_any_nesting(value: Any, expected: Place | None):
    assert read_place(value)[0] == expected


def test_several_places_are_counted_and_remote_work_is_a_place():
    assert read_place(["Leeds", {"address": "York"}, "Leeds"])[1] == 2
    assert read_place(None, is_remote=True) == (Place("Remote", is_remote=True), 1)


@pytest.mark.parametrize(
    ("title", "plain"),
    [
        ("Cleaner - 16 hours - £12.21 per hour - Leeds", "Cleaner"),
        ("Care Assistant (Part Time, 20 hours)", "Care Assistant"),
        ("Sales Assistant | Leeds | £12.21 ph", "Sales Assistant"),
        ("Support Worker - Nights", "Support Worker - Nights"),
        ("Chef de Partie - Up to £28k", "Chef de Partie"),
        ("Kitchen Porter, Leeds, LS1 4AP", "Kitchen Porter"),
        ("Senior Developer (Python)", "Senior Developer (Python)"),
        ("Cleaner £12.21ph 16 hours Leeds", "Cleaner"),
        ("Sales Assistant 8-16 Hours", "Sales Assistant"),
        ("C++ / Java Developer", "C++ / Java Developer"),
        ("16 hours", "16 hours"),
        ("Cook - Acme Ltd", "Cook"),
    ],
)
def test_titles_lose_what_is_glued_on_and_nothing_else(title: str, plain: str):
    assert plain_title(title, town="Leeds", organisation="Acme Ltd") == plain
