"""Uploads are read by a process that can use only so much, whatever is in them."""

import zipfile
from io import BytesIO

import pytest

from crm.errors import UnreadableFileError
from crm.readers import apart, limits
from crm.readers.adverts import Advert, RefusedAdvert
from crm.readers.jobposting import read_adverts
from crm.readers.tables import read_table
from tests.makers_jobs import advert, json_lines
from tests.readers.makers import workbook


@pytest.mark.parametrize(
    "content",
    [
        "name;town\nFernside \N{BREAD};Leeds\n;\nOakhill\n".encode(),
        "name,town\nFernside,Leeds\n".encode("utf-16"),
        workbook([["name", "town"], ["Fernside", "Leeds"]]),
    ],
)
def test_a_table_is_read_apart_as_it_is_here(content: bytes):
    assert apart.read_table(content, "list.csv") == read_table(content, "list.csv")


def test_a_problem_comes_back_as_its_own_sentence():
    with pytest.raises(UnreadableFileError, match="is not a table but a picture"):
        apart.read_table(b"\x89PNG and more", "list.csv")


def test_adverts_are_read_apart_as_they_are_here():
    files = [("ads.jsonl", json_lines(advert(1), advert(2, title=None))), ("none.txt", b"hello")]
    found = apart.read_adverts(files)
    assert found == list(read_adverts(files))
    assert [type(one) for one in found] == [Advert, RefusedAdvert, RefusedAdvert]


def test_an_advert_with_half_a_character_is_refused_and_the_others_are_read():
    files = [("ads.jsonl", json_lines(advert(1, hiringOrganization={"name": "a\ud800b"}), advert(2)))]
    broken, whole = apart.read_adverts(files)
    assert isinstance(broken, RefusedAdvert)
    assert "no text may hold" in broken.reason
    assert isinstance(whole, Advert)


def test_the_limits_are_those_of_the_requirements():
    assert (limits.CHILD_MEMORY_BYTES, limits.CHILD_SECONDS) == (512 * 1024 * 1024, 10)


def test_a_file_that_would_fill_the_memory_is_refused_in_words(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(limits, "CHILD_MEMORY_BYTES", 96 * 1024 * 1024)
    wide = b"[" + b"[1,2,3,4]," * 2_000_000 + b"0]"
    with pytest.raises(UnreadableFileError, match="needs more memory than one upload may use"):
        apart.read_adverts([("wide.json", wide)])


def test_a_file_that_takes_too_long_is_stopped_by_its_processor_time(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(limits, "ADVERT_SECONDS", 1)
    many = json_lines(*[advert(number) for number in range(20_000)])
    with pytest.raises(UnreadableFileError, match="took longer than 1 seconds"):
        apart.read_adverts([("many.jsonl", many)])


def test_a_zip_of_zeros_is_refused():
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb.json", b"\0" * (64 * 1024 * 1024))
    (refused,) = apart.read_adverts([("bomb.zip", made.getvalue())])
    assert isinstance(refused, RefusedAdvert)
    assert "far more than its size" in refused.reason
