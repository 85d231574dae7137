"""Event files with HXL hashtags to documents: one for the file, with the numbers that each row states."""

from __future__ import annotations

import csv
import io
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from itertools import product
from pathlib import Path
from typing import Any

from tallybook.documents.arrival import Arrival, Raw, Stated, arrive
from tallybook.documents.dates import read_stamp
from tallybook.documents.record_checks import trouble_with
from tallybook.documents.record_rows import CLAIM, SOURCE, written
from tallybook.errors import DocumentError
from tallybook.knowledge.rows import yaml_file
from tallybook.model import EVENT_TYPES, Issue

ROW = "hxl-row-unreadable"
MOST_HEADER = 25
"""Lines among which the row of hashtags must be. Source: HXL 1.1, 'the first 25 rows'."""
ENDS = {"min": "low", "max": "high"}
_TAG = re.compile(r"#[a-z][a-z0-9_]*(\s*\+\s*[a-z][a-z0-9_]*)*")


@dataclass(frozen=True, slots=True)
class Tag:
    """A hashtag with its attributes."""

    name: str
    attributes: frozenset[str]

    @staticmethod
    def read(words: str) -> Tag | None:
        """Return the hashtag of a cell; None where it is none."""
        plain = words.strip().lower()
        if not _TAG.fullmatch(plain):
            return None
        name, *attributes = (part.strip() for part in plain.split("+"))
        return Tag(name, frozenset(attributes))


@dataclass(frozen=True, slots=True)
class Number:
    """A column that counts people: what happened to them, who they are, and which bound it is."""

    column: int
    measure: str
    who: Mapping[str, str]
    end: str | None
    """low or high; None: the number itself."""


@dataclass(frozen=True, slots=True)
class HxlArrival:
    """A file as it arrived: its document, and how many rows went in and were left out."""

    arrival: Arrival
    rows: int
    left_out: int


@cache
def _tags() -> Mapping[str, Any]:
    with as_file(files("tallybook.documents").joinpath("hxl_events.yaml")) as path:
        told: Mapping[str, Any] = yaml_file(path)
    return told


def hxl_arrival(path: Path, stated: Stated) -> HxlArrival:
    """Return the document that a file with hashtags makes. A row that cannot be read is an issue that names its line.

    Raises: DocumentError where the file has no row of hashtags, or none of them counts people.
    """
    table = list(_lines(path))
    at = next((n for n, (_, row) in enumerate(table[:MOST_HEADER]) if _is_header(row)), None)
    if at is None:
        raise DocumentError(str(path), "no row of HXL hashtags", f"They stand among its first {MOST_HEADER} lines.")
    tags = [Tag.read(cell) for cell in table[at][1]]
    columns, numbers = _columns(tags), list(_numbers(tags))
    if not numbers:
        raise DocumentError(str(path), "no hashtag counts people, such as #affected+killed", "Check its hashtags.")
    name = stated.publisher or path.stem
    told: list[tuple[str, str, Mapping[str, Any]]] = [(SOURCE, path.stem, {"id": path.name, "from": name})]
    issues: list[Issue] = []
    rows = 0
    for line, cells in table[at + 1 :]:
        made = _claims(f"row {line}", cells, columns, numbers)
        trouble = made if isinstance(made, str) else next(filter(None, map(trouble_with, made)), None)
        if trouble:
            issues.append(Issue(ROW, f"{path.name} line {line}: {trouble}; the row is left out.", path.name))
        elif not isinstance(made, str) and made:
            rows += 1
            told += [(CLAIM, ", ".join(cell.strip() for cell in cells if cell.strip()), claim) for claim in made]
    raw = Raw(written(told), path.read_bytes(), path.name, path.stem, path.stem, name, language="en")
    arrival = arrive(raw, stated)
    return HxlArrival(
        Arrival(arrival.document, (*arrival.issues, *issues), None, arrival.normalised), rows, len(issues)
    )


def _lines(path: Path) -> Iterator[tuple[int, list[str]]]:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as trouble:
        raise DocumentError(
            str(path), trouble.strerror or "it cannot be read", "Check the file and its rights"
        ) from trouble
    except UnicodeDecodeError as trouble:
        raise DocumentError(str(path), f"not UTF-8 at byte {trouble.start}", "Save the file as UTF-8.") from trouble
    csv.field_size_limit(min(sys.maxsize, 2**31 - 1))
    first = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=first.count))
    line = 1
    for row in reader:
        if any(cell.strip() for cell in row):
            yield line, row
        line = reader.line_num + 1


def _is_header(row: Sequence[str]) -> bool:
    told = [cell for cell in row if cell.strip()]
    return bool(told) and all(Tag.read(cell) for cell in told)


