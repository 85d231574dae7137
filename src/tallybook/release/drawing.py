"""Shapes of a drawing, in its own units, y downwards; and the same drawing as SVG and as PNG."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from anyascii import anyascii
from PIL import Image, ImageDraw, ImageFont

INK, SOFT, LINE, RANGE, BEST, PAPER, TINT = "#1d2530", "#5a6675", "#d9dee5", "#9fb4cc", "#1f3a5f", "#ffffff", "#f5f7f9"
ANCHORS = {"start": "ls", "middle": "ms", "end": "rs"}
"""Where a text stands to its point, as SVG and as Pillow have it: always on its base line."""
DOTS = 2
"""Dots of a PNG for each unit of a drawing: 1,520 across, which prints sharp over the width of a page."""
SMOOTH = 2
"""Times that a PNG is drawn larger and then reduced, for smooth edges."""
FADED = 0.35
"""Share of a disc's colour that covers what lies beneath."""
Colour = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Shape:
    """A filled polygon."""

    points: tuple[tuple[float, float], ...]
    fill: str = RANGE


@dataclass(frozen=True, slots=True)
class Disc:
    """A circle through which others can be seen."""

    x: float
    y: float
    r: float


@dataclass(frozen=True, slots=True)
class Text:
    """Words on one line."""

    x: float
    y: float
    words: str
    size: int = 13
    anchor: str = "start"
    fill: str = INK


@dataclass(frozen=True, slots=True)
class Drawing:
    """Shapes, each above those before it."""

    width: int
    height: int
    title: str
    shapes: Sequence[Shape | Disc | Text]


def box(x: float, y: float, width: float, height: float, fill: str = RANGE) -> Shape:
    """Return a rectangle."""
    return Shape(((x, y), (x + width, y), (x + width, y + height), (x, y + height)), fill)


def svg_of(drawing: Drawing) -> str:
    """Return an SVG file: shapes and words, no script, no address but the name of the format, no metadata."""
    size = f'width="{drawing.width}" height="{drawing.height}" viewBox="0 0 {drawing.width} {drawing.height}"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" font-family="system-ui, sans-serif">',
        f"<title>{escape(drawing.title)}</title>",
        f'<rect width="{drawing.width}" height="{drawing.height}" fill="{PAPER}"/>',
        *map(_element, drawing.shapes),
        "</svg>\n",
    ]
    return "\n".join(parts)


def _element(shape: Shape | Disc | Text) -> str:
    if isinstance(shape, Shape):
        points = " ".join(f"{x:.1f},{y:.1f}" for x, y in shape.points)
        return f'<polygon points="{points}" fill="{shape.fill}"/>'
    if isinstance(shape, Disc):
        colours = f'fill="{RANGE}" fill-opacity="{FADED}" stroke="{BEST}"'
        return f'<circle cx="{shape.x:.1f}" cy="{shape.y:.1f}" r="{shape.r:.1f}" {colours}/>'
    place = f'x="{shape.x:.1f}" y="{shape.y:.1f}" font-size="{shape.size}" text-anchor="{shape.anchor}"'
    return f'<text {place} fill="{shape.fill}">{escape(shape.words)}</text>'


def png_of(drawing: Drawing) -> bytes:
    """Return a PNG file without metadata, the same on every machine: its font comes with Pillow.

    That font has plain Latin letters alone; other words are spelt in them. The SVG has them as they are.
    """
    scale = DOTS * SMOOTH
    picture = Image.new("RGB", (drawing.width * scale, drawing.height * scale), PAPER)
    pen = ImageDraw.Draw(picture, "RGBA")
    for shape in drawing.shapes:
        _draw(pen, shape, scale)
    out = io.BytesIO()
    picture.reduce(SMOOTH).save(out, "PNG", optimize=True)
    return out.getvalue()


def _draw(pen: ImageDraw.ImageDraw, shape: Shape | Disc | Text, scale: int) -> None:
    if isinstance(shape, Shape):
        pen.polygon([(x * scale, y * scale) for x, y in shape.points], _colour(shape.fill))
    elif isinstance(shape, Disc):
        edges = [n * scale for n in (shape.x - shape.r, shape.y - shape.r, shape.x + shape.r, shape.y + shape.r)]
        pen.ellipse(edges, _colour(RANGE, FADED), _colour(BEST), scale)
    else:
        font, place = ImageFont.load_default(shape.size * scale), (shape.x * scale, shape.y * scale)
        pen.text(place, anyascii(shape.words), _colour(shape.fill), font, ANCHORS[shape.anchor])


def _colour(name: str, share: float = 1.0) -> Colour:
    red, green, blue = (int(name[at : at + 2], 16) for at in (1, 3, 5))
    return red, green, blue, round(255 * share)
