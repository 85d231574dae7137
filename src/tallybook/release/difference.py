"""The difference from a former release: what is new, changed, withdrawn, and why each figure moved; data and a page."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, StrictUndefined, Template

from tallybook.release.cells import csv_text
from tallybook.release.differing import WITHDRAWN, Change, as_rows, changes, counts
from tallybook.release.folder import Folder
from tallybook.release.former import Former
from tallybook.release.keys import Key
from tallybook.release.material import Material
from tallybook.release.moved import HEADLINE, FigureMove, moves
from tallybook.release.profile import Profile
from tallybook.release.records import Edition

SCHEMA = "tallybook.difference/1"
PAGE = "site/difference.html"
RECORD_COLUMNS = ("table", "id", "change", "field", "before", "after", "because", "into")
FIGURE_COLUMNS = (
    "kind", "measure", "who", "by", "place", "since", "until", "before_low", "before_best", "before_high", "after_low",
    "after_best", "after_high", "sentence",
)  # fmt: skip
MOST_ROWS = 500
"""Changes of records that the page lists; the tables beside it hold all of them."""
MOST_CLAIMS = 50
"""Claims behind one figure that the page tells."""


@dataclass(frozen=True, slots=True)
class Difference:
    """What a release has otherwise than a former one."""

    former: Former
    records: tuple[Change, ...]
    figures: tuple[FigureMove, ...]


def difference(former: Former, edition: Edition, material: Material, profile: Profile, key: Key | None) -> Difference:
    """Compare an edition with a former release. Pure; linear in the records of both."""
    repeat = profile.text == "show" and profile.names == "show"
    return Difference(former, changes(former, edition, held(material, profile, key), repeat=repeat),
                      moves(former, edition))  # fmt: skip


def held(material: Material, profile: Profile, key: Key | None) -> frozenset[str]:
    """Return the ids that every record of the book has, or would have, in a release of a profile."""
    kinds = {
        "claim": [c.id for c in material.claims], "incident": [i.id for i in material.incidents],
        "victim": [v.id for _, v in material.victims], "control": [c.id for _, c in material.control],
        "source": list(material.documents), "judgement": [j.id for j in material.log],
    }  # fmt: skip
    keyed = profile.ids == "keyed" and key is not None
    return frozenset(key.name(kind, n) if keyed and key else n for kind, names in kinds.items() for n in names)


def write_difference(folder: Folder, made: Difference, edition: Edition, title: str) -> dict[str, Any]:
    """Write the tables and the page; return what the manifest tells of it."""
    rows = as_rows(made.records)
    figures = [move.as_row() for move in made.figures]
    told: dict[str, Any] = {
        "schema": SCHEMA,
        "former": {"name": made.former.name, "as_of": made.former.as_of, "manifest_sha256": made.former.sha256},
        "as_of": edition.as_of,
        "counts": counts(made.records),
        "figures": figures,
        "records": rows,
    }
    folder.write("difference/difference.json", json.dumps(told, ensure_ascii=False, indent=1) + "\n")
    folder.write("difference/records.csv", csv_text([RECORD_COLUMNS], ([r[c] for c in RECORD_COLUMNS] for r in rows)))
    moved = ([move[c] for c in FIGURE_COLUMNS] for move in figures)
    folder.write("difference/figures.csv", csv_text([FIGURE_COLUMNS], moved))
    folder.write(PAGE, _page(made, rows, edition, title))
    return {**told["former"], "counts": told["counts"], "figures_moved": len(figures)}


def _page(made: Difference, rows: list[dict[str, Any]], edition: Edition, title: str) -> str:
    shown = [r for r in rows if r["table"] in ("claims", "incidents", "sources")]
    shown.sort(key=lambda r: r["change"] != WITHDRAWN)
    return _template().render(
        title=title, former=made.former, as_of=edition.as_of, counts=counts(made.records),
        headlines=[m for m in made.figures if m.about["kind"] == HEADLINE],
        others=[m for m in made.figures if m.about["kind"] != HEADLINE][:MOST_ROWS],
        rows=shown[:MOST_ROWS], all_rows=len(rows), most_claims=MOST_CLAIMS,
        style=files("tallybook.release").joinpath("pages", "site.css").read_text(encoding="utf-8"),
    )  # fmt: skip


@cache
def _template() -> Template:
    made = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return made.from_string(files("tallybook.release").joinpath("pages", "difference.html").read_text(encoding="utf-8"))
