"""What every store keeps of people: accounts, visits, tries to get in, and who saw what. One test suite runs on each.

None of it enters the state of a book, its hash or its mark.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from tallybook.model.account import Account, Seen, Visit

Patience = Callable[[int], int]
"""Seconds to wait after so many failures in a row."""


@dataclass(frozen=True, slots=True)
class SeenAsked:
    """Which lines of the access log are asked for; what is empty passes."""

    person: str = ""
    what: str = ""
    object: str = ""
    since: str = ""
    """First moment, ISO, inclusive."""
    until: str = ""
    """Last day or moment, ISO, inclusive."""


class AccessStore(Protocol):
    """People and access. Every method may raise BookError."""

    def people(self) -> tuple[Account, ...]:
        """Return all accounts, disabled ones too, by name."""
        ...

    def person(self, name: str) -> Account | None:
        """Return the account of this name, in whatever case, or None."""
        ...

    def add_person(self, account: Account) -> None:
        """Add an account.

        Raises: UsageError where its name is taken.
        """
        ...

    def change_person(self, id: str, changes: Mapping[str, object]) -> None:
        """Set fields of an account.

        Raises: UsageError where no administrator who may sign in would be left.
        """
        ...

    def use_step(self, id: str, step: int) -> bool:
        """Take the half-minute of a code, once: False where it, or a later one, was taken already."""
        ...

    def open_visit(self, visit: Visit) -> None:
        """Keep a visit."""
        ...

    def visit(self, digest: str) -> tuple[Visit, Account] | None:
        """Return the visit with this digest and whose it is, or None."""
        ...

    def touch_visit(self, digest: str, at: str) -> None:
        """Note that a visit goes on."""
        ...

    def end_visit(self, digest: str) -> None:
        """Forget a visit."""
        ...

    def end_visits(self, person: str, but: str = "") -> None:
        """Forget all visits of a person, but the one with this digest."""
        ...

    def forget_visits(self, started_before: str, seen_before: str) -> None:
        """Forget the visits that have been open too long, or idle too long."""
        ...

    def try_in(self, keys: Mapping[str, Patience], at: int, forget_after: int) -> int:
        """Count a try to get in under each key, before it is known whether it succeeds; return 0.

        Where one of them has to wait longer, nothing is counted, and the seconds that are left are returned. Failures
        older than `forget_after` seconds count no more. `at` is in seconds since 1970. Of tries at the same moment each
        is counted.
        """
        ...

    def came_in(self, cleared: str, returned: str) -> None:
        """Clear the failures under one key, and take back the last try under the other: it was none."""
        ...

    def note_seen(self, seen: Seen) -> None:
        """Append a line to the access log."""
        ...

    def seen(self, asked: SeenAsked, before: int | None, limit: int) -> tuple[Seen, ...]:
        """Return lines of the access log, the newest first, those with a number below `before`."""
        ...

    def seen_total(self, asked: SeenAsked) -> int:
        """Count the lines of the access log that are asked for."""
        ...
