"""A point at which a step is looked at, and what a scalar is there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Any

from flint import ctx

from derive.language.chance import unbound
from derive.language.tensor import IndexSymbol, Tensor
from derive.verify.arrays import elementwise
from derive.verify.balls import PRECISION
from derive.verify.generic import place
from derive.verify.scope import Scope
from derive.verify.statement import Statement
from derive.verify.values import Evaluation


@dataclass(frozen=True)
class Place:
    """Sizes, and the values of symbols; those of random ones are one realisation.

    ``admitted``: do the hypotheses hold there, but for those that ask for a large size?
    """

    evaluation: Evaluation
    values: Scope
    admitted: bool = False

    def number(self, node: Tensor) -> Any:
        """The value of a scalar.

        Raises:
            Unknown: it has none.
        """
        return self.evaluation.value(node, self.values).scalar

    def everywhere(self, indices: Sequence[IndexSymbol]) -> list[Place]:
        """The place at every position of some index symbols."""
        ranges = [range(index.dimension.size(self.evaluation.sizes)) for index in indices]
        names = [index.name for index in indices]
        chosen = (dict(zip(names, positions, strict=True)) for positions in product(*ranges))
        return [replace(self, values=self.values.at(positions)) for positions in chosen]

    def at_rest(self, node: Tensor) -> Place:
        """The place where every entry of the random symbols of an expression is 0."""
        values = self.values
        for symbol in unbound(node):
            still = elementwise(lambda entry: self.evaluation.zero, values[symbol.name])
            values = values.binding(symbol.name, still)
        return replace(self, values=values)


def few_entries(statement: Statement, key: str) -> list[Place]:
    """Points at which all sizes are 1, or all but one, which is 2."""
    names = sorted(statement.dimensions)
    patterns = [dict.fromkeys(names, 1), *({**dict.fromkeys(names, 1), name: 2} for name in names)]
    with ctx.workprec(PRECISION):
        return [
            Place(*place(statement, {}, sizes, f"{key} few {k}", either_sign=False)) for k, sizes in enumerate(patterns)
        ]
