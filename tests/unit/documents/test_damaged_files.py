"""Files that hold reports, with bytes changed or cut off at random: told or read, and never an end of the run."""

from __future__ import annotations

import gzip
import random
from pathlib import Path

import pytest

from tests.unit.documents.test_formats import (
    FEED,
    HEADER,
    MORE,
    PAGE,
    PAPERS,
    SHEET,
    TOLL,
    message,
    paper,
    pdf,
    read,
    stored,
    taped,
    warc,
    workbook,
    zipped,
)  # fmt: skip

CRAWL = warc(("https://a.example/1", "text/html", PAGE), ("https://a.example/r", "application/pdf", "%PDF-1.4"))
WHOLE = {
    "all.zip": zipped(PAPERS), "stored.zip": stored(PAPERS), "all.tgz": taped(), "r.docx": paper(),
    "m.eml": message("m", attached=True), "crawl.wacz": stored({"archive/data.warc.gz": gzip.compress(CRAWL)}),
    "crawl.warc": CRAWL, "r.pdf": pdf(TOLL, "", MORE), "news.xml": FEED.format(f"{TOLL} {MORE}").encode(),
    "sheet.xlsx": workbook([HEADER, ["https://a.example/1", "archived", None, "A post", TOLL]]),
    "sheet.csv": SHEET.format(TOLL, MORE).encode(), "rows.jsonl": PAPERS["e.jsonl"], "p.html": PAGE.encode(),
}  # fmt: skip
TIMES = 60


def changed(data: bytes, rng: random.Random) -> bytes:
    made = bytearray(data)
    for _ in range(rng.choice((1, 3, 20, 200))):
        made[rng.randrange(len(made))] = rng.randrange(256)
    return bytes(made[: rng.randrange(len(made))] if rng.random() < 0.2 else made)


@pytest.mark.parametrize("name", sorted(WHOLE))
@pytest.mark.filterwarnings("ignore")
def test_files_damaged_anywhere_are_told_or_read(tmp_path: Path, name: str) -> None:
    rng = random.Random(11)
    for _ in range(TIMES):
        assert read(tmp_path, name, changed(WHOLE[name], rng))
