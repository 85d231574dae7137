"""A detached signature beside the checksums of a release, with a key that the user gives."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from tallybook.errors import UsageError

PROGRAM, NAMESPACE = "ssh-keygen", "tallybook"
"""OpenSSH makes the signature, so that no key is ever read here; the namespace keeps it from standing for others."""


def check_signer(key: Path) -> None:
    """Refuse a key that cannot sign, before any work is done.

    Raises: UsageError
    """
    if shutil.which(PROGRAM) is None:
        raise UsageError(f"--sign needs the program {PROGRAM}, which is not installed. It comes with OpenSSH.")
    if not key.is_file():
        raise UsageError(f"--sign {key}: there is no such file. Give a private SSH key, such as ~/.ssh/id_ed25519.")


def sign(path: Path, key: Path) -> None:
    """Write the signature of a file beside it, with `.sig` after its name. OpenSSH asks for a passphrase by itself.

    An Ed25519 key gives the same bytes for the same file. The signature tells the public key, not its comment.

    Raises: UsageError where the key does not sign.
    """
    command = [PROGRAM, "-Y", "sign", "-f", str(key), "-n", NAMESPACE, str(path)]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    if done.returncode != 0:
        told = done.stderr.decode("utf-8", "replace").strip().splitlines() or ["no reason is told"]
        raise UsageError(f"--sign {key}: {PROGRAM} did not sign: {told[-1]}. Give a private SSH key.")
