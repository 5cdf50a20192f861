"""Uploaded files that are to become documents: what each is, told by what is in it."""

import hashlib
from dataclasses import dataclass

from crm.readers import apart, file_types
from crm.readers.file_types import FileType


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """A file whose kind has been told by what is in it."""

    name: str
    file_type: FileType
    content: bytes

    @property
    def sha256(self) -> str:
        """The digest by which it is known again."""
        return hashlib.sha256(self.content).hexdigest()


def checked(name: str, content: bytes) -> CheckedFile:
    """Tell what an uploaded file is; office files are looked into by a limited process.

    Raises:
        UnreadableFileError: it is empty, too large, damaged, or of a kind that is not kept.
    """
    name = file_types.tidy_name(name)
    file_types.ensure_fits(content, name)
    kind = file_types.simple_type(content, name) or apart.read_package_type(content, name)
    return CheckedFile(file_types.fitting_name(name, kind), kind, content)