def _columns(tags: Sequence[Tag | None]) -> dict[str, int]:
    """Return by field the column that holds it."""
    found: dict[str, int] = {}
    for field, patterns in _tags()["columns"].items():
        for pattern in filter(None, map(Tag.read, patterns)):
            fits = [
                n for n, t in enumerate(tags) if t and t.name == pattern.name and pattern.attributes <= t.attributes
            ]
            if fits:
                found[field] = min(fits, key=lambda n: (len(tags[n].attributes), n))  # type: ignore[union-attr]
                break
    return found


def _numbers(tags: Sequence[Tag | None]) -> Iterator[Number]:
    people: Mapping[str, Mapping[str, str]] = _tags()["people"]
    for (column, tag), (measure, patterns) in product(enumerate(tags), _tags()["measures"].items()):
        told = next((p for p in map(Tag.read, patterns) if p and tag and p.name == tag.name
                     and p.attributes <= tag.attributes), None)  # fmt: skip
        if tag is None or told is None:
            continue
        who: dict[str, str] = {}
        for attribute in sorted(tag.attributes & people.keys()):
            who |= people[attribute]
        yield Number(column, measure, who, next((ENDS[a] for a in sorted(tag.attributes & ENDS.keys())), None))


def _claims(
    name: str, cells: Sequence[str], columns: Mapping[str, int], numbers: Sequence[Number]
) -> list[dict[str, Any]] | str:
    """Return the claims of a row, those of all people before those of some; or why it cannot be read."""
    shared = _shared(name, cells, columns)
    if isinstance(shared, str):
        return shared
    bounds: dict[tuple[str, tuple[tuple[str, str], ...]], dict[str, int]] = {}
    for number in numbers:
        cell = cells[number.column].strip() if number.column < len(cells) else ""
        if not cell:
            continue
        if not (cell.isascii() and cell.isdigit()):
            return f"{cell!r} is no whole number of people"
        ends = (number.end,) if number.end else ("low", "high")
        bounds.setdefault((number.measure, tuple(sorted(number.who.items()))), {}).update(
            dict.fromkeys(ends, int(cell))
        )
    found: list[dict[str, Any]] = []
    for (measure, who), held in sorted(bounds.items(), key=lambda b: (b[0][0], len(b[0][1]), b[0][1])):
        if held.get("high") == 0:
            continue
        low, high = held.get("low"), held.get("high")
        modifier = "exact" if low == high else "between" if None not in (low, high) else "at_least" if low else "up_to"
        whole = (
            next((c["id"] for c in found if c["measure"] == measure and "dimension" not in c), None) if who else None
        )
        parts = {"part_of": whole} if whole else {}
        people = {k: v for k, v in who if k != "dimension" or whole}
        mark = " ".join((shared["incident"], measure, *(v for k, v in who if k != "dimension")))
        found.append({**shared, **people, **parts, "id": f"{name} {mark}", "measure": measure, "low": low, "high": high,
                      "modifier": modifier})  # fmt: skip
    return found


def _shared(name: str, cells: Sequence[str], columns: Mapping[str, int]) -> dict[str, Any] | str:
    """Return what all claims of a row tell: its event, days, place and names."""
    told = {f: cells[n].strip() for f, n in columns.items() if n < len(cells) and cells[n].strip()}
    days = {}
    for end in ("start", "end"):
        stamp = read_stamp(told[end]) if end in told else None
        if end in told and stamp is None:
            return f"{told[end]!r} is no date"
        if stamp is not None:
            days[end] = stamp.day
    if "start" in days:
        days.setdefault("end", days["start"])
    place: dict[str, Any] = {}
    for field in ("lat", "lon", "radius_km"):
        try:
            place |= {field: float(told[field])} if field in told else {}
        except ValueError:
            return f"{field} {told[field]!r} is no number"
    units = [told[u] for u in ("adm3", "adm2", "adm1") if u in told]
    name_of = told.get("name")
    level = next((u for u in ("adm3", "adm2", "adm1") if told.get(u) == name_of), None)
    precision = {"adm3": "admin3", "adm2": "admin2", "adm1": "admin1", None: "near" if place else "unresolved"}[level]
    kind = told.get("event_type", "").lower().replace(" ", "_")
    shared: dict[str, Any] = {
        "incident": told.get("id", name), **days, "event_type": kind if kind in EVENT_TYPES else "other",
    }  # fmt: skip
    if name_of:
        admin = [u for u in dict.fromkeys(units) if u != name_of]
        country = {"country": told["country"]} if "country" in told else {}
        shared["place"] = {"name": name_of, "admin": admin, **country, **place, "precision": precision}
    if "perpetrator" in told:
        shared["perpetrator"] = [told["perpetrator"]]
    if "claimant" in told:
        shared |= {"claimants": [told["claimant"]], "origin": told["claimant"]}
    return shared
