"""Toponyms with known coordinates: what `geo-lgl` and `geo-geovirus` share.

acc161          share of gold toponyms with coordinates whose resolved place lies within 161 km (100 miles) of them; a
                name that is not resolved is wrong. The names are given to the product's own finder of places.
mean_km, median_km   error of the gold toponyms that were resolved to a point
auc             area under the log-error curve: mean of ln(1 + error) / ln(1 + 20,039 km) over the gold toponyms, an
                unresolved one at the largest error; less is better
recognition_f1  spans that the reader itself takes for places against gold toponyms: same first and last character, a
                unit word before or after forgiven ('Rapides' for 'Rapides Parish')
e2e_acc161      share of gold toponyms that the reader found itself and placed within 161 km
ece             expected calibration error of the best candidate's probability against being within 161 km
oracle161       share with any place of that name within 161 km: what no choice among the gazetteer's places exceeds
populous_acc161 the most populous place of that name in the same gazetteer: what a user would do instead

Source: Gritta, Pilehvar and Collier 2020, "A Pragmatic Guide to Geoparsing Evaluation", section 4 (accuracy@161km, AUC,
mean and median error, toponyms without coordinates left out). LGL: Lieberman, Samet and Sankaranarayanan 2010.
GeoVirus: Gritta, Pilehvar and Collier 2018. `first` and `second` are the halves of a file in its order: rules were
looked at on `first` only; `all` is reported, and both halves beside it.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from evals.calibration import bins, error
from evals.ratios import Hits, share
from evals.reports import report
from evals.request import NoData, Request
from evals.result import Result, rounded
from tallybook.claims.reader import Reader
from tallybook.claims.toponyms import PlaceReader
from tallybook.claims.toponyms import Toponym as Found
from tallybook.knowledge.places import Gazetteer
from tallybook.model import Document, Place, Span
from tallybook.model.earth import apart

NEAR_KM = 161.0
"""100 miles, the field's threshold."""
FARTHEST_KM = 20_039.0
"""Half the circumference of the earth."""
SPLITS = ("all", "first", "second")


@dataclass(frozen=True, slots=True)
class Toponym:
    """One name of the key, and where the place is."""

    span: Span
    words: str
    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class Article:
    """One text of a set, its toponyms, and the names whose coordinates the key lacks."""

    document: Document
    toponyms: tuple[Toponym, ...]
    unplaced: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Score:
    """One gold toponym: how far off the product, the most populous namesake and the nearest namesake are, in km."""

    toponym: Toponym
    place: Place
    error: float | None
    own: float | None
    populous: float | None
    nearest: float | None


def evaluate_toponyms(name: str, articles: Sequence[Article], request: Request) -> Result:
    """Score the articles of the split asked for.

    Raises: NoData if the split is unknown.
    """
    split = request.split("all", SPLITS)[0]
    reader = place_reader(request)
    gazetteer = reader.finder.knowledge.places
    middle = len(articles) // 2
    given = reader.given((a.document, [t.span for t in a.toponyms]) for a in articles)
    found = reader.found(a.document for a in articles)
    scored = [
        (number < middle, _scores(article, places, own, gazetteer), _recognised(article, own))
        for number, (article, places, own) in enumerate(zip(articles, given, found, strict=True))
    ]
    wanted = [s for s in scored if split == "all" or (split == "first") == s[0]]
    metrics = figures([score for _, scores, _ in wanted for score in scores])
    metrics["recognition_f1"] = rounded(sum((hits for _, _, hits in wanted), Hits()).f1)
    if split == "all":
        for half, first in (("first", True), ("second", False)):
            part = [score for at, scores, _ in scored if at == first for score in scores]
            metrics[f"{half}_acc161"] = within([s.error for s in part])
    misses = [_miss(a, s) for a, (_, scores, _) in zip(articles, scored, strict=True) for s in scores if _far(s.error)]
    return Result(name, len(wanted), metrics, tuple(misses))


def figures(scores: Sequence[Score]) -> dict[str, float | None]:
    """Return the metrics of gold toponyms."""
    errors = [s.error for s in scores]
    placed = [e for e in errors if e is not None]
    sure = [(s.place.candidates[0].probability, not _far(s.error)) for s in scores if s.place.candidates]
    return {
        "acc161": within(errors),
        "e2e_acc161": within([s.own for s in scores]),
        "mean_km": round(statistics.fmean(placed), 1) if placed else None,
        "median_km": round(statistics.median(placed), 1) if placed else None,
        "auc": log_error_area(errors),
        "ece": error(bins(sure)),
        "oracle161": within([s.nearest for s in scores]),
        "populous_acc161": within([s.populous for s in scores]),
        "toponyms": float(len(scores)),
    }


def within(errors: Sequence[float | None], limit: float = NEAR_KM) -> float | None:
    """Return the share of errors of at most `limit` km; an unresolved one (None) is wrong; None without any."""
    return share(sum(e is not None and e <= limit for e in errors), len(errors))


def log_error_area(errors: Sequence[float | None]) -> float | None:
    """Return the area under the curve of log errors, in 0..1, 0 for no error; None without any."""
    if not errors:
        return None
    logs = [math.log1p(min(e, FARTHEST_KM) if e is not None else FARTHEST_KM) for e in errors]
    return rounded(statistics.fmean(logs) / math.log1p(FARTHEST_KM))


