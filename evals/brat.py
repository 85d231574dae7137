"""Reads attributions out of brat stand-off files."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from tallybook.model import Span


@dataclass(frozen=True, slots=True)
class Attribution:
    """A reported statement as an annotator marked it; of a broken span, its first piece."""

    source: Span | None
    cue: Span | None


def attributions(ann: str) -> list[Attribution]:
    """Return the attribution events of one stand-off file, in its order."""
    lines = [line.split("\t") for line in ann.splitlines() if line.strip()]
    spans = {parts[0]: _span(parts[1]) for parts in lines if parts[0].startswith("T")}
    return [_attribution(parts[1], spans) for parts in lines if parts[0].startswith("E")]


def _span(marked: str) -> Span:
    start, end = re.findall(r"\d+", marked)[:2]
    return Span(int(start), int(end))


def _attribution(event: str, spans: Mapping[str, Span]) -> Attribution:
    roles = dict(reversed([part.split(":", 1) for part in event.split()]))
    return Attribution(spans.get(roles.get("Source", "")), spans.get(roles.get("Cue", "")))
