"""Heads, WikiEvents arguments and PolNeAR attributions, scored by hand."""

import pytest
from evals.attribution import Scored as Attributed
from evals.attribution import hits as attribution_hits
from evals.attribution import matches
from evals.attribution import metrics as attribution_metrics
from evals.brat import attributions
from evals.heads import head_word
from evals.ratios import Hits
from evals.reports import report
from evals.told_words import Words
from evals.wikievents import Scored, hits, key_arguments, metrics, read_arguments, text_of

from tallybook.model import Conduct, Reading, Span


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("20 regime troops", "troops"),
        ("members of the Hill Front", "members"),
        ("a nurse, 24", "nurse"),
        ("the mayor’s", "mayor"),
        ("Ano Sild", "sild"),
        ("police officers who fled", "officers"),
        ("of them", "them"),
    ],
)
def test_the_head_is_the_last_word_before_what_follows_it(phrase: str, expected: str) -> None:
    assert head_word(phrase) == expected


ROW = {
    "sentences": [[[], "Mine kills guard"], [[], "A guard died."], [[], "Rebels laid it."]],
    "event_mentions": [
        {"event_type": "Life.Die.Unspecified", "arguments": [{"role": "Victim", "text": "a guard"}]},
        {"event_type": "Life.Die.Unspecified", "arguments": [{"role": "Victim", "text": "guard"}]},
        {
            "event_type": "Conflict.Attack.DetonateExplode",
            "arguments": [
                {"role": "Attacker", "text": "Rebels"},
                {"role": "ExplosiveDevice", "text": "mine"},
                {"role": "Place", "text": "Sarno district"},
                {"role": "Target", "text": "bridge"},
            ],
        },
        {"event_type": "Contact.Contact.Broadcast", "arguments": [{"role": "Communicator", "text": "mayor"}]},
    ],
}


def test_arguments_of_a_row_are_roles_with_heads_each_once() -> None:
    assert key_arguments(ROW) == {
        ("killed", "guard"),
        ("attacker", "rebels"),
        ("instrument", "mine"),
        ("place", "sarno"),
    }


def test_the_first_sentence_is_the_headline() -> None:
    assert text_of(ROW) == "Mine kills guard\n\nA guard died. Rebels laid it."


def test_arguments_are_hits_when_role_and_head_agree() -> None:
    document = report("a", "Text.")
    one = Scored(
        document,
        frozenset({("killed", "guard"), ("place", "sarno")}),
        frozenset({("killed", "guard"), ("injured", "guard")}),
    )
    assert hits(one) == Hits(1, 2, 2)
    assert hits(one, "injured") == Hits(0, 1, 0)
    assert metrics([one])["f1"] == 0.5


BRAT = (
    "T1\tSource 0 9\tThe mayor\nT2\tCue 10 14\tsaid\nT3\tContent 15 20;22 30\train\n"
    "E1\tAttribution:T4 Content:T3 Cue:T2 Source:T1\n"
)


def test_brat_events_are_read() -> None:
    (one,) = attributions(BRAT)
    assert (one.source, one.cue) == (Span(0, 9), Span(10, 14))


def test_spans_match_when_each_holds_the_other_s_head() -> None:
    text = "The mayor of Bel said it rained"
    assert matches(text, Span(0, 16), Span(4, 9))
    assert not matches(text, Span(13, 16), Span(0, 16))


def test_precision_takes_any_annotator_and_recall_their_mean() -> None:
    text = "The mayor said so and the cook agreed"
    mayor, cook, said = Span(0, 9), Span(22, 30), Span(10, 14)
    one = Attributed(
        report("a", text),
        {"source": [mayor, said], "cue": []},
        {"source": [[mayor, cook], [cook]], "cue": [[], []]},
    )
    precision, recall = attribution_hits(one, "source")
    assert (precision.right, precision.printed) == (1, 2)
    assert (recall.right, recall.there) == (0.5, 1.5)
    assert attribution_metrics([one])["f1"] == pytest.approx(2 * 0.5 * (1 / 3) / (0.5 + 1 / 3), abs=1e-4)


def test_acts_without_a_number_give_attacker_instrument_and_place_in_the_words_of_the_report() -> None:
    text = "Fighters of the HLF planted dynamite in Bel."
    act = Conduct("c", text, Span(0, len(text)), (), "Hill Liberation Front", "ied_or_mine", "Bel", ("explosives",))
    words = Words({"Hill Liberation Front": ["HLF"]}, {"explosives": ["dynamite"]})
    told = read_arguments(Reading(report("d", text), "r", (), conduct=(act,)), words)
    assert told == {("attacker", "hlf"), ("instrument", "dynamite"), ("place", "bel")}
