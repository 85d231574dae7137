"""What every layout is: a mapping file, a function, and an account of what is lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

from tallybook.errors import KnowledgeError, UsageError
from tallybook.knowledge import Knowledge
from tallybook.knowledge.rows import yaml_file
from tallybook.model.described import described
from tallybook.release.indented import Made
from tallybook.release.profile import NAMES
from tallybook.release.records import Edition

ROOM = "tallybook.release.layouts"
LOSSES = "tallybook.losses/1"
PARTS = {"columns", "empty", "rules", "codes", "source"}
"""What a mapping file may hold."""


@dataclass(frozen=True, slots=True)
class LayoutMapping:
    """A layout's mapping file: its columns, its codes, and the rules by which it loses something, in words."""

    columns: tuple[str, ...]
    empty: Mapping[str, str] = described("columns that are left empty, and why")
    rules: Mapping[str, str] = described("what each rule loses, in words")
    codes: Mapping[str, Any] = described("code lists and thresholds by name")
    source: str = described("the codebook or standard that the layout follows")


@dataclass(slots=True)
class Losses:
    """What a layout left out or flattened: one line for each record and rule."""

    mapping: LayoutMapping
    lines: list[tuple[str, str, str]] = field(default_factory=list)

    def note(self, record: str, rule: str, detail: str = "") -> None:
        """Record that a rule took something from a record.

        Raises: KeyError where the mapping file does not explain the rule.
        """
        if rule not in self.mapping.rules:
            raise KeyError(f"the mapping explains no rule {rule!r}")
        self.lines.append((record, rule, detail))

    def as_json(self, name: str, rows: int) -> dict[str, Any]:
        """Return the account as data; its records are made one at a time."""
        counts = Counter(rule for _, rule, _ in self.lines)
        return {
            "schema": LOSSES,
            "layout": name,
            "source": self.mapping.source,
            "rows": rows,
            "rules": [{"rule": r, "means": self.mapping.rules[r], "count": n} for r, n in sorted(counts.items())],
            "columns_left_empty": [{"column": c, "why": why} for c, why in self.mapping.empty.items()],
            "records": Made(sorted(self.lines), lambda x: {"id": x[0], "rule": x[1], "detail": x[2] or None}),
        }


@dataclass(frozen=True, slots=True)
class Laid:
    """A laid-out file and what it lost."""

    content: str | bytes | Iterable[str]
    """Text may come in pieces, once: a large file never stands in memory whole."""
    rows: int
    losses: Losses

    def text(self) -> str:
        """Return the content of a text file; pieces are used up by it."""
        return self.content.decode() if isinstance(self.content, bytes) else "".join(self.content)


@dataclass(frozen=True, slots=True)
class Layout:
    """One layout: the file that it makes, and how."""

    name: str = described("name of its mapping file and loss report")
    file: str = described("name of its file in `layouts/`")
    lay: Callable[[Edition, LayoutMapping, Knowledge], Laid] = described("lays an edition out")
    profiles: tuple[str, ...] = described("profiles whose releases may have it", default=NAMES)


class NotFit(UsageError):
    """A layout cannot be made of what a release tells."""


def layouts() -> tuple[Layout, ...]:
    """Return every layout of the room, by name: each module there has one, called LAYOUT."""
    names = sorted(m.name for m in iter_modules(import_module(ROOM).__path__))
    return tuple(import_module(f"{ROOM}.{name}").LAYOUT for name in names)


def mapping_for(name: str) -> LayoutMapping:
    """Return a layout's mapping file, which lies beside its module, checked.

    Raises: KnowledgeError where it does not hold.
    """
    folders = [Path(folder) for folder in import_module(ROOM).__path__]
    path = next((f / f"{name}.yaml" for f in folders if (f / f"{name}.yaml").is_file()), folders[0] / f"{name}.yaml")
    if not path.is_file():
        raise KnowledgeError(f"{path}: a layout needs a mapping file beside its module. Start from hxl.yaml.")
    return mapping_of(yaml_file(path), path)


def mapping_of(told: Any, path: Path) -> LayoutMapping:
    """Return the mapping of a file's content.

    Raises: KnowledgeError naming what does not hold.
    """
    if not isinstance(told, Mapping):
        raise KnowledgeError(f"{path}: should be fields and values. Start from hxl.yaml.")
    for part in sorted(set(told) - PARTS):
        raise KnowledgeError(f"{path}: {part!r} is no part of a mapping. Check its spelling.")
    for part in ("columns", "rules", "source"):
        if not told.get(part):
            raise KnowledgeError(f"{path}: {part!r} is missing. Add it.")
    empty = dict(told.get("empty") or {})
    for column in empty:
        if column not in told["columns"]:
            raise KnowledgeError(f"{path}: empty: {column!r} is no column. Check its spelling.")
    return LayoutMapping(
        tuple(told["columns"]), empty, dict(told["rules"]), dict(told.get("codes") or {}), str(told["source"])
    )


def laid_out(layout: Layout, edition: Edition, knowledge: Knowledge) -> Laid:
    """Lay an edition out.

    Raises: KnowledgeError where the mapping file does not hold; NotFit where it cannot be made of this edition.
    """
    if edition.profile not in layout.profiles:
        able = " or ".join(layout.profiles)
        raise NotFit(f"The layout {layout.name} tells who named whom: only a release of the profile {able} has it.")
    return layout.lay(edition, mapping_for(layout.name), knowledge)


def asked_layouts(names: Sequence[str]) -> tuple[Layout, ...]:
    """Return the layouts of these names; all where none is named.

    Raises: UsageError
    """
    able = {layout.name: layout for layout in layouts()}
    for name in names:
        if name not in able:
            raise UsageError(f"--layout {name!r} is not known. Give one of: {', '.join(able)}.")
    return tuple(able[name] for name in sorted(set(names))) if names else tuple(able.values())


def refusal(name: str, why: str) -> dict[str, Any]:
    """Return the account of a layout that was not made."""
    return {
        "schema": LOSSES, "layout": name, "source": mapping_for(name).source, "rows": 0, "refused": why,
        "rules": [], "columns_left_empty": [], "records": [],
    }  # fmt: skip


def losses_page(reports: list[dict[str, Any]]) -> str:
    """Return one readable page on what every layout lost."""
    parts = [
        "# What the layouts lose\n\nEvery layout is made from the same records. `losses/NAME.json` lists each record.\n"
    ]
    for report in reports:
        parts.append(f"## {report['layout']}\n\n{report['rows']} rows. Source of the layout: {report['source']}\n")
        if "refused" in report:
            parts += [report["refused"], ""]
            continue
        parts += [f"- {x['rule']} ({x['count']}): {x['means']}" for x in report["rules"]] or ["- nothing is lost"]
        parts += [f"- column `{x['column']}` is empty: {x['why']}" for x in report["columns_left_empty"]]
        parts.append("")
    return "\n".join(parts)
