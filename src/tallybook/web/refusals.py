"""What is refused, with its HTTP status, in one shape."""

from __future__ import annotations

from dataclasses import dataclass

from tallybook.errors import (
    BookError,
    BookLocked,
    BookMissing,
    Contradiction,
    DiskFull,
    DocumentError,
    KnowledgeError,
    TallybookError,
    UnknownName,
    UsageError,
)
from tallybook.model.wire import Json

STATUSES: tuple[tuple[type[TallybookError], int], ...] = (
    (Contradiction, 409), (UnknownName, 404), (UsageError, 400), (DocumentError, 422), (KnowledgeError, 500),
    (DiskFull, 507), (BookLocked, 503), (BookMissing, 503), (BookError, 503),
)  # fmt: skip
"""HTTP status of each kind of error; the first that fits."""

TITLES = {
    400: "This cannot be asked so", 401: "The start token is missing", 403: "Not from here", 404: "Nothing here",
    405: "Not this way", 409: "Somebody was quicker", 413: "Too large", 408: "Too slow", 415: "Not this kind",
    421: "Not this server", 422: "This report cannot be read", 429: "Wait a moment", 500: "This should not happen",
    503: "The book cannot be used now", 507: "The disk is full",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a request is not answered."""

    status: int
    code: str
    message: str
    heading: str = ""
    """The reason in a few words, where the status alone does not say it."""

    @property
    def title(self) -> str:
        """The reason in a few words."""
        return self.heading or TITLES.get(self.status, "Refused")

    def json(self) -> Json:
        """Return the one shape of all errors."""
        return {
            "schema": "tallybook.error/1", "status": self.status, "code": self.code, "title": self.title,
            "message": self.message,
        }  # fmt: skip


class Refused(Exception):
    """A request is refused for a reason that is HTTP's alone."""

    def __init__(self, status: int, code: str, message: str, heading: str = "") -> None:
        self.refusal = Refusal(status, code, message, heading)
        super().__init__(message)


class Changed(Refused):
    """What a person looked at was decided on by somebody else meanwhile."""

    def __init__(self, told: list[str], log_at: int) -> None:
        super().__init__(409, "TB-W09", f"Meanwhile it was decided: {'; '.join(told)}. Look again, then decide again.")
        self.told = told
        self.log_at = log_at


def refusal_of(error: TallybookError) -> Refusal:
    """Return the refusal that an error is answered with."""
    status = next((status for kind, status in STATUSES if isinstance(error, kind)), 500)
    return Refusal(status, error.code, str(error))


NO_TOKEN = Refusal(
    401, "TB-W01", "Open the address that `tallybook serve` printed: it carries the token of this start. "
    "A program sends it as `Authorization: Bearer TOKEN`.",
)  # fmt: skip
WRONG_HOST = Refusal(421, "TB-W02", "This request names another server than this one. Open the printed address.")
FOREIGN = Refusal(403, "TB-W03", "This request was made by another site. Open the workbench and do it there.")
NO_CSRF = Refusal(403, "TB-W04", "This form was not made for this session. Load its page again, then send it again.")
TOO_LARGE = Refusal(413, "TB-W05", "This is larger than 25 MB. Split it, or use `tallybook add`.")
TOO_SLOW = Refusal(408, "TB-W06", "The request did not come in time. Try again, or use `tallybook add`.")
SIGNED_OUT = Refusal(401, "TB-W30", "Sign in first: you are not, or your session has ended.", "Not signed in")
WRONG_SIGN_IN = Refusal(
    401, "TB-W31", "Name, password or code is wrong, or this account may not sign in.", "This does not open it"
)
NOT_YOURS = Refusal(
    403, "TB-W33", "Your role does not allow this. An administrator can give you another.", "Not with your role"
)
OWN_NAME = "Your judgements bear the name that you signed in with, and no other."
NO_ACCOUNTS = "This book is served to one person, by a start token: there are no accounts. Start with --accounts."
UNSAFE = Refusal(
    403, "TB-W36", "This server is reached through its proxy, by https. Open its address there.", "Not encrypted"
)
FIRST = Refusal(
    403, "TB-W37", "First choose a new password, or set up your second factor: see Settings.", "One thing first"
)
