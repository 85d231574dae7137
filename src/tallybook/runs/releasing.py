"""`release`: a book's records into a folder that can be handed on, by the profile of its readers."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tallybook.documents.dates import read_stamp
from tallybook.documents.event_rows import KINDS, event_layout
from tallybook.errors import BadDate, UsageError
from tallybook.model import Query
from tallybook.release.folder import refuse_existing
from tallybook.release.former import Former, check_fits, read_former
from tallybook.release.keys import Key, key_kept
from tallybook.release.layout import asked_layouts
from tallybook.release.manifest import Attribution, filters
from tallybook.release.material import Material, Passing
from tallybook.release.profile import Profile, load_profile
from tallybook.release.signing import check_signer
from tallybook.release.tables import TABLES
from tallybook.release.writing import Released, release
from tallybook.review.consenting import consented
from tallybook.runs.desk import Desk, Edition
from tallybook.runs.filtering import Filter, filter_from
from tallybook.runs.naming import Asked
from tallybook.store.opening import is_server

NOBODY = Attribution()
KEY_SUFFIX, LOG_SUFFIX = ".release-key", ".releases.jsonl"


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked for: where to, for whom, from which book, with which key."""

    target: Path
    profile: str
    book: str
    key: Path | None = None
    by: Attribution = NOBODY
    layouts: tuple[str, ...] = ()
    """Names of the layouts; none: all that fit."""
    former: Path | None = None
    """Folder of the release before this one, to tell what changed."""
    signer: Path | None = None
    """File of a private SSH key that signs the checksums."""


def write_release(desk: Desk, order: Order, asked: Asked, now: str) -> Released:
    """Write a release, and note it in the log of releases beside the book. `now` is an ISO time in UTC.

    Raises: UsageError, UnknownName, BadDate, BookError
    """
    profile = load_profile(order.profile)
    refuse_existing(order.target)
    asked_layouts(order.layouts)
    if order.signer is not None:
        check_signer(order.signer)
    former = _former(order)
    material = material_as_of(desk, asked, now)
    with key_for(order, profile) as key:
        if former is not None:
            check_fits(former, profile, key, filters(material.asked), material.as_of)
        done = release(order.target, material, profile, key, order.by, former, order.layouts, order.signer)
    _log(order, done, now)
    return done


def material_as_of(desk: Desk, asked: Asked, now: str) -> Material:
    """Return a book's records as of the day asked for, or of its latest report. `now` is an ISO time in UTC.

    Raises: UsageError, UnknownName, BadDate
    """
    as_of = _as_of(desk, asked.as_of, now[:10])
    return material_of(_as_it_was(desk, as_of if asked.as_of else None), asked, as_of)


def material_of(desk: Desk, asked: Asked, as_of: str) -> Material:
    """Return a book's records for a release, with those that pass the filters.

    Raises: UsageError, UnknownName, BadDate
    """
    passing = filter_from(asked, desk)
    return Material(
        documents=desk.documents,
        claims=desk.claims,
        incidents=desk.incidents,
        victims=desk.victims_told,
        control=tuple((k, c) for k, c in desk.control_told if k in desk.documents),
        log=desk.log,
        judgements=desk.judgements,
        copies=desk.copies,
        named=desk.ledger.named,
        person_of={v: person.id for v, person in desk.person_of.items()},
        geography=desk.geography,
        knowledge=desk.knowledge,
        organisations=_organisations(desk),
        asked=Query(passing.measure or "", passing.who, passing.by, passing.place, passing.since, passing.until),
        passing=_passing(desk, passing),
        as_of=as_of,
        state=desk.ledger.state,
        consented=consented(desk.victims, desk.log),
        readers=tuple(sorted({c.reader for c in desk.claims})),
    )


def _organisations(desk: Desk) -> frozenset[str]:
    """Return the names that people took into the register, and data sets, whose licences want attribution."""
    return frozenset(
        [*(r.name for r in desk.applied.actors.values() if r.kind), *(event_layout(kind).name for kind in KINDS)]
    )


