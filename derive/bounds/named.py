"""Parameters in which bounds may be written because a hypothesis names them, and not the claimed bound."""

from __future__ import annotations

from derive.bounds.hypotheses import Facts
from derive.language.arrays import Norm
from derive.language.derivatives import Definition
from derive.language.symbols import Symbol
from derive.language.tensor import Tensor


def named_by_hypotheses(facts: Facts) -> frozenset[str]:
    """The norms of expressions, and named scalars, in what hypotheses say that others are bounded by."""
    values = [value for stated in facts.stated.values() for value, _ in stated]
    nodes = {symbol.name: facts.parameters.nodes[symbol] for value in values for symbol in value.symbols}
    return frozenset(name for name, node in nodes.items() if _is_composite(node)) - facts.named


def _is_composite(node: Tensor) -> bool:
    """Is it the norm of an expression, or a scalar with a name?"""
    return isinstance(node, Definition) or (isinstance(node, Norm) and not isinstance(node.operand, Symbol))
