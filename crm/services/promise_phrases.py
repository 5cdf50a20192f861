"""What an agreement says of training before a job and of work trials in words, beside their numbers."""

from crm.models.base import Known
from crm.services.agreement_phrases import TO_BE_AGREED
from crm.services.agreement_terms import Terms


def training_provider(terms: Terms) -> str:
    """Who gives the training."""
    return terms.agreement.training_provider or f"a provider {TO_BE_AGREED}"


def training_content(terms: Terms) -> str:
    """What is learnt."""
    typed = terms.agreement.training_content
    return f"What is learnt: {typed}" if typed else ""


def easy_training_content(terms: Terms) -> str:
    """The same for “you”."""
    typed = terms.agreement.training_content
    return f"This is what you will learn: {typed}" if typed else ""


def training_work_experience(terms: Terms) -> str:
    """Whether some of it is at the workplace."""
    return {
        Known.YES: f"It includes work experience at {terms.employer}.",
        Known.NO: "It has no work experience in it.",
        Known.UNKNOWN: f"Whether it includes work experience is still {TO_BE_AGREED}.",
    }[terms.agreement.training_work_experience]


def easy_training_work_experience(terms: Terms) -> str:
    """The same for “you”."""
    return {
        Known.YES: f"You also try the work at {terms.employer}.",
        Known.NO: "You learn, and do not try the work yet.",
        Known.UNKNOWN: f"If you can try the work is still {TO_BE_AGREED}.",
    }[terms.agreement.training_work_experience]


def training_interview(terms: Terms) -> str:
    """Whether those who finish it are promised an interview."""
    return {
        Known.YES: "Everybody who finishes it is offered an interview for a real vacancy.",
        Known.NO: "It does not come with the promise of an interview.",
        Known.UNKNOWN: f"Whether an interview is promised to those who finish it is still {TO_BE_AGREED}.",
    }[terms.agreement.training_interview]


def easy_training_interview(terms: Terms) -> str:
    """The same for “you”."""
    return {
        Known.YES: "If you finish it, you get an interview.",
        Known.NO: "It does not promise you an interview.",
        Known.UNKNOWN: f"If you get an interview is still {TO_BE_AGREED}.",
    }[terms.agreement.training_interview]


def trial_paid(terms: Terms) -> str:
    """Whether a trial is paid."""
    return {
        Known.YES: "It is paid.",
        Known.NO: f"It is not paid, as it is for trying and learning, and no real work for {terms.employer}.",
        Known.UNKNOWN: f"Whether it is paid is still {TO_BE_AGREED}.",
    }[terms.agreement.trial_paid]


def easy_trial_paid(terms: Terms) -> str:
    """The same for “you”."""
    return {
        Known.YES: "You are paid.",
        Known.NO: "You are not paid, as you only try and learn.",
        Known.UNKNOWN: f"If you are paid is still {TO_BE_AGREED}.",
    }[terms.agreement.trial_paid]
