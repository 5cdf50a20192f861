"""What is typed of a person, and what a standing or the end of a referral needs beside it."""

from typing import Self

from pydantic import BaseModel, model_validator

from crm.models.base import Day, Known, Line, Name, OfFieldError
from crm.models.postcodes import Postcode
from crm.models.reach import OptionalEmail, Phone
from crm.models.seekers import Module, ReferralEnd, SeekerStatus


class JobSeekerFacts(BaseModel):
    """What may be told of a person, also by a service that did not ask how their referral ended."""

    preferred_name: Name
    status: SeekerStatus = SeekerStatus.ACTIVE
    coach_id: int | None = None
    referred_on: Day = None
    email: OptionalEmail = None
    phone: Phone = None
    postcode: Postcode = None
    programme_id: int | None = None
    module: Module = Module.UNKNOWN
    wants_more: Known = Known.UNKNOWN
    pause_reason: Line = None
    pause_review_on: Day = None
    referral_end: ReferralEnd | None = None
    referred_on_to: Line = None
    referral_ended_on: Day = None

    @model_validator(mode="after")
    def _a_pause_has_a_reason_and_a_review(self) -> Self:
        if self.status is SeekerStatus.PAUSED and not (self.pause_reason and self.pause_review_on):
            raise OfFieldError(
                "pause_reason", "A pause needs a reason and the date on which it is looked at again."
            )
        return self

    @model_validator(mode="after")
    def _who_came_back_has_an_open_referral(self) -> Self:
        if self.status is SeekerStatus.RETURNED:
            self.referral_end = self.referred_on_to = self.referral_ended_on = None
        return self

    @model_validator(mode="after")
    def _an_end_has_its_day_and_its_standing(self) -> Self:
        end = self.referral_end
        if (end is None) != (self.referral_ended_on is None):
            raise OfFieldError(
                "referral_end", "Say both how the referral ended and on which day, or neither."
            )
        if end is not None and not _ends_so(self.status, end):
            raise OfFieldError(
                "status",
                "Somebody whose referral has ended is exited, or in work after they started. If they came "
                "back, choose “returned”: how it ended stays in the history.",
            )
        if self.referred_on and self.referral_ended_on and self.referral_ended_on < self.referred_on:
            raise OfFieldError("referral_ended_on", "The referral ends before it begins. Check both dates.")
        return self

    @model_validator(mode="after")
    def _referred_on_to_a_named_place(self) -> Self:
        if (self.referral_end is ReferralEnd.REFERRED_ON) != (self.referred_on_to is not None):
            raise OfFieldError(
                "referred_on_to", "“Referred on” needs the name of the place, and no other end has one."
            )
        return self


def _ends_so(status: SeekerStatus, end: ReferralEnd) -> bool:
    """Can a referral have ended like this for somebody who stands so with the service?"""
    is_started = status is SeekerStatus.IN_WORK and end is ReferralEnd.STARTED
    return status is SeekerStatus.EXITED or is_started


class JobSeekerInput(JobSeekerFacts):
    """What is recorded about a person, from when they come to the service to how their referral ended."""

    @model_validator(mode="after")
    def _nobody_leaves_without_an_end(self) -> Self:
        if self.status is SeekerStatus.EXITED and self.referral_end is None:
            raise OfFieldError(
                "referral_end",
                "Say how the referral ended, and on which day: they started, chose not to, or were referred "
                "on to a named place. There is no other end.",
            )
        return self
