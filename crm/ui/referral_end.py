"""How a referral ended, on the page of a person, and the question where nobody has said it."""

from crm.models.seekers import JobSeeker, ReferralEnd, SeekerStatus
from crm.ui.tables import link, links, said
from crm.ui.words import day, say


def draw_end(seeker: JobSeeker, *, may_record: bool) -> None:
    """How the referral ended and when; nothing while it goes on."""
    if seeker.referral_end is not None:
        said(f"{_how(seeker)} on {day(seeker.referral_ended_on)}.")
    elif seeker.status is SeekerStatus.EXITED:
        said("Nobody has said how this referral ended: they started, chose not to, or were referred on.")
        if may_record:
            links([link("Say how it ended", "seeker-edit", id=seeker.key)], label="How the referral ended")


def _how(seeker: JobSeeker) -> str:
    if seeker.referral_end is ReferralEnd.REFERRED_ON:
        return f"Referred on to {seeker.referred_on_to}"
    return f"The referral ended: {say(str(seeker.referral_end)).lower()},"
