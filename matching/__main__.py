"""python -m matching: rank, carve, normalise and explain from files."""

import os

# Each process ranks with one thread; numpy's own threads would only get in the way of the other process.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

if __name__ == "__main__":
    from matching.cli import app

    app(prog_name="python -m matching")
