"""What a move of an agreement is held to: the right person, the right day, and all that its stage needs."""

from datetime import date

from sqlmodel import Session

from crm.errors import NotAllowedError, RuleBrokenError
from crm.models.agreement_choices import AgreementStage as Stage
from crm.models.agreement_inputs import AgreementInput, StageMoveInput
from crm.models.agreements import DATED, Agreement
from crm.models.users import Actor
from crm.policy import Action
from crm.services import agreement_checks, agreement_versions, staff
from crm.services.access import may
from crm.services.agreement_stages import MOVES, has_lapsed, needs, shown_since, shown_stage

ASKED = {
    "owner_id": "Say whose it is from now on: a draft has an owner.",
    "expected_signing_on": "Say when you expect it back signed, so that you are reminded.",
    "signed_on": "Say on which day it was signed.",
    "signed_by": "Say who signed it for the employer.",
    "signed_by_role": "Say as what they signed it, for example head of personnel.",
    "signed_for_us": "Say who signed it for us.",
    "signed_how": "Say how it was signed.",
    "starts_on": "Say from which day it holds.",
    "ends_on": "Say until which day it holds.",
    "why": "Say why, so that nobody has to ask again.",
}
"""What is said where a move lacks something, by the name of what is missing."""

BY_MANAGERS = {
    Stage.APPROVED: "A manager approves agreements. Ask one to look at this draft.",
    Stage.ENDED: "A manager ends agreements. Ask one, and tell them why it should end.",
}
"""The stages that only a manager moves an agreement to, and whom to ask for it."""

_NO_WAY = "An agreement cannot go there from where it stands."
_OF_AGREEMENT = ("owner_id", "expected_signing_on", "signed_on", "signed_by", "starts_on", "ends_on")
_TAKEN_UP_AGAIN = dict.fromkeys(("signed_on", "signed_by", "expected_signing_on"))


def ensure_mover(to_stage: Stage, *, by: Actor) -> None:
    """Let a move go on where it does not take a manager, or is made by one.

    Raises:
        NotAllowedError: only a manager moves an agreement there.
    """
    if to_stage in BY_MANAGERS and not may(by, Action.AGREEMENTS_APPROVE):
        raise NotAllowedError(BY_MANAGERS[to_stage])


def changes_of(row: Agreement, wanted: StageMoveInput, *, today: date) -> dict[str, object]:
    """What a move changes of the agreement: its stage, and what was asked for.

    One that is taken up again is unsigned: who signed it before stands in its version.
    """
    changed: dict[str, object] = {"stage": wanted.to_stage, "stage_since": wanted.moved_on}
    if wanted.is_undoing_lapse:
        names = [name for name in ("starts_on", "ends_on") if getattr(wanted, name)]
    else:
        names = [name for name in needs(row, wanted.to_stage) if name in _OF_AGREEMENT]
    if shown_stage(row.stage, row.ends_on, today=today) in (Stage.ENDED, Stage.DECLINED):
        changed |= _TAKEN_UP_AGAIN
    return changed | {name: getattr(wanted, name) for name in names}


def ensure_fits(session: Session, row: Agreement, wanted: StageMoveInput, *, by: Actor, today: date) -> None:
    """Let a move go on that is possible from where the agreement stands, and says all that it needs.

    Raises:
        RuleBrokenError: it is not, or something is missing, or wrong; it names the field.
    """
    if wanted.to_stage not in MOVES[shown_stage(row.stage, row.ends_on, today=today)]:
        raise RuleBrokenError(_NO_WAY, field="to_stage")
    for name in needs(row, wanted.to_stage):
        if not getattr(wanted, name):
            raise RuleBrokenError(ASKED[name], field=name)
    _ensure_day_fits(row, wanted, today)
    _ensure_signing_fits(wanted, today)
    staff.ensure_colleague(session, wanted.owner_id, field="owner_id")
    _ensure_dates_fit(row, wanted, today)
    if wanted.to_stage is Stage.APPROVED:
        _ensure_nothing_blocks(session, row, by, today)
    if wanted.to_stage is Stage.WITH_EMPLOYER:
        _ensure_as_approved(session, row, by)


