"""A progress bar on standard error, whatever standard output is used for."""

import sys

WIDTH = 30


class ProgressBar:
    """Draws how much is done; a terminal sees it move, a log gets a line at every tenth."""

    def __init__(self, label: str) -> None:
        self._label = label
        self._tenths = -1
        self._is_live = sys.stderr.isatty()

    def __call__(self, done: int, total: int) -> None:
        """Show that `done` of `total` are done."""
        share = done / total if total else 1.0
        if not self._is_live and int(share * 10) == self._tenths:
            return
        self._tenths = int(share * 10)
        filled = round(share * WIDTH)
        bar = f"{self._label} [{'#' * filled}{'.' * (WIDTH - filled)}] {done:,} of {total:,}"
        last = "\n" if not self._is_live or done == total else ""
        sys.stderr.write(f"\r{bar}{last}" if self._is_live else f"{bar}{last}")
        sys.stderr.flush()
