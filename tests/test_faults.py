"""A short form of every fault run; `make faults` runs them at full size (docs/fault-report.md)."""

import subprocess
import sys
from pathlib import Path

import pytest

from crm.config import ROOT
from tests.faults import power

SHORT = """
import sys
from tests.faults import __main__ as all, commits, crashes, damage, disks, kills, migrations, power
from tests.faults import rotations, writers
from tests import postgresql
all.STEPS.update({
    "kills": all.on_sqlite(lambda fresh: kills.run(4, fresh)),
    "power": lambda folder, template: power.run(3, folder, template),
    "crashes": all.on_postgresql(lambda server, _: crashes.run(2, server)),
    "writers": all.on_sqlite(lambda _: writers.run("SQLite", 8, 4)),
    "writers-postgresql": all.on_postgresql(lambda *_: writers.run("PostgreSQL", 8, 4)),
    "commits": all.on_postgresql(lambda _, address: commits.run(4, address)),
    "migrations": lambda folder, _: migrations.run("SQLite", 3, lambda: f"sqlite:///{folder / 'a.db'}"),
    "migrations-postgresql": all.on_postgresql(
        lambda server, _: migrations.run("PostgreSQL", 1, lambda: postgresql.make_empty(server.address))
    ),
    "rotations": all.on_sqlite(lambda _: rotations.run("SQLite", 3)),
    "disks": lambda folder, template: disks.run(2, folder / "small", template),
    "bits": lambda folder, template: damage.run(20, damage.flip_a_bit, 0.95, folder, template),
    "blocks": lambda folder, template: damage.run(8, damage.empty_a_block, 1, folder, template),
    "cuts": lambda folder, template: damage.run(8, damage.cut_short, 1, folder, template),
})
sys.exit(all.main(sys.argv[1:]))
"""


def report(*steps: str) -> str:
    """What the steps print, run in a process of their own: they fork, kill and damage."""
    command = [sys.executable, "-c", SHORT, *steps]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr[-4000:]}"
    return done.stdout


def test_nothing_acknowledged_is_lost_when_the_process_is_killed():
    assert "| 0 lost, 0 without their entry, 0 rounds" in report("kills")


@pytest.mark.skipif(power.compiler() is None, reason="the shim needs a C compiler")
def test_nothing_acknowledged_is_lost_when_the_power_is_cut_and_weaker_settings_would_lose():
    assert "| 0 lost, 0 cuts with anything amiss; control" in report("power")


def test_nothing_acknowledged_is_lost_or_doubled_when_postgresql_crashes():
    assert "0 lost, 0 saved twice" in report("crashes")


@pytest.mark.parametrize("step", ["writers", "writers-postgresql"])
def test_of_many_people_on_one_record_nobody_overwrites_anybody(step: str):
    assert "| 0 lost, 0 told that the database is busy" in report(step)


def test_a_save_whose_answer_is_lost_is_there_once():
    assert "0 lost, 0 saved twice" in report("commits")


def test_a_full_disk_is_told_in_plain_words_and_loses_nothing():
    assert "| met |" in (said := report("disks")) or "not run" in said


@pytest.mark.parametrize("step", ["blocks", "cuts"])
def test_a_damaged_database_is_noticed_and_not_written_to(step: str):
    assert "(100.0% of those that matter); 0 files written to" in report(step)


def test_of_single_bits_that_matter_nearly_every_one_is_noticed():
    assert "| met |" in report("bits")


def test_a_change_of_keys_that_is_killed_leaves_everything_readable_and_is_finished_by_the_next():
    assert "| 0 times something could not be opened, 0 that the next" in report("rotations")


@pytest.mark.parametrize("step", ["migrations", "migrations-postgresql"])
def test_a_change_of_the_schema_that_is_killed_leaves_nothing_half_way(step: str):
    assert "| 0 left half-way, 0 that the next start did not finish" in report(step)


def test_every_requirement_has_its_row_in_the_report():
    rows = (Path(ROOT) / "docs" / "fault-report.md").read_text(encoding="utf-8")
    for requirement in ("R1", "R2", "R3", "R4, R5", "R6", "R7", "R8", "R9", "R10"):
        assert f"| {requirement} " in rows
