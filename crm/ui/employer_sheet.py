"""The page for an employer in words that they read: their people, and what comes next."""

from crm.services.employer_sheet import Coming, Sheet
from crm.ui.words import day, say


def people_words(found: Sheet) -> list[str]:
    """Those who agreed to be named, a line each, and how many others there are."""
    more = "other people" if found.named else "people"
    others = [f"{found.others:,} {more} whom we support"] if found.others else []
    return [*found.named, *others]


def coming_words(coming: Coming) -> str:
    """The next date and what happens then."""
    happens = "ends" if coming.is_end else "is looked at together"
    return f"{day(coming.on)}: the agreement “{say(coming.kind)}” {happens}"
