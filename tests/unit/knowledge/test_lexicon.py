"""Word lists of a pack that do not hold are named with file and row."""

from __future__ import annotations

from pathlib import Path

import pytest

from tallybook.errors import KnowledgeError
from tallybook.knowledge.lexicon import Lexicon


@pytest.mark.parametrize(
    ("file", "row"),
    [
        ("events.yaml", "- {type: ied_or_mine, strength: 3, words: [-bomb]}\n"),
        ("weapons.yaml", "- {name: bomb, words: ['']}\n"),
    ],
)
def test_words_that_no_text_can_hold_are_refused(tmp_path: Path, file: str, row: str) -> None:
    (tmp_path / file).write_text(row, encoding="utf-8")
    with pytest.raises(KnowledgeError, match=rf"{file}.*begin with a letter or a digit"):
        Lexicon().read(tmp_path)


def test_words_that_yaml_takes_for_truth_values_are_refused(tmp_path: Path) -> None:
    row = "- {measure: captured, frame: patient, words: [march], particles: [away, off]}\n"
    (tmp_path / "harm.yaml").write_text(row, encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"harm.yaml row 1, particles: .* in quotes"):
        Lexicon().read(tmp_path)
