"""Starting the server: the port is taken first, so that the printed address answers."""

from __future__ import annotations

import socket
import sys
from collections.abc import Callable
from dataclasses import replace

import uvicorn

from tallybook.errors import UsageError
from tallybook.web.application import MakeReader, application
from tallybook.web.settings import Settings

KEEP_ALIVE_SECONDS = 30
SWITCH_SECONDS = 0.0005
"""How long one thread computes before another may: a request that reads rows waits that often for the background."""


def serve(settings: Settings, make_reader: MakeReader, tell: Callable[[Settings], None]) -> None:
    """Serve a book until interrupted; `tell` is called with the settings, port included, once the port is taken.

    Raises: UsageError where the port cannot be taken.
    """
    taken = _taken(settings)
    own = replace(settings, port=taken.getsockname()[1])
    sys.setswitchinterval(SWITCH_SECONDS)
    config = uvicorn.Config(
        application(own, make_reader, warm=True), log_level="warning", access_log=False, server_header=False,
        date_header=False, proxy_headers=False, timeout_keep_alive=KEEP_ALIVE_SECONDS, lifespan="on",
    )  # fmt: skip
    tell(own)
    uvicorn.Server(config).run(sockets=[taken])


def _taken(settings: Settings) -> socket.socket:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    made = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        made.bind((settings.host.strip("[]"), settings.port))
        made.listen(128)
    except (OSError, OverflowError) as trouble:
        made.close()
        why = f"cannot be taken ({getattr(trouble, 'strerror', None) or trouble})"
        raise UsageError(
            f"{settings.host} port {settings.port} {why}. Give another with --port; 0 takes a free one."
        ) from trouble
    return made
