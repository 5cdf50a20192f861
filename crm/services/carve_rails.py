"""The bridge to the engine's guard rails: which of them the tasks of a carved job break as they stand now."""

from sqlmodel import Session

from crm.models.carves import JobCarve
from crm.models.employers import Employer
from crm.models.users import Actor
from crm.policy import Action
from crm.services import carve_banks, carve_copies, skills, task_bank
from crm.services.access import ensure
from crm.services.carve_posts import visits
from crm.services.matching_inputs import Meanings
from matching.carve_measure import measure

_NOT_ANY_MORE = "cannot move any more, has no hours, or does not fit its times."


def broken(session: Session, carve: JobCarve, *, by: Actor) -> list[str]:
    """Each guard rail that its tasks break, and each task that could not be chosen any more, in a sentence.

    What other carved jobs took from the same posts counts as given.

    Raises:
        NotAllowedError: the person may not see carved jobs.
    """
    ensure(session, by, Action.CARVES_READ)
    if session.get_one(Employer, carve.employer_id).archived_at is not None:
        return ["The employer is archived: bring it back before this job goes on."]
    meanings = Meanings(skills.vocabulary(session))
    found = carve_banks.bank_of(session, carve.employer_id, None, meanings, by=by, but=carve.key)
    twins = task_bank.joined(session, carve.employer_id, by=by)
    last = visits(found.analyses.values())
    usable = {(task.job_id, task.task_id) for task in found.bank.tasks}
    gone: list[str] = []
    chosen: set[tuple[str, str]] = set()
    for part in carve_copies.parts_of(session, carve):
        key = (str(last.get(part.source.key, 0)), str(twins.get(part.task.key, part.task.key)))
        if key in usable:
            chosen.add(key)
        elif part.task.archived_at is None and int(key[1]) not in found.taken:
            gone.append(f"The task “{part.task.name}” {_NOT_ANY_MORE}")
    titles = {str(key): post.title for key, post in found.posts.items()}
    given = {str(key): post.given for key, post in found.posts.items()}
    return [*gone, *measure(found.bank, chosen, titles=titles, given=given).broken]
