"""Accounts: names, roles, passwords, codes."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pyotp
import pytest

from tallybook.errors import UsageError
from tallybook.model.account import Visit
from tallybook.runs import people
from tallybook.store import AccessStore, create_or_open

PASSWORD = "correct horse battery staple"
AT = "2024-05-01T00:00:00Z"


@pytest.fixture
def access(tmp_path: Path) -> Iterator[AccessStore]:
    with create_or_open(str(tmp_path / "book.db")) as book:
        yield book.access


def test_password_is_kept_as_argon2id_alone(access: AccessStore) -> None:
    made = people.add_person(access, "Ana  Ibarz ", "coder", PASSWORD, AT)
    assert made.name == "Ana Ibarz"
    assert made.password.startswith("$argon2id$")
    assert people.password_is(made, PASSWORD)
    assert not people.password_is(made, PASSWORD.upper())
    assert not people.is_outdated(made)
    assert PASSWORD not in str(people.account_json(made))
    assert made.password not in str(people.account_json(made))


@pytest.mark.parametrize("password", ["short", "aaaaaaaaaaaaaaaa", "ana ibarz ana ibarz 1", "x" * 501])
def test_guessed_passwords_are_refused(access: AccessStore, password: str) -> None:
    with pytest.raises(UsageError, match="password"):
        people.add_person(access, "Ana Ibarz", "coder", password, AT)
    assert access.people() == ()


@pytest.mark.parametrize("name", ["", "  ", "a\x00b", "x" * 81])
def test_names_that_cannot_be_told_are_refused(access: AccessStore, name: str) -> None:
    with pytest.raises(UsageError, match="name"):
        people.add_person(access, name, "coder", PASSWORD, AT)


def test_unknown_role_and_unknown_person_are_refused(access: AccessStore) -> None:
    with pytest.raises(UsageError, match="reader, coder, editor, administrator"):
        people.add_person(access, "Ana", "boss", PASSWORD, AT)
    with pytest.raises(UsageError, match="Nobody here"):
        people.person_named(access, "Ana")


def test_asking_for_nobody_takes_as_long(access: AccessStore) -> None:
    made = people.add_person(access, "Ana Ibarz", "coder", PASSWORD, AT)
    people.password_is(None, "warm up the hash of nobody")

    def seconds(account: object) -> float:
        taken = []
        for _ in range(5):
            begun = time.perf_counter()
            assert not people.password_is(account, "a wrong password")  # type: ignore[arg-type]
            taken.append(time.perf_counter() - begun)
        return sorted(taken)[2]

    known, unknown = seconds(made), seconds(None)
    assert 0.4 < known / unknown < 2.5
    assert not people.password_is(None, people.NEVER)


def test_another_password_ends_visits(access: AccessStore) -> None:
    made = people.add_person(access, "Ana", "coder", PASSWORD, AT)
    for digest in ("d" * 64, "e" * 64):
        access.open_visit(Visit(digest, made.id, "csrf", AT, AT))
    people.set_password(access, made, PASSWORD + "!", but="d" * 64)
    assert access.visit("d" * 64) is not None
    assert access.visit("e" * 64) is None
    now = people.person_named(access, "ana")
    assert people.password_is(now, PASSWORD + "!")
    people.set_role(access, now, "administrator")
    people.add_person(access, "Ben", "administrator", PASSWORD, AT)
    people.set_active(access, now, False)
    assert access.visit("d" * 64) is None


def test_codes_hold_for_their_half_minute_and_its_neighbours() -> None:
    secret = people.new_secret()
    code = pyotp.TOTP(secret).at(30 * 100)
    assert people.step_of(secret, f"{code[:3]} {code[3:]}", 30 * 100 + 29) == 100
    assert people.step_of(secret, code, 30 * 101) == 100
    assert people.step_of(secret, code, 30 * 99) == 100
    assert people.step_of(secret, code, 30 * 102) is None
    assert people.step_of(secret, "", 30 * 100) is None
    assert people.step_of(secret, "१२३४५६", 30 * 100) is None


def test_address_of_a_second_factor_names_person_and_program(access: AccessStore) -> None:
    made = people.add_person(access, "Ana Ibarz", "coder", PASSWORD, AT)
    found = people.code_address(replace(made), "ABCDEFGH" * 4, "war.db")
    assert found.startswith("otpauth://totp/Tallybook%20war.db:Ana%20Ibarz?secret=ABCDEFGHABCDEFGH")
