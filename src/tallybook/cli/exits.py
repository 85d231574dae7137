"""The one table from errors to exit codes. Source: CONTRACT, 'Commands'."""

from __future__ import annotations

import errno

from tallybook.errors import BookError, DocumentError, KnowledgeError, UsageError

UNREAD_DOCUMENT = 1
WRONG_USAGE = 2
BAD_BOOK = 3

TRACEBACK = "TALLYBOOK_TRACEBACK"
"""Environment variable that shows where an unexpected error arose."""

TABLE: tuple[tuple[type[Exception], int], ...] = (
    (DocumentError, UNREAD_DOCUMENT),
    (UsageError, WRONG_USAGE),
    (KnowledgeError, WRONG_USAGE),
    (BookError, BAD_BOOK),
)


def exit_code(error: Exception) -> int | None:
    """Return the exit code of one of the package's own errors, or None for any other."""
    return next((code for kind, code in TABLE if isinstance(error, kind)), None)


def is_disk_full(error: OSError) -> bool:
    """Say whether the operating system refused for want of room."""
    return error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
