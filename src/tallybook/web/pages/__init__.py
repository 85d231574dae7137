"""One module a family of pages: what it shows as JSON, the page made of that, and its twin under /api/v1."""

from tallybook.web.pages import (
    claims,
    conflicts,
    decisions,
    evidence,
    figures,
    incidents,
    log,
    new_reports,
    overview,
    own_account,
    people,
    queue,
    records,
    registers,
    reports,
    settings,
    signing_in,
)

ROUTERS = (
    overview.router, queue.router, figures.router, incidents.router, claims.router, reports.router,
    new_reports.router, conflicts.router, evidence.router, records.router, registers.router, log.router,
    decisions.router, settings.router, signing_in.router, own_account.router, people.router,
)  # fmt: skip