def lgl(folder: Path) -> list[Article]:
    """Return the articles of lgl.xml.

    Raises: NoData if the file is missing or is no XML.
    """
    return list(_lgl(_root(folder / "lgl.xml")))


def geovirus(folder: Path) -> list[Article]:
    """Return the articles of GeoVirus.xml.

    Raises: NoData if the file is missing or is no XML.
    """
    return list(_geovirus(_root(folder / "GeoVirus.xml")))


def _root(file: Path) -> Any:
    if not file.exists():
        raise NoData(f"{file} is not there: --data must name the folder that holds geoparsing/.")
    try:
        return ElementTree.parse(file).getroot()
    except ElementTree.ParseError as broken:
        raise NoData(f"{file} is no XML ({broken}). Copy it anew from its source.") from broken


def _lgl(root: Any) -> Iterator[Article]:
    for node in root.iter("article"):
        text = node.findtext("text") or ""
        document = report(
            node.get("docid"),
            text,
            publisher=node.findtext("domain"),
            published=(node.findtext("dltime") or "")[:10] or None,
            url=node.findtext("url"),
        )
        placed, unplaced = [], []
        for mark in node.iter("toponym"):
            span = _span(document.text, mark)
            tag = mark.find("gaztag")
            if tag is not None and tag.findtext("lat"):
                placed.append(
                    Toponym(span, span.of(document.text), float(tag.findtext("lat")), float(tag.findtext("lon")))
                )
            else:
                unplaced.append(span)
        yield Article(document, tuple(placed), tuple(unplaced))


def _geovirus(root: Any) -> Iterator[Article]:
    for number, node in enumerate(root.iter("article"), 1):
        source = (node.findtext("source") or "").strip()
        document = report(f"geovirus-{number}", node.findtext("text") or "", url=source or None)
        marks = sorted(node.iter("location"), key=lambda m: int(m.findtext("start")))
        placed = [
            Toponym(
                _span(document.text, mark),
                mark.findtext("name"),
                float(mark.findtext("lat")),
                float(mark.findtext("lon")),
            )
            for mark in marks
        ]
        yield Article(document, tuple(placed))


def _span(text: str, mark: Any) -> Span:
    """Return where a name stands; normalising may have moved it by a few characters."""
    start, words = int(mark.findtext("start")), mark.findtext("phrase") or mark.findtext("name")
    for shift in sorted(range(-6, 7), key=abs):
        if start + shift >= 0 and text.startswith(words, start + shift):
            return Span(start + shift, start + shift + len(words))
    return Span(start, int(mark.findtext("end")))


def _scores(article: Article, places: Sequence[Place], own: Sequence[Found], gazetteer: Gazetteer) -> list[Score]:
    return [_score(t, place, own, gazetteer) for t, place in zip(article.toponyms, places, strict=True)]


def _score(toponym: Toponym, place: Place, own: Sequence[Found], gazetteer: Gazetteer) -> Score:
    true = (toponym.lat, toponym.lon)
    match = next((f for f in own if _same(f.span, toponym.span)), None)
    points = [(e.population, (e.lat, e.lon)) for e in gazetteer.entries(toponym.words) if e.lat is not None]
    largest = max(points, key=lambda p: p[0], default=None)
    return Score(
        toponym,
        place,
        _off(place, true),
        _off(match.place, true) if match else None,
        apart(true, largest[1]) if largest else None,  # type: ignore[arg-type]
        min((apart(true, p) for _, p in points), default=None),  # type: ignore[arg-type]
    )


def _off(place: Place, true: tuple[float, float]) -> float | None:
    return None if place.lat is None or place.lon is None else apart(true, (place.lat, place.lon))


def _recognised(article: Article, own: Sequence[Found]) -> Hits:
    """Count spans found; a name of the key without coordinates may be found and need not be."""
    gold = [t.span for t in article.toponyms]
    printed = [f for f in own if not any(_same(f.span, s) for s in article.unplaced)]
    right = sum(any(_same(f.span, s) for f in printed) for s in gold)
    return Hits(right, len(printed), len(gold))


def _same(a: Span, b: Span) -> bool:
    """Say whether two spans are one name: equal at one end, and one inside the other."""
    return (a.start == b.start or a.end == b.end) and (a.covers(b) or b.covers(a))


def _far(error_km: float | None) -> bool:
    return error_km is None or error_km > NEAR_KM


def _miss(article: Article, score: Score) -> str:
    place, off = score.place, "unresolved" if score.error is None else f"{score.error:.0f} km"
    near = "" if score.nearest is None else f", nearest namesake {score.nearest:.0f} km"
    units = ", ".join((*place.admin, place.country or "?"))
    return f"{article.document.id} {score.toponym.words!r}: {off}{near}; taken for {place.name} ({units})"


def place_reader(request: Request) -> PlaceReader:
    """Return the part of the product's reader that finds and resolves places.

    Raises: NoData if the request has another reader.
    """
    if not isinstance(request.reader, Reader):
        raise NoData("Places are resolved by the default reader only; run this eval with it.")
    return PlaceReader(request.reader.parser, request.reader.finder)
