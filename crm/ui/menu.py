"""The pages and the menu: which page lies where, what it is called, and the permission that shows it."""

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import streamlit as st

from crm.config import ROOT
from crm.models.users import Actor
from crm.policy import Action
from crm.services.access import may
from crm.ui.calling import in_our_words

if TYPE_CHECKING:
    from streamlit.navigation.page import StreamlitPage


@dataclass(frozen=True, slots=True)
class Screen:
    """One page: its script below pages/, its title, its address, and what one must be allowed to see it.

    One that is alone stands without menu, search and names of others: somebody else is looking on.
    """

    script: str
    title: str
    address: str
    action: Action
    in_menu: bool = False
    is_alone: bool = False


SCREENS: tuple[Screen, ...] = (
    Screen("home/home.py", "Today", "home", Action.SERVICE_READ, in_menu=True),
    Screen("tasks/list.py", "Tasks", "tasks", Action.TASKS_READ, in_menu=True),
    Screen("tasks/record.py", "Task to do", "task", Action.TASKS_READ),
    Screen("tasks/edit.py", "Edit task to do", "task-change", Action.TASKS_RECORD),
    Screen("employers/list.py", "Employers", "employers", Action.EMPLOYERS_READ, in_menu=True),
    Screen("employers/calls.py", "Who to call next", "calls", Action.MATCHES_READ),
    Screen("employers/record.py", "Employer", "employer", Action.EMPLOYERS_READ),
    Screen("employers/edit.py", "Edit employer", "employer-edit", Action.EMPLOYERS_RECORD),
    Screen("employers/change_many.py", "Change several", "employers-change", Action.EMPLOYERS_RECORD),
    Screen("employers/move.py", "Move an employer", "employer-move", Action.EMPLOYERS_RECORD),
    Screen("views/edit.py", "View of a list", "view-edit", Action.SAVED_VIEWS_READ),
    Screen("employers/site.py", "Site", "site-edit", Action.EMPLOYERS_RECORD),
    Screen("employers/person.py", "Person at employer", "person-edit", Action.EMPLOYERS_RECORD),
    Screen("employers/duplicates.py", "Possible duplicates", "possible-duplicates", Action.EMPLOYERS_RECORD),
    Screen("employers/merge.py", "Merge two employers", "merge", Action.EMPLOYERS_RECORD),
    Screen("employers/merged.py", "What was merged", "merged", Action.EMPLOYERS_RECORD),
    Screen("employers/awareness.py", "Awareness session", "awareness-edit", Action.CONTACTS_RECORD),
    Screen("employers/door_opener.py", "Door-opener", "door-opener", Action.CONTACTS_RECORD),
    Screen("employers/sheet.py", "Page for the employer", "employer-sheet", Action.EMPLOYERS_READ),
    Screen("contacts/log.py", "Log a contact", "log-contact", Action.CONTACTS_RECORD),
    Screen("contacts/record.py", "Contact", "contact", Action.CONTACTS_READ),
    Screen("agreements/list.py", "Agreements", "agreements", Action.AGREEMENTS_READ, in_menu=True),
    Screen("agreements/pipeline.py", "Agreements at a glance", "agreement-pipeline", Action.AGREEMENTS_READ),
    Screen("agreements/record.py", "Agreement", "agreement", Action.AGREEMENTS_READ),
    Screen("agreements/edit.py", "Edit agreement", "agreement-edit", Action.AGREEMENTS_RECORD),
    Screen("agreements/covers.py", "Whom an agreement covers", "agreement-covers", Action.AGREEMENTS_READ),
    Screen("agreements/move.py", "Move agreement", "agreement-move", Action.AGREEMENTS_RECORD),
    Screen("agreements/paper.py", "Agreement in words", "agreement-paper", Action.AGREEMENTS_READ),
    Screen("agreements/clauses.py", "Clauses of agreements", "clauses", Action.CLAUSES_READ),
    Screen("agreements/clause_edit.py", "Word a clause", "clause-edit", Action.CLAUSES_RECORD),
    Screen("agreements/version.py", "Version of an agreement", "agreement-version", Action.AGREEMENTS_READ),
    Screen("agreements/signature.py", "Signatures", "agreement-signature", Action.AGREEMENTS_RECORD),
    Screen("agreements/renewal_pack.py", "Renewal pack", "renewal-pack", Action.AGREEMENTS_READ),
    Screen("placements/edit.py", "Job started", "placement-edit", Action.PLACEMENTS_RECORD),
    Screen("agreements/promises.py", "Promises", "promises", Action.PROMISES_READ),
    Screen("agreements/interviews.py", "Interviews shared out", "interviews", Action.PROMISES_READ),
    Screen("agreements/promise.py", "Promise", "promise", Action.PROMISES_READ),
    Screen("agreements/outcome.py", "What happened", "promise-outcome", Action.PROMISES_RECORD),
    Screen("agreements/refer.py", "Put somebody forward", "refer", Action.PROMISES_RECORD),
    Screen("agreements/session.py", "Session of an agreement", "session-edit", Action.AGREEMENTS_RECORD),
    Screen("vacancies/list.py", "Vacancies", "vacancies", Action.VACANCIES_READ, in_menu=True),
    Screen("vacancies/record.py", "Vacancy", "vacancy", Action.VACANCIES_READ),
    Screen("vacancies/edit.py", "Edit vacancy", "vacancy-edit", Action.VACANCIES_RECORD),
    Screen("vacancies/criterion.py", "What the job asks", "criterion-edit", Action.VACANCIES_RECORD),
    Screen("vacancies/shortlist.py", "Shortlist", "shortlist", Action.MATCHES_READ),
    Screen("vacancies/sharing.py", "Job sharing", "job-sharing", Action.MATCHES_READ),
    Screen("vacancies/runs.py", "Runs of a shortlist", "runs", Action.MATCHES_READ),
    Screen("vacancies/slots.py", "Interviews of a vacancy", "slots", Action.PROMISES_READ),
    Screen("vacancies/compare.py", "Comparison", "compare", Action.MATCHES_READ),
    Screen("analyses/list.py", "Job analyses", "analyses", Action.ANALYSES_READ, in_menu=True),
    Screen("analyses/start.py", "Start a job analysis", "analysis-start", Action.ANALYSES_RECORD),
    Screen("analyses/record.py", "Job analysis", "analysis", Action.ANALYSES_READ),
    Screen("analyses/beside.py", "Job beside a person", "analysis-beside", Action.MATCHES_READ),
    Screen("analyses/edit.py", "Edit job analysis", "analysis-edit", Action.ANALYSES_RECORD),
    Screen("analyses/task.py", "Task", "task-edit", Action.ANALYSES_RECORD),
    Screen("analyses/support.py", "Support at work", "workplace-support-edit", Action.ANALYSES_RECORD),
    Screen("analyses/risk.py", "Risk at work", "risk-edit", Action.ANALYSES_RECORD),
    Screen("seekers/list.py", "Job seekers", "seekers", Action.SEEKERS_READ, in_menu=True),
    Screen("seekers/record.py", "Job seeker", "seeker", Action.SEEKERS_READ),
    Screen("seekers/edit.py", "Edit job seeker", "seeker-edit", Action.SEEKERS_RECORD),
    Screen("seekers/profile.py", "Vocational profile", "profile-edit", Action.SEEKERS_RECORD),
    Screen("seekers/profile_step.py", "Step of the profile", "profile-step", Action.SEEKERS_RECORD),
    Screen("seekers/profile_versions.py", "Versions of the profile", "profile-versions", Action.SEEKERS_READ),
    Screen("seekers/skill.py", "Skill", "skill-edit", Action.SEEKERS_RECORD),
    Screen("seekers/need.py", "Support need", "need-edit", Action.SEEKERS_RECORD),
    Screen("seekers/restricted.py", "Restricted facts", "restricted", Action.RESTRICTED_READ),
    Screen("seekers/consent.py", "Consent", "consent", Action.CONSENTS_READ),
    Screen("seekers/consent_new.py", "Record a consent", "consent-new", Action.CONSENTS_RECORD),
    Screen("seekers/share.py", "Page for an employer", "share-sheet", Action.SHEETS_RECORD),
    Screen("seekers/shared.py", "Page that was given", "shared-sheet", Action.SHEETS_READ),
    Screen("seekers/ledger.py", "Nobody left waiting", "ledger", Action.MATCHES_READ),
    Screen("seekers/shares.py", "Who gets shortlisted", "shares", Action.SHARES_READ),
    Screen("seekers/jobs.py", "Jobs for a person", "jobs", Action.MATCHES_READ),
    Screen("seekers/with_person.py", "For the person", "with-person", Action.SEEKERS_READ, is_alone=True),
    Screen("seekers/portable.py", "Record of a person", "person-record", Action.SEEKERS_READ),
    Screen("seekers/bring_in.py", "Bring in a record", "person-bring-in", Action.SEEKERS_RECORD),
    Screen("seekers/dispute.py", "What is not right", "dispute", Action.SEEKERS_RECORD),
    Screen("carves/list.py", "Carved jobs", "carves", Action.CARVES_READ, in_menu=True),
    Screen("carves/compose.py", "Carve a job", "carve", Action.CARVES_READ),
    Screen("carves/bank.py", "Task bank", "carve-bank", Action.CARVES_READ),
    Screen("carves/by_hand.py", "Compose a job by hand", "carve-by-hand", Action.CARVES_RECORD),
    Screen("carves/person.py", "A job for one person", "carve-person", Action.CARVES_READ),
    Screen("carves/everybody.py", "A job for everybody", "carve-everybody", Action.CARVES_READ),
    Screen("carves/team.py", "Jobs for a team", "carve-team", Action.CARVES_READ),
    Screen("carves/record.py", "Carved job", "carved-job", Action.CARVES_READ),
    Screen("carves/case.py", "Business case", "carve-case", Action.CARVES_RECORD),
    Screen("carves/proposal.py", "Proposal to an employer", "carve-proposal", Action.CARVES_READ),
    Screen("carves/move.py", "Move a carved job", "carve-move", Action.CARVES_RECORD),
    Screen("carves/edit.py", "Edit carved job", "carve-edit", Action.CARVES_RECORD),
    Screen("imports/list.py", "Imports", "imports", Action.IMPORTS_READ),
    Screen("imports/employers.py", "Import employers", "import-employers", Action.IMPORTS_RUN),
    Screen("imports/rows.py", "Import a list", "import-list", Action.IMPORTS_RUN),
    Screen("imports/vacancies.py", "Import job adverts", "import-vacancies", Action.IMPORTS_RUN),
    Screen("imports/vocabulary.py", "Import a vocabulary", "import-vocabulary", Action.VOCABULARY_IMPORT),
    Screen("vocabulary/words.py", "Words to settle", "words-to-settle", Action.VOCABULARY_RECORD),
    Screen("imports/batch.py", "Import", "import", Action.IMPORTS_READ),
    Screen("imports/undo.py", "Undo an import", "import-undo", Action.IMPORTS_RUN),
    Screen("jobs/list.py", "Background work", "background-work", Action.JOBS_READ),
    Screen("find/find.py", "Find", "find", Action.EMPLOYERS_READ),
    Screen("history/history.py", "History", "history", Action.EMPLOYERS_READ),
    Screen("colleagues/list.py", "Colleagues", "colleagues", Action.USERS_RECORD),
    Screen("colleagues/record.py", "Colleague", "colleague", Action.USERS_RECORD),
    Screen("colleagues/edit.py", "Edit colleague", "colleague-edit", Action.USERS_RECORD),
    Screen("backups/backups.py", "Backups", "backups", Action.BACKUPS_READ),
    Screen("exports/list.py", "Files taken away", "exports", Action.AUDIT_READ),
    Screen("colleagues/teams.py", "Teams", "teams", Action.USERS_RECORD),
    Screen("colleagues/team.py", "Team", "team-edit", Action.USERS_RECORD),
    Screen("colleagues/caseloads.py", "Caseloads", "caseloads", Action.CASELOADS_READ),
    Screen("colleagues/caseload.py", "Caseload", "caseload", Action.CASELOADS_READ),
    Screen("colleagues/handover.py", "Hand over", "hand-over", Action.CASELOADS_HAND_OVER),
    Screen("account/account.py", "Your account", "account", Action.SERVICE_READ),
    Screen("help/help.py", "Help", "help", Action.SERVICE_READ, in_menu=True),
    Screen("settings/settings.py", "Service settings", "settings", Action.SERVICE_RECORD, in_menu=True),
    Screen("settings/words.py", "Name and words", "words", Action.SERVICE_RECORD),
    Screen("settings/weights.py", "Weights of matching", "weights", Action.SERVICE_RECORD),
    Screen("settings/lists.py", "Lists", "lists", Action.SERVICE_RECORD),
    Screen("settings/choice.py", "Value of a list", "choice-edit", Action.SERVICE_RECORD),
    Screen("settings/programmes.py", "Programmes", "programmes", Action.SERVICE_READ),
    Screen("settings/programme.py", "Programme", "programme", Action.SERVICE_READ),
    Screen("settings/programme_edit.py", "Edit programme", "programme-edit", Action.SERVICE_RECORD),
)

