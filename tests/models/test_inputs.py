"""What the inputs accept, tidy and refuse, and with which words."""

from datetime import date
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from crm.models.agreement_choices import CriteriaRule
from crm.models.agreement_inputs import AgreementInput
from crm.models.analyses import JobAnalysisInput, JobTask, JobTaskInput, TaskClass, TaskNeed
from crm.models.employers import EmployerInput, EmployerPersonInput, EmployerSiteInput
from crm.models.matches import MatchDecisionInput
from crm.models.postcodes import sector_of
from crm.models.seeker_inputs import JobSeekerFacts, JobSeekerInput
from crm.models.seekers import VocationalProfileInput
from crm.models.users import NewUser
from crm.models.vacancies import VacancyInput
from crm.models.week import slot_hours

GUARANTEED: dict[str, Any] = {"kind": "guaranteed_interview", "covers": "everyone_we_support"}


def refusal(model: type[BaseModel], **values: Any) -> str:
    with pytest.raises(ValidationError) as caught:
        model.model_validate(values)
    return caught.value.errors()[0]["msg"]


@pytest.mark.parametrize("name", ["", "   ", "\n"])
def test_a_name_cannot_be_left_empty(name: str):
    assert "cannot be left empty" in refusal(EmployerInput, name=name)


@pytest.mark.parametrize("name", ["nul \0 inside", "half a pair \ud800"])
def test_what_cannot_be_stored_is_refused(name: str):
    assert "cannot be stored" in refusal(EmployerInput, name=name)


def test_a_name_is_kept_exactly_as_typed():
    assert EmployerInput(name="  <b>Fern</b>side\u200b ").name == "  <b>Fern</b>side\u200b "


def test_a_name_that_is_too_long_says_how_long_it_may_be():
    assert "201 characters long; it can be 200 at most" in refusal(EmployerInput, name="x" * 201)


def test_a_blank_optional_field_is_not_recorded():
    assert EmployerInput(name="A", sector="  ", company_number="").model_dump(include={"sector"}) == {
        "sector": None
    }


def test_a_company_number_gets_back_its_leading_noughts():
    assert EmployerInput(name="A", company_number=" 1234567 ").company_number == "01234567"
    assert EmployerInput(name="A", company_number="sc016876").company_number == "SC016876"


@pytest.mark.parametrize("number", ["123456789", "SC-16876", "£$%"])
def test_a_company_number_of_another_shape_is_refused(number: str):
    assert "eight letters and digits" in refusal(EmployerInput, name="A", company_number=number)


@pytest.mark.parametrize(("typed", "stored"), [("ls14dy", "LS1 4DY"), ("  m1 1ae ", "M1 1AE"), ("", None)])
def test_a_postcode_is_tidied(typed: str, stored: str | None):
    assert EmployerSiteInput(label="Main", postcode=typed).postcode == stored


def test_a_postcode_of_another_shape_is_refused():
    assert "UK postcode" in refusal(EmployerSiteInput, label="Main", postcode="12345")


def test_the_sector_of_a_postcode_leaves_out_the_last_two_letters():
    assert [sector_of("LS1 4DY"), sector_of(None)] == ["LS1 4", None]


@pytest.mark.parametrize("phone", ["0113 496 0000", "+44 113 496 0000", "(0113) 4960000"])
def test_a_telephone_number_is_stored_one_way(phone: str):
    assert EmployerPersonInput(name="A", phone=phone).phone == "+441134960000"


@pytest.mark.parametrize("phone", ["12", "ring me"])
def test_what_is_no_telephone_number_is_refused(phone: str):
    assert "telephone number" in refusal(EmployerPersonInput, name="A", phone=phone)


def test_an_email_address_is_compared_in_small_letters():
    assert EmployerPersonInput(name="A", email="Ines@Example.org").email == "ines@example.org"


def test_what_is_no_email_address_is_refused():
    assert "not an e-mail address" in refusal(NewUser, name="A", email="ines", roles=set())


def test_marketing_needs_a_way_to_be_sent():
    assert "e-mail address or a telephone number" in refusal(
        EmployerPersonInput, name="A", agreed_to_marketing="yes"
    )


def test_an_agreement_does_not_end_before_it_starts():
    days = {"starts_on": date(2026, 5, 1), "ends_on": date(2026, 4, 30)}
    assert "ends before it starts" in refusal(AgreementInput, **GUARANTEED, **days)


def test_a_percent_rule_needs_its_percent():
    assert "which percent" in refusal(
        AgreementInput, **GUARANTEED, criteria_rule=CriteriaRule.PERCENT_OF_ESSENTIAL
    )
    assert "between 1 and 100" in refusal(AgreementInput, **GUARANTEED, criteria_percent=101)


def test_named_groups_are_named():
    assert "Name the groups" in refusal(AgreementInput, kind="work_trial_or_placement", covers="named_groups")


def test_the_most_hours_are_not_fewer_than_the_least():
    assert "fewer than the least" in refusal(VacancyInput, title="A", hours_min=20, hours_max=16)
    assert "fewer than the least" in refusal(VocationalProfileInput, hours_now_min=12, hours_now_max=8)


