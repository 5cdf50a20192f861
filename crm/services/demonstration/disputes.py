"""One person who says that something is not right, so that the way to settle it can be tried."""

from crm.models.disputes import DisputedPart, DisputeInput
from crm.policy import Action
from crm.services import disputes, profiles
from crm.services.demonstration.scene import STANDS_IN, Scene


def load_disputes(scene: Scene) -> None:
    """The first person of whom strengths are recorded has said that they are out of date."""
    for seeker_id in scene.seekers.values():
        by = scene.allowed(STANDS_IN, seeker_id, Action.SEEKERS_RECORD)
        profile = profiles.of_seeker(scene.session, seeker_id, by=by)
        if profile is not None and profile.strengths:
            said = DisputeInput(
                part=DisputedPart.OTHER,
                row_key="strengths",
                row_words=profile.strengths,
                words="That was at school. Now I am good with people too.",
            )
            disputes.say_not_right(scene.session, seeker_id, said, by=by, today=scene.today)
            return
