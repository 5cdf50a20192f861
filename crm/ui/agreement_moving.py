"""The form of a move between the stages of an agreement: it asks for what the stage needs, field by field."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from pydantic import ValidationInfo, field_validator

from crm.models.agreement_choices import AgreementStage, SignedHow
from crm.models.agreement_inputs import StageMoveInput
from crm.models.agreements import DATED, Agreement
from crm.services.agreement_move_rules import ASKED
from crm.services.agreement_stages import needs
from crm.ui.fields import Field, choice, day, line, pick
from crm.ui.words import today

_FIELDS: dict[str, Field] = {
    "expected_signing_on": day("expected_signing_on", "We expect it back signed on"),
    "signed_on": day("signed_on", "Signed on"),
    "signed_by": line("signed_by", "Signed for the employer by"),
    "signed_by_role": line("signed_by_role", "As what they signed", hint="For example: head of personnel"),
    "signed_for_us": line("signed_for_us", "Signed for us by"),
    "signed_how": choice("signed_how", "How it was signed", SignedHow),
    "starts_on": day("starts_on", "Starts on"),
    "ends_on": day("ends_on", "Ends on"),
    "why": line("why", "Why"),
}
_TO_UNDO = (
    day("ends_on", "Right end date", hint="Leave it empty if the end date has been put right already"),
    line("why", "How did the end date come to be wrong?"),
)


def fields_for(
    agreement: Agreement, target: AgreementStage, colleagues: Mapping[int, str], *, is_undoing: bool
) -> list[Field]:
    """What a move to a stage asks for: its day, what the stage needs, and why, if it is worth knowing."""
    moved_on = replace(day("moved_on", "Moved on"), show=_or_today)
    if is_undoing:
        has_no_start = target in DATED and agreement.starts_on is None
        return [moved_on, *((_FIELDS["starts_on"],) if has_no_start else ()), *_TO_UNDO]
    named = {**_FIELDS, "owner_id": pick("owner_id", "Owner", colleagues)}
    if target is AgreementStage.RENEWED:
        named["ends_on"] = day("ends_on", "Renewed until")
    asked = needs(agreement, target)
    optional = () if "why" in asked else (line("why", "Why, if it is worth knowing"),)
    return [moved_on, *(named[name] for name in asked), *optional]


def input_for(agreement: Agreement, target: AgreementStage, *, is_undoing: bool) -> type[StageMoveInput]:
    """What a move to this stage is checked by: whatever is missing is said at its own field, all at once."""
    asked: Sequence[str] = () if is_undoing else needs(agreement, target)

    class Move(StageMoveInput):
        to_stage: AgreementStage = target
        is_undoing_lapse: bool = is_undoing

        @field_validator(*ASKED, mode="after")
        @classmethod
        def _is_said(cls, value: Any, about: ValidationInfo) -> Any:
            if value is None and about.field_name and about.field_name in asked:
                raise ValueError(ASKED[about.field_name])
            return value

    return Move


def starts_for(agreement: Agreement, target: AgreementStage) -> dict[str, Any]:
    """What the form begins with: the day on which it was expected back, where one is recorded."""
    if target is AgreementStage.WITH_EMPLOYER and agreement.expected_signing_on:
        return {"expected_signing_on": agreement.expected_signing_on}
    return {}


def _or_today(given: date | None) -> date:
    return given or today()
