"""Packs: folders of knowledge, read in order, later ones outranking earlier ones."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tallybook.errors import KnowledgeError
from tallybook.knowledge.actor_rows import load_actors
from tallybook.knowledge.actors import Actor, ActorRegister
from tallybook.knowledge.claimant_kinds import ClaimantKinds
from tallybook.knowledge.countries import Countries, Country, load_countries
from tallybook.knowledge.lexicon import Lexicon, LexiconFiles
from tallybook.knowledge.ontology import FILE as ONTOLOGY
from tallybook.knowledge.ontology import Concept, Ontology, load_ontology
from tallybook.knowledge.place_entries import OWN, PACKED, PlaceEntry
from tallybook.knowledge.place_files import INDEX, ImportedPlaces, WorldPlaces, load_places
from tallybook.knowledge.places import Gazetteer
from tallybook.knowledge.rows import listed, yaml_file
from tallybook.model.described import described

SHIPPED = Path(__file__).parent / "packs"
"""The packs that ship."""
WORLD_FILE = "world.sqlite"


@dataclass(frozen=True, slots=True)
class Pack:
    """The card of one pack."""

    name: str
    title: str
    licence: str
    source: str
    language: str
    countries: tuple[str, ...]
    path: Path


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Everything the packs know."""

    version: str = described("12 hex digits over the bytes of every file read")
    packs: tuple[Pack, ...] = described("cards of the packs, in the order read")
    actors: ActorRegister = described("who fights, governs, counts and reports")
    places: Gazetteer = described("where")
    countries: Countries = described("countries and what their people are called")
    words: LexiconFiles = described("files of words")
    ontology: Ontology = described("kinds of event and weapons", default=Ontology())

    @property
    def lexicon(self) -> Lexicon:
        """Return the words, read when they are first asked for.

        Raises: KnowledgeError naming file, row and field of what does not hold in a file of words that ships.
        """
        return self.words.read()

    @property
    def languages(self) -> frozenset[str]:
        """Return the ISO 639-1 codes of the languages that some pack reads."""
        return frozenset(p.language for p in self.packs)

    def claimant_kinds(self) -> ClaimantKinds:
        """Return the kinds of sources that the packs tell apart."""
        return ClaimantKinds(self.words, self.actors)


def load(extra: Sequence[Path] = ()) -> Knowledge:
    """Read the shipped packs and then those of `extra`, each a pack folder or a folder of pack folders.

    Words wait until they are asked for, unless somebody's own pack has some: what is wrong with those is told at once.

    Raises: KnowledgeError naming file, row and field of the first thing that does not hold.
    """
    folders = [SHIPPED / "core", *sorted(p for p in packs_in(SHIPPED) if p.name != "core")]
    shipped = frozenset(folders)
    for path in extra:
        found = packs_in(path)
        if not found:
            raise KnowledgeError(f"{path}: no pack.yaml in it. Give a pack's folder, or a folder of packs.")
        folders += found
    words = LexiconFiles([folder / "lexicon" for folder in folders])
    if any((folder / "lexicon").is_dir() for folder in folders if folder not in shipped):
        words.read()
    actors: list[Actor] = []
    places: list[tuple[PlaceEntry, tuple[str, ...]]] = []
    countries: list[Country] = []
    concepts: list[Concept] = []
    files: list[ImportedPlaces | WorldPlaces] = []
    digest = hashlib.sha256()
    for folder in folders:
        for file in sorted(f for f in folder.rglob("*") if f.is_file() and f.suffix in (".yaml", ".csv")):
            digest.update(file.read_bytes())
        if (folder / "countries.csv").exists():
            countries = load_countries(folder / "countries.csv") + countries
        if (folder / "actors.yaml").exists():
            actors += load_actors(folder / "actors.yaml")
        if (folder / ONTOLOGY).exists():
            concepts += load_ontology(folder / ONTOLOGY)
        if (folder / "places.csv").exists():
            places = load_places(folder / "places.csv", PACKED if folder in shipped else OWN) + places
        if (folder / WORLD_FILE).exists():
            files.append(WorldPlaces(folder / WORLD_FILE))
            digest.update(str((folder / WORLD_FILE).stat().st_size).encode())
        if (folder / INDEX).exists():
            files.insert(0, ImportedPlaces(folder / INDEX))
    land = Countries(countries)
    cards = tuple(_card(folder) for folder in folders)
    return Knowledge(
        digest.hexdigest()[:12], cards, ActorRegister(actors), Gazetteer(places, files, land), land, words,
        Ontology(concepts),
    )  # fmt: skip


def packs_in(path: Path) -> list[Path]:
    """Return the folder itself if it is a pack, else the packs in it, sorted; none if it is neither."""
    if (path / "pack.yaml").exists():
        return [path]
    return sorted(p.parent for p in path.glob("*/pack.yaml")) if path.is_dir() else []


def _card(folder: Path) -> Pack:
    row = yaml_file(folder / "pack.yaml") or {}
    for name in ("name", "title", "licence", "source"):
        if not row.get(name):
            raise KnowledgeError(f"{folder / 'pack.yaml'}: lacks {name!r}. Add it.")
    return Pack(
        row["name"],
        row["title"],
        row["licence"],
        row["source"],
        row.get("language", "en"),
        listed(row.get("countries")),
        folder,
    )
