"""How telling ESCO's skills are, worked out once from its relations: `skills_en.csv` alone does not say."""

import csv
import gzip
from functools import cache

from matching.postcodes import DATA

WEIGHTS = DATA / "esco_weights.csv.gz"
BEFORE_ID = "http://data.europa.eu/esco/skill/"
"""What every skill's URI begins with; the file holds what follows."""


def esco_weight(concept_id: str) -> float:
    """The weight of a skill by its URI; 1, as of the average skill, where it is in none of ESCO 1.1.1."""
    return _weights().get(concept_id.removeprefix(BEFORE_ID), 1.0)


@cache
def _weights() -> dict[str, float]:
    with gzip.open(WEIGHTS, "rt", encoding="utf-8", newline="") as lines:
        return {row["skill"]: float(row["weight"]) for row in csv.DictReader(lines)}
