"""Which of the person's support needs does the workplace, or the person's own circle, cover (section 4.3)?"""

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from matching.finding import Finding, Shortfall, listed
from matching.profiles import JobProfile, SeekerProfile
from matching.records import WorkplaceSupport

COVERED = 10
"""Credits are whole tenths, so that sums of them are exact."""

KIND_WORDS = {
    "induction": "an adapted induction",
    "named_buddy": "a named buddy",
    "coworker_on_shift": "a co-worker on the same shift",
    "supervisor_checkin": "regular check-ins with the supervisor",
    "written_or_visual_cue": "written or visual cues",
    "routine": "a steady routine",
    "technology": "technology that helps",
    "social_breaks": "company in the breaks",
    "transport_share": "a shared journey to work",
    "family_or_community": "help from family or community",
}


_SENTENCES = (
    "In place at work: {}.",
    "Covered by family or community: {}; plan for when that person is away.",
    "Could be arranged: {}.",
    "Not available: {}.",
    "Not recorded yet: {}.",
)
_IN_PLACE, _PERSONAL, _POSSIBLE, _MISSING, _UNKNOWN = _SENTENCES


class SupportRow(NamedTuple):
    """One support need beside what covers it; credits in tenths, a range when not known."""

    kind: str
    is_personal: bool
    support: WorkplaceSupport | None
    low: int
    high: int

    @property
    def is_certain(self) -> bool:
        """Whether what is known rests on more than hearsay: confirmed, or the person's circle."""
        return self.is_personal or (self.support is not None and self.support.confirmed)


class SupportCase(NamedTuple):
    """A row, what is known of it for certain in tenths, how it is said, and what is short, if anything."""

    row: SupportRow
    certain: int
    sentence: str
    name: str
    shortfall: Shortfall | None


@dataclass(frozen=True, slots=True)
class SupportsFinding(Finding):
    """What the supports comparison found, need by need; `is_covered` when every need is covered for sure."""

    rows: tuple[SupportRow, ...] = ()
    is_covered: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class SupportsFit:
    """How far the person's support needs are covered: the mean over the needs, never their number.

    Attributes:
        facilitated: Credit in tenths for a support that the workplace does not have yet but could.
    """

    facilitated: int = 6

    def credit(self, state: str) -> tuple[int, int]:
        """Return the least and the most credit in tenths for a support in this state."""
        if state == "could_be_facilitated":
            return self.facilitated, self.facilitated
        return (COVERED if state == "exists" else 0), (0 if state == "not_available" else COVERED)

    def compare(self, seeker: SeekerProfile, job: JobProfile) -> SupportsFinding:
        """Compare every need with the workplace."""
        if seeker.needs is None:
            return _NOT_ASKED
        if not seeker.needs:
            return _NO_NEEDS
        whole = COVERED * len(seeker.needs)
        at_work = job.supports.get
        cases = [_case(self, kind, own, at_work(kind), whole) for kind, own in seeker.needs.items()]
        low = high = certain = 0
        for case in cases:
            low += case.row.low
            high += case.row.high
            certain += case.certain
        return SupportsFinding(
            low=low / whole,
            high=high / whole,
            reasons=_reasons(cases),
            shortfalls=tuple([case.shortfall for case in cases if case.shortfall]),
            certain=certain / whole,
            rows=tuple([case.row for case in cases]),
            is_covered=low == whole,
        )


def _not_asked() -> SupportsFinding:
    reason = "Support needs were not asked about yet."
    ask = Shortfall(reason[:-1], "Ask the person what support helps them", 0.5)
    return SupportsFinding(0.0, 1.0, (reason,), (ask,))


_NOT_ASKED = _not_asked()
_NO_NEEDS = SupportsFinding(
    0.0, 0.0, ("No support needs: left out of the total.",), certain=1.0, is_counted=False, is_covered=True
)


@lru_cache(maxsize=10_000)
def _case(
    fit: SupportsFit, kind: str, is_personal: bool, support: WorkplaceSupport | None, whole: int
) -> SupportCase:
    """Return the same case for the same need and support: there are few kinds of either."""
    low, high = fit.credit("exists" if is_personal else support.state if support else "unknown")
    row = SupportRow(kind, is_personal, support, low, high)
    sentence = _sentence(row)
    return SupportCase(
        row=row,
        certain=COVERED - high + low if row.is_certain else 0,
        sentence=sentence,
        name=_named(row) if sentence is _IN_PLACE else KIND_WORDS[kind],
        shortfall=_shortfall(row, whole) if low < COVERED else None,
    )


def _sentence(row: SupportRow) -> str:
    if row.is_personal:
        return _PERSONAL
    if row.low != row.high:
        return _UNKNOWN
    if row.low == COVERED:
        return _IN_PLACE
    return _POSSIBLE if row.low else _MISSING


def _reasons(cases: list[SupportCase]) -> tuple[str, ...]:
    names: dict[str, list[str]] = {}
    for case in cases:
        names.setdefault(case.sentence, []).append(case.name)
    return tuple([words.format(listed(names[words])) for words in _SENTENCES if words in names])


def _named(row: SupportRow) -> str:
    who = row.support.who if row.support else None
    return f"{KIND_WORDS[row.kind]} ({who})" if who else KIND_WORDS[row.kind]


def _shortfall(row: SupportRow, whole: int) -> Shortfall:
    words, share = KIND_WORDS[row.kind], (2 * COVERED - row.low - row.high) / (2 * whole)
    if row.low != row.high:
        return Shortfall(f"Not recorded: {words}", "Ask the employer about it", share)
    if row.low:
        return Shortfall(
            f"Not in place yet: {words}", "Agree with the employer who does it, and from when", share
        )
    return Shortfall(
        f"Not available: {words}", "Look at technology, Access to Work or coach time instead", share
    )
