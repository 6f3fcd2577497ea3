"""Differentials of expressions, one definition at a time: the steps of a derivation as papers print them.

The rules are those of Magnus and Neudecker, Matrix Differential Calculus (1988): ``d(A B) = dA B + A dB`` and its kin.
A definition's differential is written in the differentials of the definitions that it uses.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce

import sympy as sp

from derive.calculus.graph import scaled, total
from derive.language import arrays, tensor
from derive.language.derivatives import Definition, Derivative, Directional, Substitution
from derive.language.functions import FUNCTIONS, w, z
from derive.language.latex import latex
from derive.language.rank import Rank
from derive.language.rebuild import with_operands
from derive.language.symbols import Symbol
from derive.language.tensor import Add, Apply, Divide, MatMul, Multiply, Negative, Number, Power, Tensor


class NoDifferential(Exception):
    """A node without a differential rule."""


@dataclass(frozen=True)
class Step:
    """``d(definition) = differential``, by ``rule``."""

    definition: Definition
    name: Symbol
    differential: Tensor
    rule: str


def d_symbol(node: Symbol | Definition) -> Symbol:
    """The differential of a symbol or definition, as a symbol of the same shape."""
    return Symbol(f"d{node.name}", node.shape, tex=rf"\mathrm{{d}}{latex(node)}")


def steps(definitions: Sequence[Definition], variable: Symbol | Definition) -> list[Step]:
    """The differentials of the definitions that depend on the variable, in order.

    Raises:
        NoDifferential: a definition uses a node without a rule.
    """
    known: dict[Tensor, Symbol] = {variable: d_symbol(variable)}
    found: list[Step] = []
    for definition in definitions:
        if definition is variable:
            continue
        inside = definition.operand
        change = _differential(inside, known, definition)
        if change is not None:
            known[definition] = d_symbol(definition)
            found.append(Step(definition, known[definition], change, _rule_name(inside)))
    return found


Known = dict[Tensor, Symbol]


def _differential(node: Tensor, known: Known, value: Tensor) -> Tensor | None:
    """The differential of a node, or None where it is zero; ``value`` is the name of the node's own value."""
    if node in known:
        return known[node]
    node = _without_norm(node)
    if isinstance(node, arrays.Composite) and not isinstance(node, arrays.Trace | arrays.Outer):
        return _differential(node.expand(), known, value)
    if isinstance(node, Derivative | Directional | Substitution | tensor.Extremum | arrays.Spectral | Rank):
        raise NoDifferential(type(node).__name__)
    operands = [child for child in node.children() if not isinstance(child, tensor.IndexSymbol)]
    if isinstance(node, Definition):
        operands = [node.operand]
    changes = [_differential(child, known, child) for child in operands]
    if all(change is None for change in changes):
        return None
    if isinstance(node, Definition):
        return changes[0]
    rule = _RULES.get(type(node), _multilinear)
    return rule(node, operands, changes, value)


def _without_norm(node: Tensor) -> Tensor:
    """``norm(v)**2`` as ``v @ v``, so that no square root is differentiated."""
    match node:
        case Power(base=arrays.Norm(operand=inner, order="2" | "fro"), exponent=Number(value=2) as exponent):
            return MatMul.of(inner, inner) if inner.ndim == 1 else tensor.Sum.of(Power.of(inner, exponent))
    return node


Changes = Sequence[Tensor | None]
Rule = Callable[[Tensor, Sequence[Tensor], Changes, Tensor], Tensor | None]


def _multilinear(node: Tensor, operands: Sequence[Tensor], changes: Changes, _: Tensor) -> Tensor | None:
    """The product rule, for every node that is linear in each of its operands."""
    if isinstance(node, MatMul) and node.left is node.right and node.left.ndim == 1 and changes[0] is not None:
        return Multiply.of(tensor.tensor(2), MatMul.of(node.left, changes[0]))
    parts = []
    for position, change in enumerate(changes):
        if change is not None:
            replaced = [change if k == position else operand for k, operand in enumerate(operands)]
            parts.append(with_operands(node, replaced))
    return _sum(parts)


def _add(_: Tensor, __: Sequence[Tensor], changes: Changes, ___: Tensor) -> Tensor | None:
    return _sum([change for change in changes if change is not None])


def _sum(parts: Sequence[Tensor]) -> Tensor | None:
    return total(parts) if parts else None


