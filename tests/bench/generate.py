"""Seeded random seekers and jobs in the matching package's JSON Lines, with gaps as real records have them.

python -m tests.bench.generate --seekers 10000 --jobs 10000 --to FOLDER [--seed 1]
"""

import argparse
import csv
import json
import random
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
KINDS = (
    "induction", "named_buddy", "coworker_on_shift", "supervisor_checkin", "written_or_visual_cue", "routine",
    "technology", "social_breaks", "transport_share", "family_or_community",
)  # fmt: skip
STATES = ("exists", "could_be_facilitated", "not_available", "unknown")
EVIDENCE = ("observed", "did_paid", "did_unpaid", "certificate", "self", "others_say")
INTERESTS = (
    "animals", "gardening", "music", "football", "cooking", "computers", "trains", "art", "helping people",
    "cars", "baking", "reading", "being outdoors", "films", "fashion", "cleaning", "children", "history",
    "plants", "coffee",
)  # fmt: skip
MUST = ("quiet", "regular breaks", "daytime", "friendly team", "near a bus stop", "same tasks each day")
AVOID = ("nights", "crowds", "heavy lifting", "phone calls", "loud noise", "working alone", "driving")
TITLES = (
    "Retail assistant", "Kitchen porter", "Warehouse operative", "Cleaner", "Gardener", "Care assistant",
    "Barista",
    "Office assistant", "Receptionist", "Laundry assistant", "Recycling operative", "Animal care assistant",
)  # fmt: skip


class World:
    """Draws records from one seed; skills follow a long-tailed distribution, as real lists do."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        self._skills = self._read("skills.csv", "preferred_label") or [f"skill {n}" for n in range(600)]
        self._random.shuffle(self._skills)
        self._districts = self._read("outcodes.csv", "name")

    @staticmethod
    def _read(name: str, column: str) -> list[str]:
        path = ROOT / "data" / name
        if not path.exists():
            return []
        with path.open(encoding="utf-8", newline="") as lines:
            return [row[column] for row in csv.DictReader(lines)]

    def _drawn_skills(self, least: int, most: int) -> list[str]:
        count = self._random.randint(least, most)
        places = (int(len(self._skills) * self._random.random() ** 2) for _ in range(count))
        return list(dict.fromkeys(self._skills[place] for place in places))

    def _maybe(self, chance: float) -> bool:
        return self._random.random() < chance

    def _slots(self) -> list[dict[str, object]]:
        start = self._random.choice((7, 8, 9, 9, 10, 12, 14, 17))
        end = min(23, start + self._random.choice((3, 4, 5, 6, 8)))
        days = sorted(self._random.sample(range(7), self._random.randint(2, 6)))
        return [
            {"day": day, "start": f"{start:02}:00", "end": f"{end:02}:{self._random.choice(('00', '30'))}"}
            for day in days
        ]

    def one_of(self, values: Sequence[Any]) -> Any:
        """Draw one of these."""
        return self._random.choice(values)

    def postcode(self) -> dict[str, str]:
        """Draw a sector of a real district."""
        district = self._random.choice(self._districts or ["LS1"])
        return {"postcode": f"{district} {self._random.randint(1, 9)}"}

    def seeker(self, number: int) -> dict[str, object]:
        """Draw one job seeker; about a third of each field is not recorded."""
        draw = self._random
        now_max = draw.choice((8, 12, 16, 20, 25, 30, 37.5))
        fields: dict[str, object] = {
            "skills": [
                {"name": name, "level": draw.choice((0, 1, 2, 2, 3, 3, 4)), "evidence": draw.choice(EVIDENCE)}
                for name in self._drawn_skills(3, 12)
            ],
            "hours": {
                "now_min": min(now_max, draw.choice((4, 8, 12, 16))),
                "now_max": now_max,
                "goal": draw.choice((16, 16, 20, 30)),
                "intent": draw.choice(("aims_for_16", "aims_for_16", "prefers_fewer", "building_up")),
            },
            "availability": self._slots(),
            "support_needs": [
                {"kind": kind, "personal_cover": self._maybe(0.15)}
                for kind in draw.sample(KINDS, draw.randint(0, 4))
            ],
            "interests": draw.sample(INTERESTS, draw.randint(1, 4)),
            "must": draw.sample(MUST, draw.randint(1, 2)),
            "avoid": draw.sample(AVOID, draw.randint(1, 2)),
            "home": self.postcode(),
            "travel": {
                "mode": draw.choice(("bus", "walk", "car", "train")),
                "max_minutes": draw.choice((30, 45, 60)),
            },
            "waiting_since": str(date(2026, 1, 1) + timedelta(days=draw.randint(0, 300))),
        }
        return {"id": f"s{number:06}"} | {key: value for key, value in fields.items() if self._maybe(0.7)}

    def job(self, number: int) -> dict[str, object]:
        """Draw one vacancy or job analysis; about a quarter of each field is not recorded."""
        draw = self._random
        least = draw.choice((4, 8, 12, 16, 20, 30))
        skills = self._drawn_skills(3, 10)
        words = draw.sample(INTERESTS + MUST + AVOID, 3)
        fields: dict[str, object] = {
            "employer": f"Employer {number // 4}",
            "description": f"You will join a small team. {', '.join(words)} are part of the week.",
            "criteria": [
                {
                    "text": name, "level": draw.choice((1, 2, 2, 3)), "essential": self._maybe(0.6),
                    "could_move": self._maybe(0.2), "adjustable": self._maybe(0.2),
                }
                for name in skills
            ],
            "tasks": [
                {"id": f"t{place}", "name": name, "hours_week": draw.randint(1, 8), "skills": [name]}
                for place, name in enumerate(skills[:4])
            ],
            "hours": {
                "min": least, "max": least + draw.choice((0, 4, 8)), "guaranteed": least,
                "negotiable": draw.choice((True, False)),
            },
            "pattern": self._slots(),
            "supports": [
                {"kind": kind, "state": draw.choice(STATES), "confirmed": self._maybe(0.5)}
                for kind in draw.sample(KINDS, draw.randint(1, 8))
            ],
            "pay_hourly": draw.choice((12.71, 13.0, 13.5, 14.2)),
            "place": self.postcode(),
        }  # fmt: skip
        kept = {key: value for key, value in fields.items() if self._maybe(0.75)}
        return {"id": f"j{number:06}", "title": draw.choice(TITLES)} | kept


def write(folder: Path, *, seekers: int, jobs: int, seed: int = 1) -> tuple[Path, Path]:
    """Write seekers.jsonl and jobs.jsonl into a folder and return their paths."""
    world = World(seed)
    folder.mkdir(parents=True, exist_ok=True)
    paths = folder / "seekers.jsonl", folder / "jobs.jsonl"
    for path, draw, count in zip(paths, (world.seeker, world.job), (seekers, jobs), strict=True):
        with path.open("w", encoding="utf-8", newline="\n") as out:
            out.writelines(json.dumps(draw(number)) + "\n" for number in range(count))
    return paths


def main() -> None:
    """Write the files that the command line asks for."""
    parser = argparse.ArgumentParser(description="Write random seekers and jobs.")
    parser.add_argument("--seekers", type=int, default=10_000)
    parser.add_argument("--jobs", type=int, default=10_000)
    parser.add_argument("--to", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    for path in write(asked.to, seekers=asked.seekers, jobs=asked.jobs, seed=asked.seed):
        print(path)


if __name__ == "__main__":
    main()
