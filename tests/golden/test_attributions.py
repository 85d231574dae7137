"""Reported statements in invented sentences: one construction each, its source and its cue."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from tests.unit.factories import document

from tallybook.claims.reader import Reader
from tallybook.runs.packs import load_packs

Told = list[tuple[str | None, str | None]]
Find = Callable[[str], Told]


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(load_packs([]).knowledge)


@pytest.fixture(scope="module")
def find(reader: Reader) -> Find:
    def told(text: str) -> Told:
        (found,) = reader.attributions([document("d", text=text)])
        return [(r.source.of(text) if r.source else None, r.cue.of(text) if r.cue else None) for r in found]

    return told


CONSTRUCTIONS: list[tuple[str, str | None, str | None]] = [
    ("The governor said that twelve people had died in Karsk.", "The governor", "said"),
    ("Colonel Ivo Marn told reporters that the bridge had fallen.", "Colonel Ivo Marn", "told"),
    ("“We lost everything,” said Lena Orvic, a teacher.", "Lena Orvic, a teacher", "said"),
    ("“We lost everything,” Lena Orvic said.", "Lena Orvic", "said"),
    ('"We lost everything," Lena Orvic said.', "Lena Orvic", "said"),
    ("''We lost everything,'' Lena Orvic said.", "Lena Orvic", "said"),
    ("Twelve people died, according to the health ministry.", "the health ministry", "according to"),
    ("According to two residents, the shelling began at dawn.", "two residents", "According to"),
    ("The bridge, the mayor noted, was closed on Friday.", "the mayor", "noted"),
    ("As the mayor pointed out, the bridge was closed.", "the mayor", "pointed out"),
    ("The army has repeatedly denied that it shelled the market.", "The army", "has repeatedly denied"),
    ("The army accused the rebels of shelling the market.", "The army", "accused"),
    ("The rebels did not immediately respond.", "The rebels", "did not immediately respond"),
    ("Officials refused to say how many people had died.", "Officials", "refused to say"),
    ("Residents believe that the army shelled the market.", "Residents", "believe"),
    ("The rebels plan to attack Karsk in the spring.", "The rebels", "plan"),
    ("The council wants to rebuild the bridge.", "The council", "wants"),
    ("A report found that the army had shelled the market.", "A report", "found"),
    ("The allegation that the army shelled the market spread quickly.", None, "allegation"),
    ("Marn's claim that the army shelled the market spread quickly.", "Marn", "'s claim"),
    ("The rebels made the claim that the army had shelled Karsk.", "The rebels", "made the claim"),
    ("The army was criticised by Marta Velin.", "Marta Velin", "was criticised"),
    ("Twelve people are reported to have died in Karsk.", None, "are reported"),
    ("A doctor who said that twelve people had died left Karsk.", "who", "said"),
    ("The mayor is afraid that the river will rise.", "The mayor", "is afraid"),
    ("Residents complained about the lack of water.", "Residents", "complained about"),
    ("A union representing nurses endorsed the plan.", "A union representing nurses", "endorsed"),
    ("General Ban Ki-moon condemned the attack.", "General Ban Ki-moon", "condemned"),
    ("Twelve people died in Karsk, a doctor who asked not to be named said.", "a doctor", "said"),
    ("Kessa Post quoted a local official as saying that twelve people died.", "a local official", "saying"),
    ("A military source was quoted as saying that five soldiers had died.", "A military source", "saying"),
    ("As the governor put it, the town is gone.", "the governor", "put it"),
    ("The ministry put the toll at twelve.", "The ministry", "put"),
    ("The governor’s called for calm in Karsk.", "The governor", "’s called for"),
    ("“The whole street burned for three days.” — Lena Orvic", "Lena Orvic", "—"),
]


@pytest.mark.parametrize(("text", "source", "cue"), CONSTRUCTIONS, ids=[text[:40] for text, _, _ in CONSTRUCTIONS])
def test_construction_gives_its_source_and_cue(find: Find, text: str, source: str | None, cue: str | None) -> None:
    assert (source, cue) in find(text)


def test_conjoined_cues_share_their_speaker(find: Find) -> None:
    found = find("The governor denied the charge and said that the army was far away.")
    assert found == [("The governor", "denied"), ("The governor", "said")]


def test_participle_speaks_for_the_subject_of_its_clause(find: Find) -> None:
    found = find("The governor closed the road, saying that the bridge was unsafe.")
    assert found == [("The governor", "saying")]


def test_quotation_without_a_cue_goes_to_the_speaker_before_it(find: Find) -> None:
    found = find("“We ran to the river,” Lena Orvic said. “The whole street burned for three days.”")
    assert ("Lena Orvic", None) in found


def test_words_inside_a_quotation_are_not_told_apart(find: Find) -> None:
    assert find("“They say that nobody knows,” Lena Orvic said.") == [("Lena Orvic", "said")]


def test_statement_inside_a_statement_belongs_to_the_outer_one(find: Find) -> None:
    assert find("The governor said that residents believe the army shelled Karsk.") == [("The governor", "said")]


def test_two_statements_joined_by_and_keep_their_own_speakers(find: Find) -> None:
    found = find("Monitors say at least twelve civilians were killed and the army says five rebels were killed.")
    assert found == [("Monitors", "say"), ("the army", "says")]


def test_second_statement_after_a_dash_is_one_of_its_own(find: Find) -> None:
    found = find("Marn said the road would be closed — and he noted that the bridge would stay open.")
    assert found == [("Marn", "said"), ("he", "noted")]


@pytest.mark.parametrize(
    "text",
    [
        "Twelve people died in Karsk on Friday.",
        "The mayor spoke at the market.",
        "If you want to leave, take the ferry.",
        "Compared with last year, fewer houses burned.",
        "",
    ],
)
def test_text_that_reports_nobody_gives_nothing(find: Find, text: str) -> None:
    assert find(text) == []


def test_documents_come_in_order_and_unread_languages_stay_empty(reader: Reader) -> None:
    speakers = ["The mayor", "The doctor", "A teacher"] * 10
    english = [document(f"d{i}", text=f"{who} said nothing.") for i, who in enumerate(speakers)]
    foreign = replace(document("x", text="“Nous avons fui,” a dit Lena Orvic."), language="xx")
    found = list(reader.attributions([english[0], foreign, *english[1:]]))
    assert found[1] == []
    told = [r.source.of(d.text) for d, (r,) in zip(english, [found[0], *found[2:]], strict=True) if r.source]
    assert told == speakers
