"""A PostgreSQL server of the tests' own, on the loopback address, in a folder that goes when they end.

It needs Debian's package `postgresql` (or any `initdb` and `pg_ctl` on the path or under /usr/lib/postgresql). Where it
is missing its tests are passed over loudly; with TALLYBOOK_NEEDS=postgres they fail.
"""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pytest

SERVER_USER = "postgres"


@contextmanager
def server() -> Iterator[str]:
    """Start a server and yield the address of its empty cluster, without a database: postgresql://...@127.0.0.1:PORT/."""
    tools = _tools()
    if tools is None:
        missing("postgres", "PostgreSQL is not installed (Debian: apt-get install postgresql)")
    folder = Path(tempfile.mkdtemp(prefix="tallybook-pg-"))
    data, port = folder / "data", _free_port()
    folder.chmod(0o755)
    if os.geteuid() == 0:
        shutil.chown(folder, SERVER_USER)
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} -c fsync=off"
    try:
        _run(tools / "initdb", "-D", data, "-U", SERVER_USER, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
        _run(tools / "pg_ctl", "-D", data, "-o", options, "-w", "-l", folder / "log", "start")
        yield f"postgresql://{SERVER_USER}@127.0.0.1:{port}/"
    finally:
        if (data / "postmaster.pid").exists():
            _run(tools / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
        shutil.rmtree(folder, ignore_errors=True)


def new_database(address: str) -> str:
    """Make an empty database on a server, and return its address."""
    import psycopg

    name = f"book_{uuid4().hex[:12]}"
    with psycopg.connect(f"{address}postgres", autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')  # type: ignore[arg-type,unused-ignore]
    return f"{address}{name}"


def missing(what: str, why: str) -> None:
    """Pass over a test loudly, or fail it where the environment says that it must run."""
    if what in os.environ.get("TALLYBOOK_NEEDS", "").split(","):
        pytest.fail(f"{why}, and TALLYBOOK_NEEDS asks for it")
    pytest.skip(f"NOT TESTED: {why}")


def _tools() -> Path | None:
    found = [shutil.which("initdb"), *map(str, sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), reverse=True))]
    return next((Path(tool).resolve().parent for tool in found if tool), None)


def _run(*command: object) -> None:
    """Run a tool of the server, which refuses to run as root, as the server's own user."""
    plain: Sequence[str] = [str(part) for part in command]
    if os.geteuid() == 0:
        pwd.getpwnam(SERVER_USER)
        plain = ["runuser", "-u", SERVER_USER, "--", *plain]
    ran = subprocess.run(plain, capture_output=True, text=True, timeout=120, cwd="/")
    assert ran.returncode == 0, ran.stdout + ran.stderr


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
