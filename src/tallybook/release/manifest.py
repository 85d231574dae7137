"""The manifest, the citation, the licence and the method of a release."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from importlib.resources import files
from typing import Any

from tallybook import __version__
from tallybook.model import Query
from tallybook.release.clearing import Cleared
from tallybook.release.folder import Folder
from tallybook.release.former import SCHEMA
from tallybook.release.material import Material
from tallybook.release.parquet import ABSENT, can_write
from tallybook.release.profile import Profile
from tallybook.release.tables import TABLES

NOT_STATED = "No licence is stated: ask who published this release before you pass it on."


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who publishes a release, and under which licence."""

    publisher: str | None = None
    licence: str | None = None


def manifest(
    folder: Folder, material: Material, cleared: Cleared, profile: Profile, by: Attribution, secrets: tuple[int, int],
    layouts: Mapping[str, int],
) -> dict[str, Any]:  # fmt: skip
    """Return `manifest.json`: what the release is made of, what it holds, what it withholds and why.

    `secrets` tells how many are searched for, and how many are not since the program says them itself.
    """
    edition = cleared.edition
    return {
        "schema": SCHEMA,
        "profile": {k: list(v) if isinstance(v, tuple) else v for k, v in asdict(profile).items()},
        "as_of": material.as_of,
        "filters": filters(material.asked),
        "book": {"state": material.state},
        "versions": {
            "program": __version__, "readers": list(material.readers), "knowledge": material.knowledge.version,
        },
        "counts": {table.name: len(table.records(edition)) for table in TABLES},
        "layouts": dict(layouts),
        "parquet": "written" if can_write() else ABSENT,
        "withheld": cleared.withheld.rows(),
        "checks": {
            "leaks": 0,
            "searched": secrets[0],
            "not_searched": secrets[1],
            "not_searched_because": "words that the program's own texts hold too",
        },
        "attribution": asdict(by),
        "files": {name: folder.sha256(name) for name in folder.names()},
    }  # fmt: skip


def filters(asked: Query) -> dict[str, Any]:
    """Return what was asked for; an open filter is None."""
    return {
        "measure": asked.measure or None, "who": list(asked.who), "by": asked.by, "in": asked.place,
        "since": asked.since, "until": asked.until,
    }  # fmt: skip


def citation(title: str, by: Attribution, as_of: str) -> str:
    """Return `CITATION.cff`. Source: Citation File Format 1.2.0."""
    return "\n".join((
        "cff-version: 1.2.0",
        "message: If you use these figures, cite them with their range and the day they describe.",
        "type: dataset",
        f"title: {_quoted(title)}",
        "authors:",
        f"  - name: {_quoted(by.publisher or 'publisher not stated')}",
        f"date-released: {as_of}",
        *((f"license: {_quoted(by.licence)}",) if by.licence else ()),
        "",
    ))  # fmt: skip


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ") + '"'


def licence_text(by: Attribution) -> str:
    """Return `LICENCE.txt`."""
    return (f"The publisher offers this release under: {by.licence}\n" if by.licence else f"{NOT_STATED}\n") + (
        f"Publisher: {by.publisher}\n" if by.publisher else ""
    )


def method(profile: Profile, as_of: str) -> str:
    """Return `METHOD.md`: how the figures come about, and what this profile does to them."""
    rules = [
        f"- Names of victims: {profile.names}. Quotes, titles, addresses: {profile.text}.",
        f"- Who judged: {profile.authors}.",
        f"- Claimants, doers and publishers: {profile.claimants}.",
        f"- Places: no finer than {profile.places}; coordinates: "
        + (f"the middle of a cell of {profile.grid_km} km, on a grid drawn with a secret key." if profile.grid_km
           else "as the book has them."),
        f"- Events are held back for {profile.delay_days} days, at sensitive sites for {profile.sensitive_days}, "
        f"counted from {as_of}. No figure knows of what is held back.",
        f"- Sex and age of fewer than {profile.smallest_cell} people in one event, place and month are not told, nor "
        "are those beside them." if profile.smallest_cell else "- Sex and age are told as reported.",
        "- Ids are drawn with a secret key: they are the same in every release of this profile, and match no other."
        if profile.ids == "keyed" else "- Ids are those of the book.",
    ]  # fmt: skip
    template = files("tallybook.release").joinpath("pages", "method.md").read_text(encoding="utf-8")
    return template.format(as_of=as_of, profile=profile.name, rules="\n".join(rules))
