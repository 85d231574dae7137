"""`runs`: what each `add` brought, and with which reader it is read now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from tallybook.model.wire import Json
from tallybook.runs.desk import Desk


def runs(desk: Desk) -> Iterator[Json]:
    """Yield one object for each run that brought documents, by number; documents of no run are left out.

    `issues` counts by code. `readers` are those of the claims that the documents have now.
    """
    arrivals = desk.store.arrivals()
    grouped: dict[int, list[str]] = {}
    for key, arrived in arrivals.items():
        grouped.setdefault(arrived.run, []).append(key)
    issues: dict[str, list[str]] = {}
    for key, issue in desk.issues_told:
        issues.setdefault(key, []).append(issue.code)
    for number in sorted(grouped):
        keys = grouped[number]
        claims = [claim for key in keys for claim in desk.claims_in.get(key, ())]
        yield {
            "schema": "tallybook.runs/1",
            "run": f"r{number}",
            "at": min(arrivals[key].at for key in keys),
            "documents": len(keys),
            "claims": len(claims),
            "characters": sum(len(desk.received[key].text) for key in keys if key in desk.received),
            "issues": dict(sorted(Counter(code for key in keys for code in issues.get(key, ())).items())),
            "readers": sorted({claim.reader for claim in claims}),
        }
