"""Pictures without what the camera wrote into them: the place, the camera, the moment, words.

Run as `python -m crm.readers.pictures` by a limited process: a picture made to exhaust memory ends that one.
"""

import base64
import io
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from PIL import Image, JpegImagePlugin, UnidentifiedImageError

from crm.errors import UnreadableFileError
from crm.readers.limited import Files, answer

MOST_PIXELS = 64_000_000
"""Larger ones are refused: unpacked they would need more memory than one upload may use."""

_FORMATS = ("JPEG", "PNG")
_ORIENTATION, _PLACE = 0x0112, 0x8825
_PLACE_IN_XMP = b"GPSLatitude"
_JPEG_BEGINS, _JPEG_ENDS, _PNG_ENDS = b"\xff\xd8\xff", b"\xff\xd9", b"IEND\xaeB`\x82"
"""Telephones append further pictures, or a film: what lies behind the end tells as much as the rest."""
_PLAIN = {"APP0", "APP2", "APP14"}
"""The parts of a JPEG that say how it is drawn: its frame, its colours, and how these are coded."""
_DRAWN = frozenset(
    {"exif", "icc_profile", "transparency", "gamma", "chromaticity", "srgb", "dpi", "aspect", "interlace"}
    | {"loop", "duration", "default_image", "blend", "disposal", "background", "bbox", "timestamp"}
)
"""What a PNG tells of how it is drawn; anything else in it is words, and its EXIF is looked into."""


@dataclass(frozen=True, slots=True)
class BarePicture:
    """A picture as it is kept; was anything taken out of it, and among that the place?"""

    content: bytes
    was_told: bool
    had_place: bool


def bare(content: bytes, name: str) -> BarePicture:
    """The picture without what was written into it; the very same bytes where nothing was.

    Raises:
        UnreadableFileError: it is damaged, or has too many dots to be looked into.
    """
    try:
        with Image.open(io.BytesIO(content), formats=_FORMATS) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise _too_large(name)
            picture.load()
            if not _is_told(picture, content):
                return BarePicture(content, was_told=False, had_place=False)
            return BarePicture(_written(picture), was_told=True, had_place=_has_place(picture))
    except (Image.DecompressionBombError, MemoryError) as error:
        raise _too_large(name) from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise UnreadableFileError(
            f"“{name}” is a damaged picture, so what the camera wrote into it cannot be taken out. "
            "It was not attached. Open it, save it anew, and attach that."
        ) from error


def _too_large(name: str) -> UnreadableFileError:
    return UnreadableFileError(
        f"“{name}” has more than {MOST_PIXELS // 1_000_000} million dots. Save it smaller, and attach that."
    )


def _is_told(picture: Image.Image, content: bytes) -> bool:
    """Is there anything in it, or behind it, that is not needed to draw it?"""
    if set(picture.getexif()) - {_ORIENTATION}:
        return True
    if isinstance(picture, JpegImagePlugin.JpegImageFile):
        parts = (marker for marker, held in picture.applist if not held.startswith(b"Exif\0\0"))
        is_alone = content.endswith(_JPEG_ENDS) and content.count(_JPEG_BEGINS) == 1
        return not (is_alone and _PLAIN.issuperset(parts))
    is_alone = content.endswith(_PNG_ENDS)
    return not (is_alone and _DRAWN.issuperset(str(key) for key in picture.info))


def _has_place(picture: Image.Image) -> bool:
    xmp = picture.info.get("xmp") or picture.info.get("XML:com.adobe.xmp") or b""
    words = xmp.encode() if isinstance(xmp, str) else xmp
    return bool(picture.getexif().get_ifd(_PLACE)) or _PLACE_IN_XMP in words


def _written(picture: Image.Image) -> bytes:
    """The picture written anew: as sharp as it was, in its colours, and the right way up."""
    told, kept = picture.getexif(), Image.Exif()
    if _ORIENTATION in told:
        kept[_ORIENTATION] = told[_ORIENTATION]
    how: dict[str, Any] = {"exif": kept.tobytes() if len(kept) else b""}
    how["icc_profile"] = picture.info.get("icc_profile")
    if isinstance(picture, JpegImagePlugin.JpegImageFile):
        how |= {"format": "JPEG", "comment": b"", "xmp": b"", "qtables": picture.quantization}
        how["subsampling"] = JpegImagePlugin.get_sampling(picture)
        how["progressive"] = "progressive" in picture.info
    else:
        how |= {"format": "PNG", "save_all": getattr(picture, "is_animated", False)}
    written = io.BytesIO()
    picture.save(written, **how)
    return written.getvalue()


def read(_wanted: dict[str, Any], files: Files) -> Iterator[bytes]:
    """One line: what was taken out, and the bytes where they are new."""
    ((name, content),) = files
    found = bare(content, name)
    new = base64.b64encode(found.content).decode() if found.was_told else ""
    yield json.dumps({"new": new, "had_place": found.had_place}).encode()


if __name__ == "__main__":
    sys.exit(answer(read))
