"""The stages of a carved job as pure rules: which moves there are, what each asks for, and which undo one."""

from crm.models.carves import CarveStage as Stage
from crm.models.carves import JobCarve
from crm.services.task_bank import HELD

MOVES: dict[Stage, tuple[Stage, ...]] = {
    Stage.IDEA: (Stage.NEEDS_CONFIRMED, Stage.DECLINED),
    Stage.NEEDS_CONFIRMED: (Stage.PROPOSAL, Stage.IDEA, Stage.DECLINED),
    Stage.PROPOSAL: (Stage.NEGOTIATING, Stage.AGREED, Stage.NEEDS_CONFIRMED, Stage.DECLINED),
    Stage.NEGOTIATING: (Stage.AGREED, Stage.PROPOSAL, Stage.DECLINED),
    Stage.AGREED: (Stage.TRIAL, Stage.LIVE, Stage.NEGOTIATING, Stage.DECLINED),
    Stage.TRIAL: (Stage.LIVE, Stage.AGREED, Stage.DECLINED),
    Stage.LIVE: (Stage.AGREED,),
    Stage.DECLINED: (Stage.IDEA,),
}
"""Where a carved job can go from each stage; one that was declined can be taken up again as an idea."""

BACK: frozenset[tuple[Stage, Stage]] = frozenset(
    {
        (Stage.NEEDS_CONFIRMED, Stage.IDEA),
        (Stage.PROPOSAL, Stage.NEEDS_CONFIRMED),
        (Stage.NEGOTIATING, Stage.PROPOSAL),
        (Stage.AGREED, Stage.NEGOTIATING),
        (Stage.TRIAL, Stage.AGREED),
        (Stage.LIVE, Stage.AGREED),
    }
)
"""The moves that take back an earlier one: each says in words what was wrong."""

PROPOSED = (Stage.PROPOSAL, Stage.NEGOTIATING, Stage.AGREED)
"""The stages in which the job stands as it is proposed: it keeps every rule, and its case is written."""

ASKS: dict[Stage, str] = {
    Stage.IDEA: "nothing but the day",
    Stage.NEEDS_CONFIRMED: "who at the employer confirmed the need, and the need in their words",
    Stage.PROPOSAL: "the pay, who supervises, who of the staff was consulted, and the business case",
    Stage.NEGOTIATING: "who at the employer you talk with, and what is still open",
    Stage.AGREED: "who at the employer agreed, and the first day",
    Stage.TRIAL: "the first and the last day of the trial",
    Stage.LIVE: "the day on which the job began",
    Stage.DECLINED: "why",
}
"""What each stage asks for, in words."""

_NEEDS: dict[Stage, tuple[str, ...]] = {
    Stage.NEEDS_CONFIRMED: ("contact_id", "words"),
    Stage.NEGOTIATING: ("contact_id", "words"),
    Stage.AGREED: ("contact_id", "starts_on"),
    Stage.TRIAL: ("starts_on", "ends_on"),
    Stage.LIVE: ("starts_on",),
    Stage.DECLINED: ("words",),
}


def is_back(from_stage: Stage, to_stage: Stage) -> bool:
    """Does the move take back an earlier one?"""
    return (from_stage, to_stage) in BACK


def needs(carve: JobCarve, to_stage: Stage) -> tuple[str, ...]:
    """The names of what has to be said for a move to this stage, beside its day.

    A job for a person is agreed only with the person's own yes.
    """
    if is_back(carve.stage, to_stage):
        return ("words",)
    asked = _NEEDS.get(to_stage, ())
    is_for_person = to_stage is Stage.AGREED and carve.seeker_id is not None
    return (*asked, "is_agreed_by_seeker") if is_for_person else asked


def asks(carve: JobCarve, to_stage: Stage) -> str:
    """What a move to this stage asks for, in words."""
    if is_back(carve.stage, to_stage):
        return "what was wrong"
    is_for_person = to_stage is Stage.AGREED and carve.seeker_id is not None
    return f"{ASKS[to_stage]}, and the person’s own yes" if is_for_person else ASKS[to_stage]


def ahead(carve: JobCarve) -> tuple[Stage, ...]:
    """The stages that come next, without going back and without declining."""
    return tuple(
        stage
        for stage in MOVES[carve.stage]
        if stage is not Stage.DECLINED and not is_back(carve.stage, stage)
    )


def makes_vacancy(from_stage: Stage, to_stage: Stage) -> bool:
    """Is it the move that makes the vacancy and its job analysis?"""
    return to_stage in HELD and from_stage not in HELD


def ends_vacancy(from_stage: Stage, to_stage: Stage) -> bool:
    """Is it a move after which the vacancy that was made does not stand any more?"""
    return from_stage in HELD and to_stage not in HELD
