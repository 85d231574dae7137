"""The page of a release: figures as ranges with their proof, months, areas, incidents; no server, no request."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from jinja2 import Environment, StrictUndefined, Template

from tallybook.release.charts import WIDTH, Bar, areas, bars, span
from tallybook.release.clearing import Cleared
from tallybook.release.manifest import NOT_STATED, Attribution
from tallybook.release.profile import Profile
from tallybook.release.records import Edition, Event, Figure
from tallybook.release.telling import claim_sentence

MOST_INCIDENTS = 3000
"""Incidents that the page lists, the latest first: beyond it a phone is slow. The tables hold all of them."""
MOST_STEPS = 100
"""Sentences of one proof that the page shows; `figures.jsonl` holds all of them."""
WHO = {"any": "all people", "civilian": "civilians", "combatant": "combatants", "unknown": "status unknown",
       "children": "children", "women": "women"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """One incident as the page lists it."""

    id: str
    when: str
    where: str
    kind: str
    harm: tuple[str, ...]
    sources: int
    said: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure: its figures, with a bar for each."""

    name: str
    figures: tuple[tuple[Figure, Bar], ...]


def page(passed: Cleared, profile: Profile, title: str, by: Attribution, has_former: bool = False) -> str:
    """Return the page as one HTML file: no script, style, font or picture from elsewhere, and nothing sent."""
    edition = passed.edition
    months = [f for f in edition.figures if f.kind in ("month", "year") and (f.measure, f.who) == ("killed", "any")]
    places = [f for f in edition.figures if f.kind == "place" and (f.measure, f.who) == ("killed", "any")]
    circles, height = areas(edition.incidents)
    latest = sorted(edition.incidents, key=lambda e: (e.start or e.end or "", e.id), reverse=True)
    script, said = _text("site.js"), _said(edition)
    return _template().render(
        title=title, by=by, profile=profile, as_of=edition.as_of, licence=by.licence or NOT_STATED,
        style=_text("site.css"), script=script, script_hash=_hash(script), measures=_measures(edition),
        months=list(zip(months, bars(months, "since"), strict=True)),
        places=list(zip(places, bars(places, "place"), strict=True)),
        circles=circles, height=height, width=WIDTH, who=WHO, span=span, most_steps=MOST_STEPS,
        incidents=[_row(e, said) for e in latest[:MOST_INCIDENTS]], all_incidents=len(latest),
        withheld=passed.withheld.rows(), has_former=has_former,
        counts={"claims": len(edition.claims), "sources": len(edition.sources)},
    )  # fmt: skip


def _measures(edition: Edition) -> tuple[Measure, ...]:
    found: dict[str, list[Figure]] = {}
    for figure in edition.figures:
        if figure.kind == "headline":
            found.setdefault(figure.measure, []).append(figure)
    return tuple(Measure(name, tuple(zip(held, bars(held, "who"), strict=True))) for name, held in found.items())


def _row(event: Event, said: Mapping[str, str]) -> Row:
    days = [d for d in dict.fromkeys((event.start, event.end)) if d]
    where = event.place
    harm = tuple(f"{b.measure} {span(b.low, b.high)}" for b in event.figures if b.affiliation == "any")
    return Row(
        event.id, " to ".join(days) or "not stated",
        ", ".join(x for x in ((where.name or "", *where.admin) if where else ()) if x) or "not stated",
        event.event_type.replace("_", " "), harm, len(event.sources), tuple(said[c] for c in event.claims if c in said),
    )  # fmt: skip


def _said(edition: Edition) -> dict[str, str]:
    """Return each claim of the release in a sentence, by id."""
    reports = {s.id: s for s in edition.sources}
    return {
        c.id: claim_sentence(c, reports[c.source].publisher, reports[c.source].published)
        for c in edition.claims if c.source in reports
    }  # fmt: skip


def _text(name: str) -> str:
    return files("tallybook.release").joinpath("pages", name).read_text(encoding="utf-8")


def _hash(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode("ascii")


@cache
def _template() -> Template:
    made = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return made.from_string(_text("site.html"))
