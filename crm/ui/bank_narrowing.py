"""How a task bank is narrowed and sorted on screen; the address holds all of it."""

from dataclasses import replace

import streamlit as st

from crm.models.analyses import Backlog, Nature, TaskNeed
from crm.services.task_bank_filters import NOBODY, BankFilter, BankSort, BankTaken
from crm.services.task_bank_list import BankChoices
from crm.ui.bank_totals import ROLES
from crm.ui.lists import ANY, choice_filter, draw_choice, search_box
from crm.ui.words import day, say

_FOLDED = ("post", "nature", "taken", "sort", "old")
_SORTED = {BankSort.POST.value: "Post", BankSort.MOST_HOURS.value: "Most hours first"}


def draw_bank_filter(choices: BankChoices) -> BankFilter:
    """Draw the filters and give what they say."""
    search, who, where = st.columns([2, 1, 1])
    with search:
        words = search_box("Search by task, skill, post or who does it")
    with who:
        role = draw_choice("Done now by", {ANY: ANY, **_roles(choices)}, key="role")
    with where:
        sites = {str(key): label for key, label in choices.sites.items()}
        site = draw_choice("Site", {ANY: ANY, **sites}, key="site")
    need_place, backlog_place = st.columns(2)
    with need_place:
        need = choice_filter("In this job it is", list(TaskNeed), key="movable")
    with backlog_place:
        backlogs = {ANY: ANY, NOBODY: ROLES[NOBODY], **{each.value: say(each) for each in Backlog}}
        backlog = draw_choice("Does it get done?", backlogs, key="backlog")
    narrowed = BankFilter(words, int(site) if site else None, need=need, backlog=backlog, role=role)
    is_open = any(st.query_params.get(name, ANY) not in ("", ANY) for name in _FOLDED)
    with st.expander("More ways to narrow and sort", expanded=is_open):
        return _more(narrowed, choices)


def _roles(choices: BankChoices) -> dict[str, str]:
    return {key: ROLES.get(key, label) for key, label in choices.roles.items()}


def _more(narrowed: BankFilter, choices: BankChoices) -> BankFilter:
    left, right = st.columns(2)
    with left:
        posts = {str(key): f"{title}, {day(seen)}" for key, (title, seen) in choices.posts.items()}
        post = draw_choice("Post", {ANY: ANY, **posts}, key="post")
        nature = choice_filter("What it is like", list(Nature), key="nature")
    with right:
        taken = choice_filter("Carved jobs", list(BankTaken), key="taken")
        sort = draw_choice("Sorted by", _SORTED, key="sort") or BankSort.POST
    is_old = st.checkbox("Only what was analysed more than 12 months ago", key="old", bind="query-params")
    analysis_id = int(post) if post else None
    return replace(narrowed, analysis_id=analysis_id, nature=nature, taken=taken, is_old=is_old, sort=sort)
