"""What this process counts about itself since it was started: numbers only, never whose."""

import threading
from collections import defaultdict
from dataclasses import dataclass, field


@dataclass
class Count:
    """How often something happened, apart for each of the words that are given with it."""

    name: str
    about: str
    label: str = ""
    _seen: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))
    _guard: threading.Lock = field(default_factory=threading.Lock)

    def add(self, word: str = "") -> None:
        """It has happened once more."""
        with self._guard:
            self._seen[word] += 1

    def seen(self) -> dict[str, int]:
        """How often so far, by word."""
        with self._guard:
            return dict(self._seen)


@dataclass
class Spent:
    """How long something took: how often it happened, the seconds together, and the longest."""

    name: str
    about: str
    count: int = 0
    seconds: float = 0.0
    longest: float = 0.0
    _guard: threading.Lock = field(default_factory=threading.Lock)

    def add(self, seconds: float) -> None:
        """It has happened once more, and took so long."""
        with self._guard:
            self.count += 1
            self.seconds += seconds
            self.longest = max(self.longest, seconds)


@dataclass
class Level:
    """How many there are now of something that comes and goes."""

    name: str
    about: str
    now: int = 0
    _guard: threading.Lock = field(default_factory=threading.Lock)

    def change(self, by: int) -> None:
        """There are so many more, or fewer."""
        with self._guard:
            self.now += by


REQUESTS = Count("crm_requests", "Requests answered, by status.", "status")
FAULTS = Count("crm_faults", "Pages and runs that ended with an incident number, by where.", "in")
SIGN_INS = Count("crm_sign_ins", "Attempts to sign in, by outcome.", "outcome")
SCRIPT_RUNS = Spent("crm_script_run", "Whole runs of a screen.")
WRITE_WAIT = Spent("crm_write_wait", "Waiting for the turn to write to the SQLite file.")
CONNECTIONS = Level("crm_open_pages", "Pages open in browsers, by their websockets.")
