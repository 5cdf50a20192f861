"""Which scales a person's profile makes relevant: only those are opened when they are asked about.

Relevant is what is recorded already, what a listed support need is about, and what the person's own words
mention. Nothing is left out for good: every other scale can be opened by hand.
"""

from collections.abc import Collection

from crm.models.analyses import SupportKind
from crm.models.base import folded
from crm.models.scales import SCALES
from crm.models.seekers import SupportNeed, VocationalProfile

_OF_NEEDS: dict[SupportKind, tuple[str, ...]] = {
    SupportKind.INDUCTION: ("change_of_task", "stress"),
    SupportKind.NAMED_BUDDY: ("interaction", "asking_for_help"),
    SupportKind.COWORKER_ON_SHIFT: ("interaction", "initiative"),
    SupportKind.SUPERVISOR_CHECKIN: ("asking_for_help", "initiative"),
    SupportKind.WRITTEN_OR_VISUAL_CUE: ("reading", "attention"),
    SupportKind.ROUTINE: ("change_of_task", "time"),
    SupportKind.TECHNOLOGY: ("communication", "reading"),
    SupportKind.SOCIAL_BREAKS: ("interaction",),
    SupportKind.TRANSPORT_SHARE: ("orientation",),
}

_MENTIONS: dict[str, str] = {
    "communication": "speak speaking talk talking phone phones signing",
    "attention": "concentrate concentration focus distracted",
    "change_of_task": "change changes routine regular",
    "interaction": "alone people team together",
    "time": "clock late punctual",
    "reading": "read reading letters writing",
    "number": "numbers counting money maths",
    "endurance": "tired rest breaks",
    "lifting": "lift lifting heavy carry carrying",
    "mobility": "stairs steps walking wheelchair",
    "standing": "stand standing sit sitting seat",
    "fine_movement": "hands fingers",
    "orientation": "lost route routes",
    "pace": "slow fast speed rush hurry",
    "stress": "pressure stress calm busy",
    "initiative": "prompt prompts reminders",
    "asking_for_help": "ask asking",
    "noise": "noise noisy loud quiet",
    "light": "bright dark light lights",
    "temperature": "hot cold heat warm",
    "crowding": "crowd crowds crowded",
    "outdoors": "outdoors outside weather garden gardens",
    "smell": "smell smells",
    "public": "customer customers public",
}


def opened(profile: VocationalProfile | None, needs: Collection[SupportNeed]) -> list[str]:
    """The keys of the scales to open for this person, in the order of the scales."""
    keys = {key for need in needs for key in _OF_NEEDS.get(need.kind, ())}
    if profile is not None:
        said = _words_of(profile)
        keys.update(profile.abilities, profile.ability_supports)
        keys.update(key for key, words in _MENTIONS.items() if not said.isdisjoint(words.split()))
    return [key for key in SCALES if key in keys]


def _words_of(profile: VocationalProfile) -> set[str]:
    texts = (profile.must, profile.avoid, profile.conditions_for_success, profile.communication)
    spoken = folded(" ".join(text for text in texts if text))
    return set("".join(c if c.isalnum() else " " for c in spoken).split())
