"""The columns of each list, from the JSON objects that the lists are made of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

Row = Sequence[Any]
Json = dict[str, Any]
Rows = Callable[[Json], Iterable[Row]]


@dataclass(frozen=True, slots=True)
class Shape:
    """How one list is put on paper: how people see it, and its columns for CSV."""

    name: str
    summary: str
    example: str
    show: Callable[[Iterable[Json]], int]
    csv_columns: tuple[str, ...]
    csv_rows: Rows


def table_of(columns: tuple[str, ...], rows: Rows) -> Callable[[Iterable[Json]], int]:
    """Return a function that prints objects as one table and says how many rows it had."""

    def show(items: Iterable[Json]) -> int:
        from tallybook.cli.tables import print_table

        return print_table(columns, (row for item in items for row in rows(item)), numbers=("docs",))

    return show


def _claims(items: Iterable[Json]) -> int:
    from tallybook.cli.showing import show_documents

    return show_documents(items)


def _place(place: Json | None) -> str | None:
    return place["name"] if place else None


def _cell(value: Any) -> Any:
    return "; ".join(map(str, value)) if isinstance(value, list) else value


def _bounds(count: Json | None) -> str:
    from tallybook.cli.showing import counted

    return counted(count)


def _days(date: Json | None) -> str:
    from tallybook.cli.showing import days

    return days(date, "..\n")


CLAIM_CSV = (
    "id", "document", "publisher", "published", "url", "measure", "low", "high", "modifier", "words", "affiliation",
    "group", "stance", "about", "claimants", "origin", "perpetrator", "event_type", "weapon", "place", "admin",
    "country", "lat", "lon", "start", "end", "date_precision", "scope", "part_of", "incident", "field", "span_start",
    "span_end", "quote", "reader", "corrected",
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
            claim["reader"], _cell([c["field"] for c in claim["corrected"]]),
        )  # fmt: skip


def _reported(item: Json) -> str:
    """Write an incident's bounds over all statuses: `killed 35..60, injured 17`."""
    overall = [f for f in item["figures"] if f["affiliation"] == "any"]
    return ", ".join(f"{f['measure']} {_bounds(f) or 'some'}" for f in overall)


def _incident_rows(item: Json) -> Iterator[Row]:
    yield (
        item["id"],
        _days(item["date"]),
        _place(item["place"]),
        item["event_type"].replace("_", " "),
        _reported(item),
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


PEOPLE = ("person", "name", "told", "sure", "named", "in", "sources")


def _people(items: Iterable[Json]) -> int:
    """Print one line a person; of a person who passes in one record, all records are counted."""
    from tallybook.cli.tables import print_table

    people: dict[str, list[Json]] = {}
    for item in items:
        people.setdefault(item["person"], []).append(item)
    rows = (_person_row(records) for records in people.values())
    return print_table(PEOPLE, rows, numbers=("sure", "named"))


def _person_row(records: list[Json]) -> Row:
    """Tell a person as its records do, each word once."""
    first = records[0]
    told = {
        "age": [_bounds(r["age"]) for r in records],
        "sex": [r["sex"] for r in records],
        "harm": [r["harm"] for r in records],
    }
    known = (" or ".join(dict.fromkeys(v for v in values if v)) for values in told.values())
    return (
        first["person"], first["person_name"], ", ".join(filter(None, known)), f"{first['sure']:.2f}",
        len(first["person_records"]), ", ".join(first["person_documents"]), ", ".join(first["person_sources"]),
    )  # fmt: skip


VICTIM_CSV = (
    "id", "document", "name", "age_low", "age_high", "sex", "harm", "circumstance", "claim", "claimants", "quote",
    "person", "sure", "incident", "line",
)  # fmt: skip


def _victim_csv(item: Json) -> Iterator[Row]:
    yield (
        item["id"], item["document"], item["name"], item["age"]["low"], item["age"]["high"], item["sex"],
        item["harm"], item["circumstance"], item["claim"], _cell(item["claimants"]), item["quote"], item["person"],
        item["sure"], item["incident"], item["line"],
    )  # fmt: skip


def _actor_row(item: Json) -> Iterator[Row]:
    yield (
        item["name"],
        item["status"],
        item["into"] or item["kind"],
        _cell(item["roles"]),
        _cell(item["countries"]),
        len(item["claims"]),
        item["sentences"][0] if item["sentences"] else None,
    )


ACTOR_CSV = ("name", "status", "kind", "into", "roles", "countries", "spellings", "claims", "sentences")


def _actor_csv(item: Json) -> Iterator[Row]:
    yield tuple(_cell(item[name]) for name in ACTOR_CSV)


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


RELATION_CSV = ("claim", "kind", "other", "why", "documents")


def _relation_row(item: Json) -> Iterator[Row]:
    yield tuple(_cell(item[name]) for name in RELATION_CSV)


CONFLICT_CSV = ("kind", "explained_by", "incidents", "claims", "document")

SHAPES = (
    Shape(
        "claims", "List what sources said, document by document.",
        "tallybook claims --measure killed --who civilian --in Namkham",
        _claims, CLAIM_CSV, _claim_csv,
    ),
    Shape(
        "incidents", "List events with their figures.",
        "tallybook incidents --since 2023-11-01 --format json",
        table_of(("incident", "when", "where", "what", "reported", "docs"), _incident_rows),
        INCIDENT_CSV, _incident_csv,
    ),
    Shape(
        "victims", "List the persons who are named as harmed, one line each with all records of them.",
        "tallybook victims --in Namkham --format csv",
        _people,
        VICTIM_CSV, _victim_csv,
    ),
    Shape(
        "actors", "List names of actors that no pack knows, to accept or to merge.",
        "tallybook actors --in Namkham",
        table_of(("name", "status", "as", "role", "country", "claims", "first told in"), _actor_row),
        ACTOR_CSV, _actor_csv,
    ),
    Shape(
        "control", "List who is said to hold which place.",
        "tallybook control --by TNLA",
        table_of(("place", "holder", "since", "except", "document"), _control_row), CONTROL_CSV, _control_csv,
    ),
    Shape(
        "issues", "List what could not be read, resolved or believed.",
        "tallybook issues --format json",
        table_of(("document", "code", "message"), _issue_row), ISSUE_CSV, _issue_csv,
    ),
    Shape(
        "conflicts", "List claims that contradict each other, and what explains it.",
        "tallybook conflicts --measure killed",
        table_of(("kind", "explained by", "incidents", "claims", "document"), _conflict_row),
        CONFLICT_CSV, _conflict_row,
    ),
    Shape(
        "relations", "List how claims stand to one another: copies, updates, parts, contradictions.",
        "tallybook relations --measure killed",
        table_of(("claim", "is", "of claim", "shown by", "documents"), _relation_row),
        RELATION_CSV, _relation_row,
    ),
)  # fmt: skip
