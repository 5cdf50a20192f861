"""What matching runs counted, in words: as of when, and what has changed since."""

from dataclasses import dataclass

from sqlmodel import Session

from crm.models.jobs import Job
from crm.models.users import Actor
from crm.policy import Action
from crm.services import ranking_counts, ranking_runs
from crm.services.access import may
from crm.services.ranking_counts import Counts, LastRun, WorkableNow
from crm.ui.asked_work import Work
from crm.ui.calling import in_our_words
from crm.ui.tables import Cell, link
from crm.ui.words import count, moment

NOT_COMPARED = "Not compared yet"
COLUMN = "People"


def matching_work(vacancy_id: int | None = None) -> Work:
    """A matching run: over every open vacancy, or over one."""

    def ask(session: Session, user: Actor) -> Job:
        return ranking_runs.ask(session, vacancy_id=vacancy_id, by=user)

    def latest(session: Session, user: Actor) -> Job | None:
        return ranking_runs.latest_job(session, vacancy_id=vacancy_id, by=user)

    button = "Match everybody now" if vacancy_id is None else "Count again now"
    return Work(
        f"matching-{vacancy_id or 'all'}", button, "the matching run", Action.MATCHES_RUN, ask, latest
    )


@dataclass(frozen=True, slots=True)
class Counted:
    """The last run over every vacancy, and the counts of the vacancies on a page."""

    last: LastRun | None
    by_vacancy: dict[int, Counts]

    def cell(self, vacancy_id: int) -> Cell:
        """The counts of a vacancy as the way to its shortlist."""
        found = self.by_vacancy.get(vacancy_id)
        if found is None:
            return NOT_COMPARED
        own = self.last is None or found.run_id != self.last.id
        notes = [f"as of {moment(found.as_of)}"] if own else []
        notes += ["changed since"] if found.has_changed else []
        return link("; ".join([counts_words(found), *notes]), "shortlist", id=vacancy_id)


def counted_on_page(session: Session, vacancy_ids: list[int], user: Actor) -> Counted | None:
    """What is known of these vacancies; None for those who may not see matches."""
    if not may(user, Action.MATCHES_READ):
        return None
    last = ranking_counts.last_run(session, by=user)
    return Counted(last, ranking_counts.of_vacancies(session, vacancy_ids, by=user))


def counts_words(found: Counts) -> str:
    """People in each group: 3 workable now, 20 with measures, 1 let’s design a job."""
    return (
        f"{found.workable_now:,} workable now, {found.with_measures:,} with measures, "
        f"{found.design_a_job:,} let’s design a job"
    )


def run_words(last: LastRun | None) -> str:
    """As of when everybody was compared, and what has changed since."""
    if last is None:
        return in_our_words(
            "Nobody has been compared with all vacancies yet. It is done each night by itself."
        )
    people = count(last.people, in_our_words("job seeker"), in_our_words("job seekers"))
    vacancies = count(last.vacancies, "open vacancy", "open vacancies")
    said = [f"Counts as of {moment(last.as_of)}: {people} compared with {vacancies}, nobody left out."]
    said += [_changed_words(last)] if last.people_changed is not None else []
    if last.have_people_changed:
        said.append("What is recorded of people has changed since.")
    if last.has_matching_changed:
        said.append("How much each part counts has changed since.")
    return " ".join([*said, "A shortlist is always made afresh."])


def _changed_words(last: LastRun) -> str:
    """What that run compared again; the counts of the rest stand as they were found before."""
    if not (last.people_changed or last.vacancies_changed):
        return "Nothing had changed since the run before."
    people = count(last.people_changed or 0, in_our_words("job seeker"), in_our_words("job seekers"))
    vacancies = count(last.vacancies_changed or 0, "vacancy", "vacancies")
    return f"Changed since the run before, and compared again: {people}, {vacancies}."


def workable_words(found: WorkableNow) -> str:
    """How many vacancies are workable now for somebody, as of when."""
    said = f"{found.workable_now:,} of {count(found.vacancies, 'open vacancy', 'open vacancies')}"
    changed = "; what is recorded of this person has changed since" if found.has_changed else ""
    return f"Workable now: {said}, as of {moment(found.as_of)}{changed}."
