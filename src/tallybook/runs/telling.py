"""Decisions and changes as JSON-ready objects: what commands print, and what the workbench answers."""

from __future__ import annotations

from dataclasses import asdict

from tallybook.model.wire import Json
from tallybook.runs.checking import Verified
from tallybook.runs.judging import Proposal
from tallybook.runs.logbook import judgement_json
from tallybook.runs.moving import Move
from tallybook.runs.since import Difference


def decision_json(proposal: Proposal, *, committed: bool) -> Json:
    """Return a judgement, whether it was made, and the figures that move by it."""
    return {
        "schema": "tallybook.decision/1",
        "committed": committed,
        "judgement": judgement_json(proposal.judgement, {}),
        "moves": [move_json(m) for m in proposal.moves],
    }


def move_json(move: Move) -> Json:
    """Return a figure that moves: what it is of, its bounds before and after; null where there is no such figure."""
    return {
        "measure": move.measure,
        "who": move.who,
        "incident": move.incident,
        "into": move.into,
        "before": asdict(move.before) if move.before else None,
        "after": asdict(move.after) if move.after else None,
        "claims": list(move.claims),
    }


def verified_json(found: Verified) -> Json:
    """Return what `verify` found."""
    return {
        "schema": "tallybook.verified/1", "hash": found.digest, "documents": found.documents,
        "claims": found.claims, "incidents": found.incidents, "ungrounded": list(found.ungrounded),
        "judgements": found.judgements, "log": found.log, "purges": list(found.purges),
        "files": found.files, "files_changed": [{"sha256": f.sha256, "what": f.what} for f in found.faults],
        "broken": [{"number": b.number, "what": b.what} for b in found.broken],
    }  # fmt: skip


def difference_json(found: Difference, since: str) -> Json:
    """Return which figures moved since a moment, with the documents and judgements that moved them."""
    return {
        "schema": "tallybook.diff/1",
        "since": since,
        "figures": [
            {
                **move_json(moved.move),
                "documents": list(moved.documents),
                "judgements": [j.number for j in moved.judgements],
            }
            for moved in found.figures
        ],
        "documents": [{"id": d.id, "key": d.key, "publisher": d.publisher} for d in found.documents],
        "judgements": [j.number for j in found.judgements],
    }