def ensure_lapse_can_be_undone(
    row: Agreement, wanted: StageMoveInput, before: Stage | None, *, today: date
) -> None:
    """Let an agreement go back to the stage that it lapsed from, with the right dates and how they got wrong.

    Raises:
        RuleBrokenError: it did not lapse from there, or something is missing, or wrong.
    """
    if before is None or wanted.to_stage is not before:
        raise RuleBrokenError(_NO_WAY, field="to_stage")
    if not wanted.why:
        raise RuleBrokenError("Say how it came to be wrong, so that nobody has to ask again.", field="why")
    _ensure_day_fits(row, wanted, today)
    starts_on, ends_on = wanted.starts_on or row.starts_on, wanted.ends_on or row.ends_on
    if before in DATED and starts_on is None:
        raise RuleBrokenError(ASKED["starts_on"], field="starts_on")
    if before in DATED and ends_on is None:
        raise RuleBrokenError(ASKED["ends_on"], field="ends_on")
    if ends_on is not None and ends_on < max(today, starts_on or today):
        raise RuleBrokenError(
            "By this date it is over, or has not begun. Give the last day as it was agreed.", field="ends_on"
        )


def ensure_stays_dated(row: Agreement, edit: AgreementInput) -> None:
    """Let clauses be changed as long as what is active, in review or renewed keeps both its dates.

    Raises:
        RuleBrokenError: one of them is taken out.
    """
    for name in ("starts_on", "ends_on"):
        if row.stage in DATED and getattr(edit, name) is None:
            raise RuleBrokenError("An agreement in force has a first and a last day. Give both.", field=name)


def _ensure_day_fits(row: Agreement, wanted: StageMoveInput, today: date) -> None:
    since = shown_since(row.stage, row.stage_since, row.ends_on, today=today)
    if wanted.moved_on > today:
        raise RuleBrokenError(
            "The move is dated in the future. Record it when it has happened.", field="moved_on"
        )
    if wanted.moved_on < since:
        raise RuleBrokenError(
            f"It came to its present stage on {since.day} {since:%B %Y}; it cannot have left it before.",
            field="moved_on",
        )


def _ensure_signing_fits(wanted: StageMoveInput, today: date) -> None:
    if wanted.to_stage is Stage.SIGNED and wanted.signed_on:
        if wanted.signed_on > today:
            raise RuleBrokenError("It cannot have been signed in the future.", field="signed_on")
        if wanted.signed_on > wanted.moved_on:
            raise RuleBrokenError("It was signed after the day of this move. Check both.", field="signed_on")
    expected_on = wanted.expected_signing_on
    if wanted.to_stage is Stage.WITH_EMPLOYER and expected_on and expected_on < wanted.moved_on:
        raise RuleBrokenError(
            "It went to the employer after this day. Give a later one.", field="expected_signing_on"
        )


def _ensure_dates_fit(row: Agreement, wanted: StageMoveInput, today: date) -> None:
    asked = needs(row, wanted.to_stage)
    starts_on, ends_on = (
        getattr(wanted if name in asked else row, name) for name in ("starts_on", "ends_on")
    )
    field = "ends_on" if "ends_on" in asked else "to_stage"
    if has_lapsed(wanted.to_stage, ends_on, today=today):
        raise RuleBrokenError("Its last day is over already. Change its end date first.", field=field)
    first = max(wanted.moved_on, starts_on or wanted.moved_on)
    if wanted.to_stage is Stage.RENEWED and ends_on <= first:
        raise RuleBrokenError("It can only be renewed until a later day than this move.", field="ends_on")
    if starts_on and ends_on and ends_on < starts_on:
        field = "starts_on" if "starts_on" in asked else field
        raise RuleBrokenError("The agreement ends before it starts. Check both dates.", field=field)


def _ensure_nothing_blocks(session: Session, row: Agreement, by: Actor, today: date) -> None:
    found = agreement_checks.blocking(session, row, by=by, today=today)
    if found:
        words = " ".join(check.words for check in found)
        raise RuleBrokenError(f"It cannot be approved yet. {words}", field="to_stage")


def _ensure_as_approved(session: Session, row: Agreement, by: Actor) -> None:
    """What goes to the employer is what a manager approved, where the words of that are kept."""
    versions = agreement_versions.of_agreement(session, row.key, by=by)
    approved = next((one for one in versions if one.at_stage is Stage.APPROVED), None)
    if approved is not None and agreement_versions.differences(session, row, approved, by=by):
        raise RuleBrokenError(
            "It has changed since a manager approved it. Take it back to drafting and ask for approval anew.",
            field="to_stage",
        )
