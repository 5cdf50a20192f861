"""JobPosting in every container and every messy form; nothing crashes, nothing is lost in silence."""

import json
import zipfile
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm.readers import limits
from crm.readers.jobposting import Advert, RefusedAdvert, read_adverts
from tests.readers.makers import advert, posting, read_all, workbook

ONE = posting()
PAGE = '<html><script type="application/ld+json">{}</script></html>'


def titles(content: str | bytes) -> list[str]:
    return [one.title if isinstance(one, Advert) else f"refused {one.position}" for one in read_all(content)]


def zipped(**files: str | bytes) -> bytes:
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("folder/", b"")
        for name, data in files.items():
            archive.writestr(name, data)
    return content.getvalue()


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (json.dumps(ONE), ["Cleaner"]),
        (json.dumps(ONE).encode("utf-16"), ["Cleaner"]),
        ("\ufeff" + json.dumps(ONE), ["Cleaner"]),
        (json.dumps([ONE, {"x": 1}, ONE]), ["Cleaner", "refused 2", "Cleaner"]),
        (
            json.dumps(ONE) + "\n{bad\n\n" + json.dumps(ONE) + '\n{"x": 1}',
            ["Cleaner", "refused 2", "Cleaner", "refused 5"],
        ),
        (json.dumps({"@graph": [{"@type": "WebSite"}, ONE]}), ["Cleaner"]),
        (json.dumps({"itemListElement": [{"@type": "ListItem", "item": ONE}]}), ["Cleaner"]),
        (json.dumps({"@type": ["X", "https://schema.org/JobPosting"], "schema:title": "Cook"}), ["Cook"]),
        (json.dumps({"job_title": "Cook", "company": "Acme"}), ["Cook"]),
        ("{'@type': 'JobPosting', 'title': 'Cook', 'salary': None}", ["Cook"]),
        ('{"@type": "JobPosting", "title": "Cook",}', ["Cook"]),
        (PAGE.format(json.dumps(ONE)) + PAGE.format("{not json JobPosting"), ["Cleaner", "refused 2"]),
        (PAGE.format("<!-- " + json.dumps(ONE) + " -->"), ["Cleaner"]),
        (PAGE.format("//<![CDATA[\n" + json.dumps(ONE) + "\n//]]>"), ["Cleaner"]),
        (
            "<div itemscope itemtype='http://schema.org/JobPosting'><br><b itemprop='title'>Cook</b></p>",
            ["Cook"],
        ),
        ("<html><body>No jobs</body></html>", ["refused 1"]),
        ("<!DOCTYPE ><![x[JobPosting", ["refused 1"]),
        ("title,company\nCook,Acme\n\0,Bolt\n", ["refused 1"]),
        ("title,company\nCook,Acme\n" + "x" * 40_000 + ",Bolt\n", ["Cook", "refused 3"]),
        ("name,town\nAcme,Leeds\n", ["refused 1"]),
        ("hello", ["refused 1"]),
        ("", ["refused 1"]),
        ("[]", ["refused 1"]),
        ("{}", ["refused 1"]),
        ("{oh", ["refused 1"]),
        ("[" * 100_000, ["refused 1"]),
        ("[" * 60 + "]" * 60, ["refused 1"]),
        (b"\x81\x8d\x8f\xff", ["refused 1"]),
        (workbook([["title", "hiringOrganization"], ["Cook", "Acme"]]), ["Cook"]),
        (bytes.fromhex("d0cf11e0a1b11ae1"), ["refused 1"]),
    ],
)
def test_adverts_are_found_in_every_container(content: str | bytes, expected: list[str]):
    assert titles(content) == expected


def test_a_zip_streams_its_files_and_refuses_zips_inside():
    content = zipped(**{"a.json": json.dumps(ONE), "b/c.json": b"\0", "d.zip": zipped(), "__MACOSX/a": b"x"})
    results = read_all(content, "all.zip")
    assert [one.file for one in results] == ["all.zip/a.json", "all.zip/b/c.json", "all.zip/d.zip"]
    assert [type(one) for one in results] == [Advert, RefusedAdvert, RefusedAdvert]


