"""Reports: the list, and each with its whole text, its claims, the numbers that were not taken, copies and history."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from fastapi import APIRouter, Request, Response
from starlette.responses import RedirectResponse

from tallybook.ledger.judged import ADD_CLAIM
from tallybook.model import EVENT_TYPES, MEASURES, Document
from tallybook.model.wire import Json, reading_json, span_json
from tallybook.review.queue import UNREAD
from tallybook.runs.judging import Proposal
from tallybook.runs.logbook import Asked as LogAsked
from tallybook.runs.logbook import judgements
from tallybook.web import lists
from tallybook.web.asking import Form, Held, ListAsked, Open, Who, Words, answered, words
from tallybook.web.deciding import Decision, decide, meant
from tallybook.web.held_book import HeldBook, Laid
from tallybook.web.marking import marks_of, pieces
from tallybook.web.rendering import page
from tallybook.web.told import claim_told, document_named, document_told

router = APIRouter()
MOST_TEXT = 200_000
"""Characters of a report that its page shows; the rest is in its JSON."""

SORTS: Mapping[str, Callable[[Json], Any]] = {
    "published": lambda d: d["published"], "publisher": lambda d: (d["publisher"] or "").casefold(),
    "report": lambda d: d["id"].casefold(), "claims": lambda d: d["claims"], "waiting": lambda d: d["waiting"],
    "issues": lambda d: d["issues"],
}  # fmt: skip
STATES = ("all", "waiting", "unread", "without claims")
CODED = (
    "measure", "count", "stance", "affiliation", "place", "date", "perpetrator", "claimants", "event_type", "scope",
    "event",
)  # fmt: skip
"""Fields of the form for a claim that is coded by hand, as `add-claim` names them."""


@router.get("/reports", include_in_schema=False)
def reports(request: Request, laid: Open, wanted: ListAsked, q: Words = "", state: Words = "all") -> Response:
    """List the reports."""
    found = _listed(laid, wanted, q, state)
    return page(request, "reports.html", list=found, rows=found.rows, states=STATES, state=state)


@router.get("/api/v1/reports", tags=["reports"])
def api_reports(request: Request, laid: Open, wanted: ListAsked, q: Words = "", state: Words = "all") -> Response:
    """Return reports without their texts."""
    found = _listed(laid, wanted, q, state)
    return answered(request, laid, found.json(found.rows, "reports"))


@router.get("/reports/{name}", include_in_schema=False)
def report(request: Request, laid: Open, name: str) -> Response:
    """Show one report."""
    document = document_named(name, laid.desk)
    claims = laid.desk.claims_in.get(document.key, ())
    shown = document.text[:MOST_TEXT]
    return page(
        request, "report.html",
        report=_told(document, laid),
        title_pieces=pieces(document.title or "", [m for c in claims for m in marks_of(c, "title")]),
        pieces=pieces(shown, [m for c in claims for m in marks_of(c) if m.span.end <= len(shown)]),
        cut=len(document.text) - len(shown),
        measures=MEASURES, event_types=EVENT_TYPES, log_at=len(laid.desk.log),
    )  # fmt: skip


@router.get("/api/v1/reports/{name}", tags=["reports"])
def api_report(request: Request, laid: Open, name: str) -> Response:
    """Return one report with its text and all that was taken from it."""
    document = document_named(name, laid.desk)
    reading = laid.desk.reading(document.key)
    taken = reading_json(reading, laid.desk.incident_of) if reading else {}
    return answered(request, laid, {**taken, **_told(document, laid), "text": document.text})


@router.get("/reports/{name}/numbers", include_in_schema=False)
def numbers(request: Request, held: Held, laid: Open, name: str) -> Response:
    """Show the numbers of a report that became no claim, and the rule that decided so. The report is read again."""
    return page(request, "report_numbers.html", numbers=_numbers(held, laid, document_named(name, laid.desk)))


@router.get("/api/v1/reports/{name}/numbers", tags=["reports"])
def api_numbers(request: Request, held: Held, laid: Open, name: str) -> Response:
    """Return the numbers of a report that became no claim. The report is read again."""
    found = _numbers(held, laid, document_named(name, laid.desk))
    return answered(request, laid, {"schema": "tallybook.numbers/1", "items": found})


@router.post("/reports/{name}/claims", include_in_schema=False)
def add_claim(held: Held, who: Who, form: Form, name: str) -> Response:
    """Add a claim that a person codes: the same judgement as `tallybook decide add-claim`."""
    document = document_named(name, held.laid().desk)
    who.sign(words(form, "author"))
    at = words(form, "words")
    told = [f"words={at}" if at else f"quote={words(form, 'quote')}"]
    told += [f"{field}={words(form, field).replace(';', ',')}" for field in CODED if words(form, field)]
    made = decide(
        held,
        Decision(ADD_CLAIM, (document.key,), who.author, words(form, "because") or "read in the report",
                 value="; ".join(told)),
        who,
    )  # fmt: skip
    return RedirectResponse(f"/reports/{document.key}#judgement-{made.judgement.number}", 303)


def _listed(laid: Laid, wanted: lists.Asked, q: str, state: str) -> lists.Listed[Json]:
    sought = q.strip().casefold()
    rows = _ordered(laid, wanted.sort or "-published")
    kept = [r for r in rows if (not sought or sought in r["search"]) and _is(r, state)]
    return lists.page_of(kept, wanted, lambda r: str(r["key"]))


def _ordered(laid: Laid, sort: str) -> list[Json]:
    """Return the rows in an order that, but for what waits, no judgement changes: it is found once."""
    rows = _rows(laid)
    if sort.removeprefix("-") == "waiting":
        return lists.ordered(rows, SORTS, sort)
    places = {name: lambda at, key=key: key(rows[at]) for name, key in SORTS.items()}
    order = laid.once(("order of reports", sort), lambda: lists.ordered(range(len(rows)), places, sort))
    return [rows[at] for at in order]


def leave_reports(before: Laid, now: Laid, proposal: Proposal) -> None:
    """Give the next state the rows of the list, those of reports with judged claims made anew."""
    if not (now.alike and before.ready("reports")):
        return
    rows = list(_rows(before))
    at = before.once("report places", lambda: {row["key"]: n for n, row in enumerate(rows)})
    now.keep("report places", at)
    judged = {p.document for j in meant(before.desk, proposal.judgement) for p in j.passages}
    for key in judged & at.keys():
        rows[at[key]] = _row(now.desk.documents[key], now)
    now.keep("reports", rows)


def _rows(laid: Laid) -> list[Json]:
    return laid.once("reports", lambda: [_row(d, laid) for d in laid.desk.documents.values()])


def _is(row: Json, state: str) -> bool:
    if state == "waiting":
        return bool(row["waiting"])
    if state == "unread":
        return bool(row["unread"])
    return not row["claims"] if state == "without claims" else True


def _row(document: Document, laid: Laid) -> Json:
    desk = laid.desk
    claims = desk.claims_in.get(document.key, ())
    issues = _issues(laid).get(document.key, [])
    reviewed = desk.ledger.decided.reviewed
    return {
        **document_told(document),
        "claims": len(claims),
        "waiting": sum(c.id not in reviewed for c in claims),
        "issues": len(issues),
        "unread": any(i in UNREAD for i in issues),
        "search": " ".join(filter(None, (document.id, document.title, document.publisher, document.url))).casefold(),
    }


def _issues(laid: Laid) -> dict[str, list[str]]:
    def found() -> dict[str, list[str]]:
        by_key: dict[str, list[str]] = {}
        for key, issue in laid.desk.issues_told:
            by_key.setdefault(key, []).append(issue.code)
        return by_key

    return laid.once("issue codes by report", found)


def _told(document: Document, laid: Laid) -> Json:
    desk = laid.desk
    claims = [claim_told(c, laid) for c in desk.claims_in.get(document.key, ())]
    arrived = laid.once("arrivals", desk.store.arrivals).get(document.key)
    return {
        "document": {
            **document_told(document),
            "mended": [{"field": c.field, "was": c.was} for c in desk.applied.mended.get(document.key, ())],
        },
        "claims": claims,
        "issues": [
            {"code": i.code, "message": i.message, "object": i.object, "span": span_json(i.span)}
            for key, i in desk.issues_told if key == document.key
        ],
        "copies": [document_told(d) for d in _copies(document, laid)],
        "versions": [
            document_told(d) for d in desk.documents.values()
            if document.url and d.url == document.url and d.key != document.key
        ],
        "arrived": arrived.at if arrived else None,
        "run": arrived.run if arrived else None,
        "history": _history(document, claims, laid),
    }  # fmt: skip


def _copies(document: Document, laid: Laid) -> list[Document]:
    """Return the reports of which this is a copy, or that copy it, in whole or near it."""
    desk = laid.desk
    keys = {a if b == document.key else b for a, b in desk.copies if document.key in (a, b)}
    keys |= {key for key, d in desk.documents.items() if d.sha256 == document.sha256}
    return [desk.documents[k] for k in sorted(keys - {document.key}) if k in desk.documents]


def _history(document: Document, claims: list[Json], laid: Laid) -> list[Json]:
    """Return the judgements on a report and on its claims, by number."""
    mine = {document.key, *(c["id"] for c in claims)}
    every = laid.once("history", lambda: list(judgements(laid.desk, LogAsked())))
    return [j for j in every if mine & {*j["objects"], *(p["claim"] for p in j["passages"])}]


def _numbers(held: HeldBook, laid: Laid, document: Document) -> list[Json]:
    def made() -> list[Json]:
        reading = next(iter(held.reader.read_all([document])))
        return [
            {"quote": n.quote, "span": span_json(n.span), "field": n.field, "rule": n.rule,
             "around": _around(document, n.field, n.span.start, n.span.end)}
            for n in reading.numbers
        ]  # fmt: skip

    return laid.once(("numbers", document.key), made)


def _around(document: Document, field: str, start: int, end: int) -> str:
    text = document.text if field == "body" else document.title or ""
    return " ".join(text[max(0, start - 60) : end + 60].split())
