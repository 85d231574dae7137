"""`total` and `why`: figures with their proof."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from tallybook.cli.options import (
    DEFAULT_BOOK,
    AsOfOption,
    BookOption,
    ByOption,
    Format,
    FormatOption,
    InOption,
    KnowledgeOption,
    OriginsOption,
    PolicyOption,
    SaidByOption,
    SinceOption,
    UntilOption,
    WeaponOption,
    WhoOption,
)

if TYPE_CHECKING:
    from tallybook.model import Figure
    from tallybook.runs.breaking import Breakdown
    from tallybook.runs.explaining import Explained

MeasureArgument = Annotated[
    str, typer.Argument(help="killed, injured, missing, captured or displaced.", metavar="MEASURE")
]
WhatArgument = Annotated[
    str,
    typer.Argument(
        help="Id of a figure, incident or claim; or a measure with the options of `total`.",
        metavar="FIGURE|INCIDENT|CLAIM",
    ),
]
EachOption = Annotated[
    str | None,
    typer.Option("--each", help="Break it down: month, place, perpetrator, weapon, claimant-kind.", metavar="KIND"),
]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("total", epilog="Example: tallybook total killed --who civilian --since 2023-10-20")(total)
    app.command("why", epilog="Example: tallybook why killed --who civilian --since 2023-10-20")(why)


def total(
    measure: MeasureArgument,
    who: WhoOption = None,
    by: ByOption = None,
    in_: InOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    as_of: AsOfOption = None,
    policy: PolicyOption = "latest",
    origins: OriginsOption = None,
    weapon: WeaponOption = None,
    said_by: SaidByOption = None,
    each: EachOption = None,
    format: FormatOption = Format.table,
    book: BookOption = DEFAULT_BOOK,
    knowledge: KnowledgeOption = None,
) -> None:
    """Add up what is reported, as low, best and high, with the claims counted and left out. Writes nothing."""
    from tallybook.cli.output import print_json
    from tallybook.cli.sessions import opened
    from tallybook.ledger import total as ledger_total
    from tallybook.model.wire import figure_json
    from tallybook.runs.breaking import breakdown
    from tallybook.runs.naming import Asked, query_from

    asked = Asked(measure, who, by, in_, since, until, as_of, policy, origins, weapon, said_by)
    with opened(book, knowledge) as desk:
        query = query_from(asked, desk)
        broken = breakdown(desk, query, each) if each else None
        figure = broken.whole if broken else ledger_total(desk.ledger, query)
    if format is Format.json:
        print_json({**figure_json(figure), **(_breakdown_json(broken, str(each)) if broken else {})})
    else:
        _show_figure(figure)
        if broken:
            _show_breakdown(broken, str(each))


def why(
    what: WhatArgument,
    who: WhoOption = None,
    by: ByOption = None,
    in_: InOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    as_of: AsOfOption = None,
    policy: PolicyOption = "latest",
    origins: OriginsOption = None,
    weapon: WeaponOption = None,
    said_by: SaidByOption = None,
    format: FormatOption = Format.table,
    book: BookOption = DEFAULT_BOOK,
    knowledge: KnowledgeOption = None,
) -> None:
    """Explain a figure, an incident or a claim in sentences with their sources. Writes nothing."""
    from tallybook.cli.output import print_json
    from tallybook.cli.sessions import opened
    from tallybook.ledger import total as ledger_total
    from tallybook.model import MEASURES
    from tallybook.runs import explaining
    from tallybook.runs.naming import Asked, query_from

    with opened(book, knowledge) as desk:
        if what in MEASURES:
            asked = Asked(what, who, by, in_, since, until, as_of, policy, origins, weapon, said_by)
            explained = explaining.explain_figure(ledger_total(desk.ledger, query_from(asked, desk)))
        else:
            explained = explaining.why(what, desk)
    if format is Format.json:
        print_json(_explained_json(explained))
    else:
        show_explained(explained)


def _show_figure(figure: Figure) -> None:
    from collections import Counter

    from tallybook.cli.output import print_line
    from tallybook.cli.showing import numbers
    from tallybook.cli.tables import print_wrapped
    from tallybook.runs.explaining import question

    print_wrapped(question(figure))
    print_line()
    shown = numbers(figure.low, figure.high) or "no number stated"
    print_line(f"  {shown}" + (f"   best {figure.best} ({figure.query.policy})" if figure.best is not None else ""))
    print_line()
    left = Counter(x.reason for x in figure.left_out)
    clashes = Counter(c.kind for c in figure.conflicts)
    print_line(f"Claims counted: {len(figure.counted)}, of which unreviewed: {figure.unreviewed}.")
    for name, counts in (("Left out", left), ("Conflicts", clashes)):
        if counts:
            print_wrapped(f"{name}: {', '.join(f'{kind} {count}' for kind, count in sorted(counts.items()))}.")
    print_line(f"Proof: tallybook why {figure.id}")


def _show_breakdown(broken: Breakdown, each: str) -> None:
    from tallybook.cli.output import print_line
    from tallybook.cli.showing import numbers
    from tallybook.cli.tables import print_table

    print_line()
    rows = [(p.name, numbers(p.figure.low, p.figure.high) or "no number stated", p.figure.best) for p in broken.parts]
    print_table((each, "reported", "best"), [*rows, *_rest_row(broken, each)], numbers=("best",))
    if broken.overlapping:
        print_line("Kinds of source tell of the same people: these rows do not add up.")


def _rest_row(broken: Breakdown, each: str) -> list[tuple[str, str, None]]:
    return [(f"in no one {each} for certain", f"{broken.rest}..", None)] if broken.rest else []


def _breakdown_json(broken: Breakdown, each: str) -> dict[str, object]:
    parts = [
        {"name": p.name, "id": p.figure.id, "low": p.figure.low, "best": p.figure.best, "high": p.figure.high}
        for p in broken.parts
    ]
    return {"each": each, "parts": parts, "rest": broken.rest}


def show_explained(explained: Explained) -> None:
    """Print an explanation: the answer first, then numbered steps."""
    from tallybook.cli.output import print_line
    from tallybook.cli.tables import print_wrapped

    print_wrapped(explained.what)
    if explained.changed:
        print_wrapped("The book has changed since this figure was printed; this is its answer now.")
    print_line()
    for number, step in enumerate(explained.steps, start=1):
        print_wrapped(f"{number}. {step.text}")
        if step.claims:
            print_wrapped(
                "claims " + ", ".join(step.claims) if len(step.claims) > 1 else f"claim {step.claims[0]}", indent=6
            )


def _explained_json(explained: Explained) -> dict[str, object]:
    from tallybook.model.wire import figure_json

    return {
        "schema": "tallybook.why/1",
        "what": explained.what,
        "changed": explained.changed,
        "figure": figure_json(explained.figure) if explained.figure else None,
        "steps": [{"text": s.text, "claims": list(s.claims), "rule": s.rule} for s in explained.steps],
    }
