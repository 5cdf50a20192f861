"""What a job composed by hand comes to, in words: hours, mix, posts, demands and supports."""

from collections.abc import Sequence

from crm.models.scales import SCALES
from crm.services.composing import COACH_SHARE, Composed, PostLeft
from crm.services.composing_people import Cover, ForWhom, SupportBeside
from crm.services.overlays import OverlayRow, Stand
from crm.ui.carve_words import week_hours
from crm.ui.tables import Cell
from crm.ui.words import NOT_RECORDED, count, hours, hours_range, say

POSTS = ["Post", "Hours now", "Would go", "Would stay", "Share that stays", "Is it still a job?"]
POST_NUMBERS = "Hours now,Would go,Would stay,Share that stays"
DEMANDS = ["Scale", "How it stands", "The tasks ask", "Works for them", "What would help"]
SUPPORTS = ["Support", "They need it", "How it stands", "Who", "Confirmed", "Where"]

_COVERS = {
    Cover.EXISTS: "Exists",
    Cover.OWN_CIRCLE: "Covered by their own circle",
    Cover.COULD_BE_FACILITATED: "Could be facilitated",
    Cover.MISSING: "Missing",
    Cover.NOT_ASKED: "Not asked",
}


def meter_words(composed: Composed) -> str:
    """How the hours stand against the goal: 8 hours of 16, 8 hours short of the goal."""
    measured = composed.measured
    if measured.short > 0:
        return f"{hours(measured.hours)} of {measured.goal:.4g}: {hours(measured.short)} short of the goal"
    if measured.hours > measured.goal:
        over = measured.hours - measured.goal
        return f"{hours(measured.hours)} of {measured.goal:.4g}: the goal and {hours(over)} more"
    return f"{hours(measured.hours)} of {measured.goal:.4g}: the goal is reached"


def live_words(composed: Composed) -> str:
    """What is said aloud after each step."""
    chosen, broken = len(composed.chosen), len(composed.broken)
    told = f"{count(chosen, 'task')} chosen, {meter_words(composed)}."
    if broken:
        return f"{told} {count(broken, 'guard rail')} broken."
    return f"{told} Every guard rail is kept." if chosen else told


def build_up_words(who: ForWhom) -> str:
    """The hours that suit them now, the goal, and how they build up to it."""
    if who.is_hidden:
        return "Their hours are not shown to you: 16 counts as the goal."
    wish = who.record.hours
    now = hours_range(wish.now_min, wish.now_max)
    told = [f"Hours now: {now if now == NOT_RECORDED else f'{now} a week'}"]
    told.append("their goal is not recorded" if wish.goal is None else f"{wish.goal:.4g} is their goal")
    if wish.intent:
        told.append(say(wish.intent).lower())
    plan = f" Build-up plan: {who.build_up_plan}" if who.build_up_plan else ""
    return f"{', '.join(told)}.{plan}"


def mix_words(composed: Composed) -> str:
    """How the hours divide by what the tasks are like."""
    shares = composed.measured.shares
    told = [f"{say(nature or 'unknown').lower()} {share:.0%}" for nature, share in shares.items()]
    if danger := composed.measured.dangerous_share:
        told.append(f"of all of it dangerous {danger:.0%}")
    beside = hours(composed.measured.sums.contact)
    return f"What it is like: {', '.join(told)}. {beside} a week beside colleagues."


def post_rows(posts: Sequence[PostLeft]) -> list[tuple[Cell, ...]]:
    """What is left of each post, and whether that is still a job."""
    return [
        (
            post.title,
            week_hours(post.hours - post.given),
            week_hours(post.taken),
            week_hours(post.left),
            f"{post.share:.0%}",
            f"Less than {post.keep:.0%} is left" if post.too_many else "Still a job",
        )
        for post in posts
    ]


def given_words(post: PostLeft) -> str:
    """What a post gave before, which counts for the share that it keeps."""
    return (
        f"{post.title} had {hours(post.hours)}. {hours(post.given)} went to other carved jobs before: "
        "they count for the share that stays."
    )


def demand_rows(rows: Sequence[OverlayRow], *, is_for_somebody: bool) -> list[tuple[Cell, ...]]:
    """What the tasks ask on each scale beside what works for the person, and what would help."""
    return [
        (
            SCALES[row.key],
            stand_words(row) if is_for_somebody else "Nobody is named yet",
            str(row.asked),
            "not known" if row.works is None else str(row.works),
            row.measure,
        )
        for row in rows
    ]


def stand_words(row: OverlayRow) -> str:
    """How one scale stands for the person."""
    if row.stand is Stand.WORKS:
        return "In reach"
    if row.stand is Stand.PERSON_NOT_ASKED:
        return f"{NOT_RECORDED}: ask the person"
    return "With the support named" if row.support else "Out of reach without a measure"


def support_rows(rows: Sequence[SupportBeside], *, is_for_somebody: bool) -> list[tuple[Cell, ...]]:
    """The supports where the tasks come from, those that the person needs first."""
    return [
        (
            say(row.kind),
            ("Yes" if row.is_needed else "No") if is_for_somebody else "Nobody is named yet",
            _COVERS[row.cover],
            row.who or "",
            "Yes" if row.is_confirmed else "No",
            row.post,
        )
        for row in rows
    ]


def needs_words(who: ForWhom | None) -> str:
    """What is known of the support that the person needs at work, in a sentence; nothing without a person."""
    if who is None:
        return ""
    if who.is_hidden:
        return "What support they need is not shown to you."
    needs = who.record.support_needs
    if needs is None:
        return "What support they need at work is not recorded: ask the person."
    return "" if needs else "They need no support at work, as they said."


def coach_words(support_hours: float) -> str:
    """The coach hours to begin with, and the assumption that they rest on."""
    if not support_hours:
        return "Coach time to begin with: none of these tasks is recorded as taking support."
    return (
        f"Coach time to begin with: about {hours(support_hours)} a week. It is an estimate: "
        f"{COACH_SHARE:.0%} of the hours of tasks that take support to begin with, our own assumption."
    )
