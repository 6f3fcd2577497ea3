"""A point at which a step is looked at, and what a scalar is there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flint import ctx

from derive.language.tensor import Tensor
from derive.verify.balls import PRECISION
from derive.verify.generic import place
from derive.verify.scope import Scope
from derive.verify.statement import Statement
from derive.verify.values import Evaluation


@dataclass(frozen=True)
class Place:
    """Sizes, and the values of symbols; those of random ones are one realisation."""

    evaluation: Evaluation
    values: Scope

    def number(self, node: Tensor) -> Any:
        """The value of a scalar.

        Raises:
            Unknown: it has none.
        """
        return self.evaluation.value(node, self.values).scalar


def few_entries(statement: Statement, key: str) -> list[Place]:
    """Points at which all sizes are 1, or all but one, which is 2."""
    names = sorted(statement.dimensions)
    patterns = [dict.fromkeys(names, 1), *({**dict.fromkeys(names, 1), name: 2} for name in names)]
    with ctx.workprec(PRECISION):
        return [
            Place(*place(statement, {}, sizes, f"{key} few {k}", either_sign=False)) for k, sizes in enumerate(patterns)
        ]
