"""Uploaded files that are to become documents: what each is, told by what is in it."""

import hashlib
from dataclasses import dataclass

from crm.readers import apart, file_types
from crm.readers.file_types import FileType
from crm.readers.pictures import BarePicture

_PICTURES = (FileType.JPEG, FileType.PNG)


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """A file whose kind has been told by what is in it; `taken_out` says in words what is left out of it."""

    name: str
    file_type: FileType
    content: bytes
    taken_out: str = ""

    @property
    def sha256(self) -> str:
        """The digest by which it is known again."""
        return hashlib.sha256(self.content).hexdigest()


def checked(name: str, content: bytes) -> CheckedFile:
    """Tell what an uploaded file is; office files and pictures are looked into by a limited process.

    A picture leaves behind what the camera wrote into it, before anything of it is kept.

    Raises:
        UnreadableFileError: it is empty, too large, damaged, or of a kind that is not kept.
    """
    name = file_types.tidy_name(name)
    file_types.ensure_fits(content, name)
    kind = file_types.simple_type(content, name) or apart.read_package_type(content, name)
    fitting = file_types.fitting_name(name, kind)
    if kind not in _PICTURES:
        return CheckedFile(fitting, kind, content)
    found = apart.bare_picture(content, name)
    return CheckedFile(fitting, kind, found.content, _taken_out(found))


def _taken_out(found: BarePicture) -> str:
    if not found.was_told:
        return ""
    written = "what the camera or a program wrote into it"
    return f"the place where it was taken, and {written}" if found.had_place else written
