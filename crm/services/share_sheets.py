"""Pages about a person for one employer: previewed, given with a record of the exact words, and recalled.

A page holds only what the person lets this employer know on that day. Once a consent is withdrawn, the day on
it has passed or it was recalled, it is no page for an employer any more: what was told stays in the record.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlmodel import Session

from crm.errors import RuleBrokenError
from crm.models.consents import Purpose, SharedFact
from crm.models.seekers import VocationalProfile
from crm.models.sharing import NEVER_ON_PAPER, RecallInput, ShareSheet, ShareSheetInput
from crm.models.tasks import TaskInput
from crm.models.users import Actor
from crm.policy import Action
from crm.services import consent_reach, employers, profiles, records, seekers, service, sheet_words, tasks
from crm.services.access import ensure, may
from crm.services.consents import covers, ensure_covered
from crm.services.seeker_rows import NEEDS, SKILLS
from crm.services.sheet_stops import ensure_sayable
from crm.services.sheet_words import Frame, SheetPart, Told

LASTS = timedelta(days=90)
"""How long a page holds unless another day is chosen, or a consent ends before."""

MOST = timedelta(days=366)
TELL_THEM = "Ask them to put a page that we gave them away"
_CALLED = "page for an employer"


@dataclass(frozen=True, slots=True)
class Sharable:
    """What can stand on a page for an employer, and whether being put forward is agreed as well.

    `until` is the last day that a page can hold, which is no later than any consent that it rests on.
    """

    facts: list[SharedFact]
    until: date
    is_put_forward: bool


def sharable(session: Session, seeker_id: int, employer_id: int, *, by: Actor, today: date) -> Sharable:
    """What the person lets an employer know that a page may hold.

    Raises:
        NotAllowedError: the person may not make pages about this job seeker.
        NotFoundError: there is no such job seeker.
    """
    _ensure_may_share(session, seeker_id, by)
    agreed = consent_reach.tellable(session, seeker_id, employer_id, on=today, by=by)
    facts = [fact for fact in SharedFact if fact in agreed and fact not in NEVER_ON_PAPER]
    forward = covers(session, seeker_id, Purpose.PUT_FORWARD, employer_id, on=today, by=by)
    return Sharable(facts, _last_day([agreed[fact] for fact in facts], today), forward)


def preview(
    session: Session,
    seeker_id: int,
    employer_id: int,
    facts: Collection[SharedFact],
    *,
    until: date | None = None,
    is_forward: bool = False,
    by: Actor,
    today: date,
) -> str:
    """The page as it would be given today, word for word.

    One that `is_forward` goes along with a proposal of a job: the person has to be put forward for that.

    Raises:
        ConsentNeededError: the person does not let this employer know all of it, or put them forward.
        NotAllowedError: the person may not make pages about this job seeker.
        NotFoundError: there is no such job seeker or employer.
        RuleBrokenError: it holds words that the person does not want used, or words of health, or the
            employer is archived.
    """
    _ensure_may_share(session, seeker_id, by)
    if is_forward:
        ensure_covered(session, seeker_id, Purpose.PUT_FORWARD, employer_id, on=today, by=by)
    ensure_covered(session, seeker_id, Purpose.SHARE_FACTS, employer_id, facts, on=today, by=by)
    told = _told(session, seeker_id, by=by)
    parts = sheet_words.parts_of(told, set(facts) - NEVER_ON_PAPER)
    ensure_sayable(_lines(parts), told.profile.words_not_to_use)
    last = sharable(session, seeker_id, employer_id, by=by, today=today).until
    holds = until or min(last, today + LASTS)
    employer = employers.find(session, employer_id, by=by)
    if employer.archived_at is not None:
        raise RuleBrokenError("This employer is archived: no page goes there any more.")
    frame = Frame(service.current(session, by=by).name, employer.name, today, holds, is_forward)
    return sheet_words.as_text([*parts, sheet_words.foot(frame)])


def share(
    session: Session,
    seeker_id: int,
    employer_id: int,
    new: ShareSheetInput,
    *,
    is_forward: bool = False,
    by: Actor,
    today: date,
) -> ShareSheet:
    """Record that an employer is given the page today: who gave whom what, in these words.

    Raises:
        ConsentNeededError: the person does not let this employer know all of it, or put them forward.
        NotAllowedError: the person may not make pages about this job seeker.
        NotFoundError: there is no such job seeker or employer.
        RuleBrokenError: the words must not be used, or it would hold too long.
    """
    last = sharable(session, seeker_id, employer_id, by=by, today=today).until
    expires_on = new.expires_on or min(last, today + LASTS)
    if not today < expires_on <= last:
        raise RuleBrokenError(
            f"Choose a day from tomorrow to {last.day} {last:%B %Y}: a page holds no longer than what the "
            "person agreed to, and a year at most.",
            field="expires_on",
        )
    how: dict[str, Any] = {"until": expires_on, "is_forward": is_forward, "by": by, "today": today}
    words = preview(session, seeker_id, employer_id, new.facts, **how)
    row = ShareSheet(
        seeker_id=seeker_id,
        employer_id=employer_id,
        facts=[fact.value for fact in new.facts],
        words=words,
        given_to=new.given_to,
        given_how=new.given_how,
        shared_on=today,
        expires_on=expires_on,
    )
    return records.add(session, row)


def recall(
    session: Session, sheet_id: int, said: RecallInput, *, version: int, by: Actor, today: date
) -> ShareSheet:
    """Take a page back. Unless the employer knows already, a task to tell them is made for today.

    Raises:
        NotAllowedError: the person may not make pages about this job seeker.
        NotFoundError: there is none with this id.
        RuleBrokenError: it was recalled before, or they are told on a day to come.
        StaleFormError: somebody saved it after the form was drawn.
    """
    ensure(session, by, Action.SHEETS_RECORD)
    row = records.fetch_to_change(session, ShareSheet, sheet_id, called=_CALLED)
    ensure(session, by, Action.SHEETS_RECORD, row)
    if row.recalled_on is not None:
        raise RuleBrokenError("This page has been recalled already.")
    if said.told_on is not None and not row.shared_on <= said.told_on <= today:
        raise RuleBrokenError(
            "They cannot have been told on that day. Leave it empty if they are still to be told.",
            field="told_on",
        )
    changed = records.change(session, row, said.model_dump() | {"recalled_on": today}, version=version)
    if said.told_on is None and may(by, Action.TASKS_RECORD):
        tasks.add(session, TaskInput(title=TELL_THEM, due_on=today, employer_id=row.employer_id), by=by)
    return changed


def _ensure_may_share(session: Session, seeker_id: int, by: Actor) -> None:
    ensure(session, by, Action.SHEETS_RECORD)
    ensure(session, by, Action.SHEETS_RECORD, seekers.find(session, seeker_id, by=by))


def _told(session: Session, seeker_id: int, *, by: Actor) -> Told:
    return Told(
        seekers.find(session, seeker_id, by=by),
        profiles.of_seeker(session, seeker_id, by=by) or VocationalProfile(seeker_id=seeker_id),
        SKILLS.of(session, seeker_id, by=by),
        NEEDS.of(session, seeker_id, by=by),
    )


def _lines(parts: list[SheetPart]) -> list[sheet_words.SheetLine]:
    """What is looked through: all but names, which nobody can put in other words."""
    said = [line for part in parts if part.heading != sheet_words.ABOUT for line in part.lines]
    return [*said, *sheet_words.unnamed_foot()]


def _last_day(ends: list[date | None], today: date) -> date:
    return min([end for end in ends if end is not None], default=today + MOST)
