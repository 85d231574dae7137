"""A decision from a page or a program to the judgement that `decide` makes; nobody overwrites what they never saw."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tallybook.errors import BookError
from tallybook.model import Judgement
from tallybook.model.standing import UNDO
from tallybook.review.deciding import Wish, in_words
from tallybook.runs.desk import Desk
from tallybook.runs.judging import Proposal
from tallybook.web.asking import now
from tallybook.web.held_book import HeldBook, Laid
from tallybook.web.refusals import OWN_NAME, Changed, Refused
from tallybook.web.roles import UNDO_OTHERS, is_at_least
from tallybook.web.sessions import Session

TRIES = 3
"""How often a decision is tried where another process writes to the book at the same moment."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What somebody wants decided, and how long the log was when they looked."""

    verb: str
    objects: tuple[str, ...]
    author: str
    because: str
    field: str | None = None
    value: str | None = None
    log_at: int | None = None
    """Number of the last judgement that the person had before them; None: whoever asks does not say."""

    def wish(self) -> Wish:
        """Return the wish, as of now."""
        return Wish(self.verb, self.objects, self.author, self.because, now(), self.field, self.value)


def preview(held: HeldBook, decision: Decision) -> Proposal:
    """Return what a decision would move, unless somebody decided on the same things since the person looked. Writes
    nothing.

    Raises: Changed, UsageError, BookError
    """
    refuse_unseen(held.laid(), decision)
    return held.proposed(decision.wish())


def decide(held: HeldBook, decision: Decision, session: Session) -> Proposal:
    """Decide, unless somebody decided on the same things since the person looked; undo at once is offered then.

    Raises: Changed naming what was decided meanwhile; Refused where the role is not enough, or the author is another;
    UsageError, BookError; nothing was written then.
    """
    if session.account is not None and decision.author != session.account.name:
        raise Refused(403, "TB-W34", OWN_NAME)
    for _ in range(TRIES - 1):
        mark = held.store.mark()
        try:
            return _decided(held, decision, session)
        except BookError:
            if held.store.mark() == mark:
                raise
    return _decided(held, decision, session)


def _decided(held: HeldBook, decision: Decision, session: Session) -> Proposal:
    with held.writing():
        laid = held.laid()
        refuse_unseen(laid, decision)
        if decision.verb == UNDO:
            refuse_others(laid, decision, session)
        proposal = held.decide(decision.wish())
    if decision.verb != UNDO:
        session.decided.append(proposal.judgement.number)
    return proposal


def refuse_others(laid: Laid, decision: Decision, session: Session) -> None:
    """Check that who undoes a judgement made it, or is of a role that may undo those of others.

    Raises: Refused
    """
    if session.account is None or is_at_least(session.account.role, UNDO_OTHERS):
        return
    named = set(decision.objects)
    for judgement in laid.desk.log:
        if named & {judgement.id, str(judgement.number)} and judgement.author != session.account.name:
            raise Refused(
                403, "TB-W33", f"{judgement.author} made judgement {judgement.number}: an editor may undo it."
            )


def refuse_unseen(laid: Laid, decision: Decision) -> None:
    """Check that no judgement on the same objects was made since the person looked.

    Raises: Changed
    """
    if decision.log_at is None or decision.log_at >= len(laid.desk.log):
        return
    mine = touched(laid, decision.objects)
    since = [j for j in laid.desk.log if j.number > decision.log_at and _about(laid, j) & mine]
    if since:
        raise Changed([f"{in_words(j)}: {j.because}" for j in since], len(laid.desk.log))


def touched(laid: Laid, objects: Iterable[str]) -> set[str]:
    """Return what objects stand for: themselves, the claims of an incident, the report of a claim's words."""
    found: set[str] = set()
    for name in objects:
        found.add(name)
        incident = laid.desk.incident_by_id.get(name)
        found.update(incident.claims if incident else ())
    return found


def meant(desk: Desk, judgement: Judgement) -> list[Judgement]:
    """Return a judgement and those standing before it that it undoes."""
    return [judgement, *(j for j in desk.judgements if judgement.verb == UNDO and j.id in judgement.objects)]


def _about(laid: Laid, judgement: Judgement) -> set[str]:
    """Return what a judgement is about; an undo is about what the undone one was."""
    if judgement.verb == UNDO:
        return {n for j in laid.desk.log if j.id in judgement.objects for n in _about(laid, j)}
    return touched(laid, (*judgement.objects, *(p.claim for p in judgement.passages)))


def decision_of(values: Mapping[str, object], session: Session) -> Decision:
    """Return a decision from the fields of a form or of a JSON object; the author is that of the session.

    Raises: Refused where a field is of a wrong kind.
    """
    objects = values.get("objects", ())
    named = [objects] if isinstance(objects, str) else list(objects) if isinstance(objects, (list, tuple)) else []
    if not all(isinstance(o, str) for o in named):
        raise Refused(400, "TB-W12", "objects is a list of ids.")
    split = [name for words in named for name in words.replace(",", " ").split()]
    at = _text(values, "log_at")
    return Decision(
        _text(values, "verb"),
        tuple(split),
        _text(values, "author") or session.author,
        _text(values, "because"),
        _text(values, "field") or None,
        _text(values, "value") or None,
        int(at) if at.isdigit() else None,
    )


def _text(values: Mapping[str, object], name: str) -> str:
    value = values.get(name, "")
    if isinstance(value, bool) or not isinstance(value, (str, int, type(None))):
        raise Refused(400, "TB-W12", f"{name} is one word or sentence.")
    return "" if value is None else str(value).strip()
