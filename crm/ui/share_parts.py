"""Who gets shortlisted: shares by support needs, waiting time and coach, with a plain warning above them."""

from collections.abc import Mapping

import streamlit as st

from crm.services.crowding import APART, FEWEST, Crowding
from crm.services.shortlist_cells import Share
from crm.services.shortlist_groups import LEAST_NEEDS, MOST_NEEDS
from crm.services.shortlist_shares import Shares
from crm.services.small_cells import LEAST
from crm.ui.charts import bar_chart, show_chart
from crm.ui.overview_honour import percent
from crm.ui.overview_places import NOT_SHOWN
from crm.ui.tables import Cell, said
from crm.ui.words import count, day

NOBODY_TO_SHOW = (
    f"Nothing can be shown for this period: only 1 to {LEAST - 1} people were shortlisted, or only 1 to "
    f"{LEAST - 1} were not, and the figures would point at them. Choose a longer period."
)
_COLUMNS = ("People", "Shortlisted", "Share")
MADE_OF = (
    "Support needs are the kinds of support at work that are recorded for a person: none, some, or not "
    "asked. They stand for the hours of support in a plan, which the service does not record yet."
)
RULE = (
    f"The warning is given if all of this holds: at least {FEWEST} people are in each of the two groups; the "
    "share of those with the most support needs is below four fifths of the share of those with the least "
    "(the four-fifths rule: Uniform Guidelines on Employee Selection Procedures, 29 CFR 1607.4 D, of the "
    f"United States; British law names no figure); and the shares lie more than {APART} standard errors "
    "apart, which chance alone brings about less than once in 20 times. It says where to look, and proves "
    "nothing."
)


def draw_shares(found: Shares) -> None:
    """The whole, the warning, and each way of grouping; nothing of what may not be shown."""
    said(f"From {day(found.first)} to {day(found.last)}.")
    if found.whole is None:
        st.info(NOBODY_TO_SHOW)
        return
    whole = found.whole
    people = count(whole.people, "person", "people")
    said(f"{people} looked for work; {whole.shortlisted:,} of them were shortlisted: {percent(whole.part)}.")
    _draw_crowding(found)
    if found.needs is None:
        st.header("By support needs", anchor=False)
        st.info(
            f"These groups cannot be shown: however they are put together, one has fewer than {LEAST} people."
        )
    else:
        _draw_groups("By support needs", found.needs, whole, "needs")
    st.caption(MADE_OF)
    _draw_groups("By waiting time", found.waits, whole, "waits")
    st.caption("From the referral to the last day of the period, or to today.")
    _draw_groups("By coach", found.coaches, whole, "coaches")
    st.caption("The coach whom people have now.")


def _draw_crowding(found: Shares) -> None:
    if found.crowding is Crowding.CROWDED_OUT:
        st.warning(crowded_words(found))
    elif found.crowding is Crowding.NO_SIGN:
        said("No sign that the easiest to place crowd out the rest.")
    else:
        said(
            "Whether the easiest to place crowd out the rest cannot be told: too few people in one of the "
            "two groups, or they may not be shown."
        )
    with st.expander("When it warns"):
        said(RULE)


def crowded_words(found: Shares) -> str:
    """The warning, with the two groups that it is about."""
    told = found.needs or {}
    least, most = (
        next((f"{percent(share.part)} of “{label}”" for label in labels if (share := told.get(label))), "")
        for labels in (LEAST_NEEDS, MOST_NEEDS)
    )
    return (
        f"The easiest to place crowd out the rest: {most} were shortlisted, and {least}. Start with those "
        "who are longest without a shortlist, and with what would have to be true for them."
    )


def _draw_groups(title: str, groups: Mapping[str, Share | None], whole: Share, key: str) -> None:
    st.header(title, anchor=False)
    drawn = {name: share.part for name, share in groups.items() if share and share.part is not None}
    chart = bar_chart(
        [*drawn, "Everybody"],
        [100 * part for part in (*drawn.values(), whole.part or 0)],
        [percent(part) for part in (*drawn.values(), whole.part)],
    )
    each = "; ".join(f"{name} {percent(part)}" for name, part in drawn.items()) or "no group can be shown"
    show_chart(
        chart,
        alt=f"Share shortlisted, {title.lower()}: {each}; everybody {percent(whole.part)}.",
        columns=["Group", *_COLUMNS],
        rows=[(name, *_cells(share)) for name, share in {**groups, "Everybody": whole}.items()],
        key=key,
        numbers=",".join(_COLUMNS),
        is_open=True,
    )
    if None in groups.values():
        st.caption(
            f"Not shown: groups in which 1 to {LEAST - 1} people were shortlisted, or 1 to {LEAST - 1} "
            "were not, and others without which these could be worked out."
        )


def _cells(share: Share | None) -> tuple[Cell, ...]:
    if share is None:
        return (NOT_SHOWN,) * 3
    return share.people, share.shortlisted, "Nobody" if share.part is None else percent(share.part)
