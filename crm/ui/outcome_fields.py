"""What is asked about a promise once it is due, in the words of each kind of promise."""

from dataclasses import dataclass

from crm.models.agreement_choices import CriteriaMet, Given, Promise, UseResult
from crm.models.base import Known
from crm.ui.fields import Field, choice, day, line, text

_FEEDBACK = "Feedback, and what came of it"


@dataclass(frozen=True, slots=True)
class Words:
    """How the questions about one kind of promise are worded."""

    given: str
    happens_on: str
    criteria: str


WORDS = {
    Promise.INTERVIEW: Words("Interviewed?", "Day of the interview", "Meets what the agreement asks?"),
    Promise.MOCK_INTERVIEW: Words(
        "Mock interview given?", "Day of the mock interview", "Was it owed to this person?"
    ),
    Promise.TRAINING: Words(
        "Place on the training given?", "First day of the training", "Was it owed to this person?"
    ),
    Promise.TRIAL: Words(
        "Work trial or placement given?", "First day of the trial", "Was it owed to this person?"
    ),
}


def fields_for(promise: Promise) -> list[Field]:
    """The fields for one kind of promise."""
    words = WORDS[promise]
    asked = [
        choice("criteria_met", words.criteria, CriteriaMet),
        line("criteria_missing", "If no or disputed: which of the criteria?"),
        day("due_on", "Due by"),
        day("happens_on", words.happens_on),
        choice("given", words.given, Given, hint="Could not attend and withdrew are the person’s side."),
        line("given_why", "If it was not given: why, in the words you were told"),
        choice("adjustments_given", "Adjustments given?", Known),
    ]
    if promise is Promise.TRAINING:
        asked += [choice("finished", "Training finished?", Known), day("finished_on", "Finished on")]
    asked += [
        day("feedback_on", "Feedback given on", section=_FEEDBACK),
        text("feedback", "What the employer said", section=_FEEDBACK),
    ]
    if promise in (Promise.INTERVIEW, Promise.TRIAL):
        asked.append(choice("result", "Result", UseResult, section=_FEEDBACK))
        asked.append(day("result_on", "Result known on", section=_FEEDBACK))
    return asked
