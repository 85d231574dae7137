"""Reports on their way into the book: one after the other, in the background, with what became of each."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Lock

from tallybook.documents import Arrival
from tallybook.errors import TallybookError
from tallybook.model.wire import Json
from tallybook.runs.adding import Listener, add_documents
from tallybook.web.asking import now
from tallybook.web.held_book import HeldBook

WAITING, READING, DONE, FAILED = "waiting", "reading", "done", "failed"
MOST_JOBS = 100
"""Jobs that are remembered; beyond it the oldest finished ones go."""

MOST_LINES = 200
"""Issues and errors of one job that are shown."""


@dataclass(slots=True)
class Job:
    """One batch of reports."""

    id: str
    what: str
    state: str = WAITING
    documents: list[tuple[str, str]] = field(default_factory=list)
    """Key and id of each report that was added or there already."""
    troubles: list[str] = field(default_factory=list)
    added: int = 0
    known: int = 0
    claims: int = 0

    def json(self) -> Json:
        """Return the job for programs."""
        return {
            "schema": "tallybook.adding/1", "id": self.id, "what": self.what, "state": self.state,
            "documents": [{"key": key, "id": name} for key, name in self.documents],
            "added": self.added, "known": self.known, "claims": self.claims, "troubles": self.troubles,
        }  # fmt: skip


class Adding:
    """The one worker that reads, and the jobs it has done since the start."""

    def __init__(self, held: HeldBook) -> None:
        self._held = held
        self._jobs: dict[str, Job] = {}
        self._lock = Lock()
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="reading")

    def start(self, what: str, arrivals: Iterator[Arrival]) -> Job:
        """Have reports read; what is named is fetched and read in the background."""
        job = Job(secrets.token_urlsafe(8), what)
        with self._lock:
            finished = [id for id, j in self._jobs.items() if j.state in (DONE, FAILED)]
            for id in finished[: max(0, len(self._jobs) - MOST_JOBS)]:
                del self._jobs[id]
            self._jobs[job.id] = job
        self._worker.submit(self._run, job, arrivals)
        return job

    def find(self, id: str) -> Job | None:
        """Return a job, or None."""
        return self._jobs.get(id)

    def _run(self, job: Job, arrivals: Iterator[Arrival]) -> None:
        job.state = READING
        listener = Listener(
            lambda issue: self._note(job, issue.message),
            lambda error: self._note(job, str(error)),
            lambda document: job.documents.append((document.key, document.id)),
        )
        try:
            reader, knowledge = self._held.reader, self._held.packs.knowledge
            fetched = list(arrivals)
            with self._held.writing() as store:
                added = add_documents(store, fetched, reader, knowledge, listener, now())
            job.added, job.known, job.claims = added.documents, added.known, added.claims
            job.state = DONE
        except TallybookError as error:
            self._note(job, str(error))
            job.state = FAILED
        except Exception as error:
            self._note(job, f"The program failed ({type(error).__name__}); what was acknowledged is in the book.")
            job.state = FAILED
            raise

    @staticmethod
    def _note(job: Job, words: str) -> None:
        if len(job.troubles) < MOST_LINES:
            job.troubles.append(words)

    def close(self) -> None:
        """Stop when the running job is done."""
        self._worker.shutdown(wait=False, cancel_futures=True)
