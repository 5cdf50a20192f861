"""People and their shortlists are told in cells that point at nobody, and what is not told stays unknown."""

from collections.abc import Iterator, Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from crm.services.shortlist_cells import Share, first_clean, left_standing, together
from crm.services.shortlist_groups import LEAST_NEEDS, MOST_NEEDS, NEED_WAYS, NeedGroup
from crm.services.small_cells import LEAST

SHARES = st.builds(
    lambda chosen, others: Share(chosen + others, chosen), st.integers(0, 14), st.integers(0, 14)
)
NEEDS = st.fixed_dictionaries(dict.fromkeys(NeedGroup, SHARES))
COACHES = st.dictionaries(st.sampled_from(["Ada", "Ben", "Cleo", "Dai"]), SHARES, min_size=1)


def small(number: int) -> bool:
    return 0 < number < LEAST


def sums(total: int, parts: int) -> Iterator[tuple[int, ...]]:
    """Every way in which so many parts add up to the total."""
    if parts == 1:
        yield (total,)
        return
    for first in range(total + 1):
        yield from ((first, *rest) for rest in sums(total - first, parts - 1))


def with_shortlisted(shares: dict[str, Share], chosen: Sequence[int]) -> dict[str, Share]:
    """The same groups with the same others, and so many people shortlisted in each."""
    return {
        name: Share(number + share.others, number)
        for (name, share), number in zip(shares.items(), chosen, strict=True)
    }


@given(NEEDS)
def test_no_way_of_putting_groups_together_is_shown_with_a_small_cell(needs: dict[NeedGroup, Share]):
    shown = first_clean(needs, NEED_WAYS)
    if shown is not None:
        assert not any(small(share.shortlisted) or small(share.others) for share in shown.values())
        assert together(shown.values()) == together(needs.values())


def test_where_no_cell_is_small_every_group_stands_by_itself():
    needs = dict.fromkeys(NeedGroup, Share(20, 10))
    assert len(first_clean(needs, NEED_WAYS) or {}) == len(NeedGroup)


def test_a_group_with_hardly_any_shortlists_is_told_together_with_its_neighbour():
    needs = {
        NeedGroup.NONE: Share(40, 30),
        NeedGroup.FEW: Share(40, 20),
        NeedGroup.MANY: Share(40, 2),
        NeedGroup.NOT_ASKED: Share(20, 5),
    }
    shown = first_clean(needs, NEED_WAYS)
    assert shown is not None
    assert shown["1 kind of support or more"] == Share(80, 22)


def test_a_group_of_whom_nobody_was_shortlisted_is_told():
    needs = dict.fromkeys(NeedGroup, Share(20, 10)) | {NeedGroup.MANY: Share(20, 0)}
    assert (first_clean(needs, NEED_WAYS) or {})["3 kinds of support or more"] == Share(20, 0)


def test_every_way_names_every_group_once_and_has_a_least_and_a_most():
    for way in NEED_WAYS:
        assert sorted(group for groups in way.values() for group in groups) == sorted(NeedGroup)
        assert len(way.keys() & set(LEAST_NEEDS)) == len(way.keys() & set(MOST_NEEDS)) == 1


@settings(max_examples=40, deadline=None)
@given(NEEDS)
def test_no_small_count_of_a_need_group_can_be_worked_out_by_who_knows_the_rule(
    needs: dict[NeedGroup, Share],
):
    shown = first_clean(needs, NEED_WAYS)
    if shown is None:
        return
    way = next(way for way in NEED_WAYS if way.keys() == shown.keys())
    for members in way.values():
        whole = together(needs[group] for group in members)
        worlds = [
            chosen
            for chosen in sums(whole.shortlisted, len(members))
            if first_clean(
                needs
                | {
                    group: Share(number + needs[group].others, number)
                    for group, number in zip(members, chosen, strict=True)
                },
                NEED_WAYS,
            )
            == shown
        ]
        for nth, group in enumerate(members):
            if small(needs[group].shortlisted):
                assert len({chosen[nth] for chosen in worlds}) > 1


@given(COACHES)
def test_a_group_is_left_standing_as_it_is_and_with_no_small_cell(coaches: dict[str, Share]):
    for name, share in left_standing(coaches).items():
        if share is not None:
            assert share == coaches[name]
            assert share.may_be_shown


@settings(max_examples=40, deadline=None)
@given(COACHES)
def test_no_small_count_of_a_coach_can_be_worked_out_by_who_knows_the_rule_and_the_whole(
    coaches: dict[str, Share],
):
    shown = left_standing(coaches)
    total = together(coaches.values())
    if not total.may_be_shown:
        return
    worlds = [
        chosen
        for chosen in sums(total.shortlisted, len(coaches))
        if all(
            shown[name] is None or shown[name] == share
            for name, share in with_shortlisted(coaches, chosen).items()
        )
        and left_standing(with_shortlisted(coaches, chosen)) == shown
    ]
    for nth, share in enumerate(coaches.values()):
        if small(share.shortlisted):
            assert len({chosen[nth] for chosen in worlds}) > 1
