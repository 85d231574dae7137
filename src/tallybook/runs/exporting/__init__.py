"""A book as Parquet files for analysts: claims, incidents, documents, judgements.

Arrives: a book. Leaves: a folder, written beside and renamed. Never here: a gate: this is the book, no release.
"""

from tallybook.runs.exporting.parquet import Exported, export_parquet

__all__ = ["Exported", "export_parquet"]
