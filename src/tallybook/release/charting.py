"""The charts of a release as files for reports: ranges, time, areas and a map, each as SVG and PNG."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from math import ceil, log10

from tallybook.release.charts import WIDTH, Bar, Circle, areas, bars, highest, scale_of
from tallybook.release.drawing import (
    BEST,
    LINE,
    SOFT,
    TINT,
    Disc,
    Drawing,
    Shape,
    Text,
    box,
    png_of,
    svg_of,
)  # fmt: skip
from tallybook.release.folder import Folder
from tallybook.release.manifest import Attribution
from tallybook.release.records import Edition, Figure
from tallybook.release.site import WHO

ACROSS, LEFT, RIGHT = 760, 190, 110
"""Width of a chart, and of the columns beside its bars."""
TOP, ROW, BAR, FOOT, EDGE = 64, 22, 12, 62, 16
TALL = 260
"""Height of the columns of the timeline."""
HEAD = 10
"""Length of the arrow of what is open."""
MOST_ROWS = 40
"""Areas that a chart shows, those with the highest numbers: more fit on no page. The tables hold all of them."""
LONGEST = 28
"""Letters of a label."""
LETTER, LINE_HIGH = 6.5, 14
"""How wide a letter of a map is taken to be, and how far apart lines must be."""
READ = "Each bar spans what independent sources say; the dark mark is their latest word; an arrow has no upper bound."
MAP = "North is up. An incident happened somewhere within its circle: a circle is an area, its middle is no place."
Piece = Shape | Disc | Text


def write_charts(folder: Folder, edition: Edition, by: Attribution) -> None:
    """Write `charts/`: a chart that has nothing to show is left away. Equal editions give equal bytes."""
    for name, drawing in _charts(edition, by):
        folder.write(f"charts/{name}.svg", svg_of(drawing))
        folder.write(f"charts/{name}.png", png_of(drawing))


def _charts(edition: Edition, by: Attribution) -> Iterator[tuple[str, Drawing]]:
    imprint = ", ".join(x for x in (f"As of {edition.as_of}", by.publisher, by.licence) if x)
    headline = [f for f in edition.figures if f.kind == "headline"]
    killed = [f for f in edition.figures if (f.measure, f.who) == ("killed", "any")]
    times, places = [f for f in killed if f.kind in ("month", "year")], [f for f in killed if f.kind == "place"]
    if headline:
        yield "headline", _rows("Reported casualties", imprint, list(_by_measure(headline)))
    if times:
        yield "timeline", _columns(f"Reported killed, by {times[0].kind}", imprint, times)
    if places:
        chosen = _highest(places)
        more = f": {len(chosen)} of {len(places)} areas" if len(chosen) < len(places) else ""
        rows = [(b.label, b) for b in bars(chosen, "place")]
        yield "areas", _rows(f"Reported killed, by area{more}", imprint, rows)
    circles, height = areas(edition.incidents)
    if circles:
        yield "map", _map(imprint, circles, height)


def _by_measure(figures: Sequence[Figure]) -> Iterator[tuple[str, Bar | None]]:
    for measure in dict.fromkeys(f.measure for f in figures):
        mine = [f for f in figures if f.measure == measure]
        yield f"Reported {measure}", None
        yield from ((WHO[f.who], b) for f, b in zip(mine, bars(mine, "who"), strict=True))


def _highest(figures: Sequence[Figure]) -> list[Figure]:
    """Return the figures with the highest numbers, in the order in which they came."""
    kept = sorted(figures, key=lambda f: -(f.high or f.best or f.low or 0))[:MOST_ROWS]
    return [f for f in figures if f in kept]


def _framed(title: str, imprint: str, height: int, pieces: Iterable[Piece], how: str = READ) -> Drawing:
    words = [
        Text(EDGE, 30, title, 20), Text(EDGE, height - 30, how, 11, fill=SOFT),
        Text(EDGE, height - 13, imprint, 11, fill=SOFT),
    ]  # fmt: skip
    return Drawing(ACROSS, height, title, [*words, *pieces])


def _rows(title: str, imprint: str, rows: Sequence[tuple[str, Bar | None]]) -> Drawing:
    pieces: list[Piece] = []
    for number, (label, bar) in enumerate(rows):
        y = TOP + number * ROW
        if bar is None:
            pieces.append(Text(EDGE, y + BAR, label, 14, fill=SOFT))
            continue
        pieces += [Text(LEFT - 10, y + BAR, _short(label), anchor="end"), box(LEFT, y + 1, _track(WIDTH), BAR, TINT)]
        pieces += _bar(bar, y + 1)
        pieces.append(Text(ACROSS - RIGHT + 10, y + BAR, bar.words))
    return _framed(title, imprint, TOP + len(rows) * ROW + FOOT, pieces)


def _track(length: float) -> float:
    return length * (ACROSS - LEFT - RIGHT) / WIDTH


def _bar(bar: Bar, y: float) -> Iterator[Piece]:
    start, end = LEFT + _track(bar.x), LEFT + _track(bar.x + bar.width)
    if bar.open:
        neck = max(start, end - HEAD)
        yield Shape(((start, y), (neck, y), (end, y + BAR / 2), (neck, y + BAR), (start, y + BAR)))
    else:
        yield box(start, y, end - start, BAR)
    if bar.best is not None:
        yield box(max(LEFT, LEFT + _track(bar.best) - 1.5), y, 3, BAR, BEST)


def _columns(title: str, imprint: str, figures: Sequence[Figure]) -> Drawing:
    """Draw a range for each period, low to high, upwards."""
    told, bottom = bars(figures, "since"), TOP + TALL
    pitch = (ACROSS - 2 * EDGE - 40) / len(told)
    wide, every = min(28.0, pitch * 0.7), ceil(52 / pitch)
    pieces: list[Piece] = list(_lines(figures, bottom))
    for number, (figure, bar) in enumerate(zip(figures, told, strict=True)):
        middle = EDGE + 40 + (number + 0.5) * pitch
        pieces += _column(bar, middle, wide, bottom)
        if number % every == 0:
            label = (figure.since or "")[: 4 if figure.kind == "year" else 7]
            pieces.append(Text(middle, bottom + 18, label, 11, "middle", SOFT))
    return _framed(title, imprint, bottom + 28 + FOOT, pieces)


def _column(bar: Bar, middle: float, wide: float, bottom: float) -> Iterator[Piece]:
    left, right = middle - wide / 2, middle + wide / 2
    low, high = bottom - bar.x * TALL / WIDTH, bottom - (bar.x + bar.width) * TALL / WIDTH
    if bar.open:
        neck = min(low, high + HEAD)
        yield Shape(((left, low), (left, neck), (middle, high), (right, neck), (right, low)))
    else:
        yield box(left, high, wide, low - high)
    if bar.best is not None:
        yield box(left, bottom - bar.best * TALL / WIDTH - 1.5, wide, 3, BEST)


def _lines(figures: Sequence[Figure], bottom: float) -> Iterator[Piece]:
    """Draw the lines of round numbers behind the columns."""
    top, scale = highest(figures), scale_of(figures)
    step = _round(top)
    for number in range(0, top + 1, step):
        y = bottom - number * scale * TALL / WIDTH
        yield box(EDGE + 40, y, ACROSS - 2 * EDGE - 40, 1, LINE)
        yield Text(EDGE + 32, y + 4, f"{number:,}", 11, "end", SOFT)


def _round(top: int) -> int:
    """Return a step of 1, 2 or 5 times a power of ten that makes five lines at most."""
    power: int = 10 ** max(0, ceil(log10(max(top, 1))) - 1)
    return max(1, next((s for s in (power // 5, power // 2, power, 2 * power) if s and top / s <= 5), 5 * power))


def _map(imprint: str, circles: Sequence[Circle], height: float) -> Drawing:
    left = (ACROSS - WIDTH) / 2
    ground = box(EDGE, TOP - 10, ACROSS - 2 * EDGE, height + 20, TINT)
    discs = [Disc(left + c.x, TOP + c.y, c.r) for c in circles]
    pieces: list[Piece] = [ground, *discs]
    pieces += _labels(circles, left)
    return _framed("Areas, with the number of incidents", imprint, ceil(TOP + height + 20 + FOOT), pieces, MAP)


def _labels(circles: Sequence[Circle], left: float) -> Iterator[Text]:
    """Name the areas, those with most incidents first, where no other name stands already."""
    taken: list[tuple[float, float, float]] = []
    for circle in sorted(circles, key=lambda c: (-c.events, c.label, c.x, c.y)):
        words = f"{_short(circle.label)} ({circle.events})"
        x, y, half = left + circle.x, TOP + circle.y + 4, len(words) * LETTER / 2
        if all(abs(y - other_y) > LINE_HIGH or abs(x - other_x) > half + wide for other_x, other_y, wide in taken):
            taken.append((x, y, half))
            yield Text(x, y, words, 12, "middle")


def _short(label: str) -> str:
    return label if len(label) <= LONGEST else label[: LONGEST - 1].rstrip() + "…"
