"""Counts in how many reports each word stands: `python -m evals.count_words --data DIR`.

Counted on the open reports of evals/gold and on the halves of public sets that may be fitted on: muc4 dev, the first
half of longtail, gvc train; the reports of one shooting count once. Only the counts are kept, of words that several
events share, and of names only those that very many do: nobody harmed is in the table. Deterministic.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from evals import gvc, longtail
from evals.gold_files import OWN_REPORTS, gold_reports
from evals.reports import json_lines
from tallybook.incidents.wording import WORD, terms

TABLE = Path(__file__).parents[1] / "src/tallybook/knowledge/packs/core/words.csv"
LEAST = 5
"""Events whose reports share a word from which it is listed: below that it is some story's own."""
LEAST_OF_NAMES = 25
"""The same for words that are always capitals: weekdays, states, outlets, but no victim."""
LEAST_IN_CAPITALS = 150
"""The same for words of texts that are all capitals, where a name looks like any word: countries, not people."""
ORDINARY = 0.3
"""Share of a word's events in which it stands in small letters from which it is an ordinary word, and no name."""
HEADER = "word,events,ordinary"
"""Columns; the first row, without a word, holds the number of events that were counted."""


def main() -> None:
    """Count, and write the table."""
    parser = argparse.ArgumentParser(prog="python -m evals.count_words", description="Count words of reports.")
    parser.add_argument("--data", type=Path, required=True, help="folder that holds the public data sets")
    folder: Path = parser.parse_args().data
    plain, small = Counter[str](), Counter[str]()
    events = list(_events(folder))
    for texts in events:
        plain.update({term for text in texts for term in terms(text)})
        small.update({word for text in texts for word in WORD.findall(text) if word == word.casefold()})
    shouted = [row["text"] for row in json_lines(folder / "muc4" / "documents.jsonl") if row["split"] == "dev"]
    loud = Counter(term for text in shouted for term in set(terms(text)))
    kept = sorted(word for word in plain | loud if _common(word, plain, loud, small))
    counts = [("", len(events) + len(shouted), "")]
    for word in kept:
        ordinary = plain[word] >= LEAST and small[word] >= ORDINARY * plain[word]
        counts.append((word, plain[word] + loud[word], "y" if ordinary else ""))
    rows = "\n".join(f"{word},{number},{ordinary}" for word, number, ordinary in counts)
    TABLE.write_text(f"{HEADER}\n{rows}\n", encoding="utf-8", newline="\n")
    print(f"{len(kept)} words of {counts[0][1]} events in {TABLE}")


def _common(word: str, plain: Counter[str], loud: Counter[str], small: Counter[str]) -> bool:
    if loud[word] >= LEAST_IN_CAPITALS:
        return True
    return plain[word] >= (LEAST if small[word] else LEAST_OF_NAMES)


def _events(folder: Path) -> Iterator[list[str]]:
    """Yield the texts about each event; a gold report is an event of its own."""
    yield from ([report.document.text] for report in gold_reports(OWN_REPORTS) if not report.sealed)
    yield from ([d.text for d in s.documents] for s in longtail.shootings(folder / "longtail", ("first",)))
    yield from ([d.text for d in s.documents] for s in gvc.shootings(folder / "gvc", ("train",)))


if __name__ == "__main__":
    main()