@pytest.mark.parametrize("hours", [-1, 81, float("nan"), float("inf")])
def test_hours_a_week_lie_in_a_week_of_work(hours: float):
    assert "between 0 and 80" in refusal(VacancyInput, title="A", hours_min=hours)


def test_a_pause_needs_a_reason_and_a_review():
    assert "reason and the date" in refusal(JobSeekerInput, preferred_name="A", status="paused")


def test_not_yet_says_everything_that_is_missing():
    said = refusal(MatchDecisionInput, decision="not_yet", reason="Too far")
    assert "the measure that would change it, an owner, a date" in said


def test_a_shortlist_needs_nothing_more():
    assert MatchDecisionInput.model_validate({"decision": "shortlist"}).reason is None


def test_a_time_that_ends_before_it_starts_is_refused_with_its_day():
    slot = {"day": 1, "start": "12:00", "end": "09:00"}
    assert "On Tuesday the time ends at 09:00" in refusal(VacancyInput, title="A", pattern=[slot])


@pytest.mark.parametrize(
    "slot", [{"day": 7, "start": "09:00", "end": "10:00"}, {"day": 0, "start": "9", "end": "10"}]
)
def test_a_time_of_another_shape_is_refused(slot: dict[str, Any]):
    assert "09:00 or 17:30" in refusal(VacancyInput, title="A", pattern=[slot])


def test_hours_in_a_week_are_added_up():
    assert (
        slot_hours(
            [{"day": 0, "start": "09:00", "end": "13:30"}, {"day": 1, "start": "22:00", "end": "24:00"}]
        )
        == 6.5
    )


def test_a_scale_or_a_step_that_is_not_there_is_refused():
    when = {"title": "A", "analysed_on": date(2026, 1, 1)}
    assert "no scale called courage" in refusal(JobAnalysisInput, **when, demands={"courage": 1})
    assert "Noise is given a level" in refusal(JobAnalysisInput, **when, demands={"noise": 5})


@pytest.mark.parametrize("times", [{"times_a_week": 0}, {"minutes_each": 2881}])
def test_task_times_that_cannot_be_are_refused(times: dict[str, float]):
    assert "more than 0" in refusal(JobTaskInput, name="A", **times)


def test_hours_of_a_task_are_known_only_when_both_times_are():
    def task(times: float | None, minutes: float | None) -> JobTask:
        return JobTask(
            analysis_id=1, name="A", task_class=TaskClass.CORE, need=TaskNeed.ESSENTIAL,
            times_a_week=times, minutes_each=minutes,
        )  # fmt: skip

    assert [task(5, 60).hours_week, task(5, None).hours_week, task(None, 60).hours_week] == [5.0, None, None]


def test_a_date_far_from_today_is_refused():
    assert "1900 to 2100" in refusal(VacancyInput, title="A", closes_on=date(1066, 10, 14))


ON = {"referral_ended_on": "2026-11-02"}
ENDS = [
    {"status": "exited", "referral_end": "started", **ON},
    {"status": "exited", "referral_end": "chose_not_to", **ON},
    {"status": "exited", "referral_end": "referred_on", "referred_on_to": "Aire Valley College", **ON},
    {"status": "in_work", "referral_end": "started", **ON},
    {"status": "in_work"},
]
NO_ENDS = {
    "no other end": {"status": "exited"},
    "on which day": {"status": "exited", "referral_end": "started"},
    "the name of the place": {"status": "exited", "referral_end": "referred_on", "referred_on_to": " ", **ON},
    "no other end has one": {"status": "exited", "referral_end": "started", "referred_on_to": "X", **ON},
    "is exited, or in work": {"status": "active", "referral_end": "started", **ON},
    "after they started": {"status": "in_work", "referral_end": "chose_not_to", **ON},
    "before it begins": {"status": "in_work", "referral_end": "started", "referred_on": "2026-11-03", **ON},
}


@pytest.mark.parametrize("said", ENDS)
def test_every_referral_ends_in_started_chose_not_to_or_referred_on_to_a_named_place(said: dict[str, str]):
    kept = JobSeekerInput.model_validate({"preferred_name": "Amara", **said}).model_dump(mode="json")
    assert {name: kept[name] for name in said} == said


@pytest.mark.parametrize("words", NO_ENDS)
def test_an_end_that_says_less_or_more_is_refused(words: str):
    with pytest.raises(ValidationError, match=words):
        JobSeekerInput.model_validate({"preferred_name": "Amara", **NO_ENDS[words]})


def test_who_comes_back_has_an_open_referral_again():
    again = JobSeekerInput.model_validate({"preferred_name": "Amara", **ENDS[2], "status": "returned"})
    assert (again.referral_end, again.referred_on_to, again.referral_ended_on) == (None, None, None)


def test_what_another_service_tells_may_leave_the_end_open():
    assert JobSeekerFacts.model_validate({"preferred_name": "Amara", "status": "exited"}).referral_end is None
