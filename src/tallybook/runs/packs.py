"""Which knowledge a run works with: the shipped packs, those a book remembers, and those the user names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from tallybook.errors import KnowledgeError
from tallybook.knowledge import Knowledge, load
from tallybook.store import BookStore

SETTING = "knowledge"
DEMO_PACK = "demo:orvania"
"""How a book remembers the demo's pack, which lies wherever the package is installed."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """The knowledge of a run, and the remembered folders that are gone."""

    knowledge: Knowledge
    gone: tuple[str, ...] = ()


def load_packs(named: Sequence[Path] = (), remembered: Iterable[str] = ()) -> Loaded:
    """Load the shipped packs, then those a book remembers, then those the user names; later ones outrank.

    Raises: KnowledgeError where a named folder is missing or holds no valid pack.
    """
    for folder in named:
        if not folder.is_dir():
            raise KnowledgeError(f"{folder}: there is no such folder. Give the folder of a knowledge pack.")
    known = {name: _folder(name) for name in remembered}
    kept = [folder for folder in known.values() if folder.is_dir()]
    chosen = list(dict.fromkeys([*kept, *(folder.resolve() for folder in named)]))
    return Loaded(load(chosen), tuple(name for name, folder in known.items() if not folder.is_dir()))


def packs_of(book: BookStore, named: Sequence[Path] = ()) -> Loaded:
    """Load what a book remembers and what the user names beside it.

    Raises: KnowledgeError, BookError
    """
    return load_packs(named, book.setting(SETTING))


def remember(book: BookStore, named: Sequence[Path]) -> None:
    """Have a book remember packs, so that later commands need not name them.

    Raises: BookError
    """
    known = book.setting(SETTING)
    wanted = tuple(dict.fromkeys([*known, *(folder.resolve().as_posix() for folder in named)]))
    if wanted != known:
        book.set_setting(SETTING, wanted)


def remember_demo(book: BookStore) -> None:
    """Have a book remember the demo's pack.

    Raises: BookError
    """
    book.set_setting(SETTING, (DEMO_PACK,))


def _folder(name: str) -> Path:
    return Path(str(files("tallybook.runs").joinpath("demo", "orvania"))) if name == DEMO_PACK else Path(name)
