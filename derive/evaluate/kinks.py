"""Subexpressions that stand at a kink: a step's argument at zero, a tie of a maximum, a root of zero."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from derive.evaluate.black_box import ties
from derive.evaluate.errors import EvaluationError
from derive.evaluate.program import Program, compiled
from derive.evaluate.scope import Scope
from derive.language.arrays import Composite
from derive.language.black_box import BlackBox
from derive.language.errors import InputError
from derive.language.functions import FUNCTIONS, w, z
from derive.language.tensor import Apply, Extremum, Tensor


@cache
def _kinks(name: str) -> Program | None:
    """The program of the expressions whose zeros are the kinks of a function, if it has any."""
    function = FUNCTIONS[name]
    if not function.kinks:
        return None
    return compiled(function.kinks, (z, w) if function.arity == 2 else (z,))


def kinked(root: Tensor, scope: Scope) -> Iterator[Tensor]:
    """The nodes of ``root`` that stand at a kink in ``scope``, innermost first.

    Nodes without a value there, such as those under a sum over an index, are passed over.
    """
    for node in list(root.walk()):
        try:
            if isinstance(node, Composite):
                yield from kinked(node.expand(), scope)
            elif _at_kink(node, scope):
                yield node
        except (EvaluationError, InputError):
            continue


def kink_text(node: Tensor, scope: Scope) -> str:
    """What stands at a kink, as the author wrote it: an expression, or a line of code."""
    if not isinstance(node, BlackBox):
        return repr(node)
    return f"{node!r}: {ties(node, [scope.value(x) for x in node.arguments], scope.system)[0]}"


def _at_kink(node: Tensor, scope: Scope) -> bool:
    if isinstance(node, BlackBox):
        return bool(ties(node, [scope.value(x) for x in node.arguments], scope.system))
    if isinstance(node, Extremum):
        return _tied(node, scope)
    program = _kinks(node.function) if isinstance(node, Apply) else None
    if program is None or not isinstance(node, Apply):
        return False
    values = [scope.value(argument) for argument in node.arguments]
    return any(scope.system.may_be_zero(x) for array in program.run(scope.system, values) for x in array.flat)


def _tied(node: Extremum, scope: Scope) -> bool:
    values = list(scope.value(node.operand).flat)
    return any(scope.system.may_be_zero(x - y) for k, x in enumerate(values) for y in values[:k])
