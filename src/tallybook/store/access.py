"""People and access in any SQL database. `store.access_contract.AccessStore` says what each method promises."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import fields
from typing import Any

from sqlalchemy import Connection, Row, Select, delete, func, insert, select, update

from tallybook.errors import UsageError
from tallybook.model.account import ADMINISTRATOR, Account, Seen, Visit
from tallybook.store.access_contract import Patience, SeenAsked
from tallybook.store.access_schema import REWRITING, people, seen, tries, visits
from tallybook.store.schema import settings

Connected = Callable[[], AbstractContextManager[Connection]]
NAMES = tuple(f.name for f in fields(Account))


class SqlAccess:
    """People and access of one book, on connections that the book hands out."""

    def __init__(self, reading: Connected, noting: Connected) -> None:
        self._reading = reading
        self._noting = noting

    def people(self) -> tuple[Account, ...]:
        with self._reading() as connection:
            return tuple(_account(row) for row in connection.execute(select(people).order_by(people.c.folded)))

    def person(self, name: str) -> Account | None:
        found = select(people).where(people.c.folded == name_folded(name))
        with self._reading() as connection:
            row = connection.execute(found).first()
        return _account(row) if row else None

    def add_person(self, account: Account) -> None:
        """Keep a new account.

        Raises: UsageError where the name is taken; BookError
        """
        folded = name_folded(account.name)
        with self._noting() as connection:
            if connection.execute(select(people.c.id).where(people.c.folded == folded)).first():
                raise UsageError(f"{account.name!r} is there already. Names are kept for good; choose another.")
            row = {name: getattr(account, name) for name in NAMES}
            connection.execute(insert(people), {**row, "folded": folded})

    def change_person(self, id: str, changes: Mapping[str, object]) -> None:
        """Change fields of an account.

        Raises: UsageError where nobody could administer the book then; BookError
        """
        with self._noting() as connection:
            before = _administrators(connection)
            connection.execute(update(people).where(people.c.id == id), dict(changes))
            if before and not _administrators(connection):
                raise UsageError("Nobody could administer this book then. Make another person administrator first.")

    def use_step(self, id: str, step: int) -> bool:
        p = people.c
        later = update(people).where(p.id == id, p.last_step.is_(None) | (p.last_step < step)).values(last_step=step)
        with self._noting() as connection:
            return connection.execute(later).rowcount == 1

    def open_visit(self, visit: Visit) -> None:
        with self._noting() as connection:
            connection.execute(insert(visits), {f.name: getattr(visit, f.name) for f in fields(Visit)})

    def visit(self, digest: str) -> tuple[Visit, Account] | None:
        v, told = visits.c, [f.name for f in fields(Visit)]
        found = select(people, *(v[n].label(f"visit_{n}") for n in told)).join(visits, v.person == people.c.id)
        with self._reading() as connection:
            row = connection.execute(found.where(v.digest == digest)).first()
        return (Visit(**{n: getattr(row, f"visit_{n}") for n in told}), _account(row)) if row else None

    def touch_visit(self, digest: str, at: str) -> None:
        with self._noting() as connection:
            connection.execute(update(visits).where(visits.c.digest == digest), {"seen": at})

    def end_visit(self, digest: str) -> None:
        with self._noting() as connection:
            connection.execute(delete(visits).where(visits.c.digest == digest))

    def end_visits(self, person: str, but: str = "") -> None:
        with self._noting() as connection:
            connection.execute(delete(visits).where(visits.c.person == person, visits.c.digest != but))

    def forget_visits(self, started_before: str, seen_before: str) -> None:
        v = visits.c
        with self._noting() as connection:
            connection.execute(delete(visits).where((v.started < started_before) | (v.seen < seen_before)))

    def try_in(self, keys: Mapping[str, Patience], at: int, forget_after: int) -> int:
        with self._noting() as connection:
            connection.execute(delete(tries).where(tries.c.last < at - forget_after))
            found = connection.execute(select(tries).where(tries.c.key.in_(keys))).all()
            known = {row.key: (row.failures, row.last) for row in found}
            left = max((last + keys[key](failures) - at for key, (failures, last) in known.items()), default=0)
            if left > 0:
                return int(left)
            for key in keys:
                if key in known:
                    again = {"failures": known[key][0] + 1, "last": at}
                    connection.execute(update(tries).where(tries.c.key == key), again)
                else:
                    connection.execute(insert(tries), {"key": key, "failures": 1, "last": at})
            return 0

    def came_in(self, cleared: str, returned: str) -> None:
        t = tries.c
        with self._noting() as connection:
            connection.execute(delete(tries).where((t.key == cleared) | ((t.key == returned) & (t.failures <= 1))))
            connection.execute(update(tries).where(t.key == returned).values(failures=t.failures - 1))

    def note_seen(self, line: Seen) -> None:
        with self._noting() as connection:
            last = int(connection.execute(select(func.max(seen.c.number))).scalar_one() or 0)
            row = {f.name: getattr(line, f.name) for f in fields(Seen)}
            connection.execute(insert(seen), {**row, "number": last + 1})

    def seen(self, asked: SeenAsked, before: int | None, limit: int) -> tuple[Seen, ...]:
        found = _asked(select(seen), asked).order_by(seen.c.number.desc()).limit(limit)
        if before is not None:
            found = found.where(seen.c.number < before)
        with self._reading() as connection:
            return tuple(Seen(**row._mapping) for row in connection.execute(found))

    def seen_total(self, asked: SeenAsked) -> int:
        with self._reading() as connection:
            return int(connection.execute(_asked(select(func.count()).select_from(seen), asked)).scalar_one())


@contextmanager
def log_open(connection: Connection) -> Iterator[None]:
    """Let the access log be changed inside the block, in the caller's transaction: for a purge, and nothing else."""
    s = settings.c
    connection.execute(insert(settings), {"name": REWRITING, "position": 0, "value": ""})
    yield
    connection.execute(delete(settings).where(s.name == REWRITING))


def name_folded(name: str) -> str:
    """Return what two equal names have in common, however they are typed."""
    return " ".join(name.split()).casefold()


def _account(row: Row[Any]) -> Account:
    return Account(**{name: getattr(row, name) for name in NAMES})


def _administrators(connection: Connection) -> int:
    may = select(func.count()).select_from(people).where(people.c.role == ADMINISTRATOR, people.c.active)
    return int(connection.execute(may).scalar_one())


def _asked(found: Select[Any], asked: SeenAsked) -> Select[Any]:
    s = seen.c
    if asked.person:
        found = found.where(s.person == asked.person)
    if asked.what:
        found = found.where(s.what == asked.what)
    if asked.object:
        found = found.where(s.object == asked.object)
    if asked.since:
        found = found.where(s.at >= asked.since)
    if asked.until:
        found = found.where(s.at <= (f"{asked.until}T23:59:59Z" if len(asked.until) == 10 else asked.until))
    return found