def test_a_bomb_of_adverts_and_a_huge_file_are_refused(monkeypatch: pytest.MonkeyPatch):
    (refused,) = read_all(zipped(bomb=b" " * 3_000_000))
    assert isinstance(refused, RefusedAdvert)
    assert "far more than its size" in refused.reason
    monkeypatch.setattr(limits, "ADVERT_BYTES", 10)
    assert titles(json.dumps(ONE)) == ["refused 1"]


def test_progress_hears_how_many_files_are_done():
    heard: list[int] = []
    list(read_adverts([("a", b"{}"), ("b", b"{}")], progress=heard.append))
    assert heard == [1, 2]


def test_a_refused_record_names_file_position_property_and_keeps_the_original():
    (refused,) = read_all(json.dumps([posting(title=None, description="x")]), "list.json")
    assert isinstance(refused, RefusedAdvert)
    assert (refused.file, refused.position, refused.field) == ("list.json", 1, "title")
    assert '"description": "x"' in refused.original


@pytest.mark.parametrize("title", ["bad \ud800", "x" * 400, "<b></b>", "\\u0000\u0000"])
def test_titles_that_cannot_be_used_are_refused(title: str):
    assert titles(json.dumps([posting(title=title)])) == ["refused 1"]


def test_python_dictionaries_in_strings_and_twice_escaped_text_are_read():
    one = advert(
        hiringOrganization="{'@type': 'Organization', 'name': 'Bright &amp;amp; Co', 'sameAs': 'https://b.example'}",
        jobLocation="[{'@type': 'Place', 'address': {'addressLocality': 'Leeds'}}]",
        description="&lt;p&gt;Hours: 16 per week&lt;/p&gt;&lt;script&gt;x()&lt;/script&gt;&amp;nbsp;Tea "
        "&amp;amp; cake",
        validThrough="None",
    )
    assert (one.organisation, one.organisation_url) == ("Bright & Co", "https://b.example")
    assert one.place is not None
    assert (one.place.town, one.text, one.closes_on) == ("Leeds", "Hours: 16 per week\nTea & cake", None)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("Acme", "Acme"),
        ({"name": "Acme"}, "Acme"),
        ([{"name": "Acme"}, {"name": "Bolt"}], "Acme"),
        ({"name": {"@value": "Acme"}}, None),
        ("nan", None),
        ("https://acme.example", None),
        (None, None),
    ],
)
def test_the_organisation_is_read_in_any_form(value: Any, expected: str | None):
    assert advert(hiringOrganization=value).organisation == expected


def test_an_organisation_named_by_reference_is_looked_up():
    graph = {
        "@graph": [
            {"@id": "#a", "@type": "Organization", "name": "Acme"},
            posting(hiringOrganization={"@id": "#a"}),
        ]
    }
    (one,) = read_all(json.dumps(graph))
    assert isinstance(one, Advert)
    assert one.organisation == "Acme"


def test_a_full_time_tag_never_overrides_the_words():
    one = advert(employmentType="FULL_TIME", description="Part time, 16 hours per week")
    assert one.employment_type is not None
    assert (one.employment_type.value, one.employment_type.source) == ("part time", "text")
    assert one.notes == ("Tagged as full time, but the words say part time; the words were followed.",)
    tagged = advert(employmentType="FULL_TIME", description="16 hours per week")
    assert tagged.employment_type is not None
    assert (tagged.employment_type.value, tagged.employment_type.source) == ("part time", "worked out")
    alone = advert(employmentType=["FULL_TIME", "TEMPORARY"])
    assert alone.employment_type is not None
    assert alone.contract is not None
    assert (alone.employment_type.value, alone.contract.value, alone.hours_min) == (
        "full time",
        "temporary",
        None,
    )


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("This is a permanent position", "permanent"),
        ("Contract type: Fixed term", "fixed term"),
        ("Open to full-time and part-time staff", None),
        ("permanent marker", None),
    ],
)
def test_the_contract_is_read_from_the_words(words: str, kind: str | None):
    found = advert(description=words).contract
    assert (found and found.value) == kind


def test_hours_come_from_the_property_then_the_title_then_the_text():
    everywhere = {"workHours": "16", "title": "Cleaner 18 hours", "description": "20 hours per week"}
    sources: list[str] = []
    for leave_out in (None, "workHours", "title"):
        if leave_out:
            everywhere[leave_out] = "Cleaner" if leave_out == "title" else ""
        hours = advert(**everywhere).hours_min
        assert hours is not None
        sources.append(hours.source)
    assert sources == ["field:workHours", "field:title", "text"]


