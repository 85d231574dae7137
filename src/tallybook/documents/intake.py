"""The way in: whatever the user named, to a stream of arrivals in a stable order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import IO

from tallybook.documents.arrival import Arrival, Raw, Stated, arrive
from tallybook.documents.fetch import Fetched, fetch
from tallybook.documents.formats import SAMPLE, Format, format_inside, format_of, seeing
from tallybook.documents.formats.part import DAMAGE, Note, Part, Unreadable
from tallybook.documents.identity import bytes_digest, id_from_text
from tallybook.documents.limits import MAX_TEXT_BYTES
from tallybook.documents.ocr import Pictures
from tallybook.documents.raw import raw_of, refuse_blank, refuse_size
from tallybook.documents.rows import Row, WithoutText, rows_of, storable
from tallybook.documents.rows import Unreadable as BrokenLine
from tallybook.documents.sniff import foreign_format
from tallybook.documents.sources import STANDARD_INPUT, files_in, is_address, is_rows
from tallybook.errors import DocumentError
from tallybook.model import Issue


@dataclass(frozen=True, slots=True)
class Intake:
    """How documents come in: what the user states, where standard input is, whether private addresses are allowed,
    what reads pages that are pictures."""

    stated: Stated
    standard_input: IO[bytes] | None = None
    allow_private: bool = False
    fetch: Callable[[str, bool], Fetched] = fetch
    pictures: Pictures | None = None


def documents_from(sources: Iterable[str], intake: Intake) -> Iterator[Arrival]:
    """Yield one arrival for each report in `sources`, in the order given; folders are read in the order of paths.

    A source that cannot be read becomes an arrival with an error, and the rest goes on. Files are read one at a time.
    """
    for source in sources:
        yield from _guarded(source, _one_source(source, intake))


def documents_in(name: str, data: bytes, intake: Intake) -> Iterator[Arrival]:
    """Yield the reports in the bytes of one file that somebody hands over, as if it were named; no file is opened.

    `name` is only looked at for its suffix and becomes the id; folders in it are left away.
    """
    plain = PurePosixPath(name.replace("\\", "/")).name or "report"
    made = _from_row_bytes if is_rows(Path(plain)) else _from_bytes
    yield from _guarded(plain, made(data, Path(plain), intake))


def document_told(row: Row, intake: Intake) -> Iterator[Arrival]:
    """Yield the report that somebody types or pastes, with what they say of it."""
    yield from _guarded("the pasted text", _from_row(row, intake))


def _from_row(row: Row, intake: Intake) -> Iterator[Arrival]:
    refuse_size(row.text.encode("utf-8", "surrogatepass"), "the pasted text", MAX_TEXT_BYTES)
    refuse_blank(row.text, "the pasted text")
    raw = _raw_row(row, Path("pasted"))
    yield arrive(raw if row.id else replace(raw, id=None), intake.stated)


def _from_bytes(data: bytes, name: Path, intake: Intake) -> Iterator[Arrival]:
    kind = format_of(data[:SAMPLE], name.name)
    if kind is not None:
        yield from opened(kind, BytesIO(data), str(name), name.stem, intake)
    else:
        yield arrive(raw_of(data, str(name), name=str(name), id_=name.stem), intake.stated)


def opened(kind: Format, file: IO[bytes], source: str, id_: str, intake: Intake) -> Iterator[Arrival]:
    """Yield the reports in a file that holds them; what could not be read of it becomes an issue, or an error.

    Raises: DocumentError where it cannot be opened at all, or holds no report.
    """
    read = lost = 0
    try:
        for part in seeing(kind, intake.pictures).open(file, source):
            if isinstance(part, Note):
                lost += part.grave
                yield _noted(part, source)
                continue
            read += 1
            name = id_ if read == 1 else f"{id_}-{read}"
            yield from _guarded(source, _from_inside(kind, part, source, name, intake))
    except Unreadable as error:
        raise DocumentError(source, str(error), f"It was taken for {kind.name}.") from error
    if not read and not lost:
        raise DocumentError(source, f"it is {kind.name} and holds no report", "Look at what is in it.")


def _from_inside(outer: Format, part: Part, source: str, id_: str, intake: Intake) -> Iterator[Arrival]:
    """Yield the report that a part of a file is, or those that it holds, with what the file says of it.

    Raises: DocumentError
    """
    held = part.file if part.file is not None else BytesIO(part.data) if part.data is not None else None
    named = f"{source}, {part.name}" if part.name else source
    try:
        start = held.read(SAMPLE) if held is not None else b""
    except DAMAGE as error:
        raise DocumentError(named, f"it is damaged ({type(error).__name__})", "Fetch it again.") from error
    kind = format_inside(outer, start, part.name.lower()) if held is not None else None
    if held is not None:
        held.seek(0)
    if kind is not None and held is not None:
        yield from opened(carrying(seeing(kind, intake.pictures), part), held, named, part.id or id_, intake)
    elif part.file is not None:
        raise DocumentError(named, "it is no web archive, whatever its name says", "Look at what is in it.")
    elif held is not None and outer.holds and is_rows(Path(part.name)):
        yield from _from_row_bytes(part.data or b"", Path(named), intake)
    else:
        yield from from_part(part, source, id_, intake)


def carrying(kind: Format, told: Part) -> Format:
    """Return a kind of file whose reports carry what is told of the file, where they tell nothing themselves."""

    def parts(file: IO[bytes], name: str) -> Iterator[Part | Note]:
        for part in kind.open(file, name):
            yield part if isinstance(part, Note) else replace(
                part, title=part.title or told.title, publisher=part.publisher or told.publisher,
                published=part.published or told.published, url=part.url or told.url,
            )  # fmt: skip

    return replace(kind, open=parts)


def _noted(note: Note, source: str) -> Arrival:
    if note.grave:
        return Arrival(error=DocumentError(source, note.message.rstrip("."), "The rest was read."))
    return Arrival(issues=(Issue(note.code, f"{source}: {note.message}", source),))


def from_part(part: Part, source: str, id_: str | None, intake: Intake) -> Iterator[Arrival]:
    """Yield the report that a part of something larger is; `id_` serves where the part has no id.

    Raises: DocumentError where it is no text, too large, or holds no words.
    """
    named = f"{source}, {part.name}" if part.name else source
    if part.text is not None:
        refuse_size(part.text.encode("utf-8", "surrogatepass"), named, MAX_TEXT_BYTES)
        refuse_blank(part.text, named)
        raw = Raw(storable(part.text), part.text.encode("utf-8", "replace"), named)
    else:
        raw = raw_of(
            part.data or b"", named, name=part.name, id_=None, content_type=part.content_type, charset=part.charset
        )
    told = {name: getattr(part, name) or getattr(raw, name) for name in ("title", "publisher", "published", "url")}
    yield arrive(replace(raw, source=source, id=part.id or id_, **told), intake.stated)


def _from_row_bytes(data: bytes, name: Path, intake: Intake) -> Iterator[Arrival]:
    refuse_size(data, str(name), MAX_TEXT_BYTES)
    yield from _rows_in(BytesIO(data), name, intake)


def _guarded(source: str, arrivals: Iterator[Arrival]) -> Iterator[Arrival]:
    try:
        yield from arrivals
    except DocumentError as error:
        yield Arrival(error=error)
    except OSError as error:
        yield Arrival(error=DocumentError(source, f"it cannot be read ({error.strerror or error})", "Check its name."))


def _one_source(source: str, intake: Intake) -> Iterator[Arrival]:
    if source == STANDARD_INPUT:
        yield from _from_standard_input(intake)
    elif is_address(source):
        yield from _from_address(source, intake)
    elif Path(source).is_dir():
        yield from _from_folder(Path(source), intake)
    else:
        yield from _from_file(Path(source), intake)


def _from_standard_input(intake: Intake) -> Iterator[Arrival]:
    if intake.standard_input is None:
        raise DocumentError("standard input", "there is none", "Pipe a report in, or name a file.")
    data = intake.standard_input.read(MAX_TEXT_BYTES + 1)
    kind = format_of(data[:SAMPLE], "")
    if kind is not None:
        yield from opened(kind, BytesIO(data), "standard input", bytes_digest(data)[:12], intake)
    else:
        yield arrive(raw_of(data, "standard input", name="", id_=None), intake.stated)


def _from_address(address: str, intake: Intake) -> Iterator[Arrival]:
    fetched = intake.fetch(address, intake.allow_private)
    kind = format_of(fetched.data[:SAMPLE], address)
    if kind is not None:
        yield from opened(kind, BytesIO(fetched.data), address, id_from_text(address), intake)
        return
    raw = raw_of(fetched.data, address, name="", id_=None, content_type=fetched.content_type, charset=fetched.charset)
    yield arrive(raw, intake.stated)


def _from_folder(folder: Path, intake: Intake) -> Iterator[Arrival]:
    inside = files_in(folder)
    if inside.others:
        message = f"{folder}: files of other kinds were passed over: {inside.others}. Name one itself to have it read."
        yield Arrival(issues=(Issue("files-passed-over", message, str(folder)),))
    for path in inside.files:
        yield from _guarded(str(path), _from_file(path, intake))


def _from_file(path: Path, intake: Intake) -> Iterator[Arrival]:
    if not path.exists():
        raise DocumentError(str(path), "there is no such file", "Check the name.")
    if is_rows(path):
        yield from _from_rows(path, intake)
        return
    with path.open("rb") as file:
        start = file.read(SAMPLE)
        kind = format_of(start, path.name)
        file.seek(0)
        if kind is not None:
            yield from opened(kind, file, str(path), path.stem, intake)
            return
        data = file.read(MAX_TEXT_BYTES + 1)
        yield arrive(raw_of(data, str(path), name=path.name, id_=path.stem), intake.stated)


def _from_rows(path: Path, intake: Intake) -> Iterator[Arrival]:
    with path.open("rb") as file:
        yield from _rows_in(file, path, intake)


def _rows_in(file: IO[bytes], path: Path, intake: Intake) -> Iterator[Arrival]:
    """Yield the rows of a JSON Lines file; those without text together are one issue, broken ones an error each."""
    without: list[int] = []
    readable = broken = False
    foreign = foreign_format(file.read(65_536))
    if foreign:
        raise DocumentError(str(path), f"it is {foreign}, not JSON Lines", "Give one JSON object a line, in UTF-8.")
    file.seek(0)
    for line in rows_of(file):
        if isinstance(line, Row):
            readable = True
            yield arrive(_raw_row(line, path), intake.stated)
        elif isinstance(line, WithoutText):
            without.append(line.line)
        else:
            broken = True
            yield Arrival(error=_broken(path, line))
    if without:
        message = f"{path}: rows without text were passed over: {len(without)}, the first in line {without[0]}."
        yield Arrival(issues=(Issue("rows-without-text", message, path.name),))
    if not readable and not broken:
        raise DocumentError(str(path), "it holds no row that can be read", "Give one JSON object with a `text` a line.")


def _broken(path: Path, line: BrokenLine) -> DocumentError:
    return DocumentError(f"{path}, line {line.line}", f"it {line.why}", "Give one JSON object a line, in UTF-8.")


def _raw_row(row: Row, path: Path) -> Raw:
    return Raw(
        text=row.text,
        data=row.text.encode("utf-8"),
        source=str(path),
        id=row.id or path.stem,
        title=row.title,
        publisher=row.publisher,
        published=row.published,
        url=row.url,
    )
