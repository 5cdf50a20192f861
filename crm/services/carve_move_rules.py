"""What a move of a carved job is held to: the right day, what its stage asks for, nothing lacking."""

from datetime import date

from sqlmodel import Session

from crm.errors import NotAllowedError, RuleBrokenError
from crm.models.carve_stages import CarveMoveInput
from crm.models.carves import CarveStage as Stage
from crm.models.carves import JobCarve
from crm.models.employers import EmployerPerson
from crm.models.users import Actor
from crm.policy import Action
from crm.services import carve_checks
from crm.services.access import may
from crm.services.belonging import ensure_of_employer
from crm.services.carve_stages import MOVES, ends_vacancy, is_back, makes_vacancy, needs

_ASKED = {
    "contact_id": "Say who at the employer.",
    "starts_on": "Say from which day.",
    "ends_on": "Say until which day.",
    "is_agreed_by_seeker": "Tick this once the person has said yes to this job. Nobody says yes for them.",
}
_WORDS = {
    Stage.NEEDS_CONFIRMED: "Say what the employer needs, in their words.",
    Stage.NEGOTIATING: "Say what is still open between you.",
    Stage.DECLINED: "Say why, so that nobody has to ask again.",
}
_WHAT_WAS_WRONG = "Say what was wrong, so that nobody has to ask again."
_NO_WAY = "A carved job cannot go there from where it stands."
BY_OTHERS = {
    "makes": "An engagement officer or a manager records vacancies, and an agreed job becomes one. "
    "Ask one of them to move it to agreed.",
    "ends": "An engagement officer or a manager looks after the vacancy that was made of this job. "
    "Ask one of them if it is not to be, or was agreed by mistake.",
}
"""Whom to ask for the moves that make a vacancy, or end one."""


def asked(carve: JobCarve, to_stage: Stage, name: str) -> str:
    """What is said where a move lacks something."""
    if name != "words":
        return _ASKED[name]
    return _WHAT_WAS_WRONG if is_back(carve.stage, to_stage) else _WORDS[to_stage]


def only_asked(carve: JobCarve, wanted: CarveMoveInput) -> CarveMoveInput:
    """The move with what its stage asks for, and the words; what else was sent along is nobody's answer."""
    named = needs(carve, wanted.to_stage)
    left_out = {name: None for name in ("contact_id", "starts_on", "ends_on") if name not in named}
    is_yes = wanted.is_agreed_by_seeker and "is_agreed_by_seeker" in named
    return wanted.model_copy(update={**left_out, "is_agreed_by_seeker": is_yes})


def may_move(carve: JobCarve, to_stage: Stage, *, by: Actor) -> bool:
    """May this person make such a move? One that makes or ends a vacancy takes somebody who records them."""
    if not may(by, Action.CARVES_RECORD, carve):
        return False
    is_plain = not (makes_vacancy(carve.stage, to_stage) or ends_vacancy(carve.stage, to_stage))
    return is_plain or (may(by, Action.VACANCIES_RECORD) and may(by, Action.ANALYSES_RECORD))


def words_for_others(carve: JobCarve, to_stage: Stage) -> str:
    """Whom to ask for a move that only those make who record vacancies."""
    return BY_OTHERS["makes" if makes_vacancy(carve.stage, to_stage) else "ends"]


def ensure_mover(carve: JobCarve, to_stage: Stage, *, by: Actor) -> None:
    """Let a move go on where it makes or ends no vacancy, or is made by somebody who records them.

    Raises:
        NotAllowedError: only those who record vacancies make this move.
    """
    if not may_move(carve, to_stage, by=by):
        raise NotAllowedError(words_for_others(carve, to_stage))


def ensure_fits(session: Session, carve: JobCarve, wanted: CarveMoveInput, *, by: Actor, today: date) -> None:
    """Let a move go on that is possible from where the job stands, and says all that it needs.

    Raises:
        RuleBrokenError: it is not, or something is missing, or wrong; it names the field.
    """
    if wanted.to_stage not in MOVES[carve.stage]:
        raise RuleBrokenError(_NO_WAY, field="to_stage")
    for name in needs(carve, wanted.to_stage):
        if not getattr(wanted, name):
            raise RuleBrokenError(asked(carve, wanted.to_stage, name), field=name)
    _ensure_days_fit(carve, wanted, today)
    ensure_of_employer(
        session, EmployerPerson, wanted.contact_id, carve.employer_id, field="contact_id", called="person"
    )
    paid_from = max(wanted.starts_on or today, today)
    found = carve_checks.lacking(session, carve, wanted.to_stage, by=by, on=paid_from)
    if found:
        words = " ".join(lack.words for lack in found)
        raise RuleBrokenError(f"It cannot go there yet. {words}", field="to_stage")


def _ensure_days_fit(carve: JobCarve, wanted: CarveMoveInput, today: date) -> None:
    since, starts_on, ends_on = carve.stage_since, wanted.starts_on, wanted.ends_on
    if wanted.moved_on > today:
        raise RuleBrokenError(
            "The move is dated in the future. Record it when it has happened.", field="moved_on"
        )
    if wanted.moved_on < since:
        raise RuleBrokenError(
            f"It came to its present stage on {since.day} {since:%B %Y}; it cannot have left it before.",
            field="moved_on",
        )
    if starts_on and ends_on and ends_on < starts_on:
        raise RuleBrokenError("The last day lies before the first. Check both.", field="ends_on")
    if wanted.to_stage is Stage.LIVE and starts_on and starts_on > today:
        raise RuleBrokenError(
            "The job has not begun on a day in the future. Record it when it has.", field="starts_on"
        )
