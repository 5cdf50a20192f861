"""Do some of a job's typical tasks find the job again? SOC 2020's unit groups, beside TF-IDF: `make eval`.

Of each unit group a share of its tasks is held out: somebody says that they do these, and all unit groups are
put in order for them by what is left of each. Ours is `matching.sentences`, in the role library (names and
tasks) and as `normalise` reads sentences. Beside it stands word TF-IDF of scikit-learn as it comes, over all
of the tasks, without titles and with them. How much our parts count was set with every other unit group asked
about and other seeds; what is printed is asked of the unit groups in between.
"""

import random
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from crm.services.role_imports import UnitGroup, read_roles
from matching.concept import Concept
from matching.normalise import PhraseIndex
from matching.role_library import RoleLibrary, TypicalRole, UsualTask
from matching.vocabulary import Vocabulary

SOC = Path("../shared/reference/soc2020")
SEEDS = range(20, 25)
SHARES = (0.5, 0.25)
TOP = 10

Order = list[str]


@dataclass(frozen=True, slots=True)
class HeldOut:
    """The unit groups with the tasks left to them, and of each the tasks that were taken out."""

    groups: Sequence[UnitGroup]
    queries: Sequence[list[str]]

    @classmethod
    def of(cls, groups: Sequence[UnitGroup], share: float | None, seed: int) -> "HeldOut":
        """Take out a share of each group's tasks, or one task without a share; one is always left."""
        draw, left, queries = random.Random(seed), list[UnitGroup](), list[list[str]]()
        for group in groups:
            tasks = draw.sample(group.tasks, len(group.tasks))
            count = 1 if share is None else max(1, min(len(tasks) - 1, int(len(tasks) * share + 0.5)))
            queries.append(tasks[:count])
            left.append(replace(group, tasks=tuple(tasks[count:])))
        return cls(left, queries)

    @property
    def codes(self) -> list[str]:
        """The right answers."""
        return [group.code for group in self.groups]


def by_words(held: HeldOut, *, with_titles: bool) -> list[Order]:
    """Word TF-IDF of all tasks of a group, and of its titles: cosine with all of the tasks held out."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectoriser: Any = TfidfVectorizer()
    texts = [" ".join([*group.tasks, *(group.others if with_titles else ())]) for group in held.groups]
    known = vectoriser.fit_transform(texts)
    asked = vectoriser.transform([" ".join(tasks) for tasks in held.queries])
    likeness: NDArray[np.float64] = (asked @ known.T).toarray()
    return [ordered(row, held.codes) for row in likeness]


def ordered(scores: NDArray[np.float64], codes: Sequence[str]) -> Order:
    places: list[int] = np.argsort(-scores, kind="stable")[:TOP].tolist()
    return [codes[place] for place in places]


def by_library(held: HeldOut) -> list[Order]:
    """Ours, as the role library finds roles by what is done in them."""
    library = RoleLibrary(
        TypicalRole(group.code, group.others[0], tuple(map(UsualTask, group.tasks)), group.others[1:])
        for group in held.groups
    )
    return [[role.role_id for role in library.doing(tasks, TOP)] for tasks in held.queries]


def by_normalise(held: HeldOut, *, with_titles: bool) -> list[Order]:
    """Ours, as `normalise` finds concepts for sentences; names are the group's own title, or its code."""
    concepts = [
        Concept(
            group.code,
            group.others[0] if with_titles else group.code,
            alternatives=group.others[1:] if with_titles else (),
            description=". ".join(group.tasks),
        )
        for group in held.groups
    ]
    index = PhraseIndex(Vocabulary.from_concepts(concepts))
    found = index.suggest([". ".join(tasks) for tasks in held.queries], TOP)
    return [[candidate.concept_id for candidate in each.candidates] for each in found]


WAYS = {
    "ours: role library": by_library,
    "ours: normalise": lambda held: by_normalise(held, with_titles=True),
    "ours: normalise, no titles": lambda held: by_normalise(held, with_titles=False),
    "word TF-IDF with titles": lambda held: by_words(held, with_titles=True),
    "word TF-IDF": lambda held: by_words(held, with_titles=False),
}


def places(held: HeldOut, orders: Sequence[Order]) -> Iterator[int]:
    """The place of the right answer to every other question, 0 where it is not among the first."""
    for order, code in list(zip(orders, held.codes, strict=True))[1::2]:
        yield order.index(code) + 1 if code in order else 0


def compare(groups: Sequence[UnitGroup], share: float | None) -> None:
    found: defaultdict[str, list[int]] = defaultdict(list)
    for seed in SEEDS:
        held = HeldOut.of(groups, share, seed)
        for name, way in WAYS.items():
            found[name] += places(held, way(held))
    said = "one task alone" if share is None else f"{share:.0%} of the tasks together"
    print(f"\n{f'{said}, {len(SEEDS)} seeds':<40} NDCG@10  R@1")
    for name, listed in found.items():
        ranks = np.array(listed)
        gain = np.where(ranks > 0, 1 / np.log2(1 + np.maximum(ranks, 1)), 0.0)
        print(f"{name:<40} {gain.mean():.3f}    {np.mean(ranks == 1):.3f}")


def main() -> int:
    if not SOC.is_dir():
        print(f"{SOC} is not here, so nothing is measured.")
        return 0
    (path,) = SOC.glob("*.xlsx")
    groups = read_roles(path.name, path.read_bytes()).groups
    started = time.process_time()
    print(f"{len(groups)} unit groups with {sum(len(group.tasks) for group in groups):,} tasks")
    for share in (*SHARES, None):
        compare(groups, share)
    print(f"{time.process_time() - started:.0f} s of CPU")
    return 0


if __name__ == "__main__":
    sys.exit(main())
