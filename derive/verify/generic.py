"""Expressions compared by their values at points in general position: what agrees there in every digit is equal.

The entries drawn have sixty bits each, so that unlike expressions agree with a probability that is negligible.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from fractions import Fraction

from flint import ctx

from derive.language.errors import InputError
from derive.language.tensor import Tensor
from derive.language.text import parse_tensor
from derive.verify.arithmetic import Unknown
from derive.verify.arrays import Array, elementwise
from derive.verify.balls import PRECISION, Balls
from derive.verify.elementary import Elementary
from derive.verify.points import drawn, exponents_of_matrices, indices_in, key_of, symbols_in
from derive.verify.rationals import Rationals
from derive.verify.scope import Scope, scope
from derive.verify.statement import Statement
from derive.verify.styles import style
from derive.verify.values import Evaluation

SIZES = ((2, 3), (1, 3), (2, 5), (3, 2))
"""The sizes of the points, in turn by name: also those at which tall matrices of squared width have full rank, and
those at which matrices are tall whose sizes have their names in the other order."""


MOST_FACTORS = 6
"""Powers of matrices have fewer factors."""

SIGNS = 5
"""Points at each size where the signs of entries matter."""


class Unreadable(Exception):
    """A text of a proof is no expression in the claim's words."""


class Texts:
    """The expressions that the texts of a proof denote, each read once, and where their words stand for what."""

    def __init__(self, statement: Statement, more: Mapping[str, Tensor]) -> None:
        self.names = {**{symbol.name: symbol for symbol in symbols_in(statement)}, **statement.names, **more}
        self._known: dict[str, Tensor] = {}

    def node(self, text: str) -> Tensor:
        if text not in self._known:
            try:
                self._known[text] = parse_tensor(text, self.names)
            except InputError as error:
                raise Unreadable(f"{text[:60]} cannot be read: {error.message}") from None
        return self._known[text]


class Generic:
    """Points in general position, whether or not hypotheses hold there.

    Entries are positive, but of ``either_sign`` where a function that is not analytic, such as the absolute value,
    matters: then there are more points.
    """

    def __init__(
        self, statement: Statement, changed: Mapping[str, Tensor], key: str, *, either_sign: bool = False
    ) -> None:
        self.places: list[tuple[Evaluation, Scope]] = []
        with ctx.workprec(PRECISION):
            for number, pattern in enumerate(SIZES * (SIGNS if either_sign else 1)):
                names = sorted(statement.dimensions)
                sizes = {name: pattern[k % 2] for k, name in enumerate(names)}
                self.places.append(place(statement, changed, sizes, f"{key} generic {number}", either_sign))

    def values(self, *nodes: Tensor) -> list[list[Array]]:
        """The values of expressions at each point at which all of them have one.

        Raises:
            Unknown: that is none.
        """
        found: list[list[Array]] = []
        problem = Unknown("no point")
        with ctx.workprec(PRECISION):
            for evaluation, values in self.places:
                try:
                    found.append([evaluation.value(node, values) for node in nodes])
                except Unknown as reason:
                    problem = reason
        if not found:
            raise problem
        return found

    def unmoved(self, node: Tensor, names: Collection[str]) -> bool:
        """Is the value the same where the symbols of some names have other values?

        Raises:
            Unknown: it has none at any point.
        """
        found: list[bool] = []
        with ctx.workprec(PRECISION):
            for evaluation, values in self.places:
                other = values
                for name in sorted(set(names) & values.values.keys()):
                    other = other.binding(name, elementwise(lambda z: z * z + z / 3, values[name]))
                try:
                    found.append(equal(evaluation.value(node, values), evaluation.value(node, other)))
                except Unknown:
                    continue
        if not found:
            raise Unknown("no point")
        return all(found)


def place(
    statement: Statement, changed: Mapping[str, Tensor], sizes: Mapping[str, int], key: str, either_sign: bool
) -> tuple[Evaluation, Scope]:
    rng = key_of(key)
    styles = {symbol.name: style(symbol) for symbol in symbols_in(statement)}
    functions = Elementary(Rationals())

    def entry() -> Fraction:
        sign = rng.choice((-1, 1)) if either_sign else 1
        return Fraction(sign * (rng.getrandbits(60) | 1), 1 << 60)

    exact = drawn(statement, sizes, styles, functions, entry)
    for symbol in symbols_in(statement):
        if symbol.properties & {"positive", "nonnegative"}:
            exact[symbol.name] = elementwise(abs, exact[symbol.name])
    for name in exponents_of_matrices(statement):
        exact[name] = elementwise(lambda _: Fraction(rng.randrange(1, MOST_FACTORS)), exact[name])
    balls = Balls()
    values = {name: elementwise(balls.rational, value) for name, value in exact.items()}
    indices = {index.name: rng.randrange(index.dimension.size(sizes)) for index in indices_in(statement)}
    evaluation = Evaluation(balls, sizes)
    found = scope(values, indices)
    for name, expression in changed.items():
        found = found.binding(name, evaluation.value(expression, found))
    return evaluation, found


def equal(first: Array, second: Array) -> bool:
    """Do the values agree in every digit? A scalar is not an array."""
    if first.shape != second.shape:
        return False
    with ctx.workprec(PRECISION):
        return all(a.overlaps(b) for a, b in zip(first.entries, second.entries, strict=True))
