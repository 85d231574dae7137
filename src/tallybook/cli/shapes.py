"""The columns of each list, from the JSON objects that the lists are made of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

Row = Sequence[Any]
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Shape:
    """How one list is put on paper: the function that lists, and its columns for tables and for CSV."""

    name: str
    summary: str
    example: str
    columns: tuple[str, ...]
    rows: Callable[[Json], Iterable[Row]]
    csv_columns: tuple[str, ...]
    csv_rows: Callable[[Json], Iterable[Row]]


def _bounds(count: Json | None) -> str:
    from tallybook.cli.showing import numbers

    if count is None:
        return ""
    return numbers(count["low"], count["high"]) or count.get("text", "")


def _days(date: Json | None) -> str:
    if not date or not (date["start"] or date["end"]):
        return ""
    return str(date["start"]) if date["start"] == date["end"] else f"{date['start'] or ''}..{date['end'] or ''}"


def _place(place: Json | None) -> str | None:
    return place["name"] if place else None


def _cell(value: Any) -> Any:
    return "; ".join(map(str, value)) if isinstance(value, list) else value


def _claim_rows(item: Json) -> Iterator[Row]:
    document = item["document"]
    for claim in item["claims"]:
        what = claim["measure"] or f"{claim['stance']} {claim['about'] or ''}".strip()
        status = claim["target"]["affiliation"]
        yield (
            document["id"],
            _bounds(claim["count"]),
            what if status == "unknown" else f"{what}, {status}",
            _place(claim["place"]),
            _days(claim["date"]),
            _cell(claim["claimants"]) or document["publisher"],
            claim["id"],
        )


CLAIM_CSV = (
    "id", "document", "publisher", "published", "url", "measure", "low", "high", "modifier", "words", "affiliation",
    "group", "stance", "about", "claimants", "origin", "perpetrator", "event_type", "weapon", "place", "admin",
    "country", "lat", "lon", "start", "end", "date_precision", "scope", "part_of", "incident", "field", "span_start",
    "span_end", "quote", "reader",
)  # fmt: skip


def _claim_csv(item: Json) -> Iterator[Row]:
    document = item["document"]
    for claim in item["claims"]:
        count, place, date = claim["count"] or {}, claim["place"] or {}, claim["date"] or {}
        yield (
            claim["id"], document["id"], document["publisher"], document["published"], document["url"],
            claim["measure"], count.get("low"), count.get("high"), count.get("modifier"), count.get("text"),
            claim["target"]["affiliation"], claim["target"]["group"], claim["stance"], claim["about"],
            _cell(claim["claimants"]), claim["origin"], _cell(claim["perpetrator"]), claim["event_type"],
            _cell(claim["weapon"]), place.get("name"), _cell(place.get("admin")), place.get("country"),
            place.get("lat"), place.get("lon"), date.get("start"), date.get("end"), date.get("precision"),
            claim["scope"], claim["part_of"], claim["incident"], claim["field"], *claim["span"], claim["quote"],
            claim["reader"],
        )  # fmt: skip


def _figure(item: Json, measure: str) -> str:
    found = next((f for f in item["figures"] if f["measure"] == measure and f["affiliation"] == "any"), None)
    return _bounds(found)


def _incident_rows(item: Json) -> Iterator[Row]:
    yield (
        item["id"],
        _days(item["date"]),
        _place(item["place"]),
        item["event_type"].replace("_", " "),
        _figure(item, "killed"),
        _figure(item, "injured"),
        len(item["documents"]),
    )


INCIDENT_CSV = (
    "id", "event_type", "start", "end", "place", "admin", "country", "lat", "lon", "measure", "affiliation", "low",
    "best", "high", "claims", "documents", "parts",
)  # fmt: skip


def _incident_csv(item: Json) -> Iterator[Row]:
    place, date = item["place"] or {}, item["date"] or {}
    for figure in item["figures"] or [{}]:
        yield (
            item["id"], item["event_type"], date.get("start"), date.get("end"), place.get("name"),
            _cell(place.get("admin")), place.get("country"), place.get("lat"), place.get("lon"),
            figure.get("measure"), figure.get("affiliation"), figure.get("low"), figure.get("best"),
            figure.get("high"), _cell(item["claims"]), _cell(item["documents"]), _cell(item["parts"]),
        )  # fmt: skip


def _victim_row(item: Json) -> Iterator[Row]:
    age = _bounds(item["age"])
    yield item["name"], age, item["sex"], item["harm"], item["circumstance"], item["document"], item["claim"]


VICTIM_CSV = (
    "id", "document", "name", "age_low", "age_high", "sex", "harm", "circumstance", "claim", "claimants", "quote",
)  # fmt: skip


def _victim_csv(item: Json) -> Iterator[Row]:
    yield (
        item["id"], item["document"], item["name"], item["age"]["low"], item["age"]["high"], item["sex"],
        item["harm"], item["circumstance"], item["claim"], _cell(item["claimants"]), item["quote"],
    )  # fmt: skip


def _control_row(item: Json) -> Iterator[Row]:
    yield item["place"], item["holder"], _days(item["since"]), item["except"], item["document"]


CONTROL_CSV = ("id", "document", "place", "holder", "since_start", "since_end", "except", "claimants", "quote")


def _control_csv(item: Json) -> Iterator[Row]:
    since = item["since"] or {}
    yield (
        item["id"], item["document"], item["place"], item["holder"], since.get("start"), since.get("end"),
        item["except"], _cell(item["claimants"]), item["quote"],
    )  # fmt: skip


def _issue_row(item: Json) -> Iterator[Row]:
    yield item["document"] or item["object"], item["code"], item["message"]


ISSUE_CSV = ("document", "code", "object", "span_start", "span_end", "message")


def _issue_csv(item: Json) -> Iterator[Row]:
    start, end = item["span"] or (None, None)
    yield item["document"], item["code"], item["object"], start, end, item["message"]


def _conflict_row(item: Json) -> Iterator[Row]:
    yield item["kind"], item["explained_by"], _cell(item["incidents"]), _cell(item["claims"]), _cell(item["document"])


CONFLICT_CSV = ("kind", "explained_by", "incidents", "claims", "document")

SHAPES = (
    Shape(
        "claims", "List what sources said, document by document.",
        "tallybook claims --measure killed --who civilian --in Namkham",
        ("document", "count", "what", "where", "when", "who says so", "claim"), _claim_rows, CLAIM_CSV, _claim_csv,
    ),
    Shape(
        "incidents", "List events with their figures.",
        "tallybook incidents --since 2023-11-01 --format json",
        ("incident", "when", "where", "what", "killed", "injured", "documents"),
        _incident_rows, INCIDENT_CSV, _incident_csv,
    ),
    Shape(
        "victims", "List the persons who are named as harmed.",
        "tallybook victims --in Namkham --format csv",
        ("name", "age", "sex", "harm", "circumstance", "document", "claim"), _victim_row, VICTIM_CSV, _victim_csv,
    ),
    Shape(
        "control", "List who is said to hold which place.",
        "tallybook control --by TNLA",
        ("place", "holder", "since", "except", "document"), _control_row, CONTROL_CSV, _control_csv,
    ),
    Shape(
        "issues", "List what could not be read, resolved or believed.",
        "tallybook issues --format json",
        ("document", "code", "message"), _issue_row, ISSUE_CSV, _issue_csv,
    ),
    Shape(
        "conflicts", "List claims that contradict each other, and what explains it.",
        "tallybook conflicts --measure killed",
        ("kind", "explained by", "incidents", "claims", "document"), _conflict_row, CONFLICT_CSV, _conflict_row,
    ),
)  # fmt: skip
