"""What kind of file something is, told by its content whatever it is called."""

import pytest

from crm.errors import UnreadableFileError
from crm.readers import apart, limits
from crm.readers.file_types import FileType, ensure_fits, fitting_name, simple_type, tidy_name
from crm.readers.packages import package_type
from tests.makers_documents import EXCEL, OPEN, PDF, PNG, WORD, package

MACRO = WORD | {"word/vbaProject.bin": "x"}
SAID_MACRO = WORD | {
    "[Content_Types].xml": '<Types><Override ContentType="…ms-word.document.macroEnabled"/></Types>'
}


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (PDF, FileType.PDF),
        (PNG, FileType.PNG),
        (b"\xff\xd8\xff\xe0" + b"\0" * 9, FileType.JPEG),
        ("Rota: Mon–Fri £12 <b@c.org>\n".encode(), FileType.TEXT),
        (b"\xef\xbb\xbfWith a mark", FileType.TEXT),
        (package(WORD), None),
    ],
)
def test_a_kind_that_is_kept_is_told_by_its_content(content: bytes, kind: FileType | None):
    assert simple_type(content, "harmless.exe") is kind


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b'<?xml version="1.0"?><svg xmlns="x"><script>1</script></svg>', "an SVG drawing"),
        (b"<!-- x --><svg:svg/>", "an SVG drawing"),
        (b"\n<!DOCTYPE  HTML><p>", "a web page (HTML)"),
        (b"Hello <ScRiPt src=x>", "a web page (HTML)"),
        (b"<?xml version='1.0'?><a/>", "an XML file"),
        (b"MZ\x90\0", "a program for Windows"),
        (b"\x7fELF\2", "a program for Linux"),
        (b"#!/bin/sh\n", "a script"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an Office file of the old kind"),
        (b"\xff\xfeA\0", "text in UTF-16"),
        (b"\0\0\0\x18ftypheic", "HEIC"),
        (b"A\0B", "a kind that is not known"),
        (b"caf\xe9", "a kind that is not known"),
        (b" %PDF-1.7\0", "a kind that is not known"),
    ],
)
def test_anything_else_is_refused_with_a_sentence_that_names_it(content: bytes, what: str):
    with pytest.raises(UnreadableFileError) as refused:
        simple_type(content, "letter.pdf")
    assert what in str(refused.value)
    assert str(refused.value).startswith("“letter.pdf” is ")


@pytest.mark.parametrize(("parts", "kind"), [(WORD, "docx"), (EXCEL, "xlsx"), (OPEN, "odt")])
def test_an_office_file_is_told_by_its_parts(parts: dict[str, str], kind: str):
    assert package_type(package(parts), "x.zip") == kind


@pytest.mark.parametrize(
    ("parts", "what"),
    [
        (MACRO, "macros"),
        (SAID_MACRO, "macros"),
        (OPEN | {"Basic/Standard/Module1.xml": "x"}, "macros"),
        ({"a.txt": "x"}, "a packed folder (ZIP)"),
        ({"[Content_Types].xml": "x", "ppt/presentation.xml": "x"}, "another kind"),
        (OPEN | {"mimetype": "application/java-archive"}, "a packed folder (ZIP)"),
    ],
)
def test_a_zip_with_macros_or_of_another_kind_is_refused(parts: dict[str, str], what: str):
    with pytest.raises(UnreadableFileError, match="so it was not attached") as refused:
        package_type(package(parts), "x.docx")
    assert what in str(refused.value)


def test_a_broken_zip_is_refused_by_the_process_that_looks_into_it():
    assert apart.read_package_type(package(WORD), "x.docx") is FileType.DOCX
    with pytest.raises(UnreadableFileError, match="damaged"):
        apart.read_package_type(package(WORD)[:-30], "x.docx")


def test_a_document_that_unpacks_to_far_more_than_its_size_is_refused():
    bomb = WORD | {"word/document.xml": "0" * 8_000_000}
    small = package(bomb)
    import io
    import zipfile

    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in bomb.items():
            archive.writestr(name, text)
    assert package_type(small, "x.docx") is FileType.DOCX
    with pytest.raises(UnreadableFileError, match="far more than its size"):
        package_type(packed.getvalue(), "x.docx")


def test_an_empty_file_and_one_that_is_too_large_are_refused():
    ensure_fits(b"x" * limits.UPLOAD_BYTES, "x")
    with pytest.raises(UnreadableFileError, match="10 MB at most"):
        ensure_fits(b"x" * (limits.UPLOAD_BYTES + 1), "x")
    with pytest.raises(UnreadableFileError, match="is empty"):
        ensure_fits(b"", "x")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\sam\\cv.pdf", "cv.pdf"),
        ('a"b\r\nSet-Cookie: x=1.pdf', 'a"b Set-Cookie: x=1.pdf'),
        ("cv\u202efdp.exe\0", "cvfdp.exe"),
        ("..", "document"),
        ("half \ud800 pair", "half pair"),
    ],
)
def test_a_name_is_one_line_without_folders_or_signs_that_are_not_seen(typed: str, kept: str):
    assert tidy_name(typed) == kept


@pytest.mark.parametrize(
    ("name", "kind", "kept"),
    [
        ("cv.PDF", FileType.PDF, "cv.PDF"),
        ("cv.exe", FileType.PDF, "cv.exe.pdf"),
        ("run.bat", FileType.TEXT, "run.bat.txt"),
        ("me.jpeg", FileType.JPEG, "me.jpeg"),
        ("cv", FileType.DOCX, "cv.docx"),
        ("x" * 400 + ".pdf", FileType.PDF, "x" * 150 + ".pdf"),
    ],
)
def test_a_kept_name_ends_as_its_content_does(name: str, kind: FileType, kept: str):
    assert fitting_name(name, kind) == kept