MOST_ENTRIES = 9
ACCOUNT = next(screen for screen in SCREENS if screen.address == "account")
FIND = next(screen for screen in SCREENS if screen.address == "find")


_ALONE = frozenset(screen.address for screen in SCREENS if screen.is_alone)


def is_alone(address: str) -> bool:
    """Does the page at this address stand without the frame?"""
    return address in _ALONE


def menu_of(user: Actor) -> list[Screen]:
    """The entries of this person's menu; what has no room in it is reached from “Your account”."""
    return [screen for screen in SCREENS if screen.in_menu and may(user, screen.action)][:MOST_ENTRIES]


_LOOKING_AFTER = (
    *("imports", "settings", "colleagues", "teams", "caseloads", "programmes"),
    *("background-work", "backups", "exports", "words-to-settle", "clauses"),
)


def looking_after(user: Actor) -> list[Screen]:
    """The screens on who works here and how, that this person may open; most of them are in no menu."""
    return [screen for screen in SCREENS if screen.address in _LOOKING_AFTER and may(user, screen.action)]


def pages_for(user: Actor) -> "list[StreamlitPage]":
    """The pages this person may open, those of the menu visible, in menu order."""
    shown = menu_of(user)
    return [
        _page(screen, in_our_words(screen.title), is_shown=screen in shown)
        for screen in SCREENS
        if may(user, screen.action)
    ]


@lru_cache(maxsize=1024)
def _page(screen: Screen, title: str, *, is_shown: bool) -> "StreamlitPage":
    """A page as Streamlit knows it, the same for everybody: it holds nothing but what is given here.

    Making the hundred of them anew took an eighth of the time that an account takes to be drawn.
    """
    return st.Page(
        ROOT / "pages" / screen.script,
        title=title,
        url_path=screen.address,
        default=screen.address == "home",
        visibility="visible" if is_shown else "hidden",
    )
