"""What a person says is not right, kept as the view for them keeps it."""

from sqlmodel import Session

from crm.models.disputes import DisputeInput, RowDispute, SettlingInput
from crm.models.seekers import JobSeeker
from crm.models.users import SYSTEM, Actor
from crm.services import disputes
from tests.makers_restricted import TODAY


def make_dispute(
    session: Session,
    seeker: JobSeeker,
    part: str = "hours",
    row_key: str | None = None,
    *,
    by: Actor = SYSTEM,
    **said: object,
) -> RowDispute:
    """The person says that a row is not right."""
    told = {"row_words": "You want 8 to 20 hours.", "words": "I want 30", **said}
    new = DisputeInput.model_validate({"part": part, "row_key": row_key, **told})
    return disputes.say_not_right(session, seeker.key, new, by=by, today=TODAY)


def settle_dispute(
    session: Session, dispute: RowDispute, how: str = "record_stays", *, by: Actor = SYSTEM
) -> RowDispute:
    """It was talked over."""
    new = SettlingInput.model_validate({"settled_how": how})
    return disputes.settle(session, dispute.key, new, version=dispute.version, by=by, today=TODAY)
