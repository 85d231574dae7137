"""What `tallybook demo` shows."""

from __future__ import annotations

from tallybook.cli.output import print_line
from tallybook.cli.tables import print_wrapped
from tallybook.model.wire import Json

SHOWN_QUERY = "killed --who civilian --in Dovrin --since 2024-03-01"


def demonstrate(book: str) -> None:
    """Build the book and walk through it.

    Raises: BookError; UsageError where a book of somebody else's is in the way.
    """
    from tallybook.claims.reader import Reader
    from tallybook.cli.figures import show_explained
    from tallybook.cli.shapes import SHAPES
    from tallybook.ledger import total
    from tallybook.runs import explaining, listing
    from tallybook.runs.demo import build
    from tallybook.runs.desk import Desk
    from tallybook.runs.filtering import filter_from
    from tallybook.runs.naming import Asked, query_from
    from tallybook.runs.packs import packs_of
    from tallybook.store import open_book

    added = build(book, Reader)
    print_wrapped("Thirty reports about a war in Orvania, a country that does not exist, go into a book of their own.")
    print_line(f"{added.documents + added.known} reports, in {book}")
    print_line()
    with open_book(book) as store:
        desk = Desk(store, packs_of(store).knowledge)
        shape = next(s for s in SHAPES if s.name == "incidents")
        everything = filter_from(Asked(), desk)
        items = sorted(listing.incidents(desk, everything), key=_by_day)
        print_line(f"$ tallybook incidents --book {book}")
        shape.show(items)
        print_line()
        asked = Asked("killed", who="civilian", place="Dovrin", since="2024-03-01")
        figure = total(desk.ledger, query_from(asked, desk))
        print_line(f"$ tallybook why {SHOWN_QUERY} --book {book}")
        show_explained(explaining.explain_figure(figure))
    print_line()
    print_line("What to type next:")
    for line in (f"total killed --book {book}", f"conflicts --book {book}", f"victims --book {book}",
                 f"claims --in Brannik --book {book}", "read FILE --published DATE"):  # fmt: skip
        print_line(f"  tallybook {line}")


def _by_day(incident: Json) -> tuple[str, str]:
    return (incident["date"] or {}).get("start") or "", incident["id"]
