"""The queue in use: one question, one answer, undo, next."""

from __future__ import annotations

import re

from tests.unit.web.conftest import ROWS, Make, Workbench


def asked(page: str) -> str:
    found = re.search(r'data-question="([^"]+)"', page)
    assert found is not None
    return found[1]


def test_question_shows_its_words_its_answers_and_what_moves(bench: Workbench) -> None:
    page = bench.get("/queue").text
    question = asked(page)
    told = bench.json(f"queue/{question}")
    assert told["told"][0]["quote"].split()[0] in page
    for answer in told["answers"]:
        assert f'data-key="{answer["key"]}"' in page or f'data-focus="{answer["key"]}"' in page
    moves = bench.get(f"/queue/{question}/moves").text
    assert "Reject: misread" in moves
    assert "→" in moves or "no total moves" in moves


def test_answer_settles_a_question_and_the_next_one_comes(bench: Workbench) -> None:
    question = asked(bench.get("/queue?kind=claim").text)
    claim = bench.json(f"queue/{question}")["claims"][0]
    found = bench.post(f"/queue/{question}", answer="accept", kind="claim")
    assert (found.status_code, found.headers["location"]) == (303, "/queue?kind=claim")
    page = bench.get("/queue?kind=claim").text
    assert asked(page) != question
    assert "Kept: judgement 1 (accept" in page
    (made,) = bench.items("log")
    assert (made["verb"], made["objects"], made["because"]) == ("accept", [claim], "the words say so")
    assert bench.post(f"/queue/{question}", answer="accept").status_code == 404


def test_browser_gets_only_the_part_that_changes(bench: Workbench) -> None:
    question = asked(bench.get("/queue").text)
    form = {"csrf": bench.csrf, "author": "Ana", "answer": "skip", "kind": ""}
    part = bench.client.post(f"/queue/{question}", data=form, headers={"hx-request": "true"})
    assert part.status_code == 200
    assert "<html" not in part.text
    assert asked(part.text) != question


def test_undo_takes_back_the_last_answer_at_once(bench: Workbench) -> None:
    question = asked(bench.get("/queue").text)
    bench.post(f"/queue/{question}", answer="reject")
    assert bench.post("/queue-undo", kind="").status_code == 303
    assert asked(bench.get("/queue").text) == question
    assert [j["verb"] for j in bench.items("log")] == ["undo", "reject"]
    assert bench.post("/queue-undo").status_code == 409


def test_correction_sets_a_field(bench: Workbench) -> None:
    claim = bench.claim("a")
    question = next(q["id"] for q in bench.items("queue?kind=claim") if q["claims"] == [claim])
    bench.post(f"/queue/{question}", answer="correct", field="count", value="14", because="the list has 14")
    told = bench.json(f"claims/{claim}")
    assert (told["count"]["low"], told["standing"]) == (14, "corrected")
    assert told["corrected"][0]["was"]["low"] == 12


def test_later_puts_a_question_off_for_this_session_only(bench: Workbench) -> None:
    question = asked(bench.get("/queue").text)
    bench.post(f"/queue/{question}", answer="skip")
    assert asked(bench.get("/queue").text) != question
    assert asked(Workbench(bench.app, bench.path).get("/queue").text) == question
    assert bench.items("log") == []


def test_answer_that_the_question_does_not_take_is_refused(bench: Workbench) -> None:
    question = asked(bench.get("/queue?kind=claim").text)
    assert bench.post(f"/queue/{question}", answer="same").status_code == 400


def test_colleague_who_answers_the_same_question_late_is_told(bench: Workbench) -> None:
    ben = Workbench(bench.app, bench.path)
    question = asked(ben.get("/queue?kind=claim").text)
    bench.post(f"/queue/{question}", answer="reject", log_at="0")
    late = ben.post(f"/queue/{question}", answer="accept", log_at="0")
    assert late.status_code in (404, 409)
    assert len(bench.items("log")) == 1


def test_place_that_no_pack_knows_is_asked_and_set(make: Make) -> None:
    bench = make(*ROWS, {"id": "e", "publisher": "Herald", "published": "2024-05-02",
                         "text": "4 people were killed in Nowhereville on 2024-05-01."})  # fmt: skip
    claim = bench.claim("e")
    bench.decide("set-field", claim, field="place", value="none")
    assert not bench.items("queue?kind=actor")
    assert all(q["claims"] != [claim] for q in bench.items("queue?kind=place"))


def test_actor_that_nobody_knows_is_merged_into_one_or_accepted(bench: Workbench) -> None:
    words = "quote=killed in Brannik; measure=injured; count=2; perpetrator=Red Hats"
    bench.decide("add-claim", "d", value=words)
    claim = next(c["id"] for c in bench.items("claims") if c["reader"] == "by hand/1")
    (question,) = bench.items("queue?kind=actor")
    assert question["about"] == "Red Hats"
    names = {a["name"]: a for a in bench.json(f"queue/{question['id']}")["answers"]}
    assert names["keep"]["verb"] == "accept-actor"
    assert names["other-actor"]["verb"] == "merge-actor"
    bench.post(f"/queue/{question['id']}", answer="other-actor", value="OAF")
    assert bench.items("queue?kind=actor") == []
    assert bench.json(f"claims/{claim}")["perpetrator"] == "Orvanian Armed Forces"
    bench.post("/queue-undo")
    (question,) = bench.items("queue?kind=actor")
    bench.post(f"/queue/{question['id']}", answer="keep", value="rebel")
    assert bench.items("log")[0]["objects"] == ["Red Hats"]
    assert bench.items("queue?kind=actor") == []


def test_heaviest_question_is_first(bench: Workbench) -> None:
    weights = [q["weight"] for q in bench.items("queue?limit=500")]
    assert weights == sorted(weights, reverse=True)
    assert len(weights) >= 4
