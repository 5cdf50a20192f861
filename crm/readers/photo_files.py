"""Photos as they are kept: upright, smaller, and written anew, so that only what is seen is left.

Where a photo was taken, when and with which telephone stands in its EXIF block; none is copied. Run as
`python -m crm.readers.photo_files`: a picture made to exhaust memory ends that process and nothing else.
"""

import base64
import sys
import warnings
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from PIL import Image, ImageOps

from crm.errors import UnreadableFileError
from crm.readers.limited import Files, answer

LONGEST_SIDE = 1600
"""Pixels of the longer side: enough to read a notice on the wall."""

MOST_PIXELS = 60_000_000
"""Largest photo that is looked at; telephones make 12 to 50 million."""

_QUALITY = 82


def cleaned(content: bytes, name: str) -> bytes:
    """The same photo as a JPEG without anything beside the picture itself, at most 1,600 pixels long.

    Raises:
        UnreadableFileError: it is no JPEG or PNG picture, it is damaged, or it is far too large.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(BytesIO(content), formats=("JPEG", "PNG")) as opened:
                return _rewritten(opened, name)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise UnreadableFileError(
            f"“{name}” is not a photo that can be read. Take it again, or save it as JPEG or PNG."
        ) from error


def _rewritten(opened: Image.Image, name: str) -> bytes:
    if opened.width * opened.height > MOST_PIXELS:
        raise UnreadableFileError(
            f"“{name}” has more than {MOST_PIXELS // 1_000_000} million pixels. Take a smaller photo."
        )
    opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    seen = ImageOps.exif_transpose(opened).convert("RGB")
    seen.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    bare = Image.frombytes("RGB", seen.size, seen.tobytes())
    written = BytesIO()
    bare.save(written, "JPEG", quality=_QUALITY)
    return written.getvalue()


def _read(_wanted: dict[str, Any], files: Files) -> Iterator[bytes]:
    for name, content in files:
        yield base64.b64encode(cleaned(content, name))


if __name__ == "__main__":
    sys.exit(answer(_read))
