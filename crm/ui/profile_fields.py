"""The steps of the vocational profile as forms: their titles, what each asks, and the forms of their rows."""

from collections.abc import Collection

from crm.models.base import Known
from crm.models.profiles import QualificationKind, Step, StepState, WorkKind
from crm.models.seekers import AccessibleFormat, HoursIntent, NeedsAsked, TravelMode
from crm.ui.fields import Field, choice, day, line, number, radios, scales, text, week

_LIST = "Parted by commas."

GROUPS: dict[str, tuple[Step, ...]] = {
    "About me": (Step.OWN_WORDS, Step.ASPIRATIONS, Step.STRENGTHS),
    "My work so far": (Step.WORK_HISTORY, Step.SKILLS, Step.EDUCATION, Step.JOBS),
    "When and where": (Step.HOURS, Step.WEEK, Step.TRAVEL, Step.ENVIRONMENT),
    "What helps me": (Step.WORKS, Step.CONDITIONS, Step.NEEDS, Step.PASSPORT),
    "How I am spoken with, and of": (Step.COMMUNICATION, Step.DISCLOSURE),
    "People around me": (Step.PEOPLE, Step.FAMILY),
}
"""The steps under the headings of the list, in the order in which they follow one another."""

ORDER: tuple[Step, ...] = tuple(step for steps in GROUPS.values() for step in steps)

TITLES: dict[Step, str] = {
    Step.OWN_WORDS: "How I describe myself",
    Step.ASPIRATIONS: "What I want to do",
    Step.STRENGTHS: "Strengths and interests",
    Step.WORK_HISTORY: "Work I have done",
    Step.SKILLS: "What I can do",
    Step.EDUCATION: "Education, qualifications and licences",
    Step.JOBS: "Jobs I would like, and would not",
    Step.HOURS: "Hours a week",
    Step.WEEK: "My week",
    Step.TRAVEL: "Travel",
    Step.ENVIRONMENT: "Places that suit me",
    Step.WORKS: "What works for me",
    Step.CONDITIONS: "What has to be right",
    Step.NEEDS: "Support at work, and who helps already",
    Step.PASSPORT: "My adjustments passport",
    Step.COMMUNICATION: "How I take things in",
    Step.DISCLOSURE: "What employers may be told",
    Step.PEOPLE: "People I know",
    Step.FAMILY: "What family and carers say",
}

LEADS: dict[Step, str] = {
    Step.OWN_WORDS: "How do you want to be spoken of? Which words should nobody use?",
    Step.ASPIRATIONS: "What work do you want now? What would you love to do one day?",
    Step.STRENGTHS: "What are you good at? What do you like doing?",
    Step.WORK_HISTORY: "What have you done, paid or not? What did you like? Why did it end?",
    Step.SKILLS: "What can you do, and how do we know? What have you not done yet?",
    Step.EDUCATION: "Which schools and courses? Which certificates and licences do you have?",
    Step.JOBS: "Which jobs would you like? Which jobs are not for you?",
    Step.HOURS: "How many hours can you work now? How many would you like?",
    Step.WEEK: "When can you work? Leave a day empty if you cannot.",
    Step.TRAVEL: "How do you get about? How long is too long?",
    Step.ENVIRONMENT: "What must a workplace have? What should it not have?",
    Step.WORKS: "How much of each is right for you? Leave out what we have not talked about.",
    Step.CONDITIONS: "What has to be in place so that work goes well?",
    Step.NEEDS: "What help do you need at work? Who helps you already?",
    Step.PASSPORT: "What changes help you at work? You can take this list from job to job.",
    Step.COMMUNICATION: "How should people talk with you? How do you like things written?",
    Step.DISCLOSURE: "What may an employer know about you? What should stay private?",
    Step.PEOPLE: "Who do you know? Who could help you find work or keep it?",
    Step.FAMILY: "What do your family or carers think? You decide if we ask them.",
}
"""What the person is asked, in words for them."""

