"""The book: the only SQL on it.

Arrives: documents with their readings, settings, derived records. Leaves: the same records, in a stable order, and
one hash of their state. Adding is atomic, idempotent and independent of order. Never here: reading, linking, sums.
"""

from tallybook.store.access_contract import AccessStore, SeenAsked
from tallybook.store.contract import Arrived, BookStore, Entry, Rewrite, StoredFile
from tallybook.store.opening import create_or_open, open_book

__all__ = [
    "AccessStore", "Arrived", "BookStore", "Entry", "Rewrite", "SeenAsked", "StoredFile", "create_or_open", "open_book",
]  # fmt: skip
