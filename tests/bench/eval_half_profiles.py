"""Does half of a job's skills find the job again? ESCO's occupations, beside other formulas; for `make eval`.

Somebody brings half of an occupation's essential skills, at most 12, and 3 skills of others drawn by chance.
Each skill of the half is left out of what their own job asks with a chance of one half. All occupations are
put in order for them: by our engine (score and up to 20 points for using their strengths) and by formulas.

python -m tests.bench.eval_half_profiles            several seeds, told as means
python -m tests.bench.eval_half_profiles --write    data/esco_weights.csv.gz anew from the reference files
"""

import csv
import gzip
import io
import random
import sys
import time
import zipfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from matching.concepts import Concepts
from matching.esco import OCCUPATIONS, read_esco
from matching.esco_weights import BEFORE_ID, WEIGHTS
from matching.index import JobIndex
from matching.ranking import Ranking
from matching.records import Criterion, Job, Seeker, SeekerSkill
from matching.vocabulary import Vocabulary

ESCO = Path("../shared/reference/esco")
SEEDS = range(4)
ASKED = 1_000
"""Occupations asked about by each seed, drawn from all."""
MOST, NOISE, FORGOTTEN = 12, 3, 0.5

Figures = NDArray[np.float64]
Essentials = Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Half:
    """One question: whose job it is, what the person brings, and what the job is left to ask."""

    job: str
    held: tuple[str, ...]
    asked: frozenset[str]


def essentials() -> Essentials:
    """The essential skills of each occupation."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for path in sorted(ESCO.glob("*.zip")):
        with zipfile.ZipFile(path) as archive:
            if OCCUPATIONS in archive.namelist():
                with archive.open(OCCUPATIONS) as raw:
                    for row in csv.DictReader(io.TextIOWrapper(raw, encoding="utf-8-sig", newline="")):
                        if row["relationType"] == "essential":
                            found[row["occupationUri"]].add(row["skillUri"])
    return {job: frozenset(found[job]) for job in sorted(found)}


def halves(jobs: Essentials, seed: int) -> Iterator[Half]:
    """The questions of one seed."""
    draw, every = random.Random(seed), sorted(frozenset[str]().union(*jobs.values()))
    for job in draw.sample([job for job, skills in jobs.items() if len(skills) > 1], ASKED):
        own = draw.sample(sorted(jobs[job]), min(MOST, len(jobs[job]) // 2))
        gone = {skill for skill in own if draw.random() < FORGOTTEN}
        noise = draw.sample([skill for skill in every if skill not in jobs[job]], NOISE)
        yield Half(job, (*own, *noise), jobs[job] - gone)


class Formulas:
    """The formulas that ours is held against, over the same jobs."""

    def __init__(self, jobs: Essentials) -> None:
        self._row = {job: row for row, job in enumerate(jobs)}
        skills = sorted(frozenset[str]().union(*jobs.values()))
        self._column = {skill: column for column, skill in enumerate(skills)}
        columns = [self._column[skill] for wanted in jobs.values() for skill in sorted(wanted)]
        starts = np.cumsum([0, *map(len, jobs.values())])
        shape = len(jobs), len(skills)
        self._asks: Any = sparse.csr_array((np.ones(len(columns)), columns, starts), shape=shape)
        self._idf: Figures = np.log((1 + len(jobs)) / (1 + self._asks.sum(axis=0)))

    def scores(self, half: Half) -> dict[str, Figures]:
        """Each formula's score of every job for one question."""
        one, idf = np.ones_like(self._idf), self._idf
        plain, weighed, squared = (self._sums(half, weights) for weights in (one, idf, idf**2))
        return {
            "cosine TF-IDF": squared[0] / np.sqrt(squared[1]),
            "IDF² coverage": squared[0] / squared[1],
            "IDF coverage": weighed[0] / weighed[1],
            "coverage": plain[0] / plain[1],
            "cosine": plain[0] / np.sqrt(plain[1]),
            "Jaccard": plain[0] / (plain[1] + plain[2] - plain[0]),
            "IDF Jaccard": weighed[0] / (weighed[1] + weighed[2] - weighed[0]),
            "IDF² Jaccard": squared[0] / (squared[1] + squared[2] - squared[0]),
        }

    def _sums(self, half: Half, weights: Figures) -> tuple[Figures, Figures, float]:
        """The weight shared with every job, of all it asks, and of all that the person brings."""
        held = np.zeros_like(weights)
        held[self._places(half.held)] = 1.0
        shared: Figures = self._asks @ (held * weights)
        whole: Figures = self._asks @ weights
        own, left = self._row[half.job], self._places(half.asked)
        shared[own], whole[own] = (held * weights)[left].sum(), weights[left].sum()
        return shared, np.maximum(whole, 1e-9), float((held * weights).sum())

    def _places(self, skills: Sequence[str] | frozenset[str]) -> list[int]:
        return [self._column[skill] for skill in sorted(skills)]


