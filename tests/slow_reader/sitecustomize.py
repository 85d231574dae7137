"""Put on the path of a process and of its workers, this makes them read with a reader that needs no model.

It takes a few milliseconds for a document, so that a run can be killed in the middle; a text that says DIES ends its
worker, as running out of memory would.
"""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import os
import sys
import time
import types
from collections.abc import Sequence

NAME = "tallybook.claims.reader"
SECONDS = 0.004


class _Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: types.ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        return importlib.machinery.ModuleSpec(fullname, self) if fullname == NAME else None

    def exec_module(self, module: types.ModuleType) -> None:
        from tests.simple_reader import SimpleReader

        class SlowReader(SimpleReader):
            def read(self, document):  # type: ignore[no-untyped-def]
                time.sleep(SECONDS)
                if "DIES" in document.text:
                    os._exit(9)
                return super().read(document)

        module.Reader = SlowReader  # type: ignore[attr-defined]


sys.meta_path.insert(0, _Finder())
