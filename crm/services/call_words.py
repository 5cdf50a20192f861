"""Why an employer is worth a call, in words: the same on screen and in the file. No job seeker is named."""

from collections.abc import Container
from datetime import date

from crm.models.agreement_choices import AgreementStage
from crm.models.employers import RelationshipStage
from crm.services.call_details import CallRow, ForWhom, Pact

_OVER = (AgreementStage.LAPSED, AgreementStage.ENDED)


def warm(row: CallRow) -> list[str]:
    """What there is to begin from: contacts, agreements, people placed, door-openers, the owner, the lead."""
    said: list[str] = []
    if row.last_contact_on is not None:
        by = f" by {row.last_contact_by}" if row.last_contact_by else ""
        said.append(f"Last contact{by} on {_day(row.last_contact_on)}")
    said += [_pact(pact) for pact in row.pacts]
    said += [f"One of our people got the job “{title}” here" for title in row.filled]
    if row.door_openers:
        who = "Somebody" if row.door_openers == 1 else f"{row.door_openers} people"
        said.append(f"{who} outside the service would open the door: see the page of the employer")
    if row.stage is RelationshipStage.DORMANT:
        said.append("The relationship is dormant")
    if row.owner:
        said.append(f"{row.owner} looks after them")
    if row.lead_source:
        said.append(f"Came to us through: {row.lead_source}")
    return said


def heed(row: CallRow) -> list[str]:
    """What speaks against a call just now, or whom to talk with first."""
    said: list[str] = []
    if row.quiet_until is not None:
        said.append(f"Quiet days until {_day(row.quiet_until)}: leave calls to the owner")
    if row.single_contact:
        said.append(f"Go through {row.single_contact}, their single point of contact")
    if row.spoke_lately:
        said.append("Somebody has spoken with them within 14 days")
    if row.next_step_on is not None:
        said.append(f"A next step is planned for {_day(row.next_step_on)}")
    return said


def works(row: CallRow) -> list[str]:
    """The work that could suit somebody, each once; work that the employer has had before is said so."""
    return list(dict.fromkeys(work(person) for person in row.people))


def work(person: ForWhom) -> str:
    """The work that suits somebody: what the employer has had, or what is usual in its trade."""
    return f"{person.work} ({'they have had this work' if person.is_own else 'usual in their trade'})"


def able_to(row: CallRow, whom: Container[int]) -> list[str]:
    """What these people, by id, can do of it, each skill once, in order of its name."""
    return sorted({skill for person in row.people if person.seeker_id in whom for skill in person.skills})


def why(person: ForWhom) -> list[str]:
    """Why somebody stands here: the work, their skills, their wish, the way there, the last word for them."""
    said = [work(person)]
    if person.skills:
        said.append(f"can do: {', '.join(person.skills)}")
    if person.wish:
        said.append(f"wishes: {person.wish}")
    said.append(_way(person))
    if person.was_met is not None:
        said.append(f"spoken with on their behalf on {_day(person.was_met)}")
    return said


def _way(person: ForWhom) -> str:
    if person.minutes is not None:
        return f"about {person.minutes} minutes one way"
    return "journey not known" if person.km is None else f"{person.km:g} km away"


def _pact(pact: Pact) -> str:
    kind = pact.kind.replace("_", " ").capitalize()
    stage = pact.stage.replace("_", " ")
    since = f"{stage} since {_day(pact.since)}"
    return f"{kind} agreement, {since}" + (": worth renewing" if pact.stage in _OVER else "")


def _day(value: date) -> str:
    return f"{value.day} {value:%B %Y}"
