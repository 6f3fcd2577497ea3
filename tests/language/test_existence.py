"""Claims of existence as authors state them: their names, what is asked of them, and how they are printed."""

from __future__ import annotations

from pathlib import Path

import pytest

import derive as dv
from derive.existence import negation, statement_tex
from derive.language.errors import InputError
from derive.language.paper import Claim
from derive.language.toml import read

n, d = dv.dims("n d")
A, x, v = dv.matrix("A", n, d), dv.vector("x", d), dv.vector("v", n)
s, t = dv.scalar("s"), dv.scalar("t")
i = dv.index("i", d)


def stated(*relations: dv.Relation, exists: object, **more: object) -> Claim:
    return dv.Paper("paper").claim("claim", list(relations), exists=exists, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("exists", [t, "t", [t], (t, "t")], ids=["symbol", "name", "list", "twice"])
def test_symbols_are_named_or_given(exists: object) -> None:
    assert stated(t > 1, exists=exists).exists == ("t",)


@pytest.mark.parametrize("exists", [1, t > 1, dv.gaussian("w", n), t + 1], ids=["number", "relation", "random", "sum"])
def test_what_is_no_symbol_is_refused(exists: object) -> None:
    with pytest.raises(InputError, match="exists="):
        stated(t > 1, exists=exists)


@pytest.mark.parametrize(
    ("relations", "exists", "problem"),
    [
        ([t > 1], s, "nothing in the claim is called s"),
        ([dv.sum(x[i], over=i) > 1], i, "nothing in the claim is called i"),
        ([dv.expectation(dv.sum(dv.gaussian("w", n) * v)) > 0], v, "not of chance"),
        ([x[i] > 1, t > x[i]], [x, t], "none of these may name a position"),
    ],
    ids=["another symbol", "an index that is summed", "chance", "positions"],
)
def test_what_says_nothing_is_ill_posed(relations: list[dv.Relation], exists: object, problem: str) -> None:
    claim = stated(*relations, exists=exists)
    assert claim.problem is not None
    assert problem in claim.problem
    assert not claim.exists


@pytest.mark.parametrize(
    ("relations", "negated"),
    [
        ([t > s], ["t <= s"]),
        ([t == 2], ["t != 2"]),
        ([t == 2, s <= t], ["s > t"]),
        ([x >= 1], ["1 <= 0"]),
        ([x >= 1, t < 2], ["t >= 2"]),
    ],
    ids=str,
)
def test_the_negation_is_one_of_a_scalar_relation_under_the_others(
    relations: list[dv.Relation], negated: list[str]
) -> None:
    claim = stated(*relations, exists=[name for name in "txs" if name in repr(relations)])
    found = negation(claim)
    assert [repr(relation) for relation in found.relations] == negated
    assert len(found.given) == len(relations) - (negated != ["1 <= 0"])


@pytest.mark.parametrize(
    ("exists", "quantifier"),
    [([A, x, v], r"\exists\, n, d, A, x, v\colon\ "), ([x], r"\exists\, x\colon\ ")],
    ids=["sizes that nothing else has", "sizes of other symbols"],
)
def test_sizes_are_chosen_unless_other_symbols_have_them(exists: list[dv.Tensor], quantifier: str) -> None:
    assert statement_tex(stated(v @ A @ x > 1, exists=exists)).startswith(quantifier)


def test_the_text_form_has_it_too(tmp_path: Path) -> None:
    text = '[paper]\nid = "p"\n[symbols]\nt = { shape = [] }\n[[claim]]\nid = "c"\nstatement = "t > 1"\nexists = "t"\n'
    (tmp_path / "p.toml").write_text(text, encoding="utf-8")
    (paper,) = read(tmp_path / "p.toml")
    assert paper.claims[0].exists == ("t",)
