"""Pictures leave behind where they were taken and what else the camera wrote, and stay as they look."""

from io import BytesIO

import pytest
from PIL import Image, ImageChops, PngImagePlugin

from crm.errors import UnreadableFileError
from crm.readers import apart, pictures
from crm.readers.pictures import bare
from tests.makers_documents import PNG, UPRIGHT, picture


def drawn(content: bytes) -> Image.Image:
    image = Image.open(BytesIO(content))
    image.load()
    return image


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_place_and_camera_are_taken_out_and_the_picture_looks_as_before(kind: str):
    before = picture(kind, place=True)
    assert b"Canary camera" in before
    found = bare(before, "site")
    after = drawn(found.content)
    assert found.had_place
    assert b"Canary" not in found.content
    assert dict(after.getexif()) == {UPRIGHT: 6}
    assert not after.getexif().get_ifd(0x8825)
    assert (after.format, after.size) == (kind, (256, 256))
    apart_by = ImageChops.difference(drawn(before), after).convert("L").histogram()
    assert sum(apart_by[5:]) == 0


def test_what_other_programs_wrote_is_taken_out_too():
    words = PngImagePlugin.PngInfo()
    words.add_text("Author", "Canary Joan")
    place = b"<x:xmpmeta exif:GPSLatitude='53,47.97N'/>"
    for told in (
        picture("PNG", pnginfo=words),
        picture("JPEG", comment=b"Canary Joan"),
        picture("JPEG", xmp=place),
        picture("MPO", save_all=True, append_images=[Image.new("RGB", (9, 9))]),
        picture("JPEG") + b"ftypmp42 Canary film",
        PNG + b"Canary words",
    ):
        found = bare(told, "site")
        assert found.was_told
        assert found.had_place == (place in told)
        assert b"Canary" not in found.content
        assert place not in found.content
        assert not bare(found.content, "site").was_told


def test_a_picture_that_tells_nothing_stays_the_very_same_bytes():
    colours = picture("JPEG", dpi=(300, 300), icc_profile=b"colours")
    for plain in (PNG, colours, bare(picture("JPEG", place=True), "site").content):
        assert bare(plain, "site") == pictures.BarePicture(plain, was_told=False, had_place=False)


def test_a_moving_picture_moves_on_without_its_words():
    words = PngImagePlugin.PngInfo()
    words.add_text("Author", "Canary Joan")
    frames = [Image.new("RGB", (9, 9), colour) for colour in ("red", "blue")]
    found = bare(picture("PNG", pnginfo=words, save_all=True, append_images=frames), "site")
    assert b"Canary" not in found.content
    assert getattr(drawn(found.content), "n_frames", 1) == 3


@pytest.mark.parametrize("content", [b"\x89PNG\r\n\x1a\n" + b"\0" * 40, picture("JPEG", place=True)[:-900]])
def test_a_damaged_picture_is_refused_as_nothing_can_be_taken_out_of_it(content: bytes):
    with pytest.raises(UnreadableFileError, match="damaged picture"):
        bare(content, "site.jpg")


def test_a_picture_with_too_many_dots_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(pictures, "MOST_PIXELS", 256 * 256 - 1)
    with pytest.raises(UnreadableFileError, match="million dots"):
        bare(PNG, "site.png")


def test_pictures_are_looked_into_by_a_process_of_their_own():
    found = apart.bare_picture(picture("JPEG", place=True), "site.jpg")
    assert (found.was_told, found.had_place) == (True, True)
    assert apart.bare_picture(PNG, "site.png").content == PNG
    with pytest.raises(UnreadableFileError, match="damaged picture"):
        apart.bare_picture(PNG[:100], "site.png")
