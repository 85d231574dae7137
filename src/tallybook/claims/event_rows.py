"""Rows of an event data set to claims: what the data set says of each event, and whose word that is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from tallybook.claims.notes import record_id
from tallybook.documents.event_rows import EventLayout, EventRow, event_kind, event_layout, event_rows
from tallybook.knowledge import Knowledge
from tallybook.model.claim import Claim, Count, DateRange, Place, Target
from tallybook.model.document import Document
from tallybook.model.records import Reading
from tallybook.model.span import Span

__all__ = ["event_kind", "events_reading"]

UCDP, ACLED = "ucdp", "acled"
SIDES = (("deaths_a", "side_a"), ("deaths_b", "side_b"))
ONE_SIDED = "3"
CIVILIANS = "civilians"


def events_reading(document: Document, reader: str, knowledge: Knowledge) -> Reading:
    """Return the claims of a data set's rows: one for each event with deaths, and its parts where statuses are told.

    The claimant is the data set, whatever its own sources. Rows that count nobody make no claim: in ACLED 0 stands for
    'not known' too.
    """
    layout = event_layout(event_kind(document.text) or UCDP)
    return Reading(document, reader, tuple(_Rows(document, reader, layout, knowledge).claims()))


class _Rows:
    def __init__(self, document: Document, reader: str, layout: EventLayout, knowledge: Knowledge) -> None:
        self._document, self._reader, self._layout, self._knowledge = document, reader, layout, knowledge
        self._claimants = (document.publisher,) if document.publisher else (layout.name,)
        self._countries: dict[str, str | None] = {}

    def claims(self) -> Iterator[Claim]:
        for row in event_rows(self._document.text, self._layout.columns):
            yield from self._ucdp(row) if self._layout.kind == UCDP else self._acled(row)

    def _ucdp(self, row: EventRow) -> Iterator[Claim]:
        low, best, high = (int(row.cells[n]) for n in ("low", "best", "high"))
        low, high = min(low, best, high), max(low, best, high)
        if high == 0:
            return
        day = row.cells["date_start"]
        one_sided = row.cells["type_of_violence"] == ONE_SIDED
        doers = (self._actor(row.cells["side_a"], day),) if one_sided and row.cells["side_a"] else ()
        parts = list(self._parts(row))
        only = parts[0][1] if len(parts) == 1 and parts[0][0] == best else Target()
        span = row.spans["best"] if low == high else Span(row.spans["best"].start, row.spans["low"].end)
        whole = self._claim(row, self._count(low, high, span), only, doers, span)
        yield whole
        if only == Target():
            for number, target, column in parts:
                count = self._count(max(0, number - (best - low)), number + (high - best), row.spans[column])
                yield self._claim(row, count, target, doers, row.spans[column], whole.id)

    def _parts(self, row: EventRow) -> Iterator[tuple[int, Target, str]]:
        """Yield how many of which status are told, with the column; none where they are not told or are nobody."""
        for column, side in SIDES:
            number = int(row.cells[column] or 0)
            if number:
                group = self._actor(row.cells[side], row.cells["date_start"]) if row.cells[side] else None
                yield number, Target("combatant", group), column
        if int(row.cells["deaths_civilians"] or 0):
            yield int(row.cells["deaths_civilians"]), Target("civilian"), "deaths_civilians"

    def _acled(self, row: EventRow) -> Iterator[Claim]:
        number = int(row.cells["fatalities"])
        if not number:
            return
        targeted = bool(row.cells["civilian_targeting"]) and row.cells["actor2"].lower().startswith(CIVILIANS)
        doers = (self._actor(row.cells["actor1"], row.cells["event_date"]),) if targeted and row.cells["actor1"] else ()
        span = row.spans["fatalities"]
        count = Count(number, None, "at_least", span.of(self._document.text), span)
        yield self._claim(row, count, Target("civilian") if targeted else Target(), doers, span)

    def _count(self, low: int, high: int, span: Span) -> Count:
        modifier = "exact" if low == high else "between"
        return Count(low, high, modifier, span.of(self._document.text), span)

    def _claim(
        self, row: EventRow, count: Count, target: Target, doers: tuple[str, ...], span: Span, whole: str | None = None
    ) -> Claim:
        c, key = row.cells, row.cells[self._layout.columns[0]]
        kind = c.get("type_of_violence") or c.get("sub_event_type") or ""
        return Claim(
            record_id(self._document, "claim", span, f"{key} {target.affiliation} {whole or ''}"), self._document.key,
            self._reader, row.span.of(self._document.text), row.span, "killed", count, claimants=self._claimants,
            origin=self._claimants[-1], interest="compiler", perpetrator=doers, target=target, place=self._place(row),
            date=self._date(row), event_type=self._layout.event_types.get(kind, "other"), scope="incident",
            part_of=whole, dimension="status" if whole else None, event=f"row {key}", rule=f"row of {self._layout.name}",
        )  # fmt: skip

    def _actor(self, name: str, day: str) -> str:
        known = self._knowledge.actors.of_ucdp(name, day)
        return known.name if known else name

    def _date(self, row: EventRow) -> DateRange:
        c, days = row.cells, self._layout.days
        start, end = c[days[0]], c[days[-1]]
        told = c.get("date_prec") or c.get("time_precision") or "1"
        precision = self._layout.date_precision.get(told, "range")
        if start == end and self._layout.kind == UCDP:
            precision = "day"
        if self._layout.kind == ACLED:
            start, end = _around(start, precision)
        return DateRange(start, end, precision, c[days[0]], row.spans[days[0]], precision != "day")

    def _place(self, row: EventRow) -> Place | None:
        c = row.cells
        told = c.get("where_prec") or c.get("geo_precision") or ""
        precision = self._layout.place_precision.get(told, "unresolved")
        units = (c.get("admin3"), c.get("adm_2") or c.get("admin2"), c.get("adm_1") or c.get("admin1"))
        country = c["country"]
        name = c.get("where_coordinates") or c.get("location") or next(filter(None, units), None) or country
        if not name:
            return None
        admin = tuple(dict.fromkeys(u for u in units if u and u != name))
        lat, lon = (float(c[n]) if c[n] else None for n in ("latitude", "longitude"))
        radius = float(self._layout.radius_km.get(told, 0)) or None
        return Place(name, admin, self._country(country), lat, lon, radius, precision)

    def _country(self, name: str) -> str | None:
        """Return the code of a country as the data set writes it: 'Myanmar (Burma)' is Myanmar."""
        if name not in self._countries:
            found = self._knowledge.countries.named(name) or self._knowledge.countries.named(name.partition(" (")[0])
            self._countries[name] = found.iso3 if found else None
        return self._countries[name]


def _around(day: str, precision: str) -> tuple[str, str]:
    """Return the days that ACLED's one day stands for: its week from three days before, its month whole."""
    if precision == "day":
        return day, day
    middle = date.fromisoformat(day)
    if precision == "week":
        return (middle - timedelta(days=3)).isoformat(), (middle + timedelta(days=3)).isoformat()
    first = middle.replace(day=1)
    return first.isoformat(), ((first + timedelta(days=31)).replace(day=1) - timedelta(days=1)).isoformat()
