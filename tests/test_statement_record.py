"""A recorded claim stands alone: what it says is read back from its text and nothing else."""

from __future__ import annotations

from functools import cache

import pytest

import derive as dv
from derive.language.claims import Claim
from derive.language.load import load
from derive.record import StatementRecord
from derive.resources import catalogue
from derive.statement_record import relation_text, statement_record
from derive.verify.statement import read


@cache
def claims() -> dict[str, Claim]:
    papers = [paper for path in sorted(catalogue().glob("*.py")) for paper in load(path)]
    return {claim.id: claim for paper in papers for claim in paper.claims if claim.problem is None}


WITHOUT_TEXT = {
    *("attention/K.3", "attention/K.3-corrected", "attention/K.4", "attention/K.4-corrected"),
    *("regularised-exp/6.9", "regularised-exp/6.9-corrected"),
    *("attention-gradient/E.4", "attention-gradient/E.4-best"),
    "exp-network/induction-simulated",
    "sparse-softmax/D.49.init",
}
"""Claims about any function, of a degree beyond the limits of text, and with a number of more than sixty digits."""


@pytest.mark.parametrize("name", sorted(WITHOUT_TEXT))
def test_what_text_cannot_say_has_no_record(name: str) -> None:
    assert statement_record(claims()[name]) is None


@pytest.mark.parametrize("name", sorted(claims().keys() - WITHOUT_TEXT))
def test_a_claim_of_the_catalogue_reads_back_as_it_was_stated(name: str) -> None:
    claim = claims()[name]
    record = statement_record(claim)
    assert record is not None
    statement = read(record)
    assert tuple(map(relation_text, statement.relations)) == record.relations
    assert tuple(map(relation_text, statement.given)) == record.given
    for one, other in zip(statement.relations, claim.relations, strict=True):
        assert (one.sign, one.left.shape, one.right.shape) == (other.sign, other.left.shape, other.right.shape)


def stated(*statement: dv.Relation | str) -> StatementRecord | None:
    paper = dv.Paper("paper")
    n = dv.dims("n")
    assert isinstance(n, dv.Tensor)
    x, s = dv.vector("x", n), dv.symbol("S", n, n, symmetric=True)
    paper.let("f", dv.softmax(s @ x))
    paper.let("g", paper.names["f"] * x)
    return statement_record(paper.claim("claim", list(statement), given=[dv.norm(x) <= 1]))


def test_a_record_has_everything_that_a_claim_speaks_of_and_nothing_else() -> None:
    record = stated("sum(f) == n - n + 1")
    assert record is not None
    assert record.relations == ("sum(f) == n - n + 1",)
    assert record.given == ("norm(x) <= 1",)
    assert {name: (symbol.shape, symbol.properties) for name, symbol in record.symbols.items()} == {
        "S": (("n", "n"), ("symmetric",)),
        "x": (("n",), ()),
    }
    assert record.dimensions == ("n",)
    assert record.definitions == {"f": "softmax(S @ x)"}


def test_definitions_come_after_those_that_they_use() -> None:
    record = stated("sum(g) == f @ x")
    assert record is not None
    assert list(record.definitions) == ["f", "g"]


def test_what_says_nothing_as_typed_has_no_statement() -> None:
    assert stated("x == y") is None


def test_a_claim_about_code_has_no_statement() -> None:
    paper = dv.Paper("paper")
    loss = paper.function("loss", lambda x: x @ x, (2,))
    x = dv.vector("x", 2)
    assert statement_record(paper.claim("claim", loss(x) >= 0)) is None


def test_laws_and_their_parameters_stand_in_the_record_and_are_read_back() -> None:
    """Also where a definition stands in a law, which is then read before the law is."""
    paper, n = dv.Paper("paper"), dv.dim("n")
    rate = paper.let("rate", 1 / dv.scalar("k"))
    kept, w = dv.bernoulli("kept", n, p=rate), dv.gaussian("w", n)
    record = statement_record(paper.claim("claim", dv.expectation((kept * w) @ w) == n * rate))
    assert record is not None
    assert {name: symbol.law for name, symbol in record.symbols.items()} == {
        "k": "",
        "kept": "bernoulli(p=rate)",
        "w": "gaussian",
    }
    assert tuple(map(relation_text, read(record).relations)) == record.relations
