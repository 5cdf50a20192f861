"""The stages of an agreement as pure rules: which moves there are, what each needs, and lapsing by date."""

from datetime import date, timedelta

from crm.models.agreement_choices import AgreementStage as Stage
from crm.models.agreements import Agreement

MOVES: dict[Stage, tuple[Stage, ...]] = {
    Stage.IDEA: (Stage.DISCUSSED, Stage.DECLINED),
    Stage.DISCUSSED: (Stage.DRAFTING, Stage.DECLINED),
    Stage.DRAFTING: (Stage.APPROVED, Stage.DISCUSSED, Stage.DECLINED),
    Stage.APPROVED: (Stage.WITH_EMPLOYER, Stage.DRAFTING, Stage.DECLINED),
    Stage.WITH_EMPLOYER: (Stage.SIGNED, Stage.DRAFTING, Stage.DECLINED),
    Stage.SIGNED: (Stage.ACTIVE, Stage.ENDED),
    Stage.ACTIVE: (Stage.IN_REVIEW, Stage.RENEWED, Stage.ENDED),
    Stage.IN_REVIEW: (Stage.RENEWED, Stage.ACTIVE, Stage.ENDED),
    Stage.RENEWED: (Stage.IN_REVIEW, Stage.RENEWED, Stage.ENDED),
    Stage.LAPSED: (Stage.RENEWED, Stage.ENDED),
    Stage.ENDED: (Stage.DISCUSSED,),
    Stage.DECLINED: (Stage.DISCUSSED,),
}
"""Where an agreement can go from each stage; ended and declined ones can be taken up again."""

ON_THE_WAY = (Stage.IDEA, Stage.DISCUSSED, Stage.DRAFTING, Stage.APPROVED, Stage.WITH_EMPLOYER)
"""The stages before the signature."""

IN_FORCE = (Stage.SIGNED, Stage.ACTIVE, Stage.IN_REVIEW, Stage.RENEWED)
"""The stages in which the employer is held to the promise; only these lapse by date."""

EXPIRES_SOON_DAYS = 90
"""An agreement expires soon when it ends within this many days, today included (pinned definition)."""

_NEEDS: dict[Stage, tuple[str, ...]] = {
    Stage.WITH_EMPLOYER: ("expected_signing_on",),
    Stage.SIGNED: ("signed_on", "signed_by", "signed_by_role", "signed_for_us", "signed_how"),
    Stage.RENEWED: ("ends_on",),
    Stage.ENDED: ("why",),
    Stage.DECLINED: ("why",),
}
_NEEDS_UNLESS_HELD: dict[Stage, tuple[str, ...]] = {
    Stage.DRAFTING: ("owner_id",),
    Stage.ACTIVE: ("starts_on", "ends_on"),
    Stage.IN_REVIEW: ("starts_on", "ends_on"),
    Stage.RENEWED: ("starts_on",),
}


def needs(agreement: Agreement, to_stage: Stage) -> tuple[str, ...]:
    """The names of what has to be said for a move to this stage, beside its date.

    An owner and the dates are asked for only where the agreement has none.
    """
    missing = [name for name in _NEEDS_UNLESS_HELD.get(to_stage, ()) if getattr(agreement, name) is None]
    return (*missing, *_NEEDS.get(to_stage, ()))


def has_lapsed(stage: Stage, ends_on: date | None, *, today: date) -> bool:
    """Has an agreement in force run out? It has from the day after its last one, without anyone pressing."""
    return stage in IN_FORCE and ends_on is not None and ends_on < today


def shown_stage(stage: Stage, ends_on: date | None, *, today: date) -> Stage:
    """The stage as screens say it: the stored one, or lapsed once the last day is over."""
    return Stage.LAPSED if has_lapsed(stage, ends_on, today=today) else stage


def shown_since(stage: Stage, since: date, ends_on: date | None, *, today: date) -> date:
    """Since when it has been in the shown stage; a lapsed one since the day after its last."""
    if ends_on is not None and has_lapsed(stage, ends_on, today=today):
        return ends_on + timedelta(days=1)
    return since


def expires_soon(stage: Stage, ends_on: date | None, *, today: date) -> bool:
    """Is it in force now, and ends within 90 days?"""
    last = today + timedelta(days=EXPIRES_SOON_DAYS)
    return stage in IN_FORCE and ends_on is not None and today <= ends_on <= last
