"""Documents that are read in parts: same readings in the same order, also where a worker dies or a run is stopped."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

import pytest

from tallybook.documents import Arrival
from tallybook.errors import DocumentError
from tallybook.model import Document
from tallybook.runs import parts
from tallybook.runs.choosing import parts_folder
from tallybook.runs.engines.contract import Outcomes, Task, told
from tallybook.runs.guarded_reading import read_arrivals
from tallybook.runs.parts import Way, read_in_parts
from tests.contract.stores import document
from tests.simple_reader import SimpleReader

WAY = Way("simple/1", (), frozenset({"en"}))


class Deadly:
    """An engine in this process whose worker "dies" on a file that holds a word; counts what it ran."""

    workers = 1

    def __init__(self) -> None:
        self.ran = 0

    def start(self) -> None: ...

    def run(self, function: Callable[..., None], tasks: Mapping[str, Task]) -> Outcomes:
        outcomes: Outcomes = {}
        for name, task in tasks.items():
            self.ran += 1
            if "KILLS" in Path(task[0]).read_text(encoding="utf-8"):
                outcomes[name] = "its worker died"
                continue
            try:
                function(*task)
                outcomes[name] = None
            except Exception as error:
                outcomes[name] = told(error)
        return outcomes

    def close(self) -> None: ...


@pytest.fixture(autouse=True)
def _simple(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "reader_of", lambda packs: SimpleReader())


def arrivals(*texts: str, **more: str) -> list[Arrival]:
    return [Arrival(document(text, id=f"d{n}", **more)) for n, text in enumerate(texts)]


def toll(number: int) -> str:
    return f"{number} people were killed in Karsk on 2024-03-01."


def test_parts_give_what_one_process_gives_in_the_order_of_arrival(tmp_path: Path) -> None:
    came: list[Arrival] = arrivals(*(toll(n) for n in range(80)))
    came.insert(3, Arrival(None, error=DocumentError("x", "it is empty", "Give a report.")))
    came.insert(40, came[10])
    found = list(read_in_parts(came, Deadly(), WAY, tmp_path / "parts"))
    assert found == list(read_arrivals(came, SimpleReader(), {"en"}))
    assert list((tmp_path / "parts").iterdir()) == []


def test_a_document_that_kills_its_worker_is_found_and_everything_else_is_read(tmp_path: Path) -> None:
    came = arrivals(*(toll(n) if n != 23 else "KILLS" for n in range(50)))
    found = [reading for _, reading in read_in_parts(came, Deadly(), WAY, tmp_path / "parts")]
    killed = [r for r in found if r is not None and r.issues]
    assert [r.document.id for r in killed] == ["d23"]
    assert killed[0].issues[0].code == "reader-failed"
    assert "did not survive" in killed[0].issues[0].message
    assert sum(len(r.claims) for r in found if r is not None) == 49


def test_a_run_that_was_stopped_reads_no_finished_part_again(tmp_path: Path) -> None:
    came = arrivals(*(toll(n) for n in range(70)))
    first, again = Deadly(), Deadly()
    next(read_in_parts(came, first, WAY, tmp_path / "parts"))
    assert first.ran == 3
    assert len(list((tmp_path / "parts").glob("*.readings"))) == 3
    found = list(read_in_parts(came, again, WAY, tmp_path / "parts"))
    assert (len(found), again.ran) == (70, 0)
    assert list((tmp_path / "parts").iterdir()) == []


def test_two_runs_on_one_book_leave_each_other_s_parts_alone(tmp_path: Path) -> None:
    book, few, many = str(tmp_path / "b.db"), arrivals(toll(1), publisher="Radio"), arrivals(*map(toll, range(70)))
    slow, quick = Deadly(), Deadly()
    with parts_folder(book) as folder:
        reading = read_in_parts(many, slow, WAY, folder)
        next(reading)
        with parts_folder(book) as other:
            assert len(list(read_in_parts(few, quick, WAY, other))) == 1
        assert len(list(folder.glob("*.readings"))) == 3
        assert (len(list(reading)), slow.ran) == (69, 3)
    assert list(tmp_path.iterdir()) == []


def test_a_run_that_failed_leaves_its_parts_and_the_next_clears_what_it_does_not_use(tmp_path: Path) -> None:
    book = str(tmp_path / "b.db")
    with suppress(KeyboardInterrupt), parts_folder(book) as folder:
        next(read_in_parts(arrivals(toll(1), toll(2)), Deadly(), WAY, folder))
        raise KeyboardInterrupt
    assert len(list(folder.glob("*.readings"))) == 1
    with parts_folder(book):
        assert len(list(folder.glob("*.readings"))) == 1
    assert list(tmp_path.iterdir()) == []


def test_another_reader_s_part_is_another_part(tmp_path: Path) -> None:
    one, other = (parts._Part([document("x")], Way(name, (), frozenset()), tmp_path) for name in ("a/1", "b/1"))
    assert one.name != other.name


def test_a_worker_with_other_packs_refuses(tmp_path: Path) -> None:
    came = arrivals(toll(1))
    (found,) = read_in_parts(came, Deadly(), Way("other/2", (), frozenset({"en"})), tmp_path / "parts")
    assert found[1] is not None
    assert "This worker reads with simple/1" in found[1].issues[0].message


def test_a_language_that_no_pack_reads_goes_to_no_worker(tmp_path: Path) -> None:
    engine = Deadly()
    came = [Arrival(Document(**{**_fields(document("текст")), "language": "ru"}))]
    ((_, reading),) = read_in_parts(came, engine, WAY, tmp_path / "parts")
    assert reading is not None
    assert (reading.issues[0].code, engine.ran) == ("language-unread", 0)


def _fields(made: Document) -> dict[str, object]:
    return {name: getattr(made, name) for name in Document.__dataclass_fields__}