_STATES = {
    StepState.DONE.value: "Yes",
    StepState.STARTED.value: "Not yet: we come back to it",
    StepState.NOTHING_ASKED.value: "Nothing asked: not needed now",
}
STATE = radios("state", "Is this step done?", _STATES)

_HOURS = [
    number("hours_now_min", "Hours a week now, at least"),
    number("hours_now_max", "Hours a week now, at most"),
    number("hours_goal", "Hours a week I aim for"),
    choice("hours_intent", "What I want of hours", HoursIntent),
    line("build_up_plan", "How my hours build up", hint="From when, to how many hours."),
]

FIELDS: dict[Step, list[Field]] = {
    Step.OWN_WORDS: [
        text("own_description", "How I describe myself"),
        line("words_not_to_use", "Words not to use", hint=f"{_LIST} No page for an employer has them."),
    ],
    Step.ASPIRATIONS: [text("aspirations", "What I want to do"), text("dream", "My dream job")],
    Step.STRENGTHS: [
        text("strengths", "Strengths"),
        line("interests", "Interests", hint=f"{_LIST} A job that mentions one fits better."),
    ],
    Step.JOBS: [
        text("preferred_jobs", "Jobs I would like"),
        text("no_go_jobs", "Jobs I would not do"),
    ],
    Step.HOURS: _HOURS,
    Step.WEEK: week("availability", "Free"),
    Step.TRAVEL: [
        choice("travel_mode", "How I travel", TravelMode),
        number("travel_minutes", "Most minutes one way"),
        line("travel_training", "Travel training", hint="Journeys I have learnt, or want to learn."),
    ],
    Step.ENVIRONMENT: [
        line("must", "My job must have", hint=_LIST),
        line("avoid", "My job should not have", hint=_LIST),
    ],
    Step.CONDITIONS: [text("conditions_for_success", "What has to be right for it to go well")],
    Step.NEEDS: [
        choice("needs_asked", "Support needs: have I been asked?", NeedsAsked, hint="None is an answer too."),
        text("who_helps", "Who helps already, and with what"),
    ],
    Step.PASSPORT: [
        text(
            "adjustments", "What helps me at work", hint="Changes to place, hours, tools or ways of telling."
        ),
        day("adjustments_looked_at", "Last looked at together on"),
    ],
    Step.COMMUNICATION: [
        line("communication", "How people should talk with me"),
        choice("accessible_format", "How I like things written", AccessibleFormat),
    ],
    Step.DISCLOSURE: [text("disclosure_wishes", "What employers may be told, and not")],
    Step.FAMILY: [
        line("family_views_of", "Who says so"),
        text("family_views", "What they say"),
    ],
}
"""What each step asks; a step without fields is kept in rows, or depends on who is asked."""


def fields_of(step: Step, opened: Collection[str] = ()) -> list[Field]:
    """What a step asks; of the scales of what works for the person, those that are `opened` stand open."""
    if step is Step.WORKS:
        return scales("abilities", section="", opened=opened, supports="ability_supports")
    return FIELDS.get(step, [])


PAST_JOB = [
    line("title", "What the work was"),
    line("workplace", "Where"),
    choice("kind", "Kind of work", WorkKind),
    line("years", "When", hint="For example 2019 to 2021, or two summers."),
    text("duties", "What I did there"),
    text("liked", "What I liked"),
    text("disliked", "What I did not like"),
    line("why_left", "Why it ended", hint="Health is a restricted fact: it does not belong here."),
]
QUALIFICATION = [
    choice("kind", "What it is", QualificationKind),
    line("name", "Its name"),
    line("awarded_by", "School, college or who gave it"),
    day("gained_on", "Since"),
    day("expires_on", "Runs out on", hint="Empty: it does not run out."),
]
CONNECTION = [
    line("tie", "How I know them", hint="For example uncle, neighbour, coach of my team."),
    choice("agrees", "Have they agreed to be written down here?", Known),
    line("name", "Their name", hint="Only once they have agreed."),
    line("works_at", "Where they work, if it may help"),
    line("can_help_with", "What they can help with"),
]
