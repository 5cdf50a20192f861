"""How right the likeness of duplicates is: F1 on pairs, learned from half of the clusters, told of the rest.

python -m tests.bench.eval_likeness            the reference set, several seeds; run by `make eval`
python -m tests.bench.eval_likeness --write    train on the whole reference set: data/likeness.csv
python -m tests.bench.eval_likeness FILE.csv --id "True Id" --name Name --address Street --address Town
    any other set: which columns hold what; columns that it lacks are left out. Scores the shipped model
    on all of it, and a model learned from half of it on the other half.
"""

import argparse
import csv
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

from crm.likeness.model import WEIGHTS, LikenessModel, rows_of, shipped
from crm.likeness.party import Party, party
from tests.bench.likeness_training import (
    CUTS,
    Pair,
    candidates,
    found_by,
    halves,
    scored,
    train,
    true_pairs,
    within,
    without,
)

REFERENCE = Path("../shared/reference/duplicates/csv_example_input_with_true_ids.csv")
SEEDS = range(5)


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns of a file hold what. Those of `joined_names` make one name together."""

    label: str
    names: Sequence[str] = ()
    joined_names: Sequence[str] = ()
    addresses: Sequence[str] = ()
    phones: Sequence[str] = ()
    emails: Sequence[str] = ()
    websites: Sequence[str] = ()
    postcodes: Sequence[str] = ()


OF_REFERENCE = Columns("True Id", ["Site name"], [], ["Address"], ["Phone"], [], [], ["Zip"])


def read(path: Path, columns: Columns) -> tuple[list[Party], list[str]]:
    """The parties of a file, and for each what it is the same as."""
    with path.open(newline="", encoding="utf-8", errors="replace") as file:
        rows = [
            {(name or "").strip(): str(value or "").strip() for name, value in row.items()}
            for row in csv.DictReader(file, skipinitialspace=True)
        ]
    return [to_party(row, columns) for row in rows], [row[columns.label] for row in rows]


def to_party(row: dict[str, str], columns: Columns) -> Party:
    joined = " ".join(row[name] for name in columns.joined_names)
    return party(
        names=[*(row[name] for name in columns.names), joined],
        addresses=[" ".join(row[name] for name in columns.addresses)],
        phones=[row[name] for name in columns.phones],
        emails=[row[name] for name in columns.emails],
        websites=[row[name] for name in columns.websites],
        postcodes=[row[name] for name in columns.postcodes],
    )


def say(
    what: str, model: LikenessModel, parties: Sequence[Party], pairs: Sequence[Pair], true: set[Pair]
) -> float:
    score = scored(found_by(model, parties, pairs), true)
    print(f"{what:<34} F1 {score.f1:.4f}   precision {score.precision:.3f}   recall {score.recall:.3f}")
    return score.f1


def compare_halves(parties: Sequence[Party], labels: Sequence[str], seeds: Sequence[int]) -> None:
    pairs = candidates(parties)
    found: list[float] = []
    for seed in seeds:
        learned, kept = halves(labels, seed)
        model = train(parties, labels, within(pairs, learned))
        true, tried = true_pairs(labels, kept), within(pairs, kept)
        found.append(say(f"half and half, seed {seed}", model, parties, tried, true))
        if seed == seeds[-1]:
            for cut in CUTS:
                fewer = [without(one, cut) for one in parties]
                say(f"   without {cut} (n t a p)", model, fewer, tried, true)
    print(f"mean F1 {mean(found):.4f}, least {min(found):.4f}")


def evaluate(path: Path, columns: Columns, seeds: Sequence[int]) -> None:
    started = time.process_time()
    parties, labels = read(path, columns)
    true = true_pairs(labels, range(len(labels)))
    print(f"{len(parties):,} records of {len(set(labels)):,}; {len(true):,} true pairs")
    say("the shipped weights, as they are", shipped(), parties, candidates(parties), true)
    compare_halves(parties, labels, seeds)
    print(f"{time.process_time() - started:.0f} s of CPU")


def write(path: Path, columns: Columns) -> None:
    parties, labels = read(path, columns)
    model = train(parties, labels, candidates(parties))
    with WEIGHTS.open("w", newline="", encoding="utf-8") as file:
        lines = csv.writer(file, lineterminator="\n")
        lines.writerow(["feature", "weight"])
        lines.writerows(rows_of(model))


def main(arguments: Sequence[str]) -> int:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("file", nargs="?", type=Path)
    asked.add_argument("--id", default="")
    for kind in ("name", "joined-name", "address", "phone", "email", "website", "postcode"):
        asked.add_argument(f"--{kind}", action="append", default=[])
    asked.add_argument("--seeds", type=int, default=len(SEEDS))
    asked.add_argument("--write", action="store_true")
    said = asked.parse_args(arguments)
    path: Path = said.file or REFERENCE
    columns = OF_REFERENCE
    if said.file:
        named = (said.name, said.joined_name, said.address)
        columns = Columns(said.id, *named, said.phone, said.email, said.website, said.postcode)
    if not path.exists():
        print(f"{path} is not here, so nothing is measured.")
        return 0
    if said.write:
        write(path, columns)
        return 0
    evaluate(path, columns, range(said.seeds))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
