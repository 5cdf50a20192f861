"""Everything from a fresh clone: `python -m crm.bootstrap run`, `test`, `bench`, `eval`, `faults` or `lock`.

Only the standard library is used, as this runs before anything is installed. It makes the virtual
environment `.venv`, installs exactly what the lock files name, and goes on inside it.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
OLDEST, NEWEST = (3, 11), (3, 14)
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")

CODE = ("crm", "matching", "pages", "streamlit_app.py")
CHECKS: tuple[tuple[str, ...], ...] = (
    ("ruff", "check", "."),
    ("ruff", "format", "--check", "."),
    ("lint-imports",),
    ("bandit", "--quiet", "--configfile", "pyproject.toml", "--recursive", *CODE),
    ("pyright",),
)
LOCKS: Mapping[str, tuple[str, ...]] = {
    "requirements.txt": (),
    "requirements-dev.txt": ("--extra", "dev", "--extra", "pdf"),
    "requirements-meaning.txt": ("--extra", "meaning"),
    "requirements-pdf.txt": ("--extra", "pdf"),
}
TESTS = ("pytest", "--numprocesses=3", "--dist=worksteal", "--cov", "--cov-report=term")
EVERY_BRANCH = ("coverage", "report", "--include=matching/*", "--fail-under=100")
"""Of the engine, the tests run every branch: read from what they noted, which takes about a second."""


class BootstrapError(Exception):
    """Setting up cannot go on; the message says why and what to do."""


def main(arguments: Sequence[str]) -> int:
    """Do what the first argument names; the rest is handed on. Gives the exit code."""
    name, *rest = arguments or ["help"]
    command = _COMMANDS.get(name)
    if command is None:
        _say("Say what to do: python -m crm.bootstrap run | test | bench | eval | faults | lock")
        return 2
    try:
        return command(rest)
    except BootstrapError as problem:
        _say(str(problem))
        return 1
    except KeyboardInterrupt:
        return 130


def run(arguments: Sequence[str]) -> int:
    """Install what the app needs, then serve it until it is stopped."""
    install("requirements.txt")
    _say(f"Starting. Open {_address(arguments)} in a browser; stop with Ctrl+C.")
    return become([str(venv_python()), "-m", "streamlit", "run", "streamlit_app.py", *arguments])


def _address(arguments: Sequence[str]) -> str:
    """Where people open the service: PUBLIC_URL, else this machine at the port that is asked for."""
    words = " ".join(arguments).replace("=", " ").split()
    port = words[words.index("--server.port") + 1] if "--server.port" in words[:-1] else "8501"
    return os.environ.get("PUBLIC_URL", f"http://localhost:{port}")


def test(arguments: Sequence[str]) -> int:
    """Run the checks and every test; arguments go to pytest instead of its usual ones."""
    install("requirements-dev.txt")
    environment = os.environ | browser_environment()
    tests = (("pytest", *arguments),) if arguments else (TESTS, EVERY_BRANCH)
    codes = [_step(step, environment) for step in (*CHECKS, *tests)]
    return 1 if any(codes) else 0


def bench(_arguments: Sequence[str]) -> int:
    """Print the figures of every tests/bench/bench_*.py."""
    return _run_scripts("bench")


def evaluate(_arguments: Sequence[str]) -> int:
    """Print the figures of every tests/bench/eval_*.py."""
    return _run_scripts("eval")


def faults(arguments: Sequence[str]) -> int:
    """Break everything that can break, at full size, and print what was lost: nothing, it is hoped."""
    install("requirements-dev.txt")
    return _run([str(venv_python()), "-m", "tests.faults", *arguments])


def lock(_arguments: Sequence[str]) -> int:
    """Write requirements*.txt anew from pyproject.toml, with the digests of what may be installed."""
    install("requirements-dev.txt")
    if _run([str(venv_python()), "-m", "pip", "install", "--quiet", "uv"]):
        raise BootstrapError("uv, which works the locks out, could not be installed.")
    compiling = [str(venv_python()), "-m", "uv", "pip", "compile", "--quiet", "--universal"]
    compiling += ["--generate-hashes", "--python-version", ".".join(map(str, OLDEST))]
    compiling += ["--custom-compile-command", "make lock", "pyproject.toml"]
    codes = [_run([*compiling, *extra, "--output-file", name]) for name, extra in LOCKS.items()]
    return 1 if any(codes) else 0


_COMMANDS: Mapping[str, Callable[[Sequence[str]], int]] = {
    "run": run,
    "test": test,
    "check": test,
    "bench": bench,
    "eval": evaluate,
    "faults": faults,
    "lock": lock,
}


def install(lock: str, *, pip: Callable[[Sequence[str]], int] | None = None) -> bool:
    """Have `.venv` hold what the lock names; gives whether anything had to be done.

    Raises:
        BootstrapError: there is no fitting Python, or pip failed.
    """
    marker = VENV / f"installed-{lock}"
    wanted = hashlib.sha256((ROOT / lock).read_bytes()).hexdigest()
    if venv_python().exists() and marker.exists() and marker.read_text() == wanted:
        return False
    if not venv_python().exists():
        _make_environment()
    _say(f"Installing what {lock} names; the first time this takes a few minutes.")
    marker.unlink(missing_ok=True)
    if (pip or _run)(_pip_command(lock)):
        raise BootstrapError(f"Installing from {lock} failed; pip says why above. Then run this again.")
    marker.write_text(wanted)
    return True


def _pip_command(lock: str) -> list[str]:
    """Only what the lock names, and only files whose digests it knows.

    The lock is complete, so nothing is worked out again (`--no-deps`): pip would look at newer releases of
    what is wanted with an extra, and stop there as it knows no digest of them.
    """
    return [
        *(str(venv_python()), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"),
        *("--no-input", "--no-deps", "--require-hashes", "--requirement", str(ROOT / lock)),
    ]


def _make_environment() -> None:
    python = find_python()
    _say(f"Making a virtual environment in .venv with {python}.")
    if _run([python, "-m", "venv", str(VENV)]):
        raise BootstrapError(
            "The virtual environment could not be made. On Debian and Ubuntu, install the package "
            "python3-venv. Then run this again."
        )


def find_python() -> str:
    """A Python that the product runs with: this one, or the newest one on PATH.

    Raises:
        BootstrapError: there is none.
    """
    if OLDEST <= sys.version_info[:2] <= NEWEST:
        return sys.executable
    for minor in range(NEWEST[1], OLDEST[1] - 1, -1):
        found = shutil.which(f"python3.{minor}")
        if found:
            return found
    raise BootstrapError(
        f"Python {OLDEST[0]}.{OLDEST[1]} to {NEWEST[0]}.{NEWEST[1]} is needed, and this is Python "
        f"{sys.version_info[0]}.{sys.version_info[1]}. Install one, for example from python.org, "
        "then run this again."
    )


def venv_python() -> Path:
    """The Python of the virtual environment, whether it exists yet or not."""
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def find_chromium() -> Path | None:
    """A browser of the Chromium family: the one that CHROMIUM names, else the first one on PATH."""
    named = os.environ.get("CHROMIUM")
    for name in (named,) if named else BROWSERS:
        found = shutil.which(name)
        if found:
            return Path(found)
    return None


def browser_environment() -> dict[str, str]:
    """What tells the tests where Chromium is, once it has been found or installed."""
    found = find_chromium() or _install_chromium()
    if found is None:
        _say("No Chromium was found and none could be installed: browser tests are skipped.")
        return {}
    return {"CHROMIUM": str(found)}


def _install_chromium() -> Path | None:
    """Debian's package, as root or through a sudo that asks for no password."""
    if shutil.which("apt-get") is None:
        return None
    prefix = [] if _is_root() else ["sudo", "-n"]
    if prefix and shutil.which("sudo") is None:
        return None
    _say("Installing Debian's package chromium for the browser tests.")
    apt = [*prefix, "apt-get", "-qq"]
    if _run([*apt, "update"]) or _run([*apt, "install", "--yes", "--no-install-recommends", "chromium"]):
        return None
    return find_chromium()


def _is_root() -> bool:
    return os.name != "nt" and os.geteuid() == 0


def _step(command: Sequence[str], environment: Mapping[str, str]) -> int:
    """Run a tool of the virtual environment, its output going straight through."""
    _say(f"- {' '.join(command)}")
    tool = venv_python().parent / command[0]
    code = _run([str(tool), *command[1:]], environment)
    if code:
        _say(f"{command[0]} found something to put right (see above).")
    return code


def _run_scripts(kind: str) -> int:
    install("requirements-dev.txt")
    codes = [
        _run([str(venv_python()), "-m", f"tests.bench.{script.stem}"])
        for script in sorted((ROOT / "tests" / "bench").glob(f"{kind}_*.py"))
    ]
    return 1 if any(codes) else 0


def _run(command: Sequence[str], environment: Mapping[str, str] | None = None) -> int:
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode  # noqa: S603


def become(command: Sequence[str]) -> int:
    """Turn into the command, so that signals reach it; Windows cannot, and waits for it instead."""
    if os.name != "nt":
        os.chdir(ROOT)
        os.execv(command[0], list(command))  # noqa: S606
    return _run(command)


def _say(sentence: str) -> None:
    sys.stdout.write(f"{sentence}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
