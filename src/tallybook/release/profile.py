"""Profiles: for each audience, what a release shows, blurs, delays and withholds. Data files, checked when read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from tallybook.errors import KnowledgeError, UsageError
from tallybook.knowledge.rows import listed, yaml_file
from tallybook.model.described import described

NAMES = ("public", "partner", "internal")
LEVELS = ("country", "admin1", "admin2", "admin3", "exact")
"""How fine a place may be, coarsest first."""
SHOWN = ("show", "withhold")
NAMED = ("show", "consent", "withhold")
WHO = ("organisations", "all")
IDS = ("keyed", "plain")
CHOICES = {
    "names": NAMED, "text": SHOWN, "authors": SHOWN, "claimants": WHO, "places": LEVELS, "ids": IDS, "control": SHOWN,
}  # fmt: skip
NUMBERS = ("grid_km", "delay_days", "sensitive_days", "smallest_cell")


@dataclass(frozen=True, slots=True)
class Profile:
    """What one audience gets."""

    name: str
    title: str = described("for whom it is, in one line")
    names: str = described(
        "names of victims: show (ages in years too), consent (where consent is recorded for the record) or withhold"
    )
    text: str = described("quotes, titles, addresses, reasons, words of counts: show or withhold")
    authors: str = described("who judged, and at what hour: show or withhold")
    claimants: str = described("whose names are shown: organisations, or all")
    control: str = described("who holds which place: show or withhold")
    places: str = described("finest level of place that is shown: one of LEVELS")
    grid_km: int = described("side of the keyed cells that coordinates are taken to, km; 0: coordinates as they are")
    delay_days: int = described("days that an event, toll or change of control is held back")
    sensitive_days: int = described("days that an event at a sensitive site is held back")
    smallest_cell: int = described("persons below which sex and age are not told; 0: always told")
    ids: str = described("keyed: ids that reveal nothing and differ between profiles; plain: those of the book")
    sensitive_words: tuple[str, ...] = described("words that mark a sensitive site", default=())
    claimant_kinds: tuple[str, ...] = described("words for unnamed sources that reveal nobody", default=())

    @property
    def needs_key(self) -> bool:
        """Say whether anything of it is keyed."""
        return self.ids == "keyed" or self.grid_km > 0


def load_profile(name: str) -> Profile:
    """Return one of the shipped profiles.

    Raises: UsageError where there is none of that name; KnowledgeError where its file does not hold.
    """
    if name not in NAMES:
        raise UsageError(f"--profile {name!r} is not known. Give one of: {', '.join(NAMES)}.")
    with as_file(files("tallybook.release").joinpath("profiles", f"{name}.yaml")) as path:
        return profile_of(yaml_file(path), path)


def profile_of(row: Any, path: Path) -> Profile:
    """Return the profile of a file's content; nothing is taken for granted.

    Raises: KnowledgeError naming the first field that does not hold.
    """
    if not isinstance(row, Mapping):
        raise KnowledgeError(f"{path}: should be fields and values. Start from profiles/public.yaml.")
    known = {f.name: f for f in fields(Profile)}
    for name in sorted(set(row) - set(known)):
        raise KnowledgeError(f"{path}: {name!r} is no field of a profile. Check its spelling.")
    for name in (n for n, f in known.items() if f.default is MISSING and n not in row):
        raise KnowledgeError(f"{path}: {name!r} is missing. A profile states everything; add it.")
    for name, choices in CHOICES.items():
        if row[name] not in choices:
            raise KnowledgeError(f"{path}: {name} is {row[name]!r}. Give one of: {', '.join(choices)}.")
    for name in NUMBERS:
        if not isinstance(row[name], int) or isinstance(row[name], bool) or row[name] < 0:
            raise KnowledgeError(f"{path}: {name} is {row[name]!r}. Give a whole number, 0 or more.")
    if row["places"] != "exact" and not row["grid_km"]:
        raise KnowledgeError(f"{path}: places no finer than {row['places']} need grid_km, or coordinates tell them.")
    lists = {name: listed(row.get(name)) for name in ("sensitive_words", "claimant_kinds")}
    return Profile(**{**row, **lists})
