"""How fast everybody is ranked for many jobs within travel limits, beside the bare sums of it; `make bench`.

Each size runs in a process of its own, one thread, and prints its memory. Both sides of a ratio are CPU
seconds in that one process: the ratio is what can be compared between machines.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

from tests.bench.generate import ROOT
from tests.bench.reach_world import write

SIZES = ((10_000, 100_000, 3), (100_000, 100_000, 2))
"""People, jobs, and how often each side is timed."""


def main() -> None:
    """Print every figure."""
    with tempfile.TemporaryDirectory() as name:
        most_people, most_jobs = (max(size[side] for size in SIZES) for side in (0, 1))
        paths = write(Path(name), people=most_people, jobs=most_jobs)
        for size in SIZES:
            words = [*map(str, paths), *map(str, size)]
            subprocess.run([sys.executable, "-m", "tests.bench.reach_case", *words], check=True, cwd=ROOT)


if __name__ == "__main__":
    main()
