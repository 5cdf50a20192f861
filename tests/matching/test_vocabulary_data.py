"""Our own data/skills.csv and data/roles.csv, checked for what the engine and the screens rely on."""

import csv
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from matching.folding import fold
from matching.role_library import RoleLibrary, read_typical_roles
from matching.telling import LEAST_WEIGHT, telling_weights
from matching.vocabulary import Vocabulary

SKILLS, ROLES = Path("data/skills.csv"), Path("data/roles.csv")


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return Vocabulary.from_csv(SKILLS)


@pytest.fixture(scope="module")
def library() -> RoleLibrary:
    return RoleLibrary.from_csv(Path("data"))


@pytest.fixture(scope="module")
def tasks() -> list[dict[str, str]]:
    with ROLES.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def skills_of(vocabulary: Vocabulary) -> list[str]:
    return [concept_id for concept_id in vocabulary if not vocabulary.children(concept_id)]


def test_there_are_at_least_650_skills(vocabulary: Vocabulary):
    assert len(skills_of(vocabulary)) >= 650


def test_every_skill_has_two_to_six_other_words_a_description_and_a_family_in_an_area(vocabulary: Vocabulary):
    for concept_id in skills_of(vocabulary):
        concept = vocabulary[concept_id]
        assert 2 <= len(concept.alternatives) <= 6, concept_id
        assert concept.description.endswith("."), concept_id
        assert concept.broader_id is not None, concept_id
        assert vocabulary[concept.broader_id].broader_id == concept_id.split(".")[0]


def test_no_words_stand_for_two_concepts(vocabulary: Vocabulary):
    owners: defaultdict[str, set[str]] = defaultdict(set)
    for concept in vocabulary.values():
        for label in concept.labels:
            owners[fold(label)].add(concept.concept_id)
    assert {label: ids for label, ids in owners.items() if len(ids) > 1} == {}


def test_families_are_small_enough_to_mean_closely_related(vocabulary: Vocabulary):
    families = [vocabulary[each].broader_id or "" for each in skills_of(vocabulary)]
    assert max(Counter(families).values()) <= 12


def test_the_weights_in_the_file_follow_from_the_roles(vocabulary: Vocabulary, tasks: list[dict[str, str]]):
    uses = {(skill, task["role_id"]) for task in tasks for skill in task["skill_ids"].split("|")}
    used_by = Counter(skill for skill, _ in uses)
    families = {concept.concept_id: concept.broader_id for concept in vocabulary.values()}
    roles = len({task["role_id"] for task in tasks})
    assert telling_weights(used_by, roles, families) == {
        each.concept_id: each.weight for each in vocabulary.values()
    }


def test_at_least_60_roles_use_known_skills_only(vocabulary: Vocabulary, tasks: list[dict[str, str]]):
    assert len({task["role_id"] for task in tasks}) >= 60
    assert all(skill in vocabulary for task in tasks for skill in task["skill_ids"].split("|"))


def test_every_role_is_a_possible_week(tasks: list[dict[str, str]]):
    hours: defaultdict[str, float] = defaultdict(float)
    for task in tasks:
        assert task["could_move"] in ("yes", "no")
        hours[task["role_id"]] += int(task["minutes"]) * int(task["times_week"]) / 60
    assert all(2 <= week <= 40 for week in hours.values())


def test_a_concept_that_few_roles_use_weighs_more_than_a_common_one():
    weights = telling_weights({"rare": 1, "common": 50}, 100, {"rare": None, "common": None})
    assert weights["rare"] > weights["common"]
    assert (weights["rare"] + weights["common"]) / 2 == pytest.approx(1.0, abs=1e-4)


def test_a_concept_that_no_role_uses_takes_the_mean_of_its_family():
    families = {"a": "f", "b": "f", "c": "f", "f": None, "alone": None}
    weights = telling_weights({"a": 1, "b": 30}, 100, families)
    assert weights["c"] == pytest.approx((weights["a"] + weights["b"]) / 2, abs=1e-4)
    assert weights["f"] == weights["c"]
    assert weights["alone"] == 1.0


def test_a_concept_that_every_role_uses_still_weighs_something():
    weights = telling_weights({"all": 100, "one": 1}, 100, {"all": None, "one": None})
    assert weights["all"] == LEAST_WEIGHT


def test_smoothing_draws_rare_and_common_together():
    families: dict[str, str | None] = {"rare": None, "common": None}
    smooth, sharp = (telling_weights({"rare": 1, "common": 50}, 100, families, smoothing=s) for s in (1, 0))
    assert sharp["rare"] > smooth["rare"]


def test_without_any_use_everything_weighs_one():
    assert telling_weights({}, 0, {"a": "f", "f": None}) == {"a": 1.0, "f": 1.0}


def test_every_role_has_other_names_and_no_name_stands_for_two_roles(tasks: list[dict[str, str]]):
    roles = read_typical_roles(Path("data"))
    assert len(roles) >= 60
    assert {role.role_id for role in roles if not role.others} == set()
    owners: defaultdict[str, set[str]] = defaultdict(set)
    for role in roles:
        for name in (role.name, *role.others):
            owners[fold(name)].add(role.role_id)
    assert {name: ids for name, ids in owners.items() if len(ids) > 1} == {}


@pytest.mark.parametrize(
    ("typed", "role_id"),
    [
        ("shelf staker", "shelf-filler"),
        ("kitchn porter", "kitchen-porter"),
        ("KP", "kitchen-porter"),
        ("dinner lady", "midday-supervisor"),
        ("recepshunist", "receptionist"),
        ("warehous", "warehouse-order-picker"),
        ("Cleaner", "office-cleaner"),
    ],
)
def test_a_role_is_found_by_what_people_call_it_and_however_they_spell_it(
    library: RoleLibrary, typed: str, role_id: str
):
    assert library.search(typed)[0].role_id == role_id


def test_words_that_mean_no_role_find_none(library: RoleLibrary):
    assert library.search("  ") == []
    assert library.search("zeppelin") == []


def test_the_library_counts_the_roles_that_it_gives(library: RoleLibrary):
    assert len(library) == len(list(library)) > 50
