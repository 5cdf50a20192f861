"""Which clauses an agreement is printed with: those that its kind needs and that have something to say."""

from collections.abc import Callable

from crm.models.agreement_choices import AgreementKind as Kind
from crm.models.agreement_choices import ClauseKey as Key
from crm.models.agreement_choices import Oversubscription
from crm.models.base import Known
from crm.services.agreement_terms import Terms
from crm.services.interview_phrases import other_formats

_INTERVIEW = (Kind.GUARANTEED_INTERVIEW, Kind.COMBINED)
_OF_KINDS: dict[Key, tuple[Kind, ...]] = {
    Key.SCOPE: (*_INTERVIEW, Kind.PRE_EMPLOYMENT_TRAINING, Kind.WORK_TRIAL),
    Key.NOTICE_OF_VACANCIES: (*_INTERVIEW, Kind.PRE_EMPLOYMENT_TRAINING),
    Key.PROMISE_INTERVIEW: _INTERVIEW,
    Key.CRITERIA: _INTERVIEW,
    Key.LIMITS: _INTERVIEW,
    Key.INTERVIEW_FORMAT: _INTERVIEW,
    Key.ALTERNATIVES: _INTERVIEW,
    Key.MOCK_INTERVIEWS: (Kind.MOCK_INTERVIEW, Kind.COMBINED),
    Key.TRAINING: (Kind.PRE_EMPLOYMENT_TRAINING, Kind.COMBINED),
    Key.TRIAL: (Kind.WORK_TRIAL, Kind.COMBINED),
}
"""The kinds that a clause is for; one that is not named here is for every kind."""

_MOCK = ("mock_sessions", "mock_places")
_TRAINING = ("training_weeks", "training_hours", "training_places", "training_provider", "training_content")
_TRAINING_ANSWERS = ("training_work_experience", "training_interview")
_TRIAL = ("trial_weeks", "trial_hours", "trial_places")


def needed(terms: Terms) -> list[Key]:
    """The clauses of an agreement in the order in which they are printed."""
    return [key for key in Key if is_for(key, terms.agreement.kind) and _has_something_to_say(key, terms)]


def is_for(key: Key, kind: Kind) -> bool:
    """Can an agreement of this kind have this clause?"""
    return key not in _OF_KINDS or kind in _OF_KINDS[key]


def _has_something_to_say(key: Key, terms: Terms) -> bool:
    """What its kind is about is always said, though it be only that it is still to be agreed."""
    if key is Key.LIMITS:
        return _has_limits(terms)
    if key is Key.ALTERNATIVES:
        return bool(other_formats(terms))
    if terms.agreement.kind is Kind.COMBINED and key in _PROMISED:
        return _PROMISED[key](terms)
    return True


def _has_limits(terms: Terms) -> bool:
    agreement = terms.agreement
    is_ruled = agreement.oversubscription_rule is not Oversubscription.UNKNOWN
    return is_ruled or agreement.most_interviews is not None or bool(agreement.oversubscription)


def _says(*fields: str, answers: tuple[str, ...] = ()) -> Callable[[Terms], bool]:
    def says(terms: Terms) -> bool:
        is_filled = any(getattr(terms.agreement, name) is not None for name in fields)
        return is_filled or any(getattr(terms.agreement, name) is not Known.UNKNOWN for name in answers)

    return says


_PROMISED = {
    Key.MOCK_INTERVIEWS: _says(*_MOCK),
    Key.TRAINING: _says(*_TRAINING, answers=_TRAINING_ANSWERS),
    Key.TRIAL: _says(*_TRIAL, answers=("trial_paid",)),
}
"""What a combined agreement promises beside interviews, and prints once something of it is agreed."""
