"""What we say to job seekers ourselves: in one place, so that a test can hold it to short words.

Every sentence has one idea and at most fifteen words (`reading_ease` measures them). What the person
is told before they answer stands in `consent_words`, each wording for good; it is measured there too.
"""

SHEET_FOR_YOU = (
    "This page is about you.",
    "It is for {employer}.",
    "It says only what you said yes to.",
    "It says nothing about your health.",
    "Read it before we give it away.",
    "Tell us if a word is wrong.",
    "You can say stop at any time.",
    "Then we ask {employer} to put the page away.",
)
"""Above the page, for the person alone."""

SHEET_IS_NOT_A_YES = (
    "This page does not put you forward for a job.",
    "We ask you about that first.",
)
"""Beside it, for as long as they have not said yes to being put forward."""

SHEET_AND_A_YES = ("You also said yes to being put forward to {employer}.",)
"""Beside it, once they have."""

SHEET_NAMELESS = "I would like to stay without a name for now."
SHEET_NAMED = "My name is {name}."

SHEET_FOOT = (
    "I said yes to this page for {employer}.",
    "{service} made it with me on {day}.",
    "Please keep it to yourselves.",
    "Please put it away after {until}.",
)
"""At the foot of the page, in the person's voice."""

SHEET_FOOT_APART = "This page does not put me forward for a job. {service} asks me about that first."
SHEET_FOOT_FORWARD = "I said yes to being put forward for this job."
"""Its last line: on a page by itself, and on one that goes along with a proposal of a job."""

HOURS_A_WEEK = "I can work {hours} hours a week."
HOURS_EXACTLY, HOURS_FROM_TO, HOURS_FROM, HOURS_UP_TO = (
    "{least}",
    "{least} to {most}",
    "{least} or more",
    "up to {most}",
)
JOURNEY = "I can travel {minutes} minutes each way."

TRAVEL_WORDS = {
    "walk": "I walk.",
    "bus": "I come by bus.",
    "cycle": "I cycle.",
    "car": "I come by car.",
    "lift": "Someone gives me a lift.",
    "train": "I come by train.",
}
SUPPORT_WORDS = {
    "induction": "Time to learn the job at the start.",
    "named_buddy": "One person at work I can ask.",
    "coworker_on_shift": "Someone who works beside me.",
    "supervisor_checkin": "A short talk with my boss, often.",
    "written_or_visual_cue": "A list or pictures of what to do.",
    "routine": "The same way of working each day.",
    "technology": "A phone or a gadget that helps me.",
    "social_breaks": "Breaks with other people.",
    "transport_share": "A lift to work with someone.",
    "family_or_community": "Help from my family or friends.",
}
"""Kinds of support, as the person says them to an employer."""
