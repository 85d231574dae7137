"""Who may use a shared book, their visits, and who saw what: no answer of the book depends on any of it."""

from __future__ import annotations

from dataclasses import dataclass

from tallybook.model.described import described

READER, CODER, EDITOR, ADMINISTRATOR = "reader", "coder", "editor", "administrator"
ROLES = (READER, CODER, EDITOR, ADMINISTRATOR)
"""What people may be, each with all that those before it may do."""


@dataclass(frozen=True, slots=True)
class Account:
    """One person who may sign in; never deleted, since judgements bear the name."""

    id: str = described("random, 16 hex digits")
    name: str = described("what the person signs in with, and what their judgements bear; never changes")
    role: str = described("reader, coder, editor or administrator")
    password: str = described("argon2id, in its own encoding with salt and cost")
    made_at: str = described("ISO time, UTC")
    active: bool = described("may sign in", default=True)
    must_change: bool = described("must choose a new password before anything else", default=False)
    needs_code: bool = described("must set up a second factor before anything else", default=False)
    secret: str | None = described("secret of the second factor (TOTP, base32); None: none is set up", default=None)
    last_step: int | None = described("half-minute of the last code that was taken: none is twice", default=None)


@dataclass(frozen=True, slots=True)
class Visit:
    """One browser that somebody signed in with."""

    digest: str = described("SHA-256 of the session id; the id itself is kept nowhere")
    person: str = described("id of the account")
    csrf: str = described("token of its forms")
    started: str = described("ISO time, UTC")
    seen: str = described("ISO time of the last request, to the minute or so")


@dataclass(frozen=True, slots=True)
class Seen:
    """One line of the access log: append-only."""

    person: str = described("name of the account; of a failed sign-in the name that was typed")
    what: str = described("saw, exported, changed, signed-in, signed-out, or refused")
    page: str = described("page as its route names it, such as /claims/{name}")
    object: str = described("id of what was shown, or what was asked; empty where the page shows a list")
    at: str = described("ISO time, UTC")
    rows: int | None = described("rows that were handed out, where it was an export", default=None)
    number: int = described("position in the log, from 1; 0: not kept yet", default=0)


SAW, EXPORTED, CHANGED, SIGNED_IN, SIGNED_OUT, REFUSED = (
    "saw", "exported", "changed", "signed-in", "signed-out", "refused",
)  # fmt: skip
SEEN_KINDS = (SAW, EXPORTED, CHANGED, SIGNED_IN, SIGNED_OUT, REFUSED)