def _passing(desk: Desk, passing: Filter) -> Passing:
    return Passing(
        frozenset(c.id for c in desk.claims if passing.claim(c)),
        frozenset(i.id for i in desk.incidents if passing.incident(i)),
        frozenset(v.id for v in desk.victims if passing.victim(v)),
        frozenset(c.id for _, c in desk.control_told if passing.control(c)),
    )


def _as_of(desk: Desk, typed: str | None, today: str) -> str:
    """Return the day that a release describes: the one asked for, that of the latest report, or of the latest harm.

    Raises: BadDate where it lies in the future, which would let through what is still held back.
    """
    if typed is None:
        days = [d.published_day for d in desk.documents.values() if d.published_day]
        days = days or [c.date.end for c in desk.claims if c.date and c.date.end]
        return min(max(days, default=today), today)
    stamp = read_stamp(typed)
    if stamp is None:
        raise BadDate(f"--as-of {typed!r} is no date. Write it as YYYY-MM-DD.")
    if stamp.day > today:
        raise BadDate(f"--as-of {stamp.day} lies in the future. Give today, or a day before it.")
    return stamp.day


def _as_it_was(desk: Desk, day: str | None) -> Desk:
    """Return the book of the documents published up to a day; the book itself where that is all of it."""
    if day is None:
        return desk
    kept = {k for k, d in desk.documents.items() if d.published_day and d.published_day <= day}
    return desk if len(kept) == len(desk.documents) else desk.would_be(Edition(desk.log, only=kept))


def _former(order: Order) -> Former | None:
    return read_former(order.former, tuple(table.name for table in TABLES)) if order.former else None


def last_released(order: Order) -> Path | None:
    """Return the folder of the latest release of the same profile that the log notes and that is still there."""
    path = _log_path(order)
    if path is None or not path.is_file():
        return None
    told = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]
    folders = [Path(t["folder"]) for t in told if t["profile"] == order.profile and "folder" in t]
    return next((f for f in reversed(folders) if f != order.target and f.is_dir()), None)


def key_for(order: Order, profile: Profile) -> AbstractContextManager[Key | None]:
    """Return the key for as long as the release is written.

    Raises: UsageError where no file can hold it, or where it would be published with the release
    """
    if not profile.needs_key:
        return nullcontext(None)
    path = order.key or _beside(order, KEY_SUFFIX)
    if path is None:
        raise UsageError("The key of releases lies beside a book that is a file. For this book give --key FILE.")
    inside = order.target.absolute()
    if inside == path.absolute() or inside in path.absolute().parents:
        raise UsageError(f"{path}: the key would be published with the release. Keep it elsewhere.")
    return key_kept(path, profile.name)


def _beside(order: Order, suffix: str) -> Path | None:
    return None if is_server(order.book) else Path(f"{order.book.removeprefix('sqlite:///')}{suffix}")


def _log_path(order: Order) -> Path | None:
    return _beside(order, LOG_SUFFIX) or (order.key.with_suffix(LOG_SUFFIX) if order.key else None)


def _log(order: Order, done: Released, now: str) -> None:
    """Add a line to the log of releases: when, where to, for whom, by which filter, how many rows, which hash."""
    told = {
        "folder": str(order.target), "as_of": done.manifest["as_of"], "filters": done.manifest["filters"],
        "counts": done.manifest["counts"], "manifest_sha256": done.sha256,
    }  # fmt: skip
    _add_line(order, now, told)


def note_export(order: Order, now: str, told: Mapping[str, Any], material: Material) -> None:
    """Add a line to the log of releases for what was written besides a release."""
    _add_line(order, now, {**told, "filters": filters(material.asked)})


def _add_line(order: Order, now: str, what: Mapping[str, Any]) -> None:
    path = _log_path(order)
    if path is None:
        return
    told = {"at": now, "profile": order.profile, "publisher": order.by.publisher, **what}
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(told, ensure_ascii=False) + "\n")