def place(scores: Figures, own: int) -> int:
    """The place of the right job, 1 the first; equal ones in the order of their ids, as in the engine."""
    rounded = np.round(scores, 9)
    return 1 + int((rounded > rounded[own]).sum() + (rounded[:own] == rounded[own]).sum())


def place_in(ranking: Ranking, job: str) -> int:
    own = ranking.ids.index(job)
    keys, places = ranking.keys, ranking.id_places
    is_equal_before = (keys == keys[own]) & (places < places[own])
    return 1 + int((keys < keys[own]).sum() + is_equal_before.sum())


def job_of(job_id: str, skills: frozenset[str]) -> Job:
    criteria = tuple(Criterion(text=skill, essential=True) for skill in sorted(skills))
    return Job(id=job_id, title=job_id, criteria=criteria)


def asked(jobs: Essentials, index: JobIndex, formulas: Formulas, seed: int) -> dict[str, list[int]]:
    """The place of the right job by each way, for every question of a seed."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    order = {job: row for row, job in enumerate(jobs)}
    for half in halves(jobs, seed):
        index.replace(job_of(half.job, half.asked))
        skills = tuple(SeekerSkill(name=skill) for skill in half.held)
        found["ours"].append(place_in(index.rank(Seeker(id="someone", skills=skills)), half.job))
        index.replace(job_of(half.job, jobs[half.job]))
        for name, scores in formulas.scores(half).items():
            found[name].append(place(scores, order[half.job]))
    return found


def say(found: Mapping[str, Sequence[int]]) -> None:
    best = max(np.mean(np.array(places) == 1) for places in found.values())
    print(f"{'':<16}  R@1    R@5    MRR    behind the best R@1")
    for name, listed in sorted(found.items(), key=lambda each: -np.mean(np.array(each[1]) == 1)):
        places = np.array(listed)
        first = np.mean(places == 1)
        figures = f"{first:.3f}  {np.mean(places <= 5):.3f}  {np.mean(1 / places):.3f}"
        print(f"{name:<16}  {figures}  {best - first:.3f}{'  <- ours' if name == 'ours' else ''}")


def evaluate() -> None:
    started = time.process_time()
    jobs = essentials()
    concepts = Concepts(Vocabulary.from_concepts(read_esco(*sorted(ESCO.glob("*.zip")))))
    for skill in frozenset[str]().union(*jobs.values()):
        concepts.settle(skill, skill)
    index = JobIndex([job_of(job, skills) for job, skills in jobs.items()], vocabulary=concepts)
    formulas, everything = Formulas(jobs), defaultdict[str, list[int]](list)
    print(f"{len(jobs):,} occupations of ESCO, {ASKED:,} asked about by each of {len(SEEDS)} seeds")
    for seed in SEEDS:
        found = asked(jobs, index, formulas, seed)
        firsts = {name: np.mean(np.array(places) == 1) for name, places in found.items()}
        best = max(firsts, key=lambda name: firsts[name])
        print(f"seed {seed}: ours R@1 {firsts['ours']:.3f}, the best {firsts[best]:.3f} ({best})")
        for name, places in found.items():
            everything[name] += places
    say(everything)
    print(f"{time.process_time() - started:.0f} s of CPU")


def write() -> None:
    lines = ["skill,weight\n"]
    for each in read_esco(*sorted(ESCO.glob("*.zip"))):
        lines.append(f"{each.concept_id.removeprefix(BEFORE_ID)},{each.weight:.4f}\n")
    WEIGHTS.write_bytes(gzip.compress("".join(lines).encode(), 9, mtime=0))


def main(arguments: Sequence[str]) -> int:
    if not ESCO.is_dir():
        print(f"{ESCO} is not here, so nothing is measured.")
        return 0
    if "--write" in arguments:
        write()
    else:
        evaluate()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
