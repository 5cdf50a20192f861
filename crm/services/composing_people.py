"""For whom a job is composed by hand: who can be chosen, and the chosen tasks beside what is known of them.

Facts of a person are read only for those who may see them, and what the person says is not right counts as
not known. Nothing restricted is within reach.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

import sqlalchemy as sa
from sqlmodel import Session, col, select

from crm.errors import NotFoundError
from crm.models.analyses import SupportKind, SupportState, WorkplaceSupport
from crm.models.seekers import JobSeeker, VocationalProfile
from crm.models.users import Actor
from crm.policy import Action
from crm.services import carve_people, overlays, records, seekers
from crm.services.access import ensure, hidden_fields, scoped
from crm.services.composing_bank import Offer
from crm.services.matching_inputs import Meanings
from crm.services.overlays import OverlayRow
from crm.services.seeker_inputs import is_live, person
from matching.records import Seeker, Slot

NOT_FOUND = "Not found: choose somebody else"


class Cover(StrEnum):
    """How one support stands at the workplace beside one that the person needs."""

    EXISTS = "exists"
    OWN_CIRCLE = "own_circle"
    COULD_BE_FACILITATED = "could_be_facilitated"
    MISSING = "missing"
    NOT_ASKED = "not_asked"


_COVERS = {
    SupportState.EXISTS: Cover.EXISTS,
    SupportState.COULD_BE_FACILITATED: Cover.COULD_BE_FACILITATED,
    SupportState.NOT_AVAILABLE: Cover.MISSING,
    SupportState.UNKNOWN: Cover.NOT_ASKED,
}


@dataclass(frozen=True, slots=True)
class SupportBeside:
    """One support at one of the posts: whether the person needs it, how it stands, who gives it."""

    kind: SupportKind
    is_needed: bool
    post: str
    cover: Cover
    who: str | None
    is_confirmed: bool


@dataclass(frozen=True, slots=True)
class ForWhom:
    """The person that a job is composed for, as whoever looks may see them; without facts where they may not.

    `record` holds what matching compares. `build_up_plan` is in the person's own words.
    """

    seeker: JobSeeker
    record: Seeker = field(repr=False)
    build_up_plan: str | None
    supports: Mapping[str, str]
    is_hidden: bool

    @property
    def free(self) -> Sequence[Slot]:
        """When they are free, empty where that is not recorded."""
        return self.record.availability


def names(session: Session, words: str, *, also: int | None, by: Actor) -> dict[int, str]:
    """People who look for work whose name holds the words, by id; and whoever is chosen already.

    An address or a draft can name somebody whom there is no record of: the list says so.

    Raises:
        NotAllowedError: the person may not see job seekers.
    """
    found = carve_people.names(session, words, by=by)
    if also is not None and also not in found:
        found = {also: _name(session, also, by)} | found
    return found


def _name(session: Session, seeker_id: int, by: Actor) -> str:
    try:
        return seekers.find(session, seeker_id, by=by).preferred_name
    except NotFoundError:
        return NOT_FOUND


def find(session: Session, seeker_id: int, meanings: Meanings, *, by: Actor) -> ForWhom:
    """Somebody who looks for work, as far as this person may see them.

    Raises:
        NotAllowedError: the person may not see this job seeker.
        NotFoundError: there is none with this id, or they do not look for work now.
    """
    ensure(session, by, Action.SEEKERS_READ)
    row = records.fetch(session, JobSeeker, seeker_id, called="job seeker")
    live = sa.select(col(JobSeeker.id)).where(col(JobSeeker.id) == seeker_id, is_live())
    live = scoped(session, live, JobSeeker, by=by, action=Action.SEEKERS_READ)
    if session.connection().execute(live).first() is None:
        raise NotFoundError("This person does not look for work now, so no job is composed for them.")
    hidden = hidden_fields(session, row, by=by, action=Action.SEEKERS_READ, part=VocationalProfile)
    if not {"abilities", "availability", "hours_goal", "build_up_plan"}.isdisjoint(hidden):
        return ForWhom(row, Seeker(id=str(row.key)), None, {}, is_hidden=True)
    query = select(VocationalProfile).where(VocationalProfile.seeker_id == seeker_id)
    told = session.exec(query).first() or VocationalProfile(seeker_id=seeker_id)
    record = person(session, row, meanings).record
    supports = {key: told.ability_supports[key] for key in record.ability_supports}
    return ForWhom(row, record, told.build_up_plan, supports, is_hidden=False)


def demands(chosen: Sequence[Offer], who: ForWhom | None) -> list[OverlayRow]:
    """What the chosen tasks ask on each scale, the most of any, beside what works for the person.

    A task of which nobody told its own demands asks what its post does.
    """
    asked: dict[str, int] = {}
    for one in chosen:
        for key, step in (one.task.demands or one.analysis.demands).items():
            asked[key] = max(step, asked.get(key, 0))
    if who is None:
        return overlays.overlay(asked, {}, {})
    rows = overlays.overlay(asked, who.record.abilities, who.supports)
    return [row for row in rows if row.key in asked]


def supports(
    session: Session, chosen: Sequence[Offer], who: ForWhom | None, *, by: Actor
) -> list[SupportBeside]:
    """The supports at the posts that the tasks come from: those the person needs first, each post by itself.

    Raises:
        NotAllowedError: the person may not see job analyses.
    """
    ensure(session, by, Action.ANALYSES_READ)
    posts = {one.analysis.key: one.post for one in chosen if one.has_holder}
    rows = session.exec(
        select(WorkplaceSupport)
        .where(col(WorkplaceSupport.analysis_id).in_(posts), col(WorkplaceSupport.archived_at).is_(None))
        .order_by(col(WorkplaceSupport.id))
    )
    there = {(row.kind, row.analysis_id): row for row in rows}
    needs = {need.kind: need.personal_cover for need in (who.record.support_needs or ())} if who else {}
    return [
        _beside(kind, needs.get(kind), title, there.get((kind, post)))
        for kind in sorted(SupportKind, key=lambda kind: kind not in needs)
        for post, title in posts.items()
        if kind in needs or (kind, post) in there
    ]


def _beside(
    kind: SupportKind, is_covered: bool | None, post: str, row: WorkplaceSupport | None
) -> SupportBeside:
    cover = Cover.NOT_ASKED if row is None else _COVERS[row.state]
    if is_covered and cover is not Cover.EXISTS:
        cover = Cover.OWN_CIRCLE
    who, is_confirmed = (row.who, row.is_confirmed) if row else (None, False)
    return SupportBeside(kind, is_covered is not None, post, cover, who, is_confirmed)
