"""The head of an agreement in words: its title, and the table of its facts."""

from datetime import date

from crm.models.agreement_choices import AgreementKind, Covers
from crm.services.agreement_phrases import SOMEBODY, TO_BE_AGREED, counted, named, on_day, whom
from crm.services.agreement_terms import Terms

_OPEN = TO_BE_AGREED.capitalize()
_TITLES = {
    AgreementKind.GUARANTEED_INTERVIEW: "Agreement on guaranteed interviews",
    AgreementKind.MOCK_INTERVIEW: "Agreement on practice interviews",
    AgreementKind.PRE_EMPLOYMENT_TRAINING: "Agreement on training before the job",
    AgreementKind.WORK_TRIAL: "Agreement on work trials and placements",
    AgreementKind.COMBINED: "Agreement on ways into work",
}


def title_of(terms: Terms) -> str:
    """What stands at the top of the paper."""
    return f"{_TITLES[terms.agreement.kind]}: {terms.employer} and {terms.service}"


def facts_of(terms: Terms) -> tuple[tuple[str, str], ...]:
    """Between whom, for whom, where and for how long; what is open is said to be so."""
    agreement = terms.agreement
    notice = agreement.notice_days
    rows = [
        ("Employer", terms.employer),
        ("Trade body or group", agreement.group_name or ""),
        ("Other employers covered", named(terms.others)),
        ("With", terms.service),
        ("Sites", named(terms.sites) or "Every site"),
        ("For", _for(terms)),
        ("Starts", _day(agreement.starts_on)),
        ("Ends", _day(agreement.ends_on)),
        ("Review", _day(agreement.review_on)),
        ("Notice to end it", _OPEN if notice is None else counted(notice, "day")),
        (f"Contact at {terms.employer}", terms.employer_contact or _sentence(SOMEBODY)),
        (f"Contact at {terms.service}", terms.owner or _sentence(SOMEBODY)),
        ("Contact for adjustments", terms.adjustments_contact or _sentence(SOMEBODY)),
    ]
    return tuple(row for row in rows if row[1])


def _for(terms: Terms) -> str:
    """The names of groups stand as they were typed."""
    said = whom(terms)
    return said if terms.agreement.covers is Covers.NAMED_GROUPS else _sentence(said)


def _day(value: date | None) -> str:
    return on_day(value, _OPEN)


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]
