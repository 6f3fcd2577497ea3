"""Every node of the language is known to every printer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import reduce
from importlib import import_module
from operator import add
from pkgutil import iter_modules

import pytest

import derive as dv
import derive.language
from derive.language.arrays import Composite
from derive.language.black_box import value_function
from derive.language.chance import Occurrence, OverOutcomes
from derive.language.errors import InputError
from derive.language.experiment import Experiment
from derive.language.latex import latex
from derive.language.numpy_code import numpy_code
from derive.language.one_sided import Infinity, Jump
from derive.language.plain import identity, plain
from derive.language.tensor import Placeholder, Tensor, Transpose
from derive.language.undefined import IllDefined

n, d = dv.dims("n d")
A, M, T = dv.matrix("A", n, d), dv.matrix("M", d, d), dv.symbol("T", n, d, d)
x, s, i = dv.vector("x", d), dv.scalar("s"), dv.index("i", d)
g = dv.gaussian("g", d)
run = dv.iterate(x, x - s * x)

SAMPLES = [
    dv.matrix_power(M, 3),
    dv.pi,
    dv.Paper("p").let("f", dv.exp(x)),
    s + s,
    s / s,
    s * s,
    s**s,
    -s,
    A @ x,
    dv.exp(x),
    A.sum(),
    A.max(),
    dv.sum(x[i], over=i),
    A.T,
    A[:, i],
    dv.eye(n),
    dv.ones(n),
    dv.array([1, 2]),
    dv.vec(A),
    dv.kron(A, M),
    dv.diag(x),
    dv.block_diag(T),
    dv.inv(M),
    dv.det(M),
    dv.opnorm(A),
    dv.lipschitz(A @ x, x),
    dv.rank(A),
    dv.generic(dv.rank(A), A),
    dv.tangent_gram(A, 3),
    dv.binomial(n, 2),
    dv.factorial(n),
    dv.oscillation(x, x),
    Jump(x, x, x, "continuous"),
    Infinity(),
    dv.outer(x, x),
    dv.trace(M),
    dv.norm(x),
    dv.softmax(x),
    dv.logsumexp(x),
    dv.subs(s * x, x, 2 * x),
    n,
    dv.expectation(g @ x, given=g @ x >= 0),
    dv.probability([g @ x >= s, g >= 0]),
    run(x, dv.time("t")),
    run.first(x <= s),
    run.always(x <= s, 3),
    run.converges(x),
    dv.frequency(g @ g <= 3, seeds=20, at=d == 4),
    dv.exponent(dv.least(n, n * g @ g >= 1, [2, 3]), d, [10, 20], fixed=g),
    dv.grad(s * s, s),
    dv.jvp(x, x, x),
    Placeholder(()),
    IllDefined("q", "shapes do not conform"),
    value_function("f", sum, [()])(s),
    dv.function("q", d)(x),
    dv.convexity(dv.function("q", d)(x), x),
]
VALUELESS = {
    *("Lipschitz", "Oscillation", "Jump", "Infinity", "Derivative", "Directional", "Convexity", "Generic"),
    *("Expectation", "Probability", "AtTime", "HittingTime", "Always", "Converges", "Frequency", "Exponent", "Least"),
    *("Placeholder", "IllDefined", "BlackBox", "AbstractValue"),
}
"""What has no value, or none before it is derived, or one that only the author's code gives."""

ABSTRACT = (Composite, Experiment, Occurrence, OverOutcomes)
"""What several nodes are, and none is itself."""


def subclasses(cls: type[Tensor]) -> Iterator[type[Tensor]]:
    for subclass in cls.__subclasses__():
        yield subclass
        yield from subclasses(subclass)


def node_types() -> set[type[Tensor]]:
    for module in iter_modules(derive.language.__path__):
        import_module(f"derive.language.{module.name}")
    return {cls for cls in subclasses(Tensor) if cls not in ABSTRACT and cls.__module__.startswith("derive.language.")}


def test_there_is_a_sample_of_every_node() -> None:
    """A node added to the language must be added here, and so to the printers."""
    assert {type(node) for sample in SAMPLES for node in sample.walk()} == node_types()


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: type(sample).__name__)
@pytest.mark.parametrize("printer", [plain, latex, numpy_code], ids=lambda printer: printer.__name__)
def test_every_printer_knows_every_node(printer: Callable[[Tensor], str], sample: Tensor) -> None:
    if printer is numpy_code and type(sample).__name__ in VALUELESS:
        with pytest.raises(InputError):
            printer(sample)
    else:
        assert printer(sample)


@pytest.mark.parametrize(
    ("sum_of_terms", "text"),
    [
        (x + (-1), "x - 1"),
        (x + (-2) * x, "x - 2*x"),
        (s + (-2) / (s + 1), "s - 2/(s + 1)"),
        (s + (-s) ** 2, "s + (-s)**2"),
        (0 + s, "s"),
        (x * (0 + s), "x*s"),
    ],
)
def test_a_sum_is_written_without_needless_signs_and_zeros(sum_of_terms: Tensor, text: str) -> None:
    assert plain(sum_of_terms) == text


LONG = [dv.scalar(f"coefficient_{'x' * 30}_{number}") for number in range(300)]
"""Names whose sum is a text that ``plain`` cuts off."""


def long_sum(last: Tensor) -> Tensor:
    return reduce(add, [*LONG, last])


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (long_sum(s), long_sum(dv.scalar("t"))),
        (dv.exp(long_sum(s)), dv.exp(long_sum(dv.scalar("t")))),
        (s * 10**2000, s * (10**2000 + 1)),
        (Transpose.of(T, (0, 2, 1)), Transpose.of(T, (2, 1, 0))),
    ],
    ids=["beyond the length of a text", "inside a function", "beyond the length of a number", "permutations"],
)
def test_what_differs_is_told_apart_however_long(first: Tensor, second: Tensor) -> None:
    assert identity(first) != identity(second)


def test_what_is_built_twice_has_one_identity() -> None:
    assert identity(dv.exp(long_sum(s))) == identity(dv.exp(long_sum(s)))
    assert identity(A @ x) == plain(A @ x)
