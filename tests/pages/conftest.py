"""What tests of pages have done for them: background work is done while a page waits for it."""

import pytest

from crm.jobs import work
from crm.ui import job_progress


def do_what_is_due(_seconds: float = 0) -> None:
    """Do the jobs that are due now, without those that are regular."""
    worker = work.new_worker()
    while work.run_next(worker):
        pass


@pytest.fixture(scope="session", autouse=True)
def _looked_through(components_known: None) -> None:  # pyright: ignore[reportUnusedFunction]
    """Every test here runs an app."""


@pytest.fixture(autouse=True)
def _work_at_once(monkeypatch: pytest.MonkeyPatch) -> None:  # pyright: ignore[reportUnusedFunction]
    """No worker runs beside these tests: whoever pauses for a job has it done."""
    monkeypatch.setattr(job_progress, "pause", do_what_is_due)
