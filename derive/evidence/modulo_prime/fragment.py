"""What of an identity has a value modulo a prime, and what such a value is worth."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache

import sympy as sp

from derive.language.arrays import Composite, Norm, Spectral
from derive.language.derivatives import Definition, Substitution
from derive.language.functions import FUNCTIONS, z
from derive.language.plain import plain
from derive.language.rank import Rank
from derive.language.symbols import Symbol
from derive.language.tensor import Apply, Constant, Extremum, Number, Power, Sum, Tensor

UNINTERPRETED = (sp.log, sp.sin, sp.cos, sp.atan, sp.erf)
"""Functions of which residues know the derivative and little else."""


@dataclass(frozen=True)
class Fragment:
    """What stands in the two sides of an identity.

    Attributes:
        obstacle: why there is no value modulo a prime; empty where there is one.
        rooted: a root stands inside an exponent.
        exponential: there are exponentials.
        algebraic: there are roots.
        uninterpreted: there are functions whose laws residues do not know.
    """

    obstacle: str
    rooted: bool
    exponential: bool
    algebraic: bool
    uninterpreted: bool


def fragment(*sides: Tensor) -> Fragment:
    """The fragment to which an identity belongs."""
    nodes = [node for side in sides for node in written_out(side)]
    obstacles = (obstacle for node in nodes if (obstacle := _obstacle(node)))
    exponents = [argument for node in nodes for argument in _exponents(node)]
    return Fragment(
        obstacle=next(obstacles, ""),
        rooted=any(_is_root(below) for argument in exponents for below in written_out(argument)),
        exponential=bool(exponents),
        algebraic=any(_is_root(node) for node in nodes),
        uninterpreted=any(map(_is_uninterpreted, nodes)),
    )


def written_out(root: Tensor) -> Iterator[Tensor]:
    """Every node of ``root``, with those of the definitions of notations such as ``softmax``."""
    for node in root.walk():
        yield node
        if isinstance(node, Composite):
            yield from written_out(node.expand())


@cache
def _expression(name: str) -> sp.Expr:
    return FUNCTIONS[name].expression


def _formula(node: Apply) -> sp.Expr:
    return _expression(node.function)


def is_exponential(node: Tensor) -> bool:
    """Is ``node`` itself an exponential, or has it one as its derivative?"""
    match node:
        case Apply():
            return bool(_formula(node).has(sp.exp, sp.erf))
        case Power(exponent=exponent):
            return any(isinstance(below, Symbol) for below in exponent.walk())
        case Constant(name="e"):
            return True
    return False


@cache
def in_exponential_alone(name: str) -> bool:
    """Does the argument of the function stand in exponentials and nowhere else, as in ``tanh``?"""
    formula = _expression(name)
    return formula.replace(sp.exp, lambda _: sp.Dummy()).free_symbols.isdisjoint({z}) and bool(formula.has(sp.exp))


def in_exponentials(name: str) -> bool:
    """Is it the argument itself, or a multiple of it, that stands in the exponents of the function?"""
    return not _expression(name).has(sp.erf)


def _is_root(node: Tensor) -> bool:
    match node:
        case Norm():
            return True
        case Power(exponent=Number(value=exponent)):
            return exponent.denominator != 1
        case Apply():
            return any(not power.exp.is_Integer for power in _formula(node).atoms(sp.Pow))
    return False


def _is_uninterpreted(node: Tensor) -> bool:
    if isinstance(node, Apply):
        return bool(_formula(node).has(*UNINTERPRETED))
    return isinstance(node, Power) and is_exponential(node)


def _exponents(node: Tensor) -> tuple[Tensor, ...]:
    """What stands in the exponent, or goes into one, where ``node`` is an exponential."""
    if not is_exponential(node):
        return ()
    return tuple(node.children())


def _obstacle(node: Tensor) -> str:
    if isinstance(node, Extremum | Spectral | Rank):
        return f"{plain(node)} has no value modulo a prime"
    if isinstance(node, Apply) and _formula(node).has(sp.Heaviside):
        return f"{plain(node)} is piecewise, and residues have no sign"
    inner = [node.value] if isinstance(node, Substitution) and _has_exponential(node.operand) else _exponents(node)
    if any(_has_exponential(part) for part in inner):
        return f"an exponential stands in an exponent: {plain(node)}"
    return ""


def _has_exponential(root: Tensor) -> bool:
    return any(is_exponential(node) for node in written_out(root))


def without_squared_roots(root: Tensor) -> Tensor:
    """``root`` with even powers of norms and roots as what they are: ``norm(x)**2`` as ``sum(x**2)``."""
    known: dict[Tensor, Tensor] = {}
    for node in root.walk():
        below = {child: known[child] for child in node.children() if known[child] is not child}
        changed = _with(node, below) if below else node
        square = _squared(changed)
        known[node] = changed if square is None else square
    return known[root]


def _with(node: Tensor, below: dict[Tensor, Tensor]) -> Tensor:
    """``node`` with children replaced by others of their shapes."""
    fields: dict[str, object] = {}
    for name in node.__dataclass_fields__:
        value = getattr(node, name)
        if isinstance(value, Tensor):
            fields[name] = below.get(value, value)
        elif isinstance(value, tuple):
            fields[name] = tuple(below.get(v, v) if isinstance(v, Tensor) else v for v in value)
    return replace(node, **fields)


def _squared(node: Tensor) -> Tensor | None:
    if not isinstance(node, Power) or not isinstance(node.exponent, Number):
        return None
    half = node.exponent.value / 2
    base = node.base
    while isinstance(base, Definition):
        base = base.operand
    if half.denominator != 1 or node.base.shape:
        return None
    match base:
        case Norm(operand=operand, order="2" | "fro"):
            square = Sum.of(Power.of(operand, Number(Fraction(2))))
        case Apply(function="sqrt", arguments=(square,)):
            pass
        case _:
            return None
    return square if half == 1 else Power.of(square, Number(half))
