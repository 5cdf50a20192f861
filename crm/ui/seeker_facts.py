"""What is recorded of a person, as rows for tables and summaries."""

from crm.models.scales import SCALES, Side, step_words
from crm.models.seekers import AccessibleFormat, NeedsAsked, SupportNeed, VocationalProfile
from crm.services.matches import Decided
from crm.services.profile_skills import SkillMeaning
from crm.ui.tables import Cell, link
from crm.ui.vacancy_facts import pattern_words
from crm.ui.words import NOT_RECORDED, count, day, hours_range, say

SKILL_COLUMNS = ["Skill", "Means", "Level 0-4", "How we know", "With support"]
NEED_COLUMNS = ["Support at work", "Covered by family or community", "Who"]
DECISION_COLUMNS = ["Vacancy", "Decision", "On", "By", "Their own view", "Why", "Next"]


def skill_cells(row: SkillMeaning, may_record: bool) -> tuple[Cell, ...]:
    """One skill as a row; its name leads to its form for those who may change it."""
    one = row.skill
    return (
        link(one.name, "skill-edit", id=one.key) if may_record else one.name,
        row.meaning,
        NOT_RECORDED if one.level is None else str(one.level),
        say(one.evidence),
        one.with_support or "",
    )


def need_cells(need: SupportNeed, may_record: bool) -> tuple[Cell, ...]:
    """One support need as a row."""
    kind = say(need.kind)
    return (
        link(kind, "need-edit", id=need.key) if may_record else kind,
        say(need.personal_cover),
        need.who or "",
    )


def no_needs_words(profile: VocationalProfile | None) -> str:
    """What an empty list of support needs means: none, or not asked."""
    if profile is not None and profile.needs_asked is NeedsAsked.NONE:
        return "They were asked, and need none."
    return "They have not been asked yet: until then support counts as not known."


def decision_cells(decided: Decided) -> tuple[Cell, ...]:
    """One decision about a person and a vacancy as a row that leads to the comparison."""
    row = decided.decision
    return (
        link(decided.title, "compare", vacancy=row.vacancy_id, seeker=row.seeker_id),
        say(row.decision),
        day(row.decided_on),
        decided.by,
        say(row.seeker_view),
        row.reason or "",
        next_words(decided),
    )


def next_words(decided: Decided) -> str:
    """The measure, who sees to it, and until when."""
    row = decided.decision
    until = f"until {day(row.due_on)}" if row.due_on else ""
    return ", ".join(part for part in (row.measure, decided.owner, until) if part)


def wish_rows(profile: VocationalProfile) -> list[tuple[str, str]]:
    """What matching compares, beside skills and support needs."""
    travel = f", at most {count(profile.travel_minutes, 'minute')}" if profile.travel_minutes else ""
    return [
        ("Hours a week now", hours_range(profile.hours_now_min, profile.hours_now_max)),
        ("Hours goal", hours_range(profile.hours_goal, profile.hours_goal)),
        ("What they want of hours", say(profile.hours_intent)),
        ("Free", pattern_words(profile.availability)),
        ("Travel", say(profile.travel_mode) + travel),
        ("Interests", profile.interests or NOT_RECORDED),
        ("A job must have", profile.must or NOT_RECORDED),
        ("A job should not have", profile.avoid or NOT_RECORDED),
    ]


def own_words_rows(profile: VocationalProfile) -> list[tuple[str, str]]:
    """What the person says of themselves; lines that nobody has filled in are left out."""
    rows = [
        ("What they want to do", profile.aspirations),
        ("Their dream job", profile.dream),
        ("Strengths", profile.strengths),
        ("What has to be right", profile.conditions_for_success),
        ("Jobs they would like", profile.preferred_jobs),
        ("Jobs they would not do", profile.no_go_jobs),
        ("How hours are built up", profile.build_up_plan),
        ("Travel training", profile.travel_training),
        ("Who helps already", profile.who_helps),
        ("Adjustments passport", profile.adjustments),
        ("How they communicate", profile.communication),
        ("How they like things written", _format_words(profile)),
        ("How they describe themselves", profile.own_description),
        ("Words not to use", profile.words_not_to_use),
        ("What employers are told, and not", profile.disclosure_wishes),
        ("What family and carers say", _family_words(profile)),
        ("Agreed with the person on", day(profile.agreed_on) if profile.agreed_on else None),
    ]
    return [(label, value) for label, value in rows if value]


def _format_words(profile: VocationalProfile) -> str | None:
    chosen = profile.accessible_format
    return None if chosen is AccessibleFormat.UNKNOWN else say(chosen)


def _family_words(profile: VocationalProfile) -> str | None:
    if profile.family_views is None or profile.family_views_of is None:
        return profile.family_views
    return f"{profile.family_views_of}: {profile.family_views}"


def ability_rows(profile: VocationalProfile) -> list[tuple[str, str]]:
    """The recorded scales of what works for the person, with what support."""
    return [
        (label, _works(key, profile))
        for key, label in SCALES.items()
        if key in profile.abilities or key in profile.ability_supports
    ]


def _works(key: str, profile: VocationalProfile) -> str:
    step, support = profile.abilities.get(key), profile.ability_supports.get(key)
    works = "Not asked yet" if step is None else step_words(Side.PERSON, key)[step]
    return f"{works} With: {support}" if support else works
