"""A short-lived process that may use only so much memory and time: its side of the conversation.

A file made to exhaust memory or time ends such a process and nothing else. It gets one line of JSON (what is
wanted, the limits, names and sizes of the files) and then the files on stdin, and answers with lines of JSON.
"""

import json
import sys
from collections.abc import Callable, Iterable
from typing import Any

from crm.errors import CrmError
from crm.readers import limits

Files = list[tuple[str, bytes]]
Reader = Callable[[Any, Files], Iterable[bytes]]
"""Given what is wanted and the files, gives its answer as lines of JSON."""


def answer(reader: Reader) -> int:
    """Read what is asked on stdin within the limits, and write the answer, or the problem, on stdout."""
    asked: dict[str, Any] = json.loads(sys.stdin.buffer.readline())
    limit_this_process(asked["seconds"], asked["memory"])
    written = 0
    try:
        files = [(name, sys.stdin.buffer.read(size)) for name, size in asked["files"]]
        for line in reader(asked["wanted"], files):
            written += len(line)
            if written > limits.CHILD_ANSWER_BYTES:
                raise CrmError("This file holds more text than one import takes. Please split it.")
            sys.stdout.buffer.write(line + b"\n")
        last: dict[str, Any] = {"is_whole": True}
    except CrmError as problem:
        last = {"problem": str(problem)}
    sys.stdout.buffer.write(json.dumps(last).encode())
    return 0


def limit_this_process(seconds: int, memory: int) -> None:
    """Bound memory and processor time for good; Windows has no such limits, there only the clock counts."""
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
