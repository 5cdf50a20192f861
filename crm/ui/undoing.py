"""The parts of undoing an import: what would happen, and the records that stay as they are, and why."""

from sqlmodel import Session

from crm.models.users import Actor
from crm.services import import_undo, jobs
from crm.services.import_undo import MOST_LISTED, Left, Outlook
from crm.ui.calling import in_our_words
from crm.ui.history_words import sentence
from crm.ui.tables import Cell, link, said, summary, table
from crm.ui.words import count, moment
from crm.units import carry_out

RULE = (
    "What the import added is put into the archive, and what it changed gets its old values back. Records "
    "that somebody has changed since, or added something to, stay as they are. Nothing is deleted: what is "
    "archived can be brought back from its own page."
)

_LONGEST_NAME = 80

_PAGES = {
    "Employer": ("Employer", "employer"),
    "EmployerSite": ("Site", "site-edit"),
    "EmployerPerson": ("Person at an employer", "person-edit"),
    "EmployerContact": ("Contact with an employer", ""),
    "Vacancy": ("Vacancy", "vacancy"),
    "JobSeeker": ("Job seeker", "seeker"),
}


def what_is_left_words(number: int) -> str:
    """How many records stay, in a sentence."""
    if number == 1:
        return "1 record was changed by hand since; it stays as it is."
    return f"{number:,} records were changed by hand since; they stay as they are."


def button_words(seen: Outlook) -> str:
    """What the button does, with its figures."""
    archived = f"archive {count(seen.archived, 'record')}" if seen.archived else ""
    put_back = f"put {count(seen.put_back, 'record')} back" if seen.put_back else ""
    return f"Undo the import: {' and '.join(filter(None, (archived, put_back)))}"


def draw_outlook(seen: Outlook) -> None:
    """Draw how many records are archived, put back, and left as they are."""
    figures = ("Archived", seen.archived), ("Put back", seen.put_back), ("Left as they are", seen.left)
    summary(list(figures))


def draw_left(seen: Outlook) -> None:
    """Draw the records that stay as they are, by name, with what has happened to each."""
    if not seen.left:
        return
    said(what_is_left_words(seen.left))
    table(
        "What stays as it is", ["Name", "What it is", "Since the import"], [_row(one) for one in seen.named]
    )
    if seen.left > MOST_LISTED:
        said(f"These are the first {MOST_LISTED}.")


def _row(left: Left) -> list[Cell]:
    called, page = _PAGES[left.kind]
    since = " ".join(f"{one.by}, {moment(one.at)}. {sentence(one)}" for one in left.happened)
    added = "Something was added to it since, or it came with a row that stays."
    name = left.name if len(left.name) <= _LONGEST_NAME else f"{left.name[:_LONGEST_NAME]}…"
    return [link(name, page, id=left.id) if page else name, in_our_words(called), since or added]


def ask_to_undo(batch_id: int, user: Actor) -> None:
    """Have an import undone, as a job."""

    def ask(session: Session) -> None:
        jobs.ask(session, import_undo.JOB, {"batch": batch_id}, by=user)

    carry_out(ask)