def test_pay_comes_from_the_property_then_the_title_then_the_text():
    one = advert(baseSalary="12.50", salaryCurrency="gbp")
    assert one.pay_min is not None
    assert (one.pay_min.source, one.currency) == ("field:baseSalary", "GBP")
    assert advert(baseSalary="Competitive", description="x").pay_text == "Competitive"
    for found in (advert(title="Cook £12.50 per hour"), advert(description="Pay £12.50 per hour")):
        assert found.pay_min is not None
        assert found.pay_min.value == 12.5


def test_flat_columns_become_properties():
    header = "title,baseSalary.value.minValue,baseSalary.value.unitText,jobLocation.address.addressLocality"
    (one,) = read_all(f"{header},jobLocation.address.addressLocality.x\nCook,12.5,HOUR,Leeds,\n", "jobs.csv")
    assert isinstance(one, Advert)
    assert (one.position, one.pay_period) == (2, "hour")


def test_the_same_advert_has_the_same_fingerprint():
    same = {
        "hiringOrganization": "Acme",
        "identifier": {"@type": "PropertyValue", "name": "Acme", "value": "A1"},
    }
    first = advert(url="https://a.example/1", hiringOrganization="Acme")
    assert first.fingerprint == advert(title="Other", url="https://a.example/1/").fingerprint
    assert advert(**same).fingerprint == advert(title="Cleaner, Leeds", **same).fingerprint
    assert advert(**same).identifier == "A1"
    other = {**same, "identifier": {"@type": "PropertyValue", "name": "Acme", "value": "A2"}}
    assert advert(**same).fingerprint != advert(**other).fingerprint
    assert advert(hiringOrganization="ACME").fingerprint == advert(hiringOrganization="Acme ").fingerprint
    assert advert(hiringOrganization="Acme").fingerprint != advert(hiringOrganization="Bolt").fingerprint


def test_remote_work_several_places_and_other_text_properties_are_kept():
    one = advert(
        jobLocationType="TELECOMMUTE", jobLocation=["Leeds", "York"], responsibilities=["Sweep", "Mop"]
    )
    assert one.place is not None
    assert (one.place.is_remote, one.text) == (True, "Sweep\nMop")
    assert one.notes == ("The advert names 2 places; the first was taken.",)
    assert advert(url={"@id": "https://a.example"}).url == "https://a.example"


PROPERTIES = (
    "title", "hiringOrganization", "jobLocation", "description", "baseSalary", "salaryCurrency", "workHours",
    "employmentType", "datePosted", "validThrough", "jobStartDate", "jobLocationType",
    "url", "identifier", "skills",
)  # fmt: skip
WORDS = (
    "£12.50 an hour",
    "16-20 hours per week",
    "{'a': [1]}",
    "[[",
    "{'@id': '#'}",
    "Mon-Fri 9-25",
    "1e999",
)
KEYS = ("@type", "@id", "value", "name", "address", "minValue", "unitText", "x")
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30)
    | st.sampled_from(WORDS),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.sampled_from(KEYS), inner, max_size=4),
    max_leaves=8,
)  # fmt: skip


@given(st.dictionaries(st.sampled_from(PROPERTIES), ANYTHING, max_size=8))
def test_any_value_in_any_property_is_an_advert_or_a_refusal(properties: dict[str, Any]):
    assert len(read_all(json.dumps({"@type": "JobPosting", **properties}))) == 1


STARTS = (b"", b"{", b"[", b"<p typeof=JobPosting ", b"title,company\n", b"PK\x03\x04")


@given(st.binary(max_size=300), st.sampled_from(STARTS))
def test_arbitrary_bytes_never_crash(content: bytes, start: bytes):
    assert read_all(start + content)


@given(st.text(alphabet="0123456789 hourspwekamdn-–/.,:£½x()", max_size=80))
def test_arbitrary_words_about_hours_and_pay_never_crash(words: str):
    one = advert(description=words, workHours=words, baseSalary=words)
    if one.hours_min and one.hours_max:
        assert 0 <= one.hours_min.value <= one.hours_max.value <= 84
