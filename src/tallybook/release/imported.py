"""Rows that came from a data set in the same layout: what the record does not hold is as it came in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from tallybook.documents.event_rows import row_of
from tallybook.release.laying import Told

Changed = Callable[[str, str], None]
"""Is told the column that differs, and how."""


def imported_cells(told: Told, columns: Sequence[str]) -> Mapping[str, str] | None:
    """Return the row of a data set that an event comes from; None where it has other sources or quotes are withheld."""
    quotes = {c.quote for c in told.claims}
    if len(told.sources) != 1 or len(quotes) != 1:
        return None
    quote = quotes.pop()
    row = row_of(quote, columns) if quote else None
    return row.cells if row else None


def laid_over(
    cells: Mapping[str, str], row: Mapping[str, object], held: Sequence[str], numbers: Sequence[str], changed: Changed
) -> dict[str, object]:
    """Return a row as it came in, with what the record says otherwise now.

    `held` are columns that the record holds for certain; where one differs the record's value is written, and `changed`
    is told. `numbers` follow from those: they are the record's own as soon as one that is a number differs.
    """
    made: dict[str, object] = dict(cells)
    differ = [c for c in held if not _same(cells.get(c, ""), row.get(c))]
    for column in differ:
        made[column] = row.get(column)
        changed(column, f"{column}: {cells.get(column) or 'empty'} became {row.get(column)}")
    if any(isinstance(row.get(c), int) and not min_max_only(cells, row) for c in differ):
        made.update({c: row.get(c) for c in numbers})
    return made


def min_max_only(cells: Mapping[str, str], row: Mapping[str, object]) -> bool:
    """Say whether low and high of a row were only put in order, so that its best still lies between."""
    told = [int(cells[c]) for c in ("low", "best", "high") if cells.get(c, "").isdigit()]
    return len(told) == 3 and (row.get("low"), row.get("high")) == (min(told), max(told))


def _same(cell: str, value: object) -> bool:
    if isinstance(value, (int, float)):
        try:
            return float(cell) == float(value)
        except ValueError:
            return False
    return cell == (value or "")
