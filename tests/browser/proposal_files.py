"""A proposal as the employer gets it: taken away as a Word file and as a PDF, and looked through."""

import re
import zipfile
from collections.abc import Sequence
from io import BytesIO

import docx
import sqlalchemy as sa
from docx.oxml.ns import qn
from sqlmodel import col

from crm.db import make_engine
from crm.models.seekers import JobSeeker
from crm.papers import pdf
from tests.browser.conftest import Visitor
from tests.makers_papers import inside_pdf
from tests.serving import AppServer


def expect_files(visitor: Visitor, tasks: Sequence[str]) -> None:
    """As files, the open proposal tells of these tasks in words and in a picture, and of no person."""
    word = taken(visitor, "Word file")
    document = docx.Document(BytesIO(word))
    said = " ".join(one.text or "" for one in document.element.body.iter(qn("w:t")))
    pictures = [one.get("descr") for one in document.element.body.iter(qn("wp:docPr"))]
    assert len(pictures) == 1
    assert [task for task in tasks if task not in said or task not in pictures[0]] == []
    assert "We do not add them up to a saving." in said
    assert not re.search(r"\bsav\w*[^.]*£", said, re.IGNORECASE)
    assert [name for name in names_of_seekers(visitor.server) if name in everything_in(word)] == []
    if pdf.is_possible():
        printed = taken(visitor, "PDF")
        assert printed.startswith(b"%PDF")
        assert b"/S /Figure" in inside_pdf(printed)


def taken(visitor: Visitor, name: str) -> bytes:
    """What is downloaded by a link of this name."""
    with visitor.page.expect_download() as file:
        visitor.page.get_by_role("link", name=name, exact=True).click()
    return file.value.path().read_bytes()


def everything_in(word: bytes) -> str:
    """All that stands in a Word file: its text, what is above and below it, and what is said of it."""
    with zipfile.ZipFile(BytesIO(word)) as parts:
        return "".join(parts.read(name).decode() for name in parts.namelist() if name.endswith(".xml"))


def names_of_seekers(server: AppServer) -> list[str]:
    """The names of all job seekers in the database that is served."""
    made = make_engine(server.database_url)
    with made.connect() as connection:
        names = list(connection.execute(sa.select(col(JobSeeker.preferred_name))).scalars())
    made.dispose()
    assert names
    return names
