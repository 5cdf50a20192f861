"""What would close an essential criterion that is not met: found out, taught, adjusted, moved or obtained."""

from collections.abc import Iterator

from matching.change import Blocker, Change, ChangeKind, Effort, Limits, Way
from matching.change_ways import blocker
from matching.profiles import AskedSkill, JobProfile, SeekerProfile
from matching.skill_cases import CHECK, MET, SkillRow, special_measure
from matching.skills import SkillsFit

NOTHING_ASKED = "Nothing is recorded of what the job asks. Ask the employer what it really needs."


def skill_blockers(seeker: SeekerProfile, job: JobProfile, limits: Limits) -> list[Blocker]:
    """Return the essential criteria that are not known to be met, in order of concept."""
    if not job.asked:
        return [Blocker("criteria", (), (), NOTHING_ASKED)]
    rows = SkillsFit().compare(seeker, job).rows()
    return [_blocker(row, limits) for row in rows if row.asked.is_essential and row.low < MET]


def _blocker(row: SkillRow, limits: Limits) -> Blocker:
    held = row.held.lowest if row.held else 0

    def closes(way: Way) -> bool:
        return _is_met(row.asked, held, way)

    return blocker(_about(row.asked), list(_changes(row)), closes, limits)


def _is_met(asked: AskedSkill, held: int, way: Way) -> bool:
    kinds = {one.kind for one in way}
    level = max([held, *(one.level for one in way)])
    is_adjustable = asked.is_adjustable or ChangeKind.ADJUST in kinds
    return ChangeKind.MOVE in kinds or level >= asked.level or (is_adjustable and level >= 1)


def _about(asked: AskedSkill) -> str:
    return f"skill:{asked.concept}"


def _changes(row: SkillRow) -> Iterator[Change]:
    asked, special = row.asked, special_measure(row.asked.name)
    about, name = _about(asked), asked.name
    enough = 1 if asked.is_adjustable else asked.level
    if row.low != row.high:
        yield Change(ChangeKind.FIND_SKILL, about, Effort.FIND_OUT, name, level=enough)
    if row.low:
        yield Change(ChangeKind.TEACH, about, Effort.OWN_SUPPORT, name, level=enough)
    elif special is not None:
        effort = Effort.OWN_SUPPORT if special == CHECK else Effort.COURSE
        yield Change(ChangeKind.OBTAIN, about, effort, name, level=enough)
    if special != CHECK:
        yield from _by_employer(row)


def _by_employer(row: SkillRow) -> Iterator[Change]:
    asked = row.asked
    about, name = _about(asked), asked.name
    if not asked.is_adjustable:
        yield Change(ChangeKind.ADJUST, about, Effort.EMPLOYER_ADJUSTS, name)
        if not row.low:
            # Nothing to build on: only once the employer adjusts it can it be taught on the job.
            follows = ChangeKind.ADJUST
            yield Change(ChangeKind.TEACH, about, Effort.OWN_SUPPORT, name, level=1, follows=follows)
    effort = Effort.EMPLOYER_CHANGES if asked.could_move else Effort.EMPLOYER_NOT_ASKED
    yield Change(ChangeKind.MOVE, about, effort, name)
