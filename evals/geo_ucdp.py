"""Eval `geo-ucdp`: place names of UCDP events in Myanmar, as bare strings with the country known.

acc25              share of events of where_prec 1 to 3 whose place name is resolved rightly with what ships: within
                   25 km of the event's point for precision 1 and 2, in its district (adm_2) for precision 3
acc25_imported     the same with the P-code tables and township outlines of DATA/myanmar imported, as a user does it
names_acc25, names_acc25_imported   the same over different names, each once
headline_acc25, headline_acc25_imported   over events whose linked headline holds the name: resolved in the headline
ece, ece_imported  expected calibration error of the best candidate's probability against being right
oracle25, oracle25_imported   share with any exact match within 25 km (or in the district)
populous_acc25     the most populous exact match of that name in the country: what a user would do instead

UCDP's own place names are in no pack. Source of the precision codes: UCDP GED codebook (where_prec 1 exact, 2 within
25 km of the point, 3 the district). UCDP GED: Sundberg and Melander 2013, CC BY 4.0. Splits: `all` is reported;
`first` and `second` are halves of the names by the hash of the name, and rules were looked at on `first` only.
"""

from __future__ import annotations

import csv
import hashlib
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from evals.calibration import bins, error
from evals.geo import place_reader
from evals.ratios import share
from evals.reports import report
from evals.request import NoData, Request
from evals.result import Result
from tallybook.claims.places import PlaceFinder
from tallybook.claims.toponyms import PlaceReader
from tallybook.knowledge import Knowledge, load
from tallybook.knowledge.imports.importing import import_places
from tallybook.knowledge.place_entries import PlaceEntry
from tallybook.knowledge.place_names import keys, name_alone, sound
from tallybook.model import Place, Span
from tallybook.model.earth import apart

NEAR_KM = 25.0
COUNTRY = "MMR"
PRECISE, DISTRICT = ("1", "2"), "3"
SPLITS = ("all", "first", "second")
TABLES = {
    "outlines": "townships_adm3.geojson",
    "towns": "pcode9.6_town_data.csv",
    "wards": "pcode9.6_ward_data.csv",
    "tracts": "pcode9.6_village_tract_data.csv",
}
"""What is imported, under which name, in this order."""


@dataclass(frozen=True, slots=True)
class Event:
    """One event: the name of its place, and where it was."""

    id: str
    name: str
    precision: str
    district: str
    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class Answer:
    """One event, the place its name was resolved to, and whether that is right."""

    event: Event
    place: Place
    right: bool
    possible: bool
    populous: bool


def evaluate(request: Request) -> Result:
    """Score the events of the split asked for, with what ships and with the tables imported.

    Raises: NoData if the data is not there or the split is unknown.
    """
    split = request.split("all", SPLITS)[0]
    folder, tables = request.folder("ucdp"), request.folder("myanmar")
    known = events(folder / "ged_myanmar.csv")
    wanted = [e for e in known if split == "all" or (split == "first") == in_first(e.name)]
    headlines = headlines_of(folder / "mmr_event_report_links.csv", wanted)
    shipped = place_reader(request)
    with tempfile.TemporaryDirectory() as shelf:
        packs = imported(tables, Path(shelf), shipped.finder.knowledge)
        richer = PlaceReader.of(load(packs), shipped.parser)
        metrics, misses = _figures(shipped, wanted, headlines, "")
        more, others = _figures(richer, wanted, headlines, "_imported")
    metrics |= more
    metrics["events"] = float(len(wanted))
    return Result("geo-ucdp", len(wanted), metrics, (*misses, *others))


def events(file: Path) -> list[Event]:
    """Return the events whose place is known at least to its district.

    Raises: NoData if the file is missing.
    """
    return [
        Event(
            row["id"], row["where_coordinates"].strip(), row["where_prec"], row["adm_2"].strip(),
            float(row["latitude"]), float(row["longitude"]),
        )
        for row in _rows(file)
        if row["where_prec"] in (*PRECISE, DISTRICT)
    ]  # fmt: skip


def headlines_of(file: Path, known: Sequence[Event]) -> dict[str, str]:
    """Return the first headline of each event that holds the name of its place, by event id.

    Raises: NoData if the file is missing.
    """
    names = {e.id: name_alone(e.name) for e in known}
    found: dict[str, str] = {}
    for row in _rows(file):
        event = row["id"].split(".")[0]
        if event in names and names[event].lower() in (row["headline"] or "").lower():
            found.setdefault(event, row["headline"])
    return found


def in_first(name: str) -> bool:
    """Say whether a name belongs to the half that rules were looked at on."""
    return hashlib.sha256(name.encode()).digest()[0] % 2 == 0


