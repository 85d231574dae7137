"""What kind of source a name is."""

from __future__ import annotations

from pathlib import Path

import pytest

from tallybook.errors import KnowledgeError
from tallybook.knowledge import load
from tallybook.knowledge.claimant_kind_rows import claimant_kind_rows
from tallybook.knowledge.claimant_kinds import NOT_KNOWN

SOURCES = {
    "Tatmadaw": "state forces",
    "Arakan Army": "armed groups",
    "a doctor": "medical",
    "doctors": "medical",
    "local residents": "witnesses",
    "Ministry of Health of Dovrin": "medical",
    "Norhal Ministry of Justice": "officials",
    "Radio Kessa": "outlets",
    "Velmark Observatory for Rights": "organisations",
    "police": "state forces",
    "Ivo Marn": NOT_KNOWN,
}


def test_sources_by_register_groups_and_the_last_word_that_tells() -> None:
    kinds = load().claimant_kinds()
    assert {name: kinds.kind(name) for name in SOURCES} == SOURCES
    assert kinds.names[-1] == NOT_KNOWN
    assert set(SOURCES.values()) <= set(kinds.names)


def test_kind_of_actor_that_no_register_has_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "claimant_kinds.yaml"
    path.write_text("- {kind: witnesses, actors: [bystander]}\n", encoding="utf-8")
    with pytest.raises(KnowledgeError, match="row 1 has actors 'bystander'"):
        claimant_kind_rows(path)
