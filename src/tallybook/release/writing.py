"""A release: everything written, read back, and only then given its name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from itertools import chain
from pathlib import Path
from typing import Any

from tallybook.release.cells import csv_pieces
from tallybook.release.charting import write_charts
from tallybook.release.clearing import Cleared, cleared
from tallybook.release.database import FILE, database, write_table
from tallybook.release.difference import difference, write_difference
from tallybook.release.folder import Folder, whole_folder
from tallybook.release.former import MANIFEST, Former
from tallybook.release.indented import in_pieces, indented
from tallybook.release.keys import Key
from tallybook.release.lasting import lasting
from tallybook.release.layout import NotFit, asked_layouts, laid_out, losses_page, refusal
from tallybook.release.lint import Leaking
from tallybook.release.manifest import Attribution, citation, licence_text, manifest, method
from tallybook.release.material import Material
from tallybook.release.package import datapackage
from tallybook.release.parquet import can_write, write_parquet
from tallybook.release.profile import Profile
from tallybook.release.records import Edition
from tallybook.release.second_reader import packed_up, second_reader
from tallybook.release.secrets import secrets_of
from tallybook.release.signing import sign
from tallybook.release.site import page
from tallybook.release.tables import TABLES, json_line

CHECKSUMS = "checksums.sha256"


@dataclass(frozen=True, slots=True)
class Released:
    """What was written."""

    folder: Path
    manifest: dict[str, Any]
    sha256: str
    """SHA-256 of the manifest, which holds the hash of every other file."""


def release(
    target: Path, material: Material, profile: Profile, key: Key | None, by: Attribution, former: Former | None = None,
    wanted: Sequence[str] = (), signer: Path | None = None,
) -> Released:  # fmt: skip
    """Write the release of a book to a folder that is not there yet. The same book gives the same bytes.

    `wanted` are the names of the layouts; none: all that fit. With a former release, the difference from it is told
    too, and what it withheld about few people stays withheld. `signer` is a file of a private SSH key that signs the
    checksums.

    Raises: UsageError where something is at `target`, a filter tells too much, a wanted layout cannot be made of the
    book, or the key does not sign; Leaking where a file tells what the profile withholds. Nothing is at `target` then.
    """
    with lasting():
        passed = cleared(material, profile, key, former)
        with lasting(), whole_folder(target, private=profile.name == "internal") as folder:
            told = _written(folder, material, passed, profile, key, by, former, wanted)
            folder.write(CHECKSUMS, "".join(f"{folder.sha256(name)}  {name}\n" for name in folder.names()))
            if signer is not None:
                sign(folder.place_for(CHECKSUMS), signer)
            digest = folder.sha256(MANIFEST)
    return Released(target, told, digest)


def _written(
    folder: Folder, material: Material, passed: Cleared, profile: Profile, key: Key | None, by: Attribution,
    former: Former | None, wanted: Sequence[str],
) -> dict[str, Any]:  # fmt: skip
    """Write the files and read them back; return the manifest.

    Raises: Leaking
    """
    edition = passed.edition
    secrets = secrets_of(material, edition, profile, key)
    packed, searched, common = packed_up(secrets), secrets.searched, len(secrets.common)
    del secrets
    title = f"Reported casualties, as of {material.as_of} ({profile.name})"
    with second_reader(folder, packed, len(edition.claims)) as reader:
        _tables(folder, edition)
        reader.hand_over()
        rows = _layouts(folder, edition, material, wanted, reader.hand_over)
        folder.write("datapackage.json", _json(datapackage(f"tallybook-{profile.name}", title, asdict(by))))
        folder.write("CITATION.cff", citation(title, by, material.as_of))
        folder.write("LICENCE.txt", licence_text(by))
        folder.write("METHOD.md", method(profile, material.as_of))
        folder.write("site/index.html", page(passed, profile, title, by, former is not None))
        write_charts(folder, edition, by)
        moved = None
        if former is not None:
            moved = write_difference(folder, difference(former, edition, material, profile, key), edition, title)
        told = manifest(folder, material, passed, profile, by, (searched, common), rows)
        told |= {"key": key.mark if key else None, "difference": moved}
        folder.write(MANIFEST, _json(told))
        leaks = reader.leaks()
    if leaks:
        raise Leaking(leaks)
    return told


def _tables(folder: Folder, edition: Edition) -> None:
    with database(folder.place_for(FILE)) as held:
        for table in TABLES:
            columns, rows = table.columns(), list(table.rows(edition))
            folder.write(f"{table.name}.csv", csv_pieces([[c.name for c in columns]], rows))
            folder.write(f"{table.name}.jsonl", (f"{json_line(r)}\n" for r in table.records(edition)))
            if can_write():
                write_parquet(folder.place_for(f"{table.name}.parquet"), columns, rows)
            write_table(held, table, rows)


def _layouts(
    folder: Folder, edition: Edition, material: Material, wanted: Sequence[str], then: Callable[[], None]
) -> dict[str, int]:
    """Write each layout with its losses, and call `then` after each; return the rows by file."""
    reports, rows = [], {}
    for layout in asked_layouts(wanted):
        try:
            laid = laid_out(layout, edition, material.knowledge)
        except NotFit as error:
            if wanted:
                raise
            report = refusal(layout.name, str(error))
        else:
            folder.write(f"layouts/{layout.file}", laid.content)
            report = laid.losses.as_json(layout.name, laid.rows)
            rows[layout.file] = laid.rows
            del laid  # its content would stay beside the account of what is lost
        folder.write(f"losses/{layout.name}.json", chain(in_pieces(report), "\n"))
        reports.append(report | {"records": []})
        then()
    folder.write("losses/README.md", losses_page(reports))
    return rows


def _json(value: Any) -> str:
    return indented(value) + "\n"
