"""The sealed file of a backup, and which backups are kept: laws for any content and any calendar."""

from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from crm import db
from crm.audit_chain import Anchor
from crm.backup import archive, rotation
from crm.backup.sealed import HEAD, PART, BackupError, SealedWriter, buffered

SECRET = b"a key for tests"
WHOLE = HEAD + 3 * (PART + 16)
"""The size of a sealed file whose content fills three parts."""


def sealed(content: bytes) -> bytes:
    """The content as a sealed file."""
    file = BytesIO()
    with SealedWriter(file, SECRET) as writer:
        writer.write(content)
    return file.getvalue()


def opened(file: bytes) -> bytes:
    """What a sealed file holds."""
    return buffered(BytesIO(file), SECRET).read()


THREE_PARTS = sealed(bytes(range(256)) * (3 * PART // 256))


@given(some.binary(max_size=200), some.sampled_from([0, PART - 100, PART, 2 * PART]))
def test_what_was_sealed_comes_back(content: bytes, before: int):
    assert opened(sealed(b"\0" * before + content)) == b"\0" * before + content


def test_the_same_content_is_never_sealed_in_the_same_way():
    assert sealed(b"once")[HEAD:] != sealed(b"once")[HEAD:]


@given(some.integers(0, WHOLE - 1), some.integers(0, 7))
def test_any_bit_that_is_changed_is_found(place: int, bit: int):
    file = bytearray(THREE_PARTS)
    file[place] ^= 1 << bit
    with pytest.raises(BackupError):
        opened(bytes(file))


@given(some.integers(0, WHOLE - 1) | some.sampled_from([HEAD, HEAD + PART + 16, HEAD + 2 * (PART + 16)]))
def test_a_file_that_is_cut_off_anywhere_is_found(length: int):
    with pytest.raises(BackupError):
        opened(THREE_PARTS[:length])


@given(some.binary(min_size=1, max_size=PART + 17))
def test_a_file_that_was_added_to_is_found(more: bytes):
    with pytest.raises(BackupError):
        opened(THREE_PARTS + more)


def test_parts_that_are_swapped_or_left_out_are_found():
    head, size = THREE_PARTS[:HEAD], PART + 16
    one, two, three = (THREE_PARTS[HEAD + n * size : HEAD + (n + 1) * size] for n in range(3))
    for parts in ((two, one, three), (one, three), (one, one, two, three), (three,)):
        with pytest.raises(BackupError, match="damaged or cut off at part"):
            opened(head + b"".join(parts))


def test_a_part_of_another_file_with_the_same_key_does_not_fit():
    other = sealed(bytes(range(256)) * (3 * PART // 256))
    with pytest.raises(BackupError, match="at part 1"):
        opened(THREE_PARTS[:HEAD] + other[HEAD:])


@pytest.fixture(scope="module")
def backup(template_database: Path, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A real backup of a database with nothing in it."""
    made, file = db.make_engine(f"sqlite:///{template_database}"), BytesIO()
    with made.connect() as connection:
        at = datetime(2026, 11, 26, tzinfo=UTC)
        archive.write(connection, file, SECRET, revision="x", audit=Anchor(0, ""), at=at)
    made.dispose()
    return file.getvalue()


def test_every_line_of_a_backup_is_read_up_to_its_manifest(backup: bytes):
    read = list(archive.unpacked(BytesIO(backup), SECRET))
    assert read[0] == {"begins": "x"}
    assert archive.Manifest.from_json(read[-1]["manifest"]).revision == "x"


@given(data=some.data())
def test_a_backup_is_never_read_to_its_end_once_a_byte_is_changed_or_the_end_is_gone(
    backup: bytes, data: some.DataObject
):
    place = data.draw(some.integers(0, len(backup) - 1))
    flipped = backup[:place] + bytes([backup[place] ^ 0x55]) + backup[place + 1 :]
    for file in (flipped, backup[:place]):
        with pytest.raises(BackupError):
            list(archive.unpacked(BytesIO(file), SECRET))


START = datetime(2024, 1, 1, 2, tzinfo=UTC)
MOMENTS = some.lists(some.integers(0, 5000).map(lambda hours: START + timedelta(hours=hours)), max_size=60)


def test_after_two_years_of_daily_backups_seven_days_four_weeks_and_twelve_months_are_kept():
    held: set[datetime] = set()
    for day in range(730):
        held = rotation.kept({*held, START + timedelta(days=day)})
    last = START + timedelta(days=729)
    assert {last - timedelta(days=back) for back in range(7)} <= held
    assert len({at.isocalendar()[:2] for at in held if last - at < timedelta(weeks=4)}) == 4
    assert len({(at.year, at.month) for at in held}) == 12
    assert len(held) <= 7 + 4 + 12


def test_dropping_day_by_day_keeps_what_would_be_kept_of_all_at_once():
    held: set[datetime] = set()
    for day in range(400):
        held = rotation.kept({*held, START + timedelta(days=day)})
    assert held == rotation.kept(START + timedelta(days=day) for day in range(400))


@given(MOMENTS)
def test_the_latest_backup_is_always_kept_and_keeping_again_drops_nothing(made: list[datetime]):
    held = rotation.kept(made)
    assert held <= set(made)
    assert not made or max(made) in held
    assert rotation.kept(held) == held