def imported(tables: Path, shelf: Path, knowledge: Knowledge) -> list[Path]:
    """Import the tables one after the other; return their packs.

    Raises: NoData if a table is missing.
    """
    packs: list[Path] = []
    for name, file in TABLES.items():
        if not (tables / file).exists():
            raise NoData(f"{tables / file} is not there: --data must name the folder that holds myanmar/.")
        packs.append(import_places(tables / file, name, shelf, knowledge).folder)
        knowledge = load(packs)
    return packs


def is_right(event: Event, place: Place) -> bool:
    """Say whether a place is where the event was: near it, or in its district where no more is known of the event."""
    if event.precision == DISTRICT:
        return in_district(event.district, (place.name, *place.admin))
    if place.lat is None or place.lon is None:
        return False
    return apart((event.lat, event.lon), (place.lat, place.lon)) <= NEAR_KM


def in_district(district: str, units: Sequence[str]) -> bool:
    """Say whether one of the units is the district, in any spelling of it."""
    wanted = set(keys(district))
    return any(wanted & set(keys(unit)) or sound(unit) == sound(district) for unit in units)


def _figures(
    reader: PlaceReader, known: Sequence[Event], headlines: dict[str, str], ending: str
) -> tuple[dict[str, float | None], list[str]]:
    answers = list(_answers(reader, known))
    by_name = {a.event.name: a for a in answers}
    sure = [(a.place.candidates[0].probability, a.right) for a in answers if a.place.candidates]
    in_headline = _in_headlines(reader, [e for e in known if e.id in headlines], headlines)
    metrics = {
        f"acc25{ending}": share(sum(a.right for a in answers), len(answers)),
        f"names_acc25{ending}": share(sum(a.right for a in by_name.values()), len(by_name)),
        f"headline_acc25{ending}": share(sum(in_headline), len(in_headline)),
        f"ece{ending}": error(bins(sure)),
        f"oracle25{ending}": share(sum(a.possible for a in answers), len(answers)),
        f"populous_acc25{ending}": share(sum(a.populous for a in answers), len(answers)),
    }
    for half, first in (("first", True), ("second", False)):
        part = [a for a in answers if in_first(a.event.name) == first]
        metrics[f"{half}_acc25{ending}"] = share(sum(a.right for a in part), len(part))
    metrics["headlines"] = float(len(in_headline))
    return metrics, [_miss(a, ending) for a in by_name.values() if not a.right]


def _answers(reader: PlaceReader, known: Sequence[Event]) -> Iterator[Answer]:
    for event in known:
        finder = PlaceFinder(reader.finder.knowledge, reader.finder.places)
        finder.country = COUNTRY
        place = finder.resolve_name(event.name)
        rows = [e for e in finder.knowledge.places.entries(event.name) if e.country == COUNTRY]
        largest = max(rows, key=lambda e: e.population, default=None)
        yield Answer(
            event, place, is_right(event, place), any(_fits(event, e) for e in rows),
            largest is not None and _fits(event, largest),
        )  # fmt: skip


def _fits(event: Event, entry: PlaceEntry) -> bool:
    if event.precision == DISTRICT:
        return in_district(event.district, (entry.name, *entry.admin))
    return entry.lat is not None and entry.lon is not None and (
        apart((event.lat, event.lon), (entry.lat, entry.lon)) <= NEAR_KM
    )  # fmt: skip


def _in_headlines(reader: PlaceReader, known: Sequence[Event], headlines: dict[str, str]) -> list[bool]:
    marked = []
    for event in known:
        text = headlines[event.id]
        start = text.lower().index(name_alone(event.name).lower())
        marked.append((report(event.id, text), [Span(start, start + len(name_alone(event.name)))]))
    places = reader.given(marked, COUNTRY)
    return [is_right(event, place) for event, (place,) in zip(known, places, strict=True)]


def _rows(file: Path) -> Iterator[dict[str, str]]:
    if not file.exists():
        raise NoData(f"{file} is not there: --data must name the folder that holds ucdp/.")
    with file.open(encoding="utf-8-sig", newline="") as lines:
        yield from csv.DictReader(lines)


def _miss(answer: Answer, ending: str) -> str:
    event, place = answer.event, answer.place
    off = "unresolved"
    if place.lat is not None and place.lon is not None:
        off = f"{apart((event.lat, event.lon), (place.lat, place.lon)):.0f} km"
    units = ", ".join(place.admin)
    return (
        f"{ending or 'shipped'} prec {event.precision} {event.name!r} ({event.district}): {off}; {place.name} ({units})"
    )
