"""Everything Tallybook refuses, drawn as one tree.

    TallybookError
    ├── UsageError            the call is wrong: unknown name, bad date, bad option
    │   ├── UnknownName
    │   ├── BadDate
    │   ├── AmbiguousName     a name means several things, which are listed
    │   └── Contradiction     a judgement clashes with judgements that stand
    ├── DocumentError         one document cannot be read; the rest of the batch goes on
    │   └── NotNow            its server cannot answer now; later it may
    ├── KnowledgeError        a knowledge pack is not valid
    └── BookError             the book cannot be used
        ├── BookMissing
        ├── NotABook
        ├── BookNewer
        ├── BookLocked
        ├── DiskFull
        └── PassphraseRefused the book is locked with a passphrase that was not given, or is another

Each error says what happened, to which object, and what to do next, and has a stable code.
Exit codes and HTTP statuses live in `cli` and `web`, never here. Trouble *inside* data is a `model.Issue`.
"""

from __future__ import annotations

from collections.abc import Sequence


class TallybookError(Exception):
    """Base of all errors that Tallybook raises on purpose."""

    code = "TB-000"


class UsageError(TallybookError):
    """The call itself is wrong."""

    code = "TB-100"


class UnknownName(UsageError):
    """A name that neither the knowledge packs nor the book know."""

    code = "TB-101"

    def __init__(self, kind: str, name: str, nearest: Sequence[str] = ()) -> None:
        near = f" Nearest: {', '.join(nearest)}." if nearest else ""
        super().__init__(
            f"No {kind} is known as {name!r}.{near} Check the spelling, or add a pack with --knowledge DIR."
        )


class BadDate(UsageError):
    """A date that is no date, or cannot be used here."""

    code = "TB-102"


class AmbiguousName(UsageError):
    """A name that means several things."""

    code = "TB-104"

    def __init__(self, kind: str, name: str, candidates: Sequence[str]) -> None:
        super().__init__(f"{name!r} may be any of: {'; '.join(candidates)}. Give the id of the {kind} that you mean.")


class Contradiction(UsageError):
    """A judgement that cannot hold beside judgements that stand."""

    code = "TB-105"

    def __init__(self, standing: Sequence[str]) -> None:
        super().__init__(
            f"This cannot hold beside what was decided before: {'; '.join(standing)}. "
            "Undo one of these first: tallybook undo NUMBER."
        )


class DocumentError(TallybookError):
    """One document cannot be read."""

    code = "TB-200"

    def __init__(self, source: str, what: str, hint: str) -> None:
        self.source = source
        super().__init__(f"{source}: {what}. {hint}")


class NotNow(DocumentError):
    """A server that cannot answer now; later it may."""

    code = "TB-201"

    def __init__(self, source: str, what: str, hint: str, wait: float = 0.0) -> None:
        super().__init__(source, what, hint)
        self.wait = wait
        """Seconds that the server asks to be left alone, 0 where it does not say."""


class KnowledgeError(TallybookError):
    """A knowledge pack has a row that does not hold."""

    code = "TB-300"


class BookError(TallybookError):
    """The book cannot be used."""

    code = "TB-400"


class BookMissing(BookError):
    """There is no book at this address."""

    code = "TB-401"


class NotABook(BookError):
    """The file is there, and is no Tallybook book."""

    code = "TB-402"


class BookNewer(BookError):
    """The book was written by a newer Tallybook."""

    code = "TB-403"


class BookLocked(BookError):
    """Another process holds the book."""

    code = "TB-404"


class DiskFull(BookError):
    """The disk has no room left; nothing was half-written."""

    code = "TB-405"


class PassphraseRefused(BookError):
    """The book is locked with a passphrase: none was given, or it is not the one."""

    code = "TB-406"
