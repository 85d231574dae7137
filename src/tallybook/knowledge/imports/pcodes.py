"""P-code tables in the usual column names of MIMU and OCHA: each level has a code and a name; the finest is the place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tallybook.knowledge.imports.columns import columns, first_of, plain
from tallybook.knowledge.imports.found import Findings, Row

_CODE = re.compile(r"^(.*?)_?p_?code$", re.IGNORECASE)
_BRACKETS = re.compile(r"\s*\(([^()]*)\)\s*")
_UNIT = re.compile(r"\s+(?:Town|Ward|Village Tract|Township|District)$")


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a table: its kind, the column of its code, of its name, and of other names."""

    kind: str
    code: str
    name: str
    others: tuple[str, ...]


def levels_of(header: Sequence[str]) -> list[Level]:
    """Return the levels of a P-code table, largest first; nothing where it is none."""
    known = columns()
    found = []
    for column in header:
        match = _CODE.match(column)
        stem = plain(match[1]) if match else ""
        if stem not in known.kinds:
            continue
        names = [c for c in header if _is_name(plain(c), stem)]
        names.sort(key=lambda c: _rank(plain(c), stem))
        if names:
            found.append(Level(known.kinds[stem], column, names[0], tuple(names[1:])))
    if all(re.search(r"\d", level.code) for level in found):
        found.sort(key=lambda level: [int(d) for d in re.findall(r"\d+", level.code)])
    return found


def places_of(
    levels: Sequence[Level],
    rows: Iterator[tuple[str, Mapping[str, str]]],
    findings: Findings,
    countries: Mapping[str, str],
) -> Iterator[Row]:
    """Yield a place for each level of each row: the point of a row is that of its finest level.

    `countries` are codes by name and by the letters that P-codes begin with.
    """
    seen: set[str] = set()
    for where, cells in rows:
        filled = [level for level in levels if cells.get(level.code) and cells.get(level.name)]
        if not filled or not cells.get(levels[-1].code):
            findings.tell(where, levels[-1].code, "empty. Fill it in or remove the line.")
            continue
        north, east = (first_of(names, cells) for names in (columns().latitude, columns().longitude))
        lat, lon = findings.degrees(where, cells.get(north or "", ""), cells.get(east or "", ""))
        country = _country(filled[0], cells, countries)
        for depth, level in enumerate(filled):
            finest = depth == len(filled) - 1
            code = cells[level.code]
            if level.kind == "country" or (not finest and code in seen):
                continue
            seen.add(code)
            name, variants = named(cells[level.name], [cells.get(c, "") for c in level.others])
            larger = [u for u in filled[:depth] if u.kind != "country"]
            yield Row(
                code, name, level.kind, where, variants,
                tuple(named(cells[u.name], ())[0] for u in reversed(larger)),
                cells[larger[-1].code] if larger else None, country, lat if finest else None, lon if finest else None,
            )  # fmt: skip


def named(text: str, others: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """Return the name and its variants: what stands in brackets, and without a unit word, is a variant."""
    name = _BRACKETS.sub(" ", text).strip() or text.strip("() ")
    variants = [b.strip() for b in _BRACKETS.findall(text) if not b.strip().isdigit()]
    short = _UNIT.sub("", name)
    variants += [short, *(o for o in others if o)]
    return name, tuple(dict.fromkeys(v for v in variants if v and v != name))


def _is_name(column: str, stem: str) -> bool:
    if "pcode" in column or "source" in column:
        return False
    starts = columns().unit_names.get(stem, (stem, f"{stem}name"))
    return any(re.fullmatch(rf"(?:previous)?{re.escape(s)}(?:name)?(?:alt\d?)?[a-z]{{0,4}}", column) for s in starts)


def _rank(column: str, stem: str) -> int:
    ends = [i for i, ending in enumerate(columns().english) if column.endswith(ending)]
    return ends[0] + (10 if column.startswith("previous") or "alt" in column else 0) if ends else 99


def _country(first: Level, cells: Mapping[str, str], countries: Mapping[str, str]) -> str | None:
    if first.kind == "country" and cells[first.name] in countries:
        return countries[cells[first.name]]
    letters = re.match(r"[A-Z]+", cells[first.code])
    return countries.get(letters.group()) if letters else None
