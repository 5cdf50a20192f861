"""What a fault run found, in the words of docs/fault-report.md."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Outcome:
    """One row of the report: the requirement, what was done, what came out, and whether it is as required."""

    requirement: str
    done: str
    found: str
    is_met: bool

    @property
    def row(self) -> str:
        """The row as Markdown."""
        return (
            f"| {self.requirement} | {self.done} | {self.found} | {'met' if self.is_met else '**missed**'} |"
        )
