"""How the expectations of a statement are taken: each in closed form, with the laws that gave it."""

from __future__ import annotations

from collections.abc import Sequence

from derive.calculus.telling import teller
from derive.explanation.repaired_claim import Undone
from derive.explanation.told import told_of
from derive.language.chance import Expectation
from derive.language.derivatives import Definition
from derive.language.latex import latex
from derive.language.tensor import Tensor
from derive.record import StepRecord


def expectations(side: Tensor) -> list[Expectation]:
    """The expectations in a side, inner ones first."""
    return [node for node in side.walk() if isinstance(node, Expectation)]


def means(side: Tensor, definitions: Sequence[Definition]) -> tuple[StepRecord, ...]:
    """One line for each expectation that has a closed form."""
    lines = (_line(node, definitions) for node in expectations(side))
    return tuple(line for line in lines if line is not None)


def _line(node: Expectation, definitions: Sequence[Definition]) -> StepRecord | None:
    try:
        teller_, [(form, axes)] = teller([node], definitions)
    except Undone:
        return None
    told = told_of(teller_, form, axes)
    law = teller_.lowering.laws.get(node)
    return None if told is None or law is None else StepRecord(tex=f"{latex(node)} = {told.tex}", rule=law)
