"""Uploads read, each by a limited process, as the import of its kind needs them."""

from collections.abc import Sequence

from crm.errors import UnreadableFileError
from crm.readers import apart
from crm.services import imports
from crm.services.employer_imports import EmployerFile
from crm.services.vacancy_previews import Lot, read_lot

Files = Sequence[tuple[str, bytes]]


def list_in(files: Files) -> EmployerFile:
    """The list in the one file that was uploaded.

    Raises:
        UnreadableFileError: it is no table, damaged, or more than one upload may be.
    """
    if len(files) != 1:
        raise UnreadableFileError("Upload one list at a time.")
    ((name, content),) = files
    return EmployerFile(name, imports.digest_of(content), apart.read_table(content, name))


def adverts_in(files: Files) -> Lot:
    """The adverts in the files that were uploaded.

    Raises:
        UnreadableFileError: there is none in them, or they are more than one upload may be.
    """
    return read_lot(files, read=apart.read_adverts)
