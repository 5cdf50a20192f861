"""What can go wrong when matching; every message may be shown to a person as it is."""


class MatchingError(Exception):
    """The root of every expected problem of this package."""


class RecordError(MatchingError):
    """A record cannot be read.

    Attributes:
        field: The path of the field inside the record, such as `skills[2].level`.
        reason: What is wrong and what would be right, as the rest of a sentence that starts with the field.
    """

    def __init__(self, field: str, reason: str) -> None:
        self.field = field
        self.reason = reason
        super().__init__(f"{field} {reason}.")


class SourceError(MatchingError):
    """A file cannot be read; the message names the file and, where there is one, the line and the field."""


class WeightsError(MatchingError):
    """The weights of the components cannot be used."""
