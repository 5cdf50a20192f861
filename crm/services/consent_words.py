"""What people are told before they answer, in plain words; each wording keeps its version for good."""

from collections.abc import Collection
from enum import Enum

from crm.models.consents import Purpose, SharedFact

WORDING = "2026-11-26"
"""The version that people are told now."""


class Person(Enum):
    """To whom a fact is said: by the person, to them, or about them. The words for my, I, me, myself."""

    I = ("my", "I", "me", "myself")  # noqa: E741
    YOU = ("your", "you", "you", "yourself")
    THEY = ("their", "they", "them", "themselves")


_FACTS = {
    SharedFact.NAME: "{my} name",
    SharedFact.CONTACT_DETAILS: "{my} telephone number and e-mail address",
    SharedFact.SKILLS: "what {I} can do",
    SharedFact.HOURS_AND_DAYS: "the hours and days {I} can work",
    SharedFact.TRAVEL: "how {I} travel",
    SharedFact.SUPPORT_AT_WORK: "the support {I} need at work",
    SharedFact.ADJUSTMENTS: "the adjustments that help {me}",
    SharedFact.OWN_DESCRIPTION: "how {I} describe {myself}",
    SharedFact.DISABILITY: "{my} disability, in {my} words",
}
_ABOUT_2026_11 = {
    Purpose.HOLD_RECORD: "We keep a record about you: how to reach you, what you can do and want, and the "
    "support you need. Only those who work with you see it.",
    Purpose.SHARE_FACTS: "{employer} will know {facts}. We tell them nothing else.",
    Purpose.PUT_FORWARD: "{employer} will know that we support you and that you are interested in a job "
    "there. Being put forward under an agreement that covers disabled people tells the employer that you are "
    "disabled.",
    Purpose.CONTACT_FAMILY: "We may talk with the people of your family whom you name, about what you say.",
    Purpose.PHOTO: "We may use a photo of you where you say, and nowhere else.",
}
_ALWAYS_2026_11 = (
    "You can say no, and you are helped just the same. You can change your mind at any time, and need no "
    "reason. What somebody has been told already cannot be taken back."
)
_ABOUT_2026_11_26 = {
    Purpose.HOLD_RECORD: "We keep a record about you. It says how to reach you. It says what you can do and "
    "want. It says what support you need. Only people who work with you see it.",
    Purpose.SHARE_FACTS: "{employer} will know {facts}. We tell them nothing else.",
    Purpose.PUT_FORWARD: "{employer} will know that we support you. They will know that you want a job "
    "there. Some jobs come from a promise to disabled people. Such a job tells the employer that you are "
    "disabled.",
    Purpose.CONTACT_FAMILY: "We may talk with your family. You name the people. We talk about what you say.",
    Purpose.PHOTO: "We may use a photo of you. We use it only where you say.",
}
_ALWAYS_2026_11_26 = (
    "You can say no. We help you just the same. You can change your mind at any time. You need no reason. "
    "We cannot take back what we told before."
)
_WORDINGS = {
    "2026-11": (_ABOUT_2026_11, _ALWAYS_2026_11),
    "2026-11-26": (_ABOUT_2026_11_26, _ALWAYS_2026_11_26),
}
"""By version. A wording that people have answered to is never changed: a new one is put beside it."""


def statement(purpose: Purpose, employer: str | None, facts: Collection[str], wording: str = WORDING) -> str:
    """What the person is told before they answer, for this purpose and employer, in one of the wordings."""
    about, always = _WORDINGS[wording]
    told = facts_in_words(facts, Person.YOU) or "what you tick"
    return f"{about[purpose].format(employer=employer or 'The employer', facts=told)} {always}"


def fact_words(fact: SharedFact, person: Person) -> str:
    """One fact as it is said: my name, what you can do."""
    my, i, me, myself = person.value
    return _FACTS[fact].format(my=my, I=i, me=me, myself=myself)


def facts_in_words(facts: Collection[str], person: Person) -> str:
    """Facts as a list in a sentence: your name, what you can do and how you travel."""
    words = [fact_words(fact, person) for fact in SharedFact if fact in facts]
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)
