"""A chart drawn: as SVG for pages and PDF, and as PNG for Word, with no browser, no network and no clock."""

import unicodedata
from base64 import b64encode
from functools import cache
from html import escape
from io import BytesIO
from typing import TYPE_CHECKING

from crm.papers.chart import TEXT, WIDTH, Box, Words, high, shapes
from crm.papers.paper import Chart

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont, ImageFont

_INK = "#1d3557"
_FACES = "Arial, Liberation Sans, DejaVu Sans, sans-serif"
_FINE = 4
"""Dots of a PNG to each point of the picture: sharp in print."""

_LIKE = str.maketrans({"\N{EN DASH}": "-", "\N{EM DASH}": "-", "\N{NO-BREAK SPACE}": " "})
_UNDRAWN = "?"


def as_svg(chart: Chart) -> str:
    """The picture as SVG, its words as text."""
    drawn = "".join(_svg(shape) for shape in shapes(chart))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {high(chart)}" width="{WIDTH}" '
        f'height="{high(chart)}"><rect width="100%" height="100%" fill="#fff"/>'
        f'<g font-family="{_FACES}" font-size="{TEXT}" fill="#0b0c0c">{drawn}</g></svg>'
    )


def _svg(shape: Box | Words) -> str:
    if isinstance(shape, Words):
        return f'<text x="{shape.x:g}" y="{shape.y:g}">{escape(shape.text)}</text>'
    fill = "#fff" if shape.is_white else _INK
    place = f'x="{shape.x:g}" y="{shape.y:g}" width="{shape.wide:g}" height="{shape.high:g}"'
    return f'<rect {place} fill="{fill}"/>'


def address_of_svg(chart: Chart) -> str:
    """The picture as an address that holds it, for a page that needs nothing beside itself."""
    return f"data:image/svg+xml;base64,{b64encode(as_svg(chart).encode()).decode()}"


def as_png(chart: Chart) -> bytes:
    """The picture as PNG, the same bytes each time on one machine."""
    from PIL import Image, ImageDraw

    picture = Image.new("RGB", (WIDTH * _FINE, high(chart) * _FINE), "#fff")
    pen = ImageDraw.Draw(picture)
    for shape in shapes(chart):
        x, y = shape.x * _FINE, shape.y * _FINE
        if isinstance(shape, Words):
            pen.text((x, y), drawable(shape.text), fill="#0b0c0c", font=_face(), anchor="ls")
        else:
            corner = x + shape.wide * _FINE - 1, y + shape.high * _FINE - 1
            pen.rectangle((x, y, *corner), fill="#fff" if shape.is_white else _INK)
    kept = BytesIO()
    picture.save(kept, "PNG", optimize=True)
    return kept.getvalue()


@cache
def _face() -> "FreeTypeFont | ImageFont":
    """The one face that Pillow brings along: no font of the machine changes a picture."""
    from PIL import ImageFont

    return ImageFont.load_default(size=TEXT * _FINE)


def drawable(text: str) -> str:
    """Text in the plain signs that the face has: é as e; what has no plain sign is a question mark.

    The bar is still known by its number, and the table beside the picture has the name in full.
    """
    parted = unicodedata.normalize("NFKD", text.translate(_LIKE))
    kept = (sign for sign in parted if not unicodedata.combining(sign))
    return "".join(sign if sign.isascii() or sign in "‘’“”…" else _UNDRAWN for sign in kept)
