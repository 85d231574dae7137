"""Claims to figures: what all claims of a book add up to, with the proof.

Arrives: claims, documents, incidents, judgements, and what the world knows of places and sides. Leaves: figures,
incident rows, conflicts. Never here: files, a database, a clock, text that is read again. Not stated is not zero.
"""

from tallybook.ledger.book import Book, NamedPerson
from tallybook.ledger.contradictions import conflicts
from tallybook.ledger.figure_ids import BadFigureId, figure_id, query_of
from tallybook.ledger.protocols import BookPlaces, Geography, NamedSides, Sides
from tallybook.ledger.rows import incident_figures
from tallybook.ledger.totals import total

__all__ = [
    "BadFigureId", "Book", "BookPlaces", "Geography", "NamedPerson", "NamedSides", "Sides", "conflicts", "figure_id",
    "incident_figures", "query_of", "total",
]  # fmt: skip
