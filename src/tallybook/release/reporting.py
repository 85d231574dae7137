"""A situation report as sections of paragraphs, tables and bars: made of an edition, so that nothing needs hiding."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from tallybook.errors import KnowledgeError
from tallybook.knowledge.rows import yaml_file
from tallybook.release.charts import Bar, bars, span
from tallybook.release.clearing import Cleared
from tallybook.release.laying import events
from tallybook.release.manifest import Attribution, method
from tallybook.release.naming import UNNAMED
from tallybook.release.profile import Profile
from tallybook.release.records import Edition, Figure
from tallybook.release.site import WHO
from tallybook.release.telling import bounds, claim_sentence

TEMPLATE = "report.yaml"
FIELDS = {"title", "subtitle", "sections", "most_incidents", "most_contradictions"}


@dataclass(frozen=True, slots=True)
class Section:
    """One section: paragraphs, then a table with its header, then bars with the words beside them."""

    heading: str
    paragraphs: tuple[str, ...] = ()
    header: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    bars: tuple[tuple[str, Bar], ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """A situation report, ready to be set."""

    title: str
    subtitle: str
    imprint: str
    sections: tuple[Section, ...]


def template_at(path: Path | None) -> Mapping[str, Any]:
    """Return the template in a YAML file; the shipped one where none is named.

    Raises: KnowledgeError naming what does not hold.
    """
    if path is None:
        with as_file(files("tallybook.release").joinpath("pages", TEMPLATE)) as shipped:
            return _checked(yaml_file(shipped), shipped)
    return _checked(yaml_file(path), path)


def _checked(told: Any, path: Path) -> Mapping[str, Any]:
    if not isinstance(told, Mapping) or set(told) != FIELDS or not isinstance(told["sections"], list):
        raise KnowledgeError(
            f"{path}: a template has {', '.join(sorted(FIELDS))}. Start from release/pages/report.yaml."
        )
    for number, section in enumerate(told["sections"], 1):
        if not isinstance(section, Mapping) or section.get("section") not in SECTIONS or "heading" not in section:
            raise KnowledgeError(
                f"{path}: section {number} needs a heading, and section: one of {', '.join(SECTIONS)}. Mend it."
            )
    return told


def report_of(
    passed: Cleared, profile: Profile, template: Mapping[str, Any], asked: Mapping[str, Any], by: Attribution
) -> Report:
    """Return the report of an edition; `asked` are the filters as the manifest tells them."""
    edition = passed.edition
    days = [d for e in edition.incidents for d in (e.start, e.end) if d]
    told = {
        "as_of": edition.as_of, "since": asked["since"] or min(days, default="the beginning"),
        "until": asked["until"] or max(days, default=edition.as_of),
    }  # fmt: skip
    made = [
        SECTIONS[s["section"]](passed, profile, str(s["heading"]), str(s.get("words") or ""), template)
        for s in template["sections"]
    ]
    licence = by.licence or "No licence is stated"
    imprint = f"{by.publisher or 'Publisher not stated'}. {licence}. Profile: {profile.name}, {profile.title}."
    return Report(str(template["title"]), str(template["subtitle"]).format(**told), imprint, tuple(made))


Maker = Callable[[Cleared, Profile, str, str, Mapping[str, Any]], Section]


def _headlines(passed: Cleared, _p: Profile, heading: str, words: str, _t: Mapping[str, Any]) -> Section:
    told = [f for f in passed.edition.figures if f.kind == "headline"]
    rows = tuple((f.measure, WHO[f.who], bounds(f.low, f.high), _best(f), str(len(f.counted)), str(f.unreviewed))
                 for f in told)  # fmt: skip
    notes = tuple(dict.fromkeys(f"{f.measure}, {WHO[f.who]}: {f.note}" for f in told if f.note))
    return Section(heading, (words, *notes),
                   ("reported", "who", "range", "latest word", "claims", "unreviewed"), rows)  # fmt: skip


def _best(figure: Figure) -> str:
    return "" if figure.best is None else str(figure.best)


def _charts(passed: Cleared, _p: Profile, heading: str, words: str, _t: Mapping[str, Any]) -> Section:
    killed = [f for f in passed.edition.figures if (f.measure, f.who) == ("killed", "any")]
    found: list[tuple[str, Bar]] = []
    for kinds, label in ((("month", "year"), "since"), (("place",), "place")):
        mine = [f for f in killed if f.kind in kinds]
        found += [(b.label, b) for b in bars(mine, label)]
    return Section(heading, (words,), bars=tuple(found))


def _incidents(passed: Cleared, _p: Profile, heading: str, words: str, template: Mapping[str, Any]) -> Section:
    latest = sorted(passed.edition.incidents, key=lambda e: (e.start or e.end or "", e.id), reverse=True)
    rows = []
    for event in latest[: template["most_incidents"]]:
        days = " to ".join(dict.fromkeys(d for d in (event.start, event.end) if d)) or "not stated"
        where = (
            ", ".join(n for n in ((event.place.name, *event.place.admin) if event.place else ()) if n) or "not stated"
        )
        harm = "; ".join(f"{b.measure} {span(b.low, b.high)}" for b in event.figures if b.affiliation == "any")
        rows.append(
            (days, where, event.event_type.replace("_", " "), harm or "no number stated", str(len(event.sources)))
        )
    more = len(latest) - len(rows)
    told = (words, f"And {more} more.") if more > 0 else (words,)
    return Section(heading, told, ("day", "area", "kind", "reported", "reports"), tuple(rows))


def _contradictions(passed: Cleared, _p: Profile, heading: str, words: str, template: Mapping[str, Any]) -> Section:
    """Tell the incidents in which sources state numbers of one measure and status that cannot both be true."""
    reports = {s.id: s for s in passed.edition.sources}
    told: list[str] = []
    for event in events(passed.edition):
        mine = [c for c in event.claims if c.measure and c.review != "rejected" and c.part_of is None]
        for key in sorted({(c.measure or "", c.affiliation) for c in mine}):
            held = [c for c in mine if (c.measure, c.affiliation) == key]
            lows, highs = [c.low for c in held if c.low is not None], [c.high for c in held if c.high is not None]
            if lows and highs and max(lows) > min(highs):
                said = (claim_sentence(c, reports[c.source].publisher, reports[c.source].published) for c in held)
                told.append(f"{event.event.start or 'Day not stated'}: " + " ".join(said))
    most = template["most_contradictions"]
    more = (f"And {len(told) - most} more.",) if len(told) > most else ()
    return Section(heading, (words, *(told[:most] or ["None was found."]), *more))


def _sources(passed: Cleared, _p: Profile, heading: str, words: str, _t: Mapping[str, Any]) -> Section:
    count = Counter(c.origin or UNNAMED for c in passed.edition.claims)
    rows = tuple((name, str(n)) for name, n in sorted(count.items(), key=lambda x: (-x[1], x[0])))
    return Section(heading, (words,), ("whose word", "claims"), rows)


def _withheld(passed: Cleared, _p: Profile, heading: str, words: str, _t: Mapping[str, Any]) -> Section:
    rows = tuple((str(r["what"]), str(r["count"]), str(r["because"])) for r in passed.withheld.rows())
    return Section(
        heading, (words if rows else "Nothing was withheld.",), ("what", "how many", "why") if rows else (), rows
    )


def _method(passed: Cleared, profile: Profile, heading: str, words: str, _t: Mapping[str, Any]) -> Section:
    edition: Edition = passed.edition
    plain = [p.replace("\n", " ").lstrip("# ").replace("`", "") for p in method(profile, edition.as_of).split("\n\n")]
    return Section(heading, tuple(p for p in (words, *plain[1:]) if p))


SECTIONS: dict[str, Maker] = {
    "headlines": _headlines, "charts": _charts, "incidents": _incidents, "contradictions": _contradictions,
    "sources": _sources, "withheld": _withheld, "method": _method,
}  # fmt: skip
