"""Evidence files: attached on the page of a claim or incident, shown sparing the eye, handed out as downloads only."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, Request, Response
from starlette.datastructures import FormData, UploadFile
from starlette.responses import JSONResponse, RedirectResponse, StreamingResponse

from tallybook.documents.evidence import INERT, is_picture, small_picture
from tallybook.model.wire import Json
from tallybook.review.attaching import Attached
from tallybook.runs.evidence import attached_json, content_of, file_named, files_on, sized, take_in
from tallybook.runs.judging import Proposal
from tallybook.runs.logbook import Asked, judgements
from tallybook.store import StoredFile
from tallybook.web.asking import Form, Held, ListAsked, Open, Who, Words, answered, now, words
from tallybook.web.guard import SEALED
from tallybook.web.held_book import HeldBook, Laid
from tallybook.web.lists import page_of
from tallybook.web.refusals import Refused
from tallybook.web.rendering import inside, page
from tallybook.web.sessions import Session

router = APIRouter()

SEALED_HEADERS: Mapping[str, str] = {"content-security-policy": SEALED}
MOST_PICTURE_BYTES = 200_000_000


@router.get("/evidence", include_in_schema=False)
def evidence(request: Request, laid: Open, wanted: ListAsked, claim: Words = "") -> Response:
    """List the files that are attached to claims."""
    found = page_of(list(reversed(files_on(laid.desk, claim or None))), wanted, lambda a: str(a.number))
    return page(request, "evidence.html", list=found, rows=told(found.rows))


@router.get("/evidence/{name}", include_in_schema=False)
def one(request: Request, laid: Open, name: str, clear: Words = "") -> Response:
    """Show one file: what it says of itself, who attached it to what, its picture if that is asked for."""
    file = _stored(laid, name)
    mine = [a for a in files_on(laid.desk) if a.sha256 == file.sha256]
    history = [j for j in judgements(laid.desk, Asked(verb="attach")) if j["means"]["sha256"] == file.sha256]
    return page(
        request, "evidence_file.html", file=file, size=sized(file.size), uses=mine, clear=bool(clear),
        picture=is_picture(file.media_type), history=history, log_at=len(laid.desk.log),
    )  # fmt: skip


@router.post("/evidence", include_in_schema=False)
def attach_from_page(held: Held, who: Who, form: Form) -> Response:
    """Attach a file to a claim."""
    who.sign(words(form, "author"))
    _attached(held, form, who)
    return RedirectResponse(inside(words(form, "back") or "/evidence"), 303)


@router.get("/api/v1/evidence", tags=["evidence"])
def api_evidence(request: Request, laid: Open, wanted: ListAsked, claim: Words = "") -> Response:
    """Return the files attached to claims, the latest first; `claim` takes the id of a claim or an incident."""
    found = page_of(list(reversed(files_on(laid.desk, claim or None))), wanted, lambda a: str(a.number))
    return answered(request, laid, found.json([attached_json(a) for a in found.rows], "evidence"))


@router.post("/api/v1/evidence", tags=["evidence"], status_code=201)
def api_attach(held: Held, who: Who, form: Form) -> Response:
    """Attach a file: a form with `file`, `claim`, `because`, `author`."""
    made = _attached(held, form, who)
    file = next(a for a in files_on(held.laid().desk) if a.number == made.judgement.number)
    return JSONResponse(attached_json(file), 201)


@router.get("/api/v1/evidence/{name}/file", tags=["evidence"])
def api_file(held: Held, laid: Open, name: str) -> Response:
    """Return a file byte for byte, as a download: never as a page, whatever it holds."""
    file = _stored(laid, name)
    names = [a.name for a in files_on(laid.desk) if a.sha256 == file.sha256]
    shown = quote(names[0] if names else file.sha256[:12], safe="")
    return StreamingResponse(
        held.store.file_content(file.sha256), media_type=_safe(file.media_type),
        headers={
            **SEALED_HEADERS, "content-disposition": f"attachment; filename*=UTF-8''{shown}",
            "content-length": str(file.size),
        },
    )  # fmt: skip


@router.get("/api/v1/evidence/{name}/small", tags=["evidence"])
def api_small(held: Held, laid: Open, name: str, clear: Words = "") -> Response:
    """Return a small picture of a photograph, grey and blurred, or with `clear=1` as it is; never its metadata.

    Raises: Refused where the file is no picture that can be made small
    """
    file = _stored(laid, name)
    if not is_picture(file.media_type) or file.size > MOST_PICTURE_BYTES:
        raise Refused(404, "TB-W20", "No small picture can be made of this file. Download it.")
    made = _small(held, file.sha256, bool(clear))
    if made is None:
        raise Refused(404, "TB-W20", "This picture cannot be decoded. Download it.")
    return Response(made, media_type="image/jpeg", headers=dict(SEALED_HEADERS))


def told(files: list[Attached] | tuple[Attached, ...]) -> list[dict[str, Any]]:
    """Return files as pages show them."""
    return [{**attached_json(a), "size": sized(a.size), "picture": is_picture(a.media_type)} for a in files]


def told_on(laid: Laid, name: str) -> list[Json]:
    """Return the files of a claim or an incident as pages show them."""
    return told(files_on(laid.desk, name))


@lru_cache(maxsize=128)
def _small(held: HeldBook, sha256: str, clear: bool) -> bytes | None:
    return small_picture(content_of(held.store, sha256), clear=clear)


def _safe(media_type: str) -> str:
    """Return the media type for a download: of pictures, videos, sounds and PDF as their bytes say, else bytes."""
    kind = media_type.partition("/")[0]
    return media_type if kind in ("image", "video", "audio") or media_type == "application/pdf" else INERT


def _stored(laid: Laid, name: str) -> StoredFile:
    found = laid.desk.store.files().get(name)
    return found if found is not None else file_named(laid.desk, name)


def _attached(held: HeldBook, form: FormData, who: Session) -> Proposal:
    """Keep and attach the file of a form.

    Raises: Refused, DocumentError, UsageError, BookError
    """
    upload = form.get("file")
    if not isinstance(upload, UploadFile) or not upload.filename:
        raise Refused(400, "TB-W21", "Choose a file first.")
    who.sign(words(form, "author"))
    said = (who.author, words(form, "because"), now())
    with held.writing():
        wish = take_in(held.laid().desk, upload.file, upload.filename, words(form, "claim"), said)
        proposal = held.decide(wish)
    who.decided.append(proposal.judgement.number)
    return proposal
