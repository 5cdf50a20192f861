"""What the service does by itself each day. All of it can be done twice without harm."""

from crm.db import one_moment, reading, transaction
from crm.errors import DamagedError
from crm.jobs.asking import whoever_asked
from crm.jobs.task import Task
from crm.models.users import SYSTEM
from crm.services import agreement_moves, backups, duplicate_finding, record_checks, reminders, tidying, trail

_AT_ONCE = 50


def lapse_agreements(task: Task) -> dict[str, object]:
    """Move agreements whose last day is over to lapsed, some at a time so that nobody waits long to save."""
    lapsed = 0
    while True:
        task.ensure_wanted()
        with transaction() as session:
            some = agreement_moves.lapse_due(session, limit=_AT_ONCE, by=SYSTEM, today=task.today)
        lapsed += some
        if some < _AT_ONCE:
            return {"said": f"Agreements that lapsed: {lapsed:,}."}


def remind_of_renewals(task: Task) -> dict[str, object]:
    """Make the reminders to renew agreements that are due."""
    with transaction() as session:
        made = reminders.make_due(session, by=SYSTEM, today=task.today)
    return {"said": f"Reminders made: {made:,}."}


def note_anchor(task: Task) -> dict[str, object]:
    """Note the length and the last seal of the audit trail outside the database."""
    anchor = trail.note_anchor(now=task.now)
    if anchor is None:
        return {"said": "An anchor was noted within the last day, or the trail is empty."}
    return {"said": f"The trail has {anchor.count:,} entries."}


def find_duplicates(task: Task) -> dict[str, object]:
    """Look for likes of the employers that have changed, some at a time; what people answered stays."""
    looked_at = 0
    while True:
        task.ensure_wanted()
        with transaction() as session:
            some = duplicate_finding.find_some(session, limit=_AT_ONCE, by=SYSTEM)
        looked_at += some
        if not some:
            return {"said": f"Employers compared: {looked_at:,}."}


def make_backup(task: Task) -> dict[str, object]:
    """Write a backup, restore it somewhere else and check it, and only then drop older ones."""
    with reading() as session:
        by = whoever_asked(session, task)
    made = backups.make(
        by=by, now=task.now, progress=lambda words, done, steps: task.telling(words)(done, steps)
    )
    return {"said": f"Made and checked by restoring it: {made.path.name}. {made.differing_words}".rstrip()}


def compare_records(task: Task) -> dict[str, object]:
    """Compare every record with what the trail tells of it; work that failed is what people look at."""
    with one_moment() as session:
        found = record_checks.compare(session, by=SYSTEM)
    if found.count:
        raise DamagedError(f"Not all records are as they were saved last: {found.words}")
    return {"said": f"Records that are as they were saved last: {found.records:,}, all of them."}


def tidy_up(task: Task) -> dict[str, object]:
    """Delete what nobody needs any more: old drafts, sign-ins, invitations, uploads and ended jobs."""
    with transaction() as session:
        gone = tidying.tidy_up(session, now=task.now)
    named = ", ".join(f"{number:,} {what}" for what, number in gone.items() if number)
    return {"said": f"Deleted: {named or 'nothing'}."}
