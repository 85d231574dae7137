"""What the files of a release tell to whoever opens them, piece by piece."""

from __future__ import annotations

import html
import json
import re
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from tallybook.release.geometry import points_of
from tallybook.release.parquet import parquet_lines

PIECE = 1 << 20
"""Characters that are read at once."""
GAPS = ("\n", " ")
"""White space after which a text may be cut."""
DATABASES = (".sqlite", ".gpkg")
JSON = (".json", ".jsonl", ".geojson")
COMPRESSED = (".png", ".parquet")
"""Files most of whose bytes are as good as drawn by lot: any short word stands in them by chance."""
_ESCAPES = re.compile(r'\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})')
SIGNATURE, CHUNKS = b"\x89PNG\r\n\x1a\n", (b"IHDR", b"PLTE", b"IDAT", b"IEND")
"""First bytes of a PNG, and the chunks of which a bare picture is made."""
Corner = tuple[float, float]


def readings(path: Path) -> Iterator[Iterator[str]]:
    """Yield each way to read a file, in pieces that end between words.

    Of a compressed file what it holds is read; its bytes are `compressed`. A database is read some rows at a time; it
    has no text beside its rows, unless pages lie free in it. JSON and HTML are read as written and with their escapes
    undone.
    """
    if path.suffix in DATABASES:
        with closing(sqlite3.connect(path)) as connection:
            yield _in_pieces(_joined(_rows(connection)))
            if not connection.execute("pragma freelist_count").fetchone()[0]:
                return
    if path.suffix == ".parquet":
        yield _in_pieces(_joined(parquet_lines(path)))
    if path.suffix not in COMPRESSED:
        yield pieces(path)
    if path.suffix == ".html":
        yield (html.unescape(text) for text in pieces(path))
    if path.suffix in JSON:
        yield (_ESCAPES.sub(lambda m: str(json.loads(f'"{m[0]}"')), text) for text in pieces(path) if "\\" in text)


def compressed(path: Path) -> Iterator[str]:
    """Yield the bytes of a compressed file as text, in pieces; nothing of any other file."""
    return pieces(path) if path.suffix in COMPRESSED else iter(())


def pieces(path: Path, size: int = PIECE) -> Iterator[str]:
    """Yield the text of a file, cut after white space; bytes that are no UTF-8 become U+FFFD."""
    held = ""
    with path.open(encoding="utf-8", errors="replace", newline="") as file:
        while more := file.read(size):
            held += more
            cut = max(held.rfind("\n"), held.rfind(" ")) + 1
            if cut:
                yield held[:cut]
                held = held[cut:]
    if held:
        yield held


def _joined(lines: Iterable[str]) -> Iterator[str]:
    """Yield lines put together until they fill a piece; a longer one stands alone."""
    held: list[str] = []
    size = 0
    for line in lines:
        if held and size + len(line) > PIECE:
            yield "".join(held)
            held, size = [], 0
        held.append(line)
        size += len(line)
    if held:
        yield "".join(held)


def _in_pieces(texts: Iterable[str]) -> Iterator[str]:
    """Yield texts in pieces of at most `PIECE` characters that end after white space; a longer word stays whole."""
    for text in texts:
        start = 0
        while start < len(text):
            end = _end_of_piece(text, start)
            yield text[start:end]
            start = end


def _end_of_piece(text: str, start: int) -> int:
    if len(text) - start <= PIECE:
        return len(text)
    last = max(text.rfind(gap, start, start + PIECE) for gap in GAPS)
    if last < 0:
        last = min((at for gap in GAPS if (at := text.find(gap, start + PIECE)) >= 0), default=len(text) - 1)
    return last + 1


def corners(path: Path) -> Iterator[Corner]:
    """Yield the corners of all polygons of a GeoPackage as (lon, lat); none of any other file."""
    if path.suffix not in DATABASES:
        return
    with closing(sqlite3.connect(path)) as connection:
        if not connection.execute("select 1 from sqlite_master where name = 'gpkg_geometry_columns'").fetchone():
            return
        for table, column in connection.execute("select table_name, column_name from gpkg_geometry_columns").fetchall():
            for (blob,) in connection.execute(f"select {_name(column)} from {_name(table)}"):
                yield from points_of(blob) if blob is not None else ()


def beside_the_picture(path: Path) -> list[str]:
    """Return what a PNG holds beside its picture: chunks of text, time or settings, by name, and bytes after its end.

    Source: Portable Network Graphics, third edition, clauses 5 and 11. Nothing of any other file.
    """
    if path.suffix != ".png":
        return []
    data, at, found = path.read_bytes(), len(SIGNATURE), []
    if not data.startswith(SIGNATURE):
        return ["no PNG"]
    while at + 8 <= len(data):
        length, kind = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        at += 12 + length
        if kind not in CHUNKS:
            found.append(kind.decode("latin-1"))
        if kind == b"IEND":
            break
    return found + (["bytes after its end"] if at != len(data) else [])


def _rows(connection: sqlite3.Connection) -> Iterator[str]:
    told = connection.execute("select type, name, sql from sqlite_master").fetchall()
    yield "".join(f"{kind} {name} {sql}\n" for kind, name, sql in told)
    for kind, name, _ in told:
        if kind == "table":
            rows: Iterable[tuple[Any, ...]] = connection.execute(f"select * from {_name(name)}")
            yield from (", ".join([_told(v) for v in row]) + "\n" for row in rows)


def _told(value: Any) -> str:
    if isinstance(value, bytes):
        return "" if points_of(value) else value.decode("utf-8", "replace")
    return "" if value is None else str(value)


def _name(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
