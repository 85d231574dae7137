"""`places import`: a user's places become a pack, beside the book, which remembers it, or in a folder of packs."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tallybook.knowledge.imports.importing import Imported, import_places
from tallybook.runs.packs import SETTING, load_packs, remember
from tallybook.store import create_or_open, open_book

SUFFIX = ".places"
"""What stands in place of a book's own ending in the name of the folder of its imported places."""
ADDRESS = "sqlite:///"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a file of places is from, and on what terms; None where the user does not say."""

    source: str | None = None
    licence: str | None = None


def import_into_book(file: Path, name: str, book: str, origin: Origin) -> Imported:
    """Import places beside a book and have the book remember them; a book is made where there is none.

    Raises: UsageError, KnowledgeError, BookError; the book is untouched then.
    """
    path = Path(book.removeprefix(ADDRESS))
    remembered: tuple[str, ...] = ()
    if path.exists():
        with open_book(book) as store:
            remembered = store.setting(SETTING)
    knowledge = load_packs((), remembered).knowledge
    made = import_places(file, name, path.with_suffix(SUFFIX), knowledge, source=origin.source, licence=origin.licence)
    with create_or_open(book) as store:
        remember(store, [made.folder])
    return made


def import_into_folder(file: Path, name: str, shelf: Path, origin: Origin) -> Imported:
    """Import places into a folder of packs, which later commands are given with --knowledge.

    Raises: UsageError, KnowledgeError
    """
    from tallybook.knowledge.packs import packs_in

    known = packs_in(shelf) if shelf.is_dir() else []
    return import_places(file, name, shelf, load_packs(known).knowledge, source=origin.source, licence=origin.licence)
