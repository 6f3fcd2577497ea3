"""Laws in text: in a TOML file, and from the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

import derive as dv
from derive.language.chance import RandomSymbol
from derive.language.errors import InputError
from derive.language.laws import law_text, random_symbol, read_law
from derive.language.tensor import Size, Tensor
from derive.language.toml import read

n, m, q = dv.dim("n"), dv.dim("m"), dv.scalar("q")
NAMES = {"n": n, "m": m, "q": q, "r": dv.vector("r", n)}

LAWS = {
    "gaussian": dv.gaussian("s", m, n),
    "rademacher": dv.rademacher("s", n),
    "uniform(low=-q, high=2)": dv.uniform("s", low=-q, high=2),
    "bernoulli(p=q/3)": dv.bernoulli("s", n, p=q / 3),
    "sphere": dv.sphere("s", n),
    "one_hot": dv.one_hot("s", m, n),
    "one_hot(p=r)": dv.one_hot("s", m, n, p=NAMES["r"]),
}


@pytest.mark.parametrize("text", LAWS)
def test_the_text_of_a_law_is_read_as_it_was_written(text: str) -> None:
    symbol = LAWS[text]
    assert isinstance(symbol, RandomSymbol)
    assert law_text(symbol) == text
    again = random_symbol("s", [Size(size) for size in symbol.shape], read_law(text), NAMES)
    assert isinstance(again, RandomSymbol)
    assert (again.shape, again.kind, law_text(again)) == (symbol.shape, symbol.kind, text)


REFUSED = {
    "cauchy": "unknown law",
    "gaussian(mean=1)": "no parameter mean",
    "bernoulli": "needs p",
    "uniform(2)": "is no law",
    "one_hot(q=1)": "no parameter q",
    "bernoulli(p=lambda: 1)": "not part of the language",
}


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_no_law_is_refused(text: str) -> None:
    with pytest.raises(InputError, match=REFUSED[text]):
        random_symbol("s", [m, n], read_law(text), NAMES)


FILE = """
[paper]
id = "p"
[symbols]
z = { shape = ["n"], law = "bernoulli", p = "q" }
u = { shape = [], law = "uniform(low=-1)", high = 0.5 }
q = { shape = [] }
"""


def symbols(text: str, folder: Path) -> dict[str, Tensor]:
    path = folder / "paper.toml"
    path.write_text(text)
    (paper,) = read(path)
    return paper.names


def test_a_file_declares_random_symbols_with_the_parameters_of_their_laws(tmp_path: Path) -> None:
    names = symbols(FILE, tmp_path)
    z, u = names["z"], names["u"]
    assert isinstance(z, RandomSymbol)
    assert isinstance(u, RandomSymbol)
    assert (law_text(z), law_text(u)) == ("bernoulli(p=q)", "uniform(low=-1, high=1/2)")
    assert z.parameters[0] is names["q"]


FILE_ERRORS = {
    's = { shape = [], law = "cauchy" }': "symbols.s: s has the unknown law 'cauchy'",
    "s = { shape = [], p = 0.5 }": "symbols.s.p: is the parameter of a law",
    's = { shape = [], law = "gaussian", positive = true }': "the law gaussian and the property positive",
    's = { shape = [], law = "bernoulli", p = 1.5 }': "the probability 3/2",
    's = { shape = [], law = "bernoulli", p = [1] }': "expected a text in quotes, found a list",
    's = { shape = ["n"], law = "one_hot" }': "one_hot is a matrix",
}


@pytest.mark.parametrize("line", FILE_ERRORS)
def test_an_error_of_a_law_names_its_line(line: str, tmp_path: Path) -> None:
    with pytest.raises(InputError) as refused:
        symbols(f'[paper]\nid = "p"\n[symbols]\n{line}\n', tmp_path)
    assert FILE_ERRORS[line] in str(refused.value)
    assert refused.value.line == 4
