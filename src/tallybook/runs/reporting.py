"""`report`: a situation report for some readers, as a Word or PDF file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tallybook.release.profile import load_profile
from tallybook.release.report_file import Reported, check_target, write_report
from tallybook.release.reporting import template_at
from tallybook.runs.desk import Desk
from tallybook.runs.naming import Asked
from tallybook.runs.releasing import Order, key_for, material_as_of, note_export


@dataclass(frozen=True, slots=True)
class ReportOrder:
    """Where a report goes and how it looks; `order` tells for whom, from which book, with which key."""

    order: Order
    template: Path | None = None
    font: Path | None = None


def make_report(desk: Desk, asked_for: ReportOrder, asked: Asked, now: str) -> Reported:
    """Write a report through the gate of its profile, and note it in the log of releases. `now` is an ISO time in UTC.

    Raises: UsageError, UnknownName, BadDate, KnowledgeError, BookError
    """
    order = asked_for.order
    profile = load_profile(order.profile)
    check_target(order.target)
    template = template_at(asked_for.template)
    material = material_as_of(desk, asked, now)
    with key_for(order, profile) as key:
        done = write_report(order.target, material, profile, key, order.by, template, asked_for.font)
    note_export(order, now, {"report": str(order.target), "as_of": material.as_of, "counts": dict(done.counts),
                             "sha256": done.sha256}, material)  # fmt: skip
    return done
