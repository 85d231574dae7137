"""The queue: one question at a time, one key for each answer, undo at once."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from functools import partial
from itertools import islice

from fastapi import APIRouter, Request, Response
from starlette.responses import RedirectResponse

from tallybook.knowledge.folding import fold
from tallybook.ledger.contradictions import are_known
from tallybook.model import Claim, Judgement
from tallybook.model.standing import UNDO
from tallybook.model.wire import Json
from tallybook.review import queue
from tallybook.review.consistency import ON_INCIDENTS
from tallybook.review.deciding import in_words
from tallybook.review.fields import FIELDS, shown
from tallybook.review.queue import KINDS, Material, Question, questions
from tallybook.review.queue_judged import Shelves, questions_judged
from tallybook.runs import naming
from tallybook.runs.judging import Proposal
from tallybook.runs.telling import move_json
from tallybook.web.answers import Answer, answers_to
from tallybook.web.asking import Form, Held, ListAsked, Open, Who, Words, answered, words
from tallybook.web.deciding import Decision, decide, meant, preview, touched
from tallybook.web.held_book import HeldBook, Laid
from tallybook.web.lists import page_of
from tallybook.web.marking import marks_of, paragraph, pieces, text_of
from tallybook.web.pages.conflicts import conflicts_of
from tallybook.web.refusals import Refused
from tallybook.web.rendering import page
from tallybook.web.sessions import Session
from tallybook.web.told import claims_told, document_told

router = APIRouter()
MOST_CLAIMS = 8
"""Claims of one question that are shown with their words."""

QUESTIONS = "questions"
NEXT = 6
"""Questions that the page lists as next."""


@router.get("/queue", include_in_schema=False)
def next_question(request: Request, laid: Open, who: Who, kind: Words = "") -> Response:
    """Ask the heaviest question that was not put off."""
    found = _next(laid, who, kind)
    return _page(request, laid, found, kind, who)


@router.get("/queue/{name}", include_in_schema=False)
def one_question(request: Request, laid: Open, who: Who, name: str, kind: Words = "") -> Response:
    """Ask one question by its id."""
    return _page(request, laid, _named(laid, name), kind, who)


@router.get("/queue/{name}/moves", include_in_schema=False)
def what_moves(request: Request, laid: Open, held: Held, who: Who, name: str) -> Response:
    """Show which figures each answer moves, as a part of the page of a question."""
    found = _named(laid, name)
    return page(request, "queue_moves.html", moves=_moves(held, laid, found, who))


@router.post("/queue/{name}", include_in_schema=False)
def answer(request: Request, held: Held, who: Who, form: Form, name: str) -> Response:
    """Answer a question, and ask the next."""
    kind = words(form, "kind")
    who.sign(words(form, "author"))
    if words(form, "answer") == "skip":
        who.skipped.add(name)
    else:
        _decide(held, who, _named(held.laid(), name), form)
    if request.headers.get("hx-request"):
        laid = held.laid()
        return _page(request, laid, _next(laid, who, kind), kind, who)
    return RedirectResponse(f"/queue?kind={kind}" if kind in KINDS else "/queue", 303)


@router.post("/queue-undo", include_in_schema=False)
def undo(request: Request, held: Held, who: Who, form: Form) -> Response:
    """Undo the last judgement of this session, and ask its question again.

    Raises: Refused where the session decided nothing.
    """
    if not who.decided:
        raise Refused(409, "TB-W13", "Nothing was decided in this session. Undo older judgements in the log.")
    number = who.decided[-1]
    decide(held, Decision("undo", (str(number),), who.author, words(form, "because") or "taken back at once"), who)
    who.decided.pop()
    kind = words(form, "kind")
    if request.headers.get("hx-request"):
        laid = held.laid()
        return _page(request, laid, _next(laid, who, kind), kind, who)
    return RedirectResponse(f"/queue?kind={kind}" if kind in KINDS else "/queue", 303)


@router.get("/api/v1/queue", tags=["queue"])
def api_queue(request: Request, laid: Open, wanted: ListAsked, kind: Words = "") -> Response:
    """Return the open questions, the heaviest first; answer them with POST /api/v1/decisions."""
    found = page_of(_of_kind(laid, kind), wanted, lambda q: q.id)
    return answered(request, laid, found.json([{**asdict(q), "weight": q.weight} for q in found.rows], "queue"))


@router.get("/api/v1/queue/{name}", tags=["queue"])
def api_question(request: Request, laid: Open, name: str) -> Response:
    """Return one question with its claims and the answers that it takes."""
    found = _named(laid, name)
    told = [
        {"key": a.key, "name": a.name, "label": a.label, "verb": a.verb, "objects": list(a.objects), "field": a.field,
         "value": a.value}
        for a in answers_to(found, laid.desk)
    ]  # fmt: skip
    return answered(request, laid, {**asdict(found), "weight": found.weight, "answers": told,
                                    "told": claims_told(found.claims, laid)})  # fmt: skip


def questions_of(laid: Laid) -> tuple[Question, ...]:
    """Return all open questions of the book; right after a decision those of before that it does not settle."""
    return laid.once_or_earlier(QUESTIONS, lambda: questions(_material(laid)))


def counts_of(laid: Laid) -> Counter[str]:
    """Return how many questions of each kind are open."""
    every = questions_of(laid)
    return laid.once(("question counts", id(every)), lambda: Counter(q.kind for q in every))


def _material(laid: Laid) -> Material:
    desk = laid.desk
    known = desk.knowledge.actors
    return Material(
        desk.claims, desk.documents, desk.incidents, conflicts_of(laid), desk.judgements, desk.ledger.decided,
        desk.issues_told,
        lambda name: known.canonical(name) is not None or fold(name) in desk.applied.actors,
    )  # fmt: skip


def _shelves(laid: Laid) -> Shelves:
    desk = laid.desk
    return Shelves(desk.claim_of, desk.claims_in, desk.incident_by_id, desk.incident_of)


def leave_questions(before: Laid, now: Laid, proposal: Proposal) -> None:
    """Give the next state its questions where a judgement changed no record; else leave it those that the judgement
    does not settle, until its own are found. Nothing is left by an undo then: what it opens again must be there at
    once."""
    judgement = proposal.judgement
    if before.ready(QUESTIONS) and now.alike and are_known(now.desk.ledger):
        judged = proposal.touched.union(*(frozenset(j.objects) for j in meant(before.desk, judgement)))
        known = questions_of(before)
        now.keep(QUESTIONS, questions_judged(known, _material(before), _material(now), judged, _shelves(now)))
        return
    if judgement.verb == UNDO:
        return
    answered_now = touched(before, judgement.objects)
    earlier: tuple[Question, ...] = before.known(QUESTIONS, ())
    kept = [q for q in earlier if not _settled(q, answered_now, judgement.verb)]
    if kept:
        now.left(QUESTIONS, tuple(kept))


def find_questions(laid: Laid) -> None:
    """Find the questions of a state itself."""
    laid.once(QUESTIONS, lambda: questions(_material(laid)))


def _settled(question: Question, judged: set[str], verb: str) -> bool:
    """Say whether a judgement surely answers a question."""
    if question.kind == queue.REPORT:
        return question.document in judged
    if question.kind == queue.ACTOR:
        return question.about in judged
    on_incidents = verb in ON_INCIDENTS
    if question.kind == queue.LINK:
        return on_incidents and set(question.claims) <= judged
    return not on_incidents and set(question.claims) <= judged


def _of_kind(laid: Laid, kind: str) -> tuple[Question, ...]:
    if not kind:
        return questions_of(laid)
    naming.one_of("kind", kind, KINDS)
    every = questions_of(laid)
    return laid.once(("questions", kind, id(every)), lambda: tuple(q for q in every if q.kind == kind))


def _next(laid: Laid, who: Session, kind: str) -> Question | None:
    open_ones = _of_kind(laid, kind)
    return next((q for q in open_ones if q.id not in who.skipped), None)


def _named(laid: Laid, name: str) -> Question:
    found = next((q for q in questions_of(laid) if q.id == name), None)
    if found is None:
        raise Refused(404, "TB-W14", "This question is settled, or what it asked has changed. Ask for the next one.")
    return found


def _decide(held: HeldBook, who: Session, question: Question, form: Form) -> None:
    laid = held.laid()
    name = words(form, "answer")
    chosen = next((a for a in answers_to(question, laid.desk) if a.name == name), None)
    if chosen is None:
        raise Refused(400, "TB-W15", f"{name!r} is no answer to this question.")
    at = words(form, "log_at")
    decide(held, _decision(chosen, who, words(form, "because"), words(form, "value"), words(form, "field"),
                           int(at) if at.isdigit() else None), who)  # fmt: skip


def _decision(
    answer: Answer, who: Session, because: str, value: str, field: str, log_at: int | None = None
) -> Decision:
    reason = because or answer.because
    return Decision(
        answer.verb, answer.objects, who.author, reason, field or answer.field, value or answer.value, log_at
    )


def _moves(held: HeldBook, laid: Laid, question: Question, who: Session) -> list[Json]:
    """Return for each answer that can be given as it stands which figures it moves; totals first."""
    found = []
    for answer in answers_to(question, laid.desk):
        if answer.needs_value:
            continue
        wanted = _decision(answer, Session("", "", who.author or "somebody"), "", "", "")
        proposal = laid.once(("moves", question.id, answer.name), partial(preview, held, wanted))
        found.append({"answer": answer, "moves": proposal.moves, "json": [move_json(m) for m in proposal.moves]})
    return found


def _page(request: Request, laid: Laid, question: Question | None, kind: str, who: Session) -> Response:
    every = questions_of(laid)
    others = (q for q in _of_kind(laid, kind) if q.id not in who.skipped and (not question or q.id != question.id))
    last = _last(laid, who)
    return page(
        request, "queue_question.html" if request.headers.get("hx-request") else "queue.html",
        question=question, kind=kind, kinds=KINDS, counts=counts_of(laid), open=len(every),
        told=_shown(question, laid) if question else None,
        answers=answers_to(question, laid.desk) if question else (),
        waiting=[(q, _named_in_words(q, laid)) for q in islice(others, NEXT)],
        last=last, last_told=in_words(last) if last else "",
        log_at=len(laid.desk.log), skipped=len(who.skipped),
        fields=[(f.name, f.help) for f in FIELDS.values()],
    )  # fmt: skip


def _last(laid: Laid, who: Session) -> Judgement | None:
    number = who.decided[-1] if who.decided else 0
    return laid.desk.log[number - 1] if 0 < number <= len(laid.desk.log) else None


def _shown(question: Question, laid: Laid) -> Json:
    """Return a question with each of its claims in its paragraph."""
    desk = laid.desk
    told = []
    for name in question.claims[:MOST_CLAIMS]:
        claim = desk.claim_of.get(name)
        if claim is not None:
            told.append({"claim": claims_told([name], laid)[0], "pieces": _in_its_paragraph(claim, laid),
                         "values": _values(claim)})  # fmt: skip
    document = desk.documents.get(question.document or "")
    return {"claims": told, "more": max(0, len(question.claims) - MOST_CLAIMS),
            "document": document_told(document) if document else None,
            "text": document.text[:2_000] if document and question.kind == queue.REPORT else None}  # fmt: skip


def _in_its_paragraph(claim: Claim, laid: Laid) -> list[object]:
    text = text_of(laid.desk.documents[claim.document], claim.field)
    return list(pieces(text, marks_of(claim, claim.field), paragraph(text, claim.span)))


def _values(claim: Claim) -> dict[str, str]:
    """Return the value of every field that can be set, as it is typed."""
    return {name: shown(name, field.get(claim)) for name, field in FIELDS.items()}


def _named_in_words(question: Question, laid: Laid) -> str:
    claim = laid.desk.claim_of.get(question.claims[0]) if question.claims else None
    if question.about and question.kind != queue.REPORT:
        return question.about
    return " ".join(claim.quote.split())[:90] if claim else "a report that no pack reads"
