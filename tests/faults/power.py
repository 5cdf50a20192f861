"""R2: power cuts on SQLite: of each file, only what was forced to the disk is there afterwards.

`run` starts this module in a process of its own with the shim in `shadow.c` loaded, as the copies have to be
made by whoever writes. The control runs with synchronous=NORMAL and has to lose something: else the shim
would prove nothing.
"""

import json
import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

from crm import db
from crm.config import ROOT
from tests.faults.acting import Writer, check, forget_settings, kill_after_a_while
from tests.faults.outcome import Outcome

_COPY = ".durable"


def compiler() -> str | None:
    """The C compiler of this machine, without which power cuts are not tried."""
    return shutil.which("cc") or shutil.which("gcc")


def run(cuts: int, folder: Path, template: Path) -> Outcome:
    """Cut the power so often with the settings that are shipped, then as often with weaker ones."""
    shim = folder / "shadow.so"
    source = Path(__file__).with_name("shadow.c")
    command = [str(compiler()), "-shared", "-fPIC", "-O2", "-o", str(shim), str(source), "-ldl"]
    subprocess.run(command, check=True)
    shipped = _in_own_process(shim, _served(folder / "full", template), cuts, "FULL")
    weaker = _in_own_process(shim, _served(folder / "normal", template), cuts, "NORMAL")
    return Outcome(
        "R2 power cut",
        f"{cuts} cuts, {shipped['acknowledged']:,} saves acknowledged",
        f"{shipped['lost']} lost, {shipped['bad']} cuts with anything amiss; "
        f"control with synchronous=NORMAL: {weaker['lost']} of {weaker['acknowledged']:,} lost",
        is_met=not shipped["lost"] and not shipped["bad"] and weaker["lost"] > 0,
    )


def _served(folder: Path, template: Path) -> Path:
    folder.mkdir()
    shutil.copyfile(template, folder / "crm.db")
    return folder


def _in_own_process(shim: Path, folder: Path, cuts: int, synchronous: str) -> dict[str, int]:
    environment = os.environ | {
        "LD_PRELOAD": str(shim),
        "SHADOWED": str(folder),
        "DATABASE_URL": f"sqlite:///{folder / 'crm.db'}",
    }
    command = [sys.executable, "-m", "tests.faults.power", str(folder), str(cuts), synchronous]
    done = subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True)
    return json.loads(done.stdout)


def _cut_again_and_again(folder: Path, cuts: int) -> dict[str, int]:
    chance, acknowledged = random.Random(20261103), list[int]()
    total = bad = lost = 0
    shutil.copyfile(folder / "crm.db", folder / f"crm.db{_COPY}")
    for _ in range(cuts):
        for one in kill_after_a_while([Writer()], chance):
            acknowledged += one.ids
            total += len(one.ids)
        _cut(folder)
        checked = check(acknowledged)
        lost += checked.lost
        bad += not checked.is_good
        if checked.lost:
            # Ids are given again after a loss: what is lost is counted once.
            acknowledged = []
    return {"acknowledged": total, "lost": lost, "bad": bad}


def _cut(folder: Path) -> None:
    for path in list(folder.iterdir()):
        if _COPY in path.name:
            continue
        durable = path.with_name(path.name + _COPY)
        if durable.exists():
            shutil.copyfile(durable, path)
        else:
            path.unlink()


if __name__ == "__main__":
    kept, how_often, level = sys.argv[1:]
    db._SQLITE_PRAGMAS = tuple(  # pyright: ignore[reportPrivateUsage]
        pragma.replace("synchronous=FULL", f"synchronous={level}") for pragma in db._SQLITE_PRAGMAS
    )
    forget_settings()
    print(json.dumps(_cut_again_and_again(Path(kept), int(how_often))))
