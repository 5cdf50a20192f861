"""R4 and R5: many people with old forms of one record. No save is overwritten, and nobody is told "busy"."""

import json
import os
import statistics
import time
import traceback
from collections.abc import Callable
from dataclasses import asdict, dataclass, field

from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from crm import db
from crm.errors import StaleFormError
from crm.models.employers import Employer, EmployerInput
from crm.models.users import SYSTEM
from crm.services import employers
from crm.units import carry_out
from tests.faults.acting import add_employer, check, forget_settings
from tests.faults.outcome import Outcome

LONGEST_SAVE = 2.0


@dataclass
class Told:
    """What one writer met: its saves, the old forms it was refused, other errors, and seconds a save."""

    saved: int = 0
    stale: int = 0
    errors: int = 0
    seconds: list[float] = field(default_factory=list[float])


def run(engine: str, processes: int, saves: int) -> Outcome:
    """So many processes save so often each, all on one record, from forms that others make old."""
    employer_id = add_employer(f"Everybody’s on {engine}")
    forget_settings()
    told = [Told(**json.loads(read())) for read in [_fork(employer_id, saves) for _ in range(processes)]]
    found = check([employer_id])
    forget_settings()
    with db.reading() as session:
        counted = int(employers.find(session, employer_id, by=SYSTEM).lead_source or 0)
    forget_settings()
    saved, errors = sum(one.saved for one in told), sum(one.errors for one in told)
    longest = sorted(second for one in told for second in one.seconds)
    slow = longest[int(len(longest) * 0.99) - 1]
    return Outcome(
        f"R4, R5 {processes} people on one record ({engine})",
        f"{saved} saves, {sum(one.stale for one in told):,} refused as old forms",
        f"{saved - counted} lost, {errors} told that the database is busy; "
        f"a save took {statistics.median(longest) * 1000:.0f} ms (median), {slow * 1000:.0f} ms (99 of 100)",
        is_met=saved == counted == processes * saves
        and not errors
        and found.is_good
        and slow <= LONGEST_SAVE,
    )


def _fork(employer_id: int, saves: int) -> Callable[[], str]:
    reading, writing = os.pipe()
    if os.fork() == 0:
        os.close(reading)
        try:
            forget_settings()
            os.write(writing, json.dumps(asdict(_save_often(employer_id, saves))).encode())
        finally:
            os._exit(0)
    os.close(writing)

    def told() -> str:
        with os.fdopen(reading) as pipe:
            return pipe.read()

    return told


def _save_often(employer_id: int, saves: int) -> Told:
    told = Told()
    while told.saved < saves and told.errors < saves:
        with db.reading() as session:
            drawn = employers.find(session, employer_id, by=SYSTEM)
        time.sleep(0.002)
        begun = time.monotonic()
        try:
            carry_out(lambda session, drawn=drawn: _count_one_more(session, drawn))
        except StaleFormError:
            told.stale += 1
            continue
        except DBAPIError:
            traceback.print_exc()
            told.errors += 1
            continue
        told.seconds.append(time.monotonic() - begun)
        told.saved += 1
    return told


def _count_one_more(session: Session, drawn: Employer) -> Employer:
    typed = EmployerInput.model_validate(drawn.model_dump())
    typed.lead_source = str(int(drawn.lead_source or 0) + 1)
    return employers.change(session, drawn.key, typed, version=drawn.version, by=SYSTEM)
