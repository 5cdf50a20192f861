"""Expected problems. Every message may be shown to staff as it is: what happened, and what to do."""

from dataclasses import dataclass


class CrmError(Exception):
    """An expected problem, told in staff's words."""


class NotFoundError(CrmError):
    """The record does not exist, or is archived and was asked for as if it were not."""


class NotAllowedError(CrmError):
    """The person's roles do not allow this action on this record."""


class NotSignedInError(CrmError):
    """There is no session in force: the person signs in (again)."""


class RuleBrokenError(CrmError):
    """The change would break a rule of the service; `field` names the input that has to change, if any."""

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field


class AlreadyDoneError(CrmError):
    """This very action was saved before; doing it again would do it twice."""


class StorageError(CrmError):
    """The records cannot be reached or written now; nothing was saved."""


class SecretsError(CrmError):
    """What is kept locked cannot be opened with the secrets of this machine, or was tampered with."""


class ConsentNeededError(CrmError):
    """Somebody has not agreed to what is about to be done; the message says to what, and how to ask them."""


class UnreadableFileError(CrmError):
    """An uploaded file cannot be read, or is larger than what may be imported."""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field that somebody else changed while a form was open: its name, and the value it has now."""

    field: str
    now: object


class StaleFormError(CrmError):
    """Somebody else saved the record after this form was drawn; nothing was overwritten."""

    def __init__(self, message: str, *, changes: list[FieldChange], version: int) -> None:
        super().__init__(message)
        self.changes = changes
        self.version = version


class DamagedError(CrmError):
    """Records are not as they were saved: a fault of the disk, or somebody wrote past this product."""
