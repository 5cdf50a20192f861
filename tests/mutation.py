"""Breaks the scoring modules on purpose, place by place, to see whether a test notices (docs/mutation.md).

    python -m tests.mutation FOLDER             lays a copy of the modules and their tests there, for mutmut
    python -m tests.mutation FOLDER figures     changes each of their figures in turn, and runs the tests

mutmut leaves alone what is outside functions, and functions that are decorated. So the copy goes without the
caches of functions, and the figures that classes and modules are given are changed here.
"""

import ast
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MODULES = (
    *("skills", "skill_cases", "hours", "supports", "preference", "totals", "compare", "ranking"),
    *("demands", "travel", "evidence", "weights", "concepts", "profiles", "week", "finding", "match"),
)
TESTS = (
    *("__init__", "contract", "dense", "makers", "test_concepts", "test_contract", "test_definitions"),
    *("test_groups", "test_hours_words", "test_index", "test_laws", "test_ranking", "test_rows"),
    *("test_travel", "test_weights", "test_words", "test_written"),
)
FEW = 10
"""Examples of each law: enough to notice most that is broken, few enough for two thousand runs."""

_CACHE = re.compile(r"^@lru_cache\(.*\)\n", re.MULTILINE)

SETTINGS = """\
[tool.mutmut]
source_paths = ["matching"]
only_mutate = [{modules}]
also_copy = ["data"]
timeout_multiplier = 15.0
pytest_add_cli_args_test_selection = ["tests/matching"]

[tool.pytest.ini_options]
addopts = "-q -p no:cacheprovider --import-mode=importlib"
pythonpath = ["."]
filterwarnings = ["error"]
"""
STEADY = """\
import os

from hypothesis import Phase, settings

settings.register_profile(
    "mutants",
    deadline=None,
    derandomize=True,
    database=None,
    max_examples=int(os.environ.get("EXAMPLES", "{few}")),
    phases=[Phase.generate],
    report_multiple_bugs=False,
)
settings.load_profile("mutants")
"""


def lay_out(folder: Path) -> None:
    """Copy what the mutants need into the folder, which must not be there yet."""
    for name in ("matching", "data"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    tests = folder / "tests" / "matching"
    tests.mkdir(parents=True)
    for name in TESTS:
        shutil.copyfile(ROOT / "tests" / "matching" / f"{name}.py", tests / f"{name}.py")
    (tests.parent / "__init__.py").touch()
    (tests.parent / "conftest.py").write_text(STEADY.format(few=FEW))
    for name in MODULES:
        path = folder / "matching" / f"{name}.py"
        path.write_text(_CACHE.sub("", path.read_text()))
    modules = ", ".join(f'"matching/{name}.py"' for name in MODULES)
    (folder / "pyproject.toml").write_text(SETTINGS.format(modules=modules))


BY_HAND = (
    ("match", "self.figures()[0]", "self.figures()[1]"),
    ("match", "self.figures()[1]", "self.figures()[0]"),
    ("preference", "self.has_interests or self.must or", "self.must or"),
    ("preference", "or self.must or self.has_avoid", "or self.has_avoid"),
    ("preference", "self.must or self.has_avoid)", "self.must)"),
    ("supports", "self.is_personal or (self.support", "(self.support"),
    ("supports", "and self.support.confirmed)", ")"),
    ("ranking", "(1.0 - (self.high - self.low) / 100.0)", "(1.0 - (self.high - self.low) / 99.0)"),
    ("ranking", "np.where(self.coverage == 0, np.nan", "np.where(self.coverage == 1, np.nan"),
    ("ranking", "np.lexsort((self.id_places, self.keys))", "np.lexsort((self.keys, self.id_places))"),
)
"""Changes of properties, which mutmut leaves alone: the module, what stands there, and what is put there."""


def changes() -> Iterator[tuple[str, str, str]]:
    """A module, what is changed in it, and its text then: every figure a tenth or one more, and `BY_HAND`."""
    for name in MODULES:
        text = (ROOT / "matching" / f"{name}.py").read_text()
        for node in figures(ast.parse(text)):
            lines = text.encode().splitlines(keepends=True)
            line, old = lines[node.lineno - 1], float(str(node.value))
            new = str(node.value + 1 if isinstance(node.value, int) else old * 1.1 or 0.1).encode()
            lines[node.lineno - 1] = line[: node.col_offset] + new + line[node.end_col_offset :]
            yield name, f"line {node.lineno}: {node.value}", b"".join(lines).decode()
        for module, old, new in BY_HAND:
            if module == name:
                yield name, old, text.replace(old, new)


def figures(tree: ast.Module) -> Iterator[ast.Constant]:
    """Every figure that a module or a class is given, outside functions."""
    bodies = [tree.body, *(node.body for node in tree.body if isinstance(node, ast.ClassDef))]
    for statement in (statement for body in bodies for statement in body):
        if isinstance(statement, ast.Assign | ast.AnnAssign) and statement.value is not None:
            for node in ast.walk(statement.value):
                if isinstance(node, ast.Constant) and type(node.value) in (int, float):
                    yield node


def is_noticed(folder: Path) -> bool:
    """Whether a test fails."""
    run = [sys.executable, "-m", "pytest", "-x", "tests/matching"]
    return subprocess.run(run, cwd=folder, capture_output=True, check=False).returncode != 0


def change_figures(folder: Path) -> int:
    """Make each change in turn and print whether a test notices; gives how many none does."""
    unnoticed = 0
    for name, what, text in changes():
        path = folder / "matching" / f"{name}.py"
        kept = path.read_text()
        path.write_text(text)
        found = is_noticed(folder)
        path.write_text(kept)
        unnoticed += not found
        print("noticed  " if found else "UNNOTICED", name, what, flush=True)
    return unnoticed


if __name__ == "__main__":
    where, *rest = sys.argv[1:]
    if rest == ["figures"]:
        sys.exit(change_figures(Path(where)))
    lay_out(Path(where))
