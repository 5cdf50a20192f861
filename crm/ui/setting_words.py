"""What the settings of a service are called, and what each of them does, in plain words."""

from crm.models.lists import ChoiceList

LISTS = {
    ChoiceList.SECTOR: "Sectors of employers",
    ChoiceList.LEAD_SOURCE: "Sources of leads",
    ChoiceList.TRADE_BODY: "Trade bodies and groups",
}
"""The lists that can be edited, as headings say them."""

WEIGHTS = {
    "weight_skills": (
        "Weight of skills",
        "How much of what the job asks for the person can do, or could do once a task moves to a colleague.",
    ),
    "weight_hours": (
        "Weight of hours",
        "How well the hours of the job suit the hours and times that the person wants.",
    ),
    "weight_natural_supports": (
        "Weight of natural supports",
        "How many of the supports that the person needs the workplace or their own people already give. "
        "It counts for nobody who needs none.",
    ),
    "weight_preference": (
        "Weight of preference",
        "How well the work fits what the person wishes for, and what they want to avoid.",
    ),
}
"""The weights of matching by field: the label, and what the part compares."""
