"""What is harm and what is none, in invented reports: the numbers printed, with their measure."""

from __future__ import annotations

import pytest
from evals.reports import report

from tallybook.claims.reader import Reader


def told(reader: Reader, text: str) -> set[tuple[str | None, int | None]]:
    reading = reader.read(report("r", text, publisher="Kessa Post", published="2024-05-06"))
    return {(c.measure, c.count.low if c.count is not None else None) for c in reading.claims if c.measure}


@pytest.mark.parametrize(
    ("text", "harm"),
    [
        ("A nurse lost her left foot when a mine went off in Kessa on Monday.", {("injured", 1)}),
        ("Gunmen in Kessa slit the throats of four herders on Monday.", {("killed", 4)}),
        ("Six farmers were pulled off a lorry in Kessa and shot on Monday.", {("killed", 6)}),
        ("Some 12,000 residents of Kessa were evacuated after the shelling.", {("displaced", 12000)}),
        ("An air strike hit Kessa; nine teachers are still under the rubble.", {("missing", 9)}),
        ("Rebels drove off with three clerks after the raid on Kessa.", {("captured", 3)}),
        ("A Syrian was killed by gunfire in Kessa on Monday.", {("killed", 1)}),
        ("Seven soldiers died in Kessa, the army said. The town hall counts 11.", {("killed", 7), ("killed", 11)}),
        ("Militants killed 14 people in Kessa. Five of the 14 were pupils.", {("killed", 14), ("killed", 5)}),
        ("Police in Kessa arrested 31 people. Among them are nine minors.", {("captured", 31), ("captured", 9)}),
        ("The death toll of the Kessa attack climbed past 40 on Tuesday.", {("killed", 41)}),
        ("A pupil, 14, was wounded by a shell in Kessa on Monday.", {("injured", 1)}),
        ("Rebels shot down a helicopter near Kessa; nine soldiers died in the crash.", {("killed", 9)}),
        ("Three firefighters were killed in a second missile strike on Kessa.", {("killed", 3)}),
        ("A drone hit a depot in Kessa on Monday. Two firefighters were wounded.", {("injured", 2)}),
        ("A strike hit a depot in Kessa. The blaze killed five workers in the snow.", {("killed", 5)}),
        ("Soldiers set fire to a house in Kessa; four people perished in a kitchen.", {("killed", 4)}),
        ("Police arrested 40 people in Kessa for theft during the riots.", {("captured", 40)}),
    ],
)  # fmt: skip
def test_harm_is_found(reader: Reader, text: str, harm: set[tuple[str | None, int | None]]) -> None:
    assert told(reader, text) == harm


@pytest.mark.parametrize(
    "text",
    [
        "Kessa massacred Orrin 11-2 in the cup on Sunday before a quiet crowd.",
        "Orrin lost two players before half-time, one to a red card.",
        "Overnight 24 drones came over Kessa and 24 were shot down; nobody was hurt.",
        "A shell fell near Kessa, home to 60,000 people, on Monday; nobody was hurt.",
        "The army came to arrest the preacher in Kessa on Monday.",
        "The committee killed four clauses of the bill in Kessa.",
        "Outside, 25 students held up four banners in Kessa.",
        "No soldier lost his life in Kessa on Monday.",
        "Police in Kessa want to speak to several people in connection with the shooting.",
        "Two people who were in the store moments before the shooting in Kessa left the town.",
        "One dead, two hurt in motorcycle wreck on Orrin Avenue. The rider had lost control of the bike.",
        "A Kessa man was hit by a car and died early on Sunday.",
        "Three officers were treated at a hospital in Kessa after their cruisers collided on Monday.",
        "Four children died in a trailer fire in Kessa; firefighters found them in the back room.",
        "A Kessa man was arrested on Monday on drug charges after a traffic stop.",
        "Officers in Kessa arrested 13 people on Thursday and seized a pound of marijuana.",
        "To register for the course in Kessa, call toll free 1-888-555-0142.",
        "The number two challenge in Kessa will be to stay within the budget.",
        "The council of Kessa opposed the toll increase, which takes effect in two stages.",
        "He lost about 17 stone in Kessa within two years.",
        "His father died of emphysema in Kessa in 2004.",
    ],
)
def test_what_harms_nobody_is_no_claim(reader: Reader, text: str) -> None:
    assert told(reader, text) == set()


@pytest.mark.parametrize(
    ("text", "harm"),
    [
        ("Gunmen shot dead the driver, a 24-year-old student of a college in Kessa.", {("killed", 1)}),
        ("A blast in Kessa wounded four men on Monday. “They came at noon,” said one of them.", {("injured", 4)}),
        ("A blast in Kessa killed five men. We saw cartridges, 37 of them, in a yard.", {("killed", 5)}),
        ("About 26 of the 47 villagers were killed in the raid on Kessa.", {("killed", 26)}),
        ("A man in his fifties, unrelated to the two boys, was also struck in the arm in Kessa.", {("injured", 1)}),
        (
            "Scores were injured in Kessa, including a minister, as they joined thousands of pilgrims at a shrine.",
            {("injured", 40), ("injured", 1)},
        ),
        ("Eleven civilians, four of them under ten, were killed in Kessa on Monday.", {("killed", 11), ("killed", 4)}),
    ],
)
def test_nobody_is_counted_twice(reader: Reader, text: str, harm: set[tuple[str | None, int | None]]) -> None:
    assert told(reader, text) == harm
