"""How values are said, on screens and in papers: fixed lists in words, days, numbers with their nouns."""

from datetime import date
from enum import StrEnum

NOT_RECORDED = "Not recorded"

_SPECIAL = {
    "unknown": NOT_RECORDED,
    "not_asked": "Not asked",
    "pre_employment_training": "Pre-employment training",
    "all_essential": "All essential criteria met",
    "a_percent_of_essential": "A percent of the essential criteria met",
    "essential_after_adjustments": "Essential criteria met after adjustments",
    "employer_defined": "As the employer defines it",
    "disabled_people_under_the_equality_act": "Disabled people (Equality Act 2010)",
    "everyone_we_support": "Everyone we support",
    "aims_for_16": "Aims for 16 hours or more",
    "self": "They say so themselves",
    "did_paid": "Did it in paid work",
    "did_unpaid": "Did it unpaid",
    "others_say": "Others say so",
    "did_it": "Did it themselves",
    "supervisor_checkin": "Supervisor check-in",
    "coworker_on_shift": "Co-worker on shift",
    "social_breaks": "Social contact and breaks",
    "meets_16": "Meets 16 hours",
    "below_16_by_choice": "Below 16 hours by choice",
    "build_up_to_16": "Building up to 16 hours",
    "below_16_gap": "Below 16 hours, with a gap",
    "no_overlap": "Hours do not overlap",
    "design_a_job": "Let’s design a job",
    "with_measures": "Workable with these measures",
    "workable_now": "Workable now",
    "hold_record": "Keep a record about me",
    "share_facts": "Tell an employer what is ticked",
    "put_forward": "Be put forward to an employer",
    "contact_family": "Talk with my family",
    "photo": "Use a photo of me",
    "person_with_support": "The person, with support",
    "best_interests_decision": "Best-interests decision",
    "parent_under_16": "Parent of somebody under 16",
    "review_due": "A review is due",
    "adjustments_for_a_job": "Preparing adjustments for a job",
    "person_asked": "The person asked",
    "people_met": "People met or put forward",
    "nothing_asked": "Nothing asked",
    "voluntary": "Voluntary",
    "placement": "Placement or work experience",
    "easy_read": "Easy Read",
    "british_sign_language": "British Sign Language",
    "pdf": "PDF",
    "png": "PNG picture",
    "jpeg": "JPEG picture",
    "docx": "Word",
    "xlsx": "Excel",
    "odt": "OpenDocument",
    "text": "Plain text",
    "other": "Other",
}


def say(value: StrEnum | str | None) -> str:
    """A value of a fixed list in words."""
    if value is None:
        return NOT_RECORDED
    text = str(value)
    return _SPECIAL.get(text) or text[:1].upper() + text[1:].replace("_", " ")


def day(value: date | None) -> str:
    """A date as 3 November 2026."""
    return f"{value.day} {value:%B %Y}" if value else NOT_RECORDED


def count(number: int, one: str, many: str | None = None) -> str:
    """A number with its noun: 1 vacancy, 1,204 vacancies."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def hours(value: float | None) -> str:
    """Hours a week, without needless decimals."""
    if value is None:
        return NOT_RECORDED
    amount = f"{round(value, 2):g}"
    return f"{amount} hour" if amount == "1" else f"{amount} hours"


def hours_range(least: float | None, most: float | None) -> str:
    """Hours a week as 16, 16 to 20, 16 or more, up to 20."""
    if least is None and most is None:
        return NOT_RECORDED
    if least is None:
        return f"up to {most:.4g}"
    if most is None:
        return f"{least:.4g} or more"
    return f"{least:.4g}" if least == most else f"{least:.4g} to {most:.4g}"
