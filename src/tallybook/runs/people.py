"""People who may use a shared book: names, roles, passwords, codes. Nothing here asks the clock or the network."""

from __future__ import annotations

import secrets
from functools import cache
from hmac import compare_digest
from typing import TYPE_CHECKING

from tallybook.errors import UsageError
from tallybook.model.account import ROLES, Account
from tallybook.model.wire import Json
from tallybook.store import AccessStore

if TYPE_CHECKING:
    from argon2 import PasswordHasher

SHORTEST, LONGEST = 12, 500
"""Characters of a password: fewer are guessed, more only cost time. NIST SP 800-63B asks for 8 and allows for 64; what
guards names of witnesses is held to more."""

LONGEST_NAME = 80
STEP_SECONDS = 30
DRIFT_STEPS = 1
"""Half-minutes by which the clock of somebody's device may be off (RFC 6238, section 5.2)."""

ISSUER = "Tallybook"
NEVER = "tallybook: nobody has this password"


def add_person(
    access: AccessStore, name: str, role: str, password: str, at: str, *, must_change: bool = False
) -> Account:
    """Add a person who may sign in, and return the account.

    Raises: UsageError for a name, role or password that cannot be, or a name that is taken.
    """
    plain = " ".join(name.split())
    if not plain or len(plain) > LONGEST_NAME or not plain.isprintable():
        raise UsageError(f"A name has 1 to {LONGEST_NAME} characters, all of them printable.")
    made = Account(
        secrets.token_hex(8), plain, checked_role(role), hashed(password, plain), at, must_change=must_change
    )
    access.add_person(made)
    return made


def person_named(access: AccessStore, name: str) -> Account:
    """Return an account.

    Raises: UsageError where there is none of this name.
    """
    found = access.person(name)
    if found is None:
        raise UsageError(f"Nobody here is called {name!r}. See `tallybook people list`.")
    return found


def set_role(access: AccessStore, account: Account, role: str) -> None:
    """Give a person another role; open visits have it from their next request on.

    Raises: UsageError for an unknown role, and where nobody could administer the book then.
    """
    access.change_person(account.id, {"role": checked_role(role)})


def set_active(access: AccessStore, account: Account, active: bool) -> None:
    """Let a person sign in again, or no more: then all visits end. What they decided stays.

    Raises: UsageError where nobody could administer the book then.
    """
    access.change_person(account.id, {"active": active})
    if not active:
        access.end_visits(account.id)


def set_password(
    access: AccessStore, account: Account, password: str, *, must_change: bool = False, but: str = ""
) -> None:
    """Give a person another password; all visits end but the one with the digest `but`.

    Raises: UsageError for a password that cannot be.
    """
    access.change_person(account.id, {"password": hashed(password, account.name), "must_change": must_change})
    access.end_visits(account.id, but)


def clear_code(access: AccessStore, account: Account, *, needs: bool) -> None:
    """Take the second factor of a person away, such as with a lost device; `needs`: another must be set up at once."""
    access.change_person(account.id, {"secret": None, "last_step": None, "needs_code": needs})
    access.end_visits(account.id)


def name_key(name: str) -> str:
    """Return the key under which failures to sign in with a name are counted."""
    return f"name {' '.join(name.split()).casefold()[:LONGEST_NAME]}"


def account_json(account: Account) -> Json:
    """Return an account without its password and secret."""
    return {
        "schema": "tallybook.person/1", "name": account.name, "role": account.role, "active": account.active,
        "second_factor": account.secret is not None, "needs_code": account.needs_code,
        "must_change": account.must_change, "made_at": account.made_at,
    }  # fmt: skip


def second_factor(account: Account) -> str:
    """Return in a word whether somebody signs in with a code."""
    return "yes" if account.secret else "must set up" if account.needs_code else "no"


def checked_role(role: str) -> str:
    """Return a role.

    Raises: UsageError where it is none.
    """
    if role not in ROLES:
        raise UsageError(f"{role!r} is no role. Give one of: {', '.join(ROLES)}.")
    return role


def one_time_password() -> str:
    """Return a password that somebody is given once, and has to change: 96 random bits."""
    return secrets.token_urlsafe(12)


def hashed(password: str, name: str) -> str:
    """Return the argon2id hash of a password, with its salt and cost.

    Raises: UsageError for a password that is too short, too long, or easily guessed.
    """
    if not SHORTEST <= len(password) <= LONGEST:
        raise UsageError(
            f"A password has {SHORTEST} to {LONGEST} characters. Four or five random words make a good one."
        )
    if len(set(password)) < 5 or name.casefold() in password.casefold():
        raise UsageError("This password is easily guessed: it repeats itself, or holds the name. Choose another.")
    return _hasher().hash(password)


def password_is(account: Account | None, password: str) -> bool:
    """Say whether this is the password of an account. Takes as long where there is no account."""
    from argon2.exceptions import InvalidHashError, VerificationError

    if len(password) > LONGEST:
        password = ""
    try:
        return _hasher().verify(account.password if account else _nobodys(), password) and account is not None
    except (VerificationError, InvalidHashError):
        return False


def is_outdated(account: Account) -> bool:
    """Say whether the hash of a password costs less than hashes do by now."""
    return _hasher().check_needs_rehash(account.password)


def new_secret() -> str:
    """Return the secret of a new second factor: 160 random bits in base32."""
    import pyotp

    return pyotp.random_base32()


def code_address(account: Account, secret: str, book: str) -> str:
    """Return the otpauth address that a device takes a second factor from."""
    import pyotp

    return pyotp.TOTP(secret).provisioning_uri(name=account.name, issuer_name=f"{ISSUER} {book}".strip())


def step_of(secret: str, code: str, at: int) -> int | None:
    """Return the half-minute that a code is of, or None where it is of none near `at`, in seconds since 1970.

    Source: RFC 6238.
    """
    import pyotp

    given = "".join(code.split())
    now = at // STEP_SECONDS
    found = None
    for step in range(now - DRIFT_STEPS, now + DRIFT_STEPS + 1):
        if compare_digest(pyotp.TOTP(secret).at(step * STEP_SECONDS).encode(), given.encode("utf-8", "replace")):
            found = step
    return found


@cache
def _hasher() -> PasswordHasher:
    """Return the one hasher: argon2id with the costs that RFC 9106 recommends where memory is short (64 MiB)."""
    from argon2 import PasswordHasher

    return PasswordHasher()


@cache
def _nobodys() -> str:
    return _hasher().hash(NEVER + secrets.token_hex(16))
