"""A release that was written before: its records as its readers have them, checked against its manifest."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tallybook.errors import UsageError
from tallybook.release.keys import Key
from tallybook.release.profile import Profile

MANIFEST = "manifest.json"
SCHEMA = "tallybook.release/1"
TOLD_ALIKE = ("places", "grid_km", "smallest_cell", "ids")
"""Rules that must be equal, or the difference tells what each release withholds: two grids cut cells finer."""
PEOPLE = ("sex", "age", "dimension")
"""Columns of claims and victims that tell sex and age."""

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Former:
    """A former release: its manifest and its records, by table and id."""

    name: str
    sha256: str
    manifest: Mapping[str, Any]
    tables: Mapping[str, Mapping[str, Row]]

    @property
    def as_of(self) -> str:
        """Return the day that it describes."""
        return str(self.manifest["as_of"])

    def tells_people(self, record: str) -> bool | None:
        """Say whether it tells sex or age of a claim or a victim; None where it has no such record."""
        row = self.tables.get("claims", {}).get(record) or self.tables.get("victims", {}).get(record)
        return None if row is None else any(row.get(name) for name in PEOPLE)


def read_former(folder: Path, tables: tuple[str, ...]) -> Former:
    """Return the records of a release from its JSON Lines files.

    Raises: UsageError where the folder is no release, or a file is not as its manifest says.
    """
    path = folder / MANIFEST
    try:
        data = path.read_bytes()
        manifest = json.loads(data)
        files = dict(manifest["files"])
        if manifest["schema"] != SCHEMA:
            raise UsageError(f"{path}: {manifest['schema']!r} is no release that this version can read.")
    except (OSError, ValueError, KeyError, TypeError) as trouble:
        raise UsageError(f"{folder}: this is no release of Tallybook. Name a folder that `release` wrote.") from trouble
    found = {table: _records(folder / f"{table}.jsonl", files.get(f"{table}.jsonl")) for table in tables}
    return Former(folder.name, hashlib.sha256(data).hexdigest(), manifest, found)


def _records(path: Path, digest: str | None) -> dict[str, Row]:
    try:
        data = path.read_bytes()
    except OSError as trouble:
        raise UsageError(f"{path}: this file of the former release is missing. Name a whole release.") from trouble
    if hashlib.sha256(data).hexdigest() != digest:
        raise UsageError(f"{path}: it is not as its manifest says. Name a release that nobody has changed.")
    rows = [json.loads(line) for line in data.decode("utf-8").splitlines() if line]
    return {row["id"]: row for row in rows}


def check_fits(former: Former, profile: Profile, key: Key | None, filters: Mapping[str, Any], as_of: str) -> None:
    """Check that the difference from a former release says something, and tells nothing that both withhold.

    Raises: UsageError
    """
    old = former.manifest["profile"]
    name = f"{former.name}: the former release"
    if old["name"] != profile.name:
        raise UsageError(f"{name} has the profile {old['name']}, whose ids are others. Name one of {profile.name}.")
    for rule in TOLD_ALIKE:
        if rule in old and old[rule] != getattr(profile, rule):
            raise UsageError(
                f"{name} had {rule} {old[rule]!r}, now it is {getattr(profile, rule)!r}: the difference would tell "
                "what both withhold. Publish this release without it."
            )
    told = former.manifest.get("key")
    if key is not None and told is not None and told != key.mark:
        raise UsageError(f"{name} was drawn with another key, so that no id matches. Give its key with --key.")
    if former.manifest["filters"] != filters:
        raise UsageError(f"{name} has other filters. Give the same ones: {_words(former.manifest['filters'])}.")
    if former.as_of > as_of:
        raise UsageError(f"{name} describes {former.as_of}, this one an earlier day, {as_of}. Give a later --as-of.")


def _words(filters: Mapping[str, Any]) -> str:
    told = {k: v for k, v in filters.items() if v and v != ["any"]}
    return ", ".join(f"--{k} {' '.join(v) if isinstance(v, list) else v}" for k, v in told.items()) or "none"