def _divide(_: Tensor, operands: Sequence[Tensor], changes: Changes, __: Tensor) -> Tensor | None:
    above, below = operands
    if isinstance(below, Number) and isinstance(changes[0], Multiply) and isinstance(changes[0].left, Number):
        return scaled(changes[0].right, changes[0].left.value / below.value)
    parts = []
    if changes[0] is not None:
        parts.append(Divide.of(changes[0], below))
    if changes[1] is not None:
        parts.append(Negative.of(Multiply.of(Divide.of(changes[1], Power.of(below, tensor.tensor(2))), above)))
    return _sum(parts)


def _power(_: Tensor, operands: Sequence[Tensor], changes: Changes, __: Tensor) -> Tensor | None:
    base, exponent = operands
    if changes[1] is not None or changes[0] is None:
        raise NoDifferential("a power with a variable exponent")
    lowered: Tensor
    if isinstance(exponent, Number):
        lowered = base if exponent.value == 2 else Power.of(base, Number(exponent.value - 1))
    else:
        lowered = Power.of(base, Add.of(exponent, Negative.of(tensor.tensor(1))))
    return Multiply.of(exponent, Multiply.of(lowered, changes[0]))


def _apply(node: Tensor, operands: Sequence[Tensor], changes: Changes, value: Tensor) -> Tensor | None:
    assert isinstance(node, Apply)
    if len(operands) > 1:
        raise NoDifferential(node.function)
    row = FUNCTIONS[node.function]
    symbol = sp.Symbol("value", real=True)
    slope = row.derivative(z, symbol) if row.derivative else sp.diff(row.expression, z)
    slope = slope.replace(sp.DiracDelta, lambda *_: sp.S.Zero)  # away from the kinks
    if slope.is_zero:
        return None
    known: dict[sp.Symbol, Tensor] = {z: operands[0], w: operands[-1], symbol: value}
    assert changes[0] is not None
    return Multiply.of(from_sympy(slope, known), changes[0])


def _inverse(node: Tensor, _: Sequence[Tensor], changes: Changes, value: Tensor) -> Tensor | None:
    assert changes[0] is not None
    return Negative.of(MatMul.of(MatMul.of(value, changes[0]), value))


def _determinant(node: Tensor, operands: Sequence[Tensor], changes: Changes, value: Tensor) -> Tensor | None:
    assert changes[0] is not None
    return Multiply.of(value, arrays.trace(MatMul.of(arrays.inv(operands[0]), changes[0])))


_RULES: dict[type[Tensor], Rule] = {
    Add: _add,
    Divide: _divide,
    Power: _power,
    Apply: _apply,
    arrays.Inverse: _inverse,
    arrays.Determinant: _determinant,
}

_NAMES: dict[type[Tensor], str] = {
    Add: "sum rule",
    Negative: "sum rule",
    Divide: "quotient rule",
    Power: "power rule",
    Apply: "chain rule",
    Multiply: "product rule",
    MatMul: "product rule",
    arrays.Inverse: "differential of an inverse",
    arrays.Determinant: "Jacobi's formula",
    arrays.Norm: "chain rule",
    arrays.Softmax: "quotient rule",
    arrays.LogSumExp: "chain rule",
}


def _rule_name(node: Tensor) -> str:
    if isinstance(node, Divide) and isinstance(node.right, Number):
        return _rule_name(node.left)
    return _NAMES.get(type(node), "linearity")


def from_sympy(expression: sp.Expr, values: dict[sp.Symbol, Tensor]) -> Tensor:
    """A SymPy expression as an expression of the language, its symbols standing for tensors."""
    if expression in values:
        return values[expression]
    if expression.is_Rational:
        return Number(Fraction(int(expression.p), int(expression.q)))
    if expression is sp.pi:
        return tensor.Constant("pi")
    parts = [from_sympy(a, values) for a in expression.args]
    if expression.is_Add:
        return total(parts)
    if expression.is_Mul:
        return reduce(Multiply.of, parts)
    if expression.is_Pow:
        return Divide.of(tensor.tensor(1), parts[0]) if expression.exp == -1 else Power.of(*parts)
    names = {sp.Heaviside: "heaviside", sp.atan: "arctan"}
    return Apply.of(names.get(type(expression), type(expression).__name__), parts[0])
