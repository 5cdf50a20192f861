"""The change of keys killed (kill -9) in the middle: what is locked opens, and the next one finishes it."""

from unittest.mock import patch

from sqlmodel import select

from crm import audit_values, db, locks, startup
from crm.errors import CrmError
from crm.models.audit import AuditKey, AuditValues
from crm.models.restricted import RestrictedFacts, RestrictedOpening
from crm.models.seeker_inputs import JobSeekerInput
from crm.models.users import SYSTEM, FormDraft
from crm.policy import Role
from crm.services import drafts, key_rotation, seekers
from crm.services.drafts import Draft
from tests.faults.acting import forget_settings
from tests.faults.forked import in_fork
from tests.faults.outcome import Outcome
from tests.makers import make_user
from tests.makers_people import make_seeker
from tests.makers_restricted import make_restricted

_PEOPLE = 6
_AT_A_TIME = 2
"""Small parts make many places to be killed at."""


def run(engine: str, kills: int) -> Outcome:
    """Kill so many changes of keys, evenly over their statements, and finish each with another."""
    startup.prepare()
    _lock_something()
    with patch.object(key_rotation, "_AT_A_TIME", _AT_A_TIME):
        statements = _rotate_in_fork(None)
        killed, unreadable, unfinished = 0, 0, 0
        for number in range(kills):
            killed += not _rotate_in_fork(1 + number * statements // kills)
            unreadable += not _is_all_readable()
            _rotate_in_fork(None)
            unfinished += not (_is_all_readable() and _is_all_locked_anew())
    return Outcome(
        f"Changing the keys killed ({engine})",
        f"{killed} kills, among {statements} statements",
        f"{unreadable} times something could not be opened, {unfinished} that the next change did not finish",
        is_met=not unreadable and not unfinished and killed == kills,
    )


def _rotate_in_fork(kill_at: int | None) -> int:
    forget_settings()
    return in_fork(lambda: key_rotation.rotate(by=SYSTEM), kill_at)


def _lock_something() -> None:
    """Restricted facts, reasons for opening them, drafts, and keys of the trail with values of each."""
    with db.transaction() as session:
        coach = make_user(session, Role.JOB_COACH).as_actor()
        for number in range(_PEOPLE):
            seeker = make_seeker(session, f"Person {number}")
            make_restricted(session, seeker, coach, health=f"Ill {number}")
            change = JobSeekerInput(preferred_name=f"Anybody {number}")
            seekers.change(session, seeker.key, change, version=seeker.version, by=SYSTEM)
            drafts.keep(session, "restricted", str(number), Draft({"health": "typed"}, 1), by=coach)


def _is_all_readable() -> bool:
    """Does all that is locked open with the keys in the folder, after a start of the service?"""
    forget_settings()
    try:
        startup.prepare()
        with db.reading() as session:
            facts = session.exec(select(RestrictedFacts.health).order_by("id")).all()
            openings = session.exec(select(RestrictedOpening)).all()
            for draft in session.exec(select(FormDraft)):
                locks.unlock(draft.values_locked, drafts.place_of(draft))
            entries = session.exec(select(AuditValues.entry_id)).all()
            kept = audit_values.read(session, entries)
    except CrmError:
        return False
    expected = [f"Ill {number}" for number in range(_PEOPLE)]
    return [*facts] == expected and len(openings) == _PEOPLE and len(kept) == len(entries) >= _PEOPLE


def _is_all_locked_anew() -> bool:
    newest = locks.known_keys()[0].name
    with db.reading() as session:
        held = [
            *session.exec(select(AuditKey.encrypted)),
            *session.exec(select(FormDraft.values_locked)),
            *session.exec(select(RestrictedFacts.seal)),
            *session.exec(select(RestrictedOpening.seal)),
        ]
    return all(one.partition(":")[0] == newest for one in held)
