"""Bytes in, documents out.

Arrives: paths, folders, addresses, standard input, JSON Lines, and what the options say. Leaves: a stream of `Arrival`:
a Document with its issues, or the error that says why there is none. Never here: claims, databases, the date of today
(it is handed in), network access that nobody asked for by name.
"""

from tallybook.documents.arrival import Arrival, Stated
from tallybook.documents.intake import Intake, document_told, documents_from, documents_in
from tallybook.documents.normalise import Normalised, normalise
from tallybook.documents.rows import Row

__all__ = [
    "Arrival", "Intake", "Normalised", "Row", "Stated", "document_told", "documents_from", "documents_in", "normalise",
]  # fmt: skip
