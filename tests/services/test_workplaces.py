"""What a job analysis says of the workplace: risks looked at again, photos that tell only what is on them."""

from io import BytesIO

import pytest
from PIL import Image
from sqlmodel import Session

from crm.errors import NotAllowedError, RuleBrokenError, UnreadableFileError
from crm.models.analyses import JobAnalysis
from crm.models.users import SYSTEM
from crm.models.workplaces import JobRiskInput, PhotoShows, RiskArea, WorkplacePhotoInput
from crm.policy import Role
from crm.readers import photo_files
from crm.readers.file_types import FileType
from crm.services import analyses, documents, job_risks, photos
from crm.services.document_files import CheckedFile
from tests.makers import make_actor
from tests.makers_employers import make_employer
from tests.makers_jobs import make_analysis

PLACE = "53.8008 -1.5491"
ORIENTATION, DESCRIPTION, PLACES = 0x0112, 0x010E, 0x8825


def taken(width: int = 2400, height: int = 1200, form: str = "JPEG", *, turned: bool = False) -> bytes:
    """A photo as a telephone writes it: with a description, and with where it was taken."""
    exif = Image.Exif()
    exif[DESCRIPTION] = PLACE
    exif[ORIENTATION] = 6 if turned else 1
    exif.get_ifd(PLACES)[1] = "N"
    content = BytesIO()
    Image.new("RGB", (width, height), "teal").save(content, form, exif=exif, comment=PLACE)
    return content.getvalue()


def opened(content: bytes) -> Image.Image:
    return Image.open(BytesIO(content))


@pytest.fixture
def seen(session: Session) -> JobAnalysis:
    return make_analysis(session, make_employer(session))


@pytest.fixture
def photo() -> CheckedFile:
    return CheckedFile("bay.jpg", FileType.JPEG, photo_files.cleaned(taken(40, 30), "bay.jpg"))


@pytest.mark.parametrize("form", ["JPEG", "PNG"])
def test_nothing_is_left_of_a_photo_but_what_is_seen(form: str):
    before = taken(form=form)
    assert PLACE.encode() in before
    after = photo_files.cleaned(before, "bay")
    assert PLACE.encode() not in after
    assert b"Exif" not in after
    assert (opened(after).format, opened(after).size) == ("JPEG", (1600, 800))
    assert not opened(after).getexif()


def test_a_photo_that_was_taken_sideways_stands_upright():
    assert opened(photo_files.cleaned(taken(200, 100, turned=True), "bay")).size == (100, 200)


def test_a_small_photo_is_not_blown_up():
    assert opened(photo_files.cleaned(taken(40, 30), "bay")).size == (40, 30)


@pytest.mark.parametrize("content", [b"hello", b"\xff\xd8\xff", taken()[:900], b"GIF89a" + b"\0" * 40])
def test_what_is_no_photo_is_refused_in_words(content: bytes):
    with pytest.raises(UnreadableFileError, match="“bay” is not a photo that can be read"):
        photo_files.cleaned(content, "bay")


def test_a_photo_of_far_too_many_pixels_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(photo_files, "MOST_PIXELS", 1000)
    with pytest.raises(UnreadableFileError, match="million pixels"):
        photo_files.cleaned(taken(40, 30), "bay")


def test_an_upload_is_cleaned_by_a_limited_process_and_named_as_what_it_is():
    file = photos.cleaned("C:\\bay\\IMG 1.png", taken(40, 30, "PNG"))
    assert (file.name, file.file_type, opened(file.content).size) == ("IMG 1.jpg", FileType.JPEG, (40, 30))
    with pytest.raises(UnreadableFileError, match="not a photo"):
        photos.cleaned("bay.jpg", b"\xff\xd8\xff")


def test_a_photo_is_kept_as_a_document_with_whose_consent_was_given(
    session: Session, seen: JobAnalysis, photo: CheckedFile
):
    new = WorkplacePhotoInput(shows=PhotoShows.PEOPLE, agreed="Karim, 2 November", note="The bay")
    kept = photos.keep(session, seen.key, photo, new, by=SYSTEM)
    (row,) = photos.of_analysis(session, seen.key, by=SYSTEM)
    assert (row.name, row.note, row.agreed) == ("bay.jpg", "The bay", "Karim, 2 November")
    _, content = documents.take_away(session, "employer", kept.document_id, by=SYSTEM)
    assert content == photo.content
    documents.archive(session, "employer", kept.document_id, why="Blurred", version=1, by=SYSTEM)
    assert photos.of_analysis(session, seen.key, by=SYSTEM) == []


def test_people_on_a_photo_have_to_have_agreed(session: Session, seen: JobAnalysis, photo: CheckedFile):
    with pytest.raises(RuleBrokenError, match="Ask before you keep it"):
        photos.keep(session, seen.key, photo, WorkplacePhotoInput(shows=PhotoShows.PEOPLE), by=SYSTEM)
    nobody = WorkplacePhotoInput(agreed="left over")
    assert photos.keep(session, seen.key, photo, nobody, by=SYSTEM).agreed is None


def test_somebody_who_may_not_record_analyses_keeps_no_photo(
    session: Session, seen: JobAnalysis, photo: CheckedFile
):
    with pytest.raises(NotAllowedError):
        photos.keep(session, seen.key, photo, WorkplacePhotoInput(), by=make_actor(Role.AUDITOR))


def test_a_risk_is_recorded_changed_put_aside_and_brought_back(session: Session, seen: JobAnalysis):
    row = job_risks.add(session, seen.key, JobRiskInput(risk="Wet floor"), by=SYSTEM)
    edit = JobRiskInput(area=RiskArea.LONE_WORKING, risk="Alone after two", control="A call at three")
    job_risks.change(session, row.key, edit, version=1, by=SYSTEM)
    assert [one.risk for one in job_risks.of_analysis(session, seen.key, by=SYSTEM)] == ["Alone after two"]
    job_risks.archive(session, row.key, why="Two on shift now", version=2, by=SYSTEM)
    assert job_risks.of_analysis(session, seen.key, by=SYSTEM) == []
    assert len(job_risks.of_analysis(session, seen.key, is_archived=True, by=SYSTEM)) == 1
    job_risks.bring_back(session, row.key, version=3, by=SYSTEM)
    assert job_risks.find(session, row.key, by=SYSTEM).archived_at is None


def test_no_risk_is_added_to_an_archived_analysis(session: Session, seen: JobAnalysis):
    row = job_risks.add(session, seen.key, JobRiskInput(risk="Wet floor"), by=SYSTEM)
    analyses.archive(session, seen.key, why="Job is gone", version=1, by=SYSTEM)
    with pytest.raises(NotAllowedError):
        job_risks.add(session, seen.key, JobRiskInput(risk="Noise"), by=SYSTEM)
    with pytest.raises(NotAllowedError):
        job_risks.change(session, row.key, JobRiskInput(risk="Noise"), version=1, by=SYSTEM)
